/** A script's bytes with its precompressed forms, made off the event loop. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { sha256 } from "./hashes.ts";
import type { Script } from "./sites.ts";

const brotli = promisify(brotliCompress);
const deflate = promisify(gzip);

/** Compresses as far as it goes: done once per content, sent many times. */
export async function compressScript(text: string): Promise<Script> {
  const body = Buffer.from(text);
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
  return { etag: sha256(body), body, br, gzip: gz };
}
