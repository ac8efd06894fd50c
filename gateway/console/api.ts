/** The staff API as the console calls it. Every failure is a value: pages show it, nothing throws. */
import type { ErrorEnvelope } from "../contract/errors.ts";
import type { RecordAnswer, RecordList, SiteList, StaffSession } from "../contract/staff.ts";

export type Failure =
  /** The gateway could not be reached. */
  | { kind: "offline" }
  | { kind: "signed-out" }
  | { kind: "forbidden" }
  | { kind: "not-found" }
  /** Too many attempts; seconds to wait. */
  | { kind: "limited"; seconds: number }
  /** Anything else; the request id leads the operator to the log line. */
  | { kind: "failed"; requestId: string | null };

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** `act`: a person did something. `watch`: the console refreshed by itself, which keeps no session alive. */
export type Reason = "act" | "watch";

export interface Api {
  whoAmI(): Promise<Result<StaffSession>>;
  signIn(key: string): Promise<Result<StaffSession>>;
  signOut(): Promise<Result<null>>;
  sites(): Promise<Result<SiteList>>;
  /** Latest first; `cursor` is the `next` of the answer before. */
  records(site: string, cursor: string | null, reason: Reason): Promise<Result<RecordList>>;
  record(site: string, id: string): Promise<Result<RecordAnswer>>;
}

/**
 * @param base address of the staff API, ending in a slash
 * @param send `fetch`, or a stand-in of it
 */
export function createApi(base: URL, send: typeof fetch): Api {
  async function call<T>(
    path: string,
    init: RequestInit = {},
    reason: Reason = "act",
  ): Promise<Result<T>> {
    let response: Response;
    let body: unknown;
    try {
      response = await send(new URL(path, base), {
        ...init,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        headers: { Accept: "application/json", "Soglas-Console": reason },
      });
      body = response.status === 204 ? null : await response.json();
    } catch (error) {
      // A body that is not JSON comes from something between us and the gateway.
      const kind = error instanceof SyntaxError ? "failed" : "offline";
      return { ok: false, failure: kind === "failed" ? { kind, requestId: null } : { kind } };
    }
    if (response.ok) return { ok: true, value: body as T };
    return { ok: false, failure: failureOf(response, body as Partial<ErrorEnvelope> | null) };
  }

  return {
    whoAmI: () => call("session"),
    signIn: (key) => call("session", { method: "POST", body: JSON.stringify({ key }) }),
    signOut: () => call("session", { method: "DELETE" }),
    sites: () => call("sites"),
    records(site, cursor, reason) {
      const query = new URLSearchParams({ site, ...(cursor !== null && { cursor }) });
      return call(`records?${query}`, {}, reason);
    },
    record: (site, id) => call(`records/${encodeURIComponent(site)}/${encodeURIComponent(id)}`),
  };
}

function failureOf(response: Response, body: Partial<ErrorEnvelope> | null): Failure {
  switch (response.status) {
    case 401:
      return { kind: "signed-out" };
    case 403:
      return { kind: "forbidden" };
    case 404:
      return { kind: "not-found" };
    case 429:
      return { kind: "limited", seconds: Number(response.headers.get("Retry-After") ?? 60) };
    default:
      return { kind: "failed", requestId: body?.error?.requestId ?? null };
  }
}
