/**
 * Google Analytics 4 by Google's own tag, in basic consent mode: nothing is requested before a grant.
 * Switches, parameters and cookie names: https://developers.google.com/tag-platform/security/guides/consent
 */
declare global {
  interface Window {
    dataLayer?: unknown[];
    gtag?: (...command: unknown[]) => void;
    [disabled: `ga-disable-${string}`]: boolean;
  }
}

SOGLAS_PARTS.ga4 = (config, load) => {
  const layer = (window.dataLayer ??= []);
  // Google's tag takes only an Arguments object for a command.
  const gtag = (window.gtag ??= function () {
    layer.push(arguments);
  });
  const consent = (command: string, granted: (purpose: string) => boolean) =>
    gtag(
      "consent",
      command,
      Object.fromEntries(
        Object.entries(config.consentMode!).map(([type, purposes]) => [
          type,
          purposes.some(granted) ? "granted" : "denied",
        ]),
      ),
    );

  consent("default", () => false);
  return {
    consent: (granted) => consent("update", granted),
    start({ measurementId, src }, { url, referrer }, more) {
      window[`ga-disable-${measurementId}`] = false;
      gtag("js", new Date());
      gtag("config", measurementId, {
        ...(url && { page_location: url, page_title: url }),
        ...(referrer && { page_referrer: referrer }),
        ...more,
      });
      load(src);
    },
    stop({ measurementId }) {
      window[`ga-disable-${measurementId}`] = true;
      return false;
    },
  };
};
