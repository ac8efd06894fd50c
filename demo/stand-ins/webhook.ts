/**
 * A receiver of signed webhooks, as Standard Webhooks describes one (www.standardwebhooks.com): it checks
 * the signature and the age, and takes every id once. An owner's own receiver may begin with this.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** Seconds that a timestamp may differ from now. */
const tolerance = 5 * 60;

/**
 * @param secret as both sides keep it, `whsec_…`
 * @param now unix milliseconds
 */
export function webhookProblems(
  headers: Record<string, string>,
  body: string,
  secret: string,
  now: number,
): string[] {
  const id = headers["webhook-id"];
  const timestamp = headers["webhook-timestamp"] ?? "";
  if (!id || !/^\d+$/.test(timestamp)) return ["webhook-id and webhook-timestamp are required"];
  if (Math.abs(now / 1000 - Number(timestamp)) > tolerance) return ["webhook-timestamp is too old"];
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest();
  const given = (headers["webhook-signature"] ?? "").split(" ");
  const valid = given.some((signature) => {
    const bytes = Buffer.from(signature.replace(/^v1,/, ""), "base64");
    return (
      signature.startsWith("v1,") &&
      bytes.length === expected.length &&
      timingSafeEqual(bytes, expected)
    );
  });
  return valid ? [] : ["webhook-signature is wrong"];
}

/** What was sent, for people to look at. */
export function readWebhook(body: string): Record<string, string> {
  try {
    const { data } = JSON.parse(body) as { data: Record<string, unknown> };
    const fields = Object.entries(data).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]);
    return { en: String(data["name"]), dl: String(data["page"]), ...Object.fromEntries(fields) };
  } catch {
    return {};
  }
}
