/**
 * The only place from which the gateway calls a host that is not its own. One pool of kept-alive
 * connections. Where it may call is a list made of the installation's settings: no site file, event or
 * answer can add to it, and redirects are not followed.
 */
import { Agent, buildConnector, request } from "undici";
import type { Clock } from "../../clock.ts";
import type { SendOutcome, VendorRequest } from "../vendor.ts";

export interface Sender {
  /** Whether an address is on the list. */
  allows(url: string): boolean;
  /**
   * Sends one request, whatever the network or the vendor does.
   * @throws {RangeError} the address is not on the list: nothing was sent
   */
  send(request: VendorRequest): Promise<SendOutcome>;
  close(): Promise<void>;
}

/** Longest wait that a vendor's `Retry-After` can impose, milliseconds. */
const longestWait = 3_600_000;

export interface SenderOptions {
  /** Every address that may be called; a query does not matter. */
  addresses: string[];
  /** Milliseconds for the whole of a request, its answer included; half of them for a connection. */
  timeout: number;
  /** Open at once to one host. */
  connections: number;
  clock: Clock;
}

export function createSender({ addresses, timeout, connections, clock }: SenderOptions): Sender {
  const allowed = new Set(addresses.map(placeOf));
  /** Failures of connections that never came about: whatever waited for one has not left. */
  const neverLeft = new WeakSet<object>();
  // Sooner than the request's own end, which cannot tell whether it left.
  const connect = buildConnector({ timeout: timeout / 2 });
  const dispatcher = new Agent({
    connections,
    pipelining: 1,
    connect: (options, settle) =>
      connect(options, (...result) => {
        if (result[0]) neverLeft.add(result[0]);
        settle(...result);
      }),
    headersTimeout: timeout,
    bodyTimeout: timeout,
    keepAliveTimeout: 30_000,
  });
  const allows = (url: string) => allowed.has(placeOf(url));
  return {
    allows,
    async send({ url, method, headers, body }) {
      if (!allows(url)) throw new RangeError("not an address of the installation");
      try {
        const signal = AbortSignal.timeout(timeout);
        const answer = await request(url, { dispatcher, method, headers, body, signal });
        // The status alone decides; an answer that stops in the middle was still an answer.
        await answer.body.dump({ limit: 16_384 }).catch(() => undefined);
        const retryAfter = readRetryAfter(answer.headers, clock.now());
        return { kind: "answered", status: answer.statusCode, retryAfter };
      } catch (error) {
        const unsent = error instanceof Error && neverLeft.has(error);
        return { kind: unsent ? "unsent" : "unknown" };
      }
    },
    close: () => dispatcher.destroy(),
  };
}

/** Scheme, host, port and path. */
const placeOf = (url: string) => {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
};

/** The forms of a date that are to be read (RFC 9110 §5.6.7); Date.parse takes words for dates too. */
const dateForms = [
  { form: /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/, zone: "" },
  { form: /^[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2} \d{2}:\d{2}:\d{2} GMT$/, zone: "" },
  { form: /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/, zone: " GMT" },
];

/**
 * `Retry-After` (RFC 9110 §10.2.3) in milliseconds, bounded; null when there is none that can be read. A
 * date is counted from the answer's own `Date`, so that the vendor's clock need not be ours.
 * @param now Unix milliseconds, where the answer has no date of its own
 */
export function readRetryAfter(
  headers: Record<string, string | string[] | undefined>,
  now: number,
): number | null {
  const given = headers["retry-after"];
  if (typeof given !== "string") return null;
  if (/^\d+$/.test(given)) return Math.min(Number(given) * 1000, longestWait);
  const named = dateForms.find(({ form }) => form.test(given));
  if (!named) return null;
  const sent = Date.parse(typeof headers["date"] === "string" ? headers["date"] : "");
  const wait = Date.parse(`${given}${named.zone}`) - (Number.isNaN(sent) ? now : sent);
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), longestWait);
}
