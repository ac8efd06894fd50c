/** Answering with what the browser already has: entity tags and content codings of prepared bodies. */
import { parseAccept } from "hono/utils/accept";

/**
 * Whether an `If-None-Match` header names this entity, compared weakly (RFC 9110, 13.1.2).
 * @param tag with its quotes
 */
export function matchesTag(header: string | undefined, tag: string): boolean {
  if (header === undefined) return false;
  const bare = (value: string) => value.trim().replace(/^W\//, "");
  return header.split(",").some((value) => value.trim() === "*" || bare(value) === bare(tag));
}

type Coding = "br" | "gzip" | "identity";

/** Best first. */
const codings: Coding[] = ["br", "gzip", "identity"];

/**
 * The coding to answer in (RFC 9110, 12.5.3): the one weighed highest, of equals the smallest result.
 * Identity counts least unless it is named, and is the answer when nothing fits.
 */
export function chooseCoding(acceptEncoding: string | undefined): Coding {
  const weights = new Map(
    parseAccept(acceptEncoding ?? "").map(({ type, q }) => [
      type.toLowerCase().replace(/^x-gzip$/, "gzip"),
      q,
    ]),
  );
  const weigh = (coding: Coding) =>
    weights.get(coding) ??
    (coding === "identity" ? (weights.get("*") === 0 ? 0 : Number.MIN_VALUE) : weights.get("*")) ??
    0;
  const best = codings.reduce((chosen, coding) =>
    weigh(coding) > weigh(chosen) ? coding : chosen,
  );
  return weigh(best) > 0 ? best : "identity";
}
