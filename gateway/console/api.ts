/** The staff API as the console calls it. Every failure is a value: pages show it, nothing throws. */
import type { ErrorEnvelope } from "../contract/errors.ts";
import type { SignInStart, WaysIn } from "../contract/openid.ts";
import type {
  RecordAnswer,
  RecordList,
  Role,
  SiteList,
  StaffSession,
} from "../contract/staff/staff.ts";
import type { AuditList } from "../contract/staff/audit.ts";
import type { KeyList, NewKey } from "../contract/staff/keys.ts";
import type { DeadLetterList, DeadLettersMoved } from "../contract/staff/deliveries.ts";
import type { ErasureBody, ErasureList, HoldAnswer, HoldList } from "../contract/staff/erasures.ts";
import type { ErasureAnswer } from "../contract/subject.ts";
import type { BalanceAnswer, DeliveryList } from "../contract/staff/events.ts";
import type { Overview, RateList } from "../contract/staff/rates.ts";
import type { PreviewBody, Replay, ShownScripts } from "../contract/staff/replay.ts";
import type {
  DraftAnswer,
  DraftBody,
  PublishAnswer,
  PublishBody,
  SiteDifference,
  SiteTag,
  SiteTimeline,
  SiteVersion,
} from "../contract/staff/versions.ts";
import type { SubjectHistory, SubjectState } from "../contract/staff/subjects.ts";
import type { Query } from "./address.ts";

export type Failure =
  /** The gateway could not be reached. */
  | { kind: "offline" }
  | { kind: "signed-out" }
  | { kind: "forbidden" }
  | { kind: "not-found" }
  /** Under legal hold: kept, not erased. */
  | { kind: "held" }
  /** Somebody else published a version meanwhile. */
  | { kind: "conflict" }
  /** A filter or a field that means nothing; where in the request, in the contract's names. */
  | { kind: "invalid"; paths: string[] }
  /** Too many attempts; seconds to wait. */
  | { kind: "limited"; seconds: number }
  /** Anything else; the request id leads the operator to the log line. */
  | { kind: "failed"; requestId: string | null };

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** `act`: a person did something. `watch`: the console refreshed by itself, which keeps no session alive. */
export type Reason = "act" | "watch";

