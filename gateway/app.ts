/**
 * All routes in one place, on dependencies handed in: what tests call with `app.request`, and what
 * `serve.ts` puts behind a socket.
 */
import { randomUUID } from "node:crypto";
import { Hono, type Context, type MiddlewareHandler } from "hono";
import { routePath } from "hono/route";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";
import { choicesRoutes, type ChoicesDeps } from "./routes/choices.ts";
import { consentRoutes, type ConsentDeps } from "./routes/visitors/consents.ts";
import { consoleRoutes, type ConsoleDeps } from "./routes/console.ts";
import { cookieRoutes, type CookieDeps } from "./routes/visitors/cookie.ts";
import { documentRoutes } from "./routes/documents.ts";
import { eventsRoutes, type EventsRouteDeps } from "./routes/visitors/events.ts";
import { toHttpError } from "./routes/failures.ts";
import { errorResponse, HttpError, type HttpEnv } from "./routes/http.ts";
import { handoverRoutes, type HandoverDeps } from "./routes/visitors/handovers.ts";
import type { Budget } from "./routes/limits.ts";
import { logRoutes, type LogRouteDeps } from "./routes/log.ts";
import { operationRoutes } from "./routes/operations.ts";
import { receiptRoutes, type ReceiptDeps } from "./routes/receipts.ts";
import { regionRoutes } from "./routes/region.ts";
import { serverEventsRoutes, type ServerEventsDeps } from "./routes/server-events.ts";
import { referenceRoutes } from "./routes/reference/reference.ts";
import { scriptRoutes } from "./routes/scripts.ts";
import { staffRoutes, type StaffDeps } from "./routes/staff/staff.ts";
import { subjectRoutes, type SubjectDeps } from "./routes/visitors/subject.ts";
import { tagHitsRoutes } from "./routes/tag-hits.ts";
import { verifyRoutes, type VerifyDeps } from "./routes/verify.ts";
import { visitorDoor, type VisitorEnv } from "./routes/visitors/door.ts";
import { StorageError } from "./storage/storage.ts";

export interface AppDeps
  extends
    ConsentDeps,
    ChoicesDeps,
    CookieDeps,
    HandoverDeps,
    SubjectDeps,
    EventsRouteDeps,
    ServerEventsDeps,
    ReceiptDeps,
    LogRouteDeps,
    StaffDeps,
    ConsoleDeps,
    VerifyDeps {
  logger: Logger;
  metrics: Metrics;
  budget: Budget;
  /** Resolves when the databases answer. */
  ready: () => Promise<void>;
  /** Path of the public URL; the routes answer below it and at the root, so a proxy may strip it or not. */
  prefix: string;
}

export function createApp(deps: AppDeps): Hono<HttpEnv> {
  const routes = new Hono<HttpEnv>()
    .route("/", operationRoutes(deps))
    .route("/", scriptRoutes(deps))
    .route("/", choicesRoutes(deps))
    .route("/", documentRoutes(deps))
    .route("/", logRoutes(deps))
    .route("/", receiptRoutes(deps))
    .route("/", serverEventsRoutes(deps))
    .route("/", tagHitsRoutes(deps))
    .route("/", regionRoutes(deps))
    .route("/v1/sites/:site", visitorRoutes(deps))
    .route("/", staffRoutes(deps))
    .route("/", referenceRoutes(deps))
    .route("/", consoleRoutes(deps))
    .route("/", verifyRoutes(deps));

  const app = new Hono<HttpEnv>();
  app.use(observed(deps));
  app.notFound((c) =>
    errorResponse(c, new HttpError("not_found", "There is nothing at this address.")),
  );
  app.onError((error, c) => onError(error, c, deps.logger));
  if (deps.prefix !== "") app.route(deps.prefix, routes);
  return app.route("/", routes);
}

/** What visitors' browsers send, all behind one door. */
function visitorRoutes(deps: AppDeps): Hono<VisitorEnv> {
  return new Hono<VisitorEnv>()
    .use(visitorDoor(deps.sites, deps.budget))
    .route("/", consentRoutes(deps))
    .route("/", cookieRoutes(deps))
    .route("/", handoverRoutes(deps))
    .route("/", subjectRoutes(deps))
    .route("/", eventsRoutes(deps));
}

export type App = ReturnType<typeof createApp>;

/** Request id, headers every answer carries, one metric per request; no log line per request. */
function observed({ metrics }: AppDeps): MiddlewareHandler<HttpEnv> {
  return async function observed(c, next) {
    const start = performance.now();
    const requestId = randomUUID();
    c.set("requestId", requestId);
    // Before the answer is made: a header added to a finished one has its body copied through a stream.
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Referrer-Policy", "no-referrer");
    c.header("X-Request-Id", requestId);
    await next();
    metrics.request(routePath(c, -1), c.res.status, (performance.now() - start) / 1000);
  };
}

function onError(error: unknown, c: Context<HttpEnv>, logger: Logger): Response {
  const failure = toHttpError(error);
  if (failure.code === "internal" || error instanceof StorageError) {
    const fields = { requestId: c.get("requestId"), route: routePath(c, -1) };
    logger.error(fields, "request failed", error);
  }
  return errorResponse(c, failure);
}
