/** TikTok's pixel, whose queue has its methods on an array (https://business-api.tiktok.com/portal/docs). */
type Queue = unknown[] & Record<string, unknown>;

declare global {
  interface Window {
    ttq?: Queue;
    TiktokAnalyticsObject?: string;
  }
}

const methods =
  "page track identify instances debug on off once ready alias group enableCookie disableCookie holdConsent revokeConsent grantConsent".split(
    " ",
  );

const emptyQueue = () => [] as unknown as Queue;

/** Calls of these methods wait as entries until the script comes. */
function deferring(queue: Queue): Queue {
  for (const method of methods)
    queue[method] ??= (...args: unknown[]) => queue.push([method, ...args]);
  return queue;
}

SOGLAS_PARTS.tiktok = (_config, load) => {
  const started = new Set<object>();
  const call = (method: string) => (window.ttq![method] as () => void)();
  return {
    start(service, disguise) {
      // It cannot be told another address than the page's.
      if (Object.keys(disguise)[0]) return;
      started.add(service);
      const { pixel, src } = service;
      window.TiktokAnalyticsObject = "ttq";
      const queue = (window.ttq = deferring(window.ttq ?? emptyQueue()));
      const pixels = (queue["_i"] ??= {}) as Record<string, Queue>;
      const own = (pixels[pixel] ??= deferring(emptyQueue()));
      own["_u"] = "https://analytics.tiktok.com/i18n/pixel/events.js";
      queue["instance"] ??= (id: string) => pixels[id] ?? deferring(emptyQueue());
      ((queue["_t"] ??= {}) as Record<string, unknown>)[pixel] = Date.now();
      ((queue["_o"] ??= {}) as Record<string, unknown>)[pixel] = {};
      call("grantConsent");
      call("page");
      load(src);
    },
    stop(service) {
      if (!started.delete(service)) return false;
      call("revokeConsent");
      return true;
    },
  };
};