export interface Api {
  whoAmI(): Promise<Result<StaffSession>>;
  /** Which ways in there are beside access keys. */
  waysIn(): Promise<Result<WaysIn>>;
  /** Begins signing in at the OpenID provider, which asks who it is `again` or may know: where to go. */
  beginAtProvider(again: boolean): Promise<Result<SignInStart>>;
  signIn(key: string): Promise<Result<StaffSession>>;
  signOut(): Promise<Result<null>>;
  /** Ends every session of the key, this one too. */
  signOutEverywhere(): Promise<Result<null>>;
  sites(): Promise<Result<SiteList>>;
  /** What was published, and when it counted. @param query `at` in Unix seconds: now when absent */
  versions(site: string, query: Query): Promise<Result<SiteTimeline>>;
  /** One version with its files. */
  version(site: string, hash: string): Promise<Result<SiteVersion>>;
  difference(site: string, from: string, to: string): Promise<Result<SiteDifference>>;
  /** What is wrong with a draft, or what it would change. */
  check(site: string, draft: DraftBody): Promise<Result<DraftAnswer>>;
  publish(site: string, draft: PublishBody): Promise<Result<PublishAnswer>>;
  /** What pages need for the site's tag. */
  tag(site: string): Promise<Result<SiteTag>>;
  keys(): Promise<Result<KeyList>>;
  /** @param days after which it counts no more; null: never */
  createKey(key: {
    label: string;
    role: Role;
    site: string | null;
    days: number | null;
  }): Promise<Result<NewKey>>;
  revokeKey(id: string): Promise<Result<null>>;
  /** Who did what, the newest first. @param query `site`, `key`, `before` */
  audit(query: Query): Promise<Result<AuditList>>;
  /** Those that meet every filter; `cursor` is the `next` of the answer before. */
  records(
    site: string,
    filters: Query,
    cursor: string | null,
    reason: Reason,
  ): Promise<Result<RecordList>>;
  record(site: string, id: string): Promise<Result<RecordAnswer>>;
  /** What visitors were shown under a configuration, in one of its languages. */
  replay(site: string, config: string, language: string): Promise<Result<Replay>>;
  /** What visitors would be shown of a site directory; `invalid` where it cannot be published so. */
  preview(draft: PreviewBody): Promise<Result<ShownScripts>>;
  /** Every decision of a visitor, the oldest first. */
  history(site: string, consentId: string): Promise<Result<SubjectHistory>>;
  /** What a visitor had decided. @param query `purpose`, `at` in Unix seconds: now when absent */
  state(site: string, consentId: string, query: Query): Promise<Result<SubjectState>>;
  /** How visitors decided. @param query `from` and `to`, UTC days; `by` */
  rates(site: string, query: Query): Promise<Result<RateList>>;
  /** How visitors of every site decided. @param query `days` up to today */
  overview(query: Query): Promise<Result<Overview>>;
  /** What became of events. @param query `from` and `to`, UTC days */
  balance(site: string, query: Query): Promise<Result<BalanceAnswer>>;
  /** Which decisions events were forwarded under. @param query `record`, `cursor` */
  deliveries(site: string, query: Query): Promise<Result<DeliveryList>>;
  /** Events that could not be delivered. @param query `before` */
  deadLetters(site: string, query: Query): Promise<Result<DeadLetterList>>;
  /** Sends dead letters again, or deletes them. */
  moveDeadLetters(
    site: string,
    deed: "replay" | "discard",
    ids: number[],
  ): Promise<Result<DeadLettersMoved>>;
  /** Makes a visitor's half of every record unreadable for everybody, for good. */
  erase(body: ErasureBody): Promise<Result<ErasureAnswer>>;
  erasures(site: string): Promise<Result<ErasureList>>;
  /** Keeps a visitor's records from every erasure. */
  hold(site: string, consentId: string, reason: string): Promise<Result<HoldAnswer>>;
  holds(site: string): Promise<Result<HoldList>>;
  liftHold(site: string, id: number): Promise<Result<null>>;
  /** Records as a file. The answer is there before its content. @param query `form`, and filters */
  exported(site: string, query: Query, signal: AbortSignal): Promise<Result<Response>>;
}

/**
 * @param base address of the staff API, ending in a slash
 * @param send `fetch`, or a stand-in of it
 */
