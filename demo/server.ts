/** The demo clinic as one handler: its pages, and the stand-ins of the vendors' endpoints beside them. */
import type { HttpBindings } from "@hono/node-server";
import { createPages } from "./pages/pages.ts";
import { createStandIns, webhookSecret, type StandIns } from "./stand-ins/stand-ins.ts";

type Handler = (request: Request, env?: Partial<HttpBindings>) => Response | Promise<Response>;

export interface Demo {
  /** The clinic's pages only, `/what-left` included. */
  pages: Handler;
  /** The vendors' endpoints only; also answers at the root, for the vendors' own host names. */
  standIns: Handler;
  /** Both, as the demo's one origin serves them. */
  fetch: Handler;
  recording: StandIns["recording"];
  faults: StandIns["faults"];
}

/**
 * @param options.gatewayUrl base of the gateway as browsers reach it, without a trailing slash
 * @param options.now unix milliseconds; tests bring their own clock
 */
export function createDemo(options: { gatewayUrl: string; now?: () => number }): Demo {
  const standIns = createStandIns(options.now ? { now: options.now } : {});
  const pages = createPages(options.gatewayUrl, standIns.recording);
  const vendorPath = /^\/stand-in\//;
  return {
    pages: (request) => pages.fetch(request),
    standIns: (request, env) => standIns.fetch(request, env),
    fetch: (request, env) =>
      vendorPath.test(new URL(request.url).pathname)
        ? standIns.fetch(request, env)
        : pages.fetch(request),
    recording: standIns.recording,
    faults: standIns.faults,
  };
}

/** Where a gateway reaches the stand-ins, in the form of its `SOGLAS_VENDORS` setting. */
export function vendorEndpoints(
  demoUrl: string,
): Record<"ga4" | "metrika" | "matomo" | "webhook", object> {
  return {
    ga4: {
      script: `${demoUrl}/stand-in/ga/gtag/js`,
      collect: `${demoUrl}/stand-in/ga/g/collect`,
      measure: `${demoUrl}/stand-in/ga/mp/collect`,
    },
    metrika: {
      script: `${demoUrl}/stand-in/metrika/metrika/tag.js`,
      collect: `${demoUrl}/stand-in/metrika/collect`,
    },
    matomo: { instances: { demo: { url: `${demoUrl}/stand-in/matomo/matomo.php` } } },
    webhook: {
      receivers: {
        demo: { url: `${demoUrl}/stand-in/webhook/receiver`, secret: webhookSecret },
      },
    },
  };
}
