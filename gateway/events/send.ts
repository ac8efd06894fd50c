/**
 * The only place from which the gateway calls a host that is not its own. One pool of kept-alive
 * connections; redirects are not followed, since destinations are configuration and nothing else.
 */
import { Agent, request } from "undici";
import type { SendOutcome, VendorRequest } from "./vendors/vendor.ts";

export interface Sender {
  /** Sends one request; never throws, whatever the network or the vendor does. */
  send(request: VendorRequest): Promise<SendOutcome>;
  close(): Promise<void>;
}

/** Longest wait that a vendor's `Retry-After` can impose, milliseconds. */
const longestWait = 3_600_000;

/** Failures before the request left: nothing can have been counted. */
const neverLeft: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * @param options `timeout`: milliseconds for the connection, the answer's head and each part of its body;
 *   `connections`: open at once to one vendor
 */
export function createSender(options: { timeout: number; connections: number }): Sender {
  const { timeout, connections } = options;
  const dispatcher = new Agent({
    connections,
    pipelining: 1,
    connect: { timeout },
    headersTimeout: timeout,
    bodyTimeout: timeout,
    keepAliveTimeout: 30_000,
  });
  return {
    async send({ url, method, headers, body }) {
      try {
        const signal = AbortSignal.timeout(timeout);
        const answer = await request(url, { dispatcher, method, headers, body, signal });
        // The status alone decides; an answer that stops in the middle was still an answer.
        await answer.body.dump({ limit: 16_384 }).catch(() => undefined);
        const retryAfter = readRetryAfter(answer.headers["retry-after"]);
        return { kind: "answered", status: answer.statusCode, retryAfter };
      } catch (error) {
        return { kind: neverLeft.has(codeOf(error)) ? "unsent" : "unknown" };
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** RFC 9110 §10.2.3, the form in seconds; a date would trust the vendor's clock. */
function readRetryAfter(header: string | string[] | undefined): number | null {
  if (typeof header !== "string" || !/^\d{1,9}$/.test(header)) return null;
  return Math.min(Number(header) * 1000, longestWait);
}

/** Code of a failure; of several addresses that were all tried, the last one's. */
function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return code ?? "";
}
