/** Answering with content whose compressed forms are ready. */
import type { Context } from "hono";
import type { Compressed } from "../compress.ts";
import { chooseCoding, matchesTag } from "./conditional.ts";

/**
 * The content in the coding the client likes best, or 304 when it has it already. Each coding is a
 * representation of its own, so each has a tag of its own.
 * @param headers of both answers: type, caching, and what else they need
 */
export function answerCompressed(
  c: Context,
  content: Compressed,
  headers: Record<string, string>,
): Response {
  const coding = chooseCoding(c.req.header("accept-encoding"));
  const tag = coding === "identity" ? `"${content.etag}"` : `"${content.etag}-${coding}"`;
  const both = { ...headers, ETag: tag, Vary: "Accept-Encoding" };
  if (matchesTag(c.req.header("if-none-match"), tag)) return c.body(null, 304, both);
  const body = { identity: content.body, br: content.br, gzip: content.gzip }[coding];
  return c.body(body as Uint8Array<ArrayBuffer>, 200, {
    ...both,
    "Content-Length": String(body.length),
    ...(coding !== "identity" && { "Content-Encoding": coding }),
  });
}
