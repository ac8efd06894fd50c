/**
 * Google Analytics 4 by Google's own tag, in basic consent mode: nothing is requested before a grant.
 * Switches, parameters and cookie names: https://developers.google.com/tag-platform/security/guides/consent
 */
import type { ConsentModeType } from "../../../gateway/contract/site.ts";

declare global {
  interface Window {
    dataLayer?: unknown[];
    gtag?: (...command: unknown[]) => void;
    [disabled: `ga-disable-${string}`]: boolean;
  }
}

const types: ConsentModeType[] = [
  "ad_storage",
  "ad_user_data",
  "ad_personalization",
  "analytics_storage",
  "functionality_storage",
  "personalization_storage",
];

SOGLAS_PARTS.ga4 = (config, load) => {
  const layer = (window.dataLayer ??= []);
  // Google's tag takes only an Arguments object for a command.
  const gtag = (window.gtag ??= function () {
    layer.push(arguments);
  });
  const consent = (command: string, granted: (type: ConsentModeType) => boolean) =>
    gtag(
      "consent",
      command,
      Object.fromEntries(types.map((type) => [type, granted(type) ? "granted" : "denied"])),
    );

  consent("default", () => false);
  return {
    consent(granted) {
      consent("update", (type) =>
        config.purposes.some(({ id, consentMode }) => consentMode?.includes(type) && granted(id)),
      );
    },
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
