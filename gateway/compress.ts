/** Content that is prepared once and sent many times: with its compressed forms, made off the event loop. */
import { hash } from "node:crypto";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

export interface Compressed {
  /** SHA-256 of the body, base64url: what its entity tags are made of. */
  etag: string;
  body: Uint8Array;
  br: Uint8Array;
  gzip: Uint8Array;
}

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Compresses text as far as it goes. */
export async function compress(content: Uint8Array | string): Promise<Compressed> {
  const body = Buffer.from(content);
  const [br, gz] = await Promise.all([
    brotli(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
      },
    }),
    deflate(body, { level: 9 }),
  ]);
  return { etag: hash("sha256", body, "base64url"), body, br, gzip: gz };
}
