/**
 * The hashes that name what was published. Anyone can recompute them with coreutils:
 *
 * ```
 * cd site && find * -type f -not -name '.*' | LC_ALL=C sort | xargs sha256sum | sha256sum
 * ```
 *
 * gives the version in hexadecimal; everywhere else it stands in base64url.
 */
import { hash } from "node:crypto";

/** SHA-256 of bytes or of UTF-8 text, base64url. */
export const sha256 = (content: Uint8Array | string): string =>
  hash("sha256", content, "base64url");

/**
 * Hash over a list of files: SHA-256 of one line `<sha-256 in hexadecimal>  <path>\n` for each, sorted by
 * the bytes of the path, as `sha256sum` prints them.
 * @param files path → SHA-256 in base64url
 */
export function listHash(files: Iterable<[path: string, hash: string]>): string {
  const lines = [...files]
    .map(([path, digest]) => ({ path: Buffer.from(path), digest }))
    .toSorted((a, b) => Buffer.compare(a.path, b.path))
    .map(({ path, digest }) => `${Buffer.from(digest, "base64url").toString("hex")}  ${path}\n`);
  return sha256(lines.join(""));
}
