/** A log at an address. */
import { concat, type Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";
import type { LogFiles } from "./log-files.ts";

export interface HttpOptions {
  fetch: typeof fetch;
  /** Access key of an auditor, for logs that show their entries to auditors only. */
  accessKey?: string | undefined;
  /** Waits this many milliseconds. */
  wait: (milliseconds: number) => Promise<void>;
}

/** Milliseconds one answer may take. */
const timeout = 30_000;
/** Waits before the second and the third attempt, unless the log names another, in milliseconds. */
const pauses = [500, 3000];
/** A log that asks for a longer break than this is out of reach. */
const longestPause = 60_000;

/** @param address of the log, without a trailing slash: `https://gateway.example/log/clinic/2026`. */
export function httpFiles(address: string, options: HttpOptions): LogFiles {
  const headers =
    options.accessKey === undefined ? {} : { Authorization: `Bearer ${options.accessKey}` };

  async function once(
    path: string,
    limit: number,
  ): Promise<Bytes | null | { pause: number | null }> {
    let response: Response;
    try {
      response = await options.fetch(`${address}/${path}`, {
        headers,
        signal: AbortSignal.timeout(timeout),
      });
      if (response.ok) return await body(response, limit);
      await response.body?.cancel();
    } catch {
      return { pause: null };
    }
    if (response.status === 404 || response.status === 410) return null;
    if (response.status === 401 || response.status === 403)
      throw new VerifyError(
        "unreachable",
        "the log shows its entries to auditors only: give an access key",
      );
    if (response.status !== 429 && response.status < 500)
      throw new VerifyError("unreachable", `${path} was answered with status ${response.status}`);
    const seconds = Number(response.headers.get("Retry-After") ?? Number.NaN);
    return { pause: Number.isFinite(seconds) ? seconds * 1000 : null };
  }

  return {
    async read(path, limit) {
      for (const pause of [...pauses, null]) {
        const result = await once(path, limit);
        if (result === null || !("pause" in result)) return result;
        if (pause === null || (result.pause ?? 0) > longestPause) break;
        await options.wait(Math.max(pause, result.pause ?? 0));
      }
      throw new VerifyError("unreachable", `the log does not answer (${path})`);
    },
  };
}

/** Reads no further than just behind the limit: who serves a log might try to fill the memory. */
async function body(response: Response, limit: number): Promise<Bytes> {
  const parts: Uint8Array[] = [];
  let length = 0;
  if (response.body === null) return new Uint8Array(0);
  const reader = response.body.getReader();
  while (length <= limit) {
    const { done, value } = await reader.read();
    if (done) return concat(...parts);
    parts.push(value);
    length += value.length;
  }
  await reader.cancel();
  return concat(...parts);
}