export function createApi(base: URL, send: typeof fetch): Api {
  async function request(
    path: string,
    init: RequestInit,
    reason: Reason = "act",
  ): Promise<Result<Response>> {
    try {
      const response = await send(new URL(path, base), {
        ...init,
        credentials: "same-origin",
        cache: "no-store",
        redirect: "error",
        headers: { Accept: "application/json", "Soglas-Console": reason },
      });
      if (response.ok) return { ok: true, value: response };
      return { ok: false, failure: failureOf(response, await response.json()) };
    } catch (error) {
      return failedToRead(error);
    }
  }

  async function call<T>(
    path: string,
    init: RequestInit = {},
    reason: Reason = "act",
  ): Promise<Result<T>> {
    const response = await request(path, init, reason);
    if (!response.ok) return response;
    try {
      const { value } = response;
      return { ok: true, value: value.status === 204 ? (null as T) : await value.json() };
    } catch (error) {
      return failedToRead(error);
    }
  }

  return {
    whoAmI: () => call("session"),
    waysIn: () => call("sign-in"),
    beginAtProvider: (again) => call("sign-in/openid", posting({ again })),
    signIn: (key) => call("session", posting({ key })),
    signOut: () => call("session", { method: "DELETE" }),
    signOutEverywhere: () => call("sessions", { method: "DELETE" }),
    sites: () => call("sites"),
    versions: (site, query) => call(`sites/${segment(site)}/versions${searchOf(query)}`),
    version: (site, hash) => call(`sites/${segment(site)}/versions/${segment(hash)}`),
    difference: (site, from, to) =>
      call(`sites/${segment(site)}/difference${searchOf({ from, to })}`),
    check: (site, draft) => call(`sites/${segment(site)}/check`, posting(draft)),
    publish: (site, draft) => call(`sites/${segment(site)}/versions`, posting(draft)),
    tag: (site) => call(`sites/${segment(site)}/tag`),
    keys: () => call("keys"),
    createKey: (key) => call("keys", posting(key)),
    revokeKey: (id) => call(`keys/${segment(id)}`, { method: "DELETE" }),
    audit: (query) => call(`audit${searchOf(query)}`),
    records(site, filters, cursor, reason) {
      const query = { site, ...filters, ...(cursor !== null && { cursor }) };
      return call(`records${searchOf(query)}`, {}, reason);
    },
    record: (site, id) => call(`records/${segment(site)}/${segment(id)}`),
    replay: (site, config, language) =>
      call(
        `sites/${segment(site)}/configurations/${segment(config)}/replay${searchOf({ language })}`,
      ),
    preview: (draft) => call("preview", posting(draft)),
    history: (site, consentId) => call(`subjects/${segment(site)}/${segment(consentId)}`),
    state: (site, consentId, query) =>
      call(`subjects/${segment(site)}/${segment(consentId)}/state${searchOf(query)}`),
    rates: (site, query) => call(`rates${searchOf({ site, ...query })}`),
    overview: (query) => call(`overview${searchOf(query)}`),
    exported: (site, query, signal) =>
      request(`sites/${segment(site)}/export${searchOf(query)}`, { signal }),
    deliveries: (site, query) => call(`events/deliveries${searchOf({ site, ...query })}`),
    deadLetters: (site, query) => call(`dead-letters${searchOf({ site, ...query })}`),
    moveDeadLetters: (site, deed, ids) => call(`dead-letters/${deed}`, posting({ site, ids })),
    erase: (body) => call("erasures", posting(body)),
    erasures: (site) => call(`erasures${searchOf({ site })}`),
    hold: (site, consentId, reason) => call("holds", posting({ site, consentId, reason })),
    holds: (site) => call(`holds${searchOf({ site })}`),
    liftHold: (site, id) => call(`holds/${segment(site)}/${id}`, { method: "DELETE" }),
    balance: (site, query) => call(`events/balance${searchOf({ site, ...query })}`),
  };
}

/** A body that is not JSON comes from something between us and the gateway. */
const failedToRead = (error: unknown): { ok: false; failure: Failure } => ({
  ok: false,
  failure: error instanceof SyntaxError ? { kind: "failed", requestId: null } : { kind: "offline" },
});

const posting = (body: object): RequestInit => ({ method: "POST", body: JSON.stringify(body) });

const segment = encodeURIComponent;

function searchOf(query: Query): string {
  const search = new URLSearchParams(query).toString();
  return search && `?${search}`;
}

function failureOf(response: Response, body: Partial<ErrorEnvelope> | null): Failure {
  switch (response.status) {
    case 400:
      return { kind: "invalid", paths: body?.error?.issues?.map(({ path }) => path) ?? [] };
    case 401:
      return { kind: "signed-out" };
    case 403:
      return { kind: "forbidden" };
    case 404:
      return { kind: "not-found" };
    case 409:
      if (body?.error?.code === "legal_hold") return { kind: "held" };
      if (body?.error?.code === "version_conflict") return { kind: "conflict" };
      return { kind: "failed", requestId: body?.error?.requestId ?? null };
    case 429:
      return { kind: "limited", seconds: Number(response.headers.get("Retry-After") ?? 60) };
    default:
      return { kind: "failed", requestId: body?.error?.requestId ?? null };
  }
}
