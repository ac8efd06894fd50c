/**
 * Google's other tags: a container of Tag Manager, and Google Ads. They share the consent mode of
 * Analytics, so that there is one default, and one update per decision, whatever of them a site has.
 */
const { ga4 } = SOGLAS_PARTS;

SOGLAS_PARTS.ga4 = (config, load) => {
  const vendor = ga4!(config, load);
  const running = new Set<object>();
  return {
    ...vendor,
    start(service, disguise, more) {
      if (service.pasted) {
        running.add(service);
        if (service.measurementId.startsWith("G-"))
          window[`ga-disable-${service.measurementId}`] = false;
        return;
      }
      if (!service.measurementId.startsWith("GTM-")) return vendor.start(service, disguise, more);
      // A container tells its tags the page's own address.
      if (Object.keys(disguise)[0]) return;
      running.add(service);
      window.dataLayer!.push({ "gtm.start": Date.now(), event: "gtm.js" });
      load(service.src);
    },
    stop(service) {
      if (service.measurementId.startsWith("G-")) return vendor.stop(service);
      // Neither has a switch of its own.
      return running.delete(service) || service.measurementId.startsWith("AW-");
    },
  };
};
