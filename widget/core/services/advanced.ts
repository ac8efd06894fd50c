/**
 * Google's advanced consent mode: the tag loads before the visitor has chosen, with everything denied, and
 * goes on after a refusal, sending pings without cookies. A labelled departure, refused where it cannot be.
 */
const { ga4 } = SOGLAS_PARTS;

SOGLAS_PARTS.ga4 = (config, load) => {
  const vendor = ga4!(config, load);
  type Service = Parameters<typeof vendor.start>[0];
  const ahead = config.services.filter(
    (service): service is typeof service & Service => "advanced" in service,
  );
  // After the update of a visitor who has decided, which is said in this same task.
  queueMicrotask(() => {
    for (const service of ahead) vendor.start(service, {});
  });
  const isAhead = (service: Service) => ahead.some(({ id }) => id === service.id);
  return {
    ...vendor,
    start(service, disguise, more) {
      if (!isAhead(service)) vendor.start(service, disguise, more);
    },
    // Consent mode tells it of the refusal.
    stop: (service) => !isAhead(service) && vendor.stop(service),
  };
};
