/**
 * The proof travels: every decision waits in local storage, exactly as it will be sent, until the
 * gateway has acknowledged it, under a key of its own, so that no tab overwrites what another has queued.
 * One at a time and in order; a repetition, from whichever tab, is byte-identical, which the gateway
 * answers with the first answer, so each decision is recorded exactly once.
 */
import type { DecisionAnswer, DecisionBody } from "../../../gateway/contract/decision.ts";
import type { ErrorCode, ErrorEnvelope } from "../../../gateway/contract/errors.ts";
import { counterKey } from "./decision.ts";
import { newId } from "../choice/new-id.ts";
import type { Store } from "../store.ts";

export interface ReportDeps {
  /** Address of the site's decisions. */
  url: string;
  store: Store;
  fetch: typeof fetch;
  json(value: unknown): string;
  /** Milliseconds. */
  now: () => number;
  /** Runs a function after some milliseconds, in place of what was to run before. */
  later: (run: () => void, delay: number) => void;
  acknowledged(decision: DecisionBody, answer: DecisionAnswer): void;
  /** Goes on under another record id. */
  renamed(recordId: string, to: string): void;
  /**
   * Can never become a record, so it cannot stay in force either.
   * @param erased all records of its subject were, which has to be forgotten here too
   */
  refused(decision: DecisionBody, erased: boolean): void;
}

export interface Report {
  send(decision: DecisionBody): void;
  /** Tries now what waits, unless the gateway has asked for patience. */
  flush(): Promise<void>;
  /** Whether a record, or any of a subject, has not been acknowledged yet. */
  waits(recordIdOrSecret: string): boolean;
}

/**
 * With a word of the gateway's own: sending the same again can never succeed. A status without one is
 * somebody on the way, who may be gone the next time.
 */
const final = new Set([400, 409, 410, 413]);

/** Longest pause between two attempts, and the longest Retry-After that is believed: milliseconds. */
const longestPause = 600_000;
const longestPatience = 3_600_000;

/** A request without an answer by then has failed: milliseconds. */
const longestRequest = 30_000;

export function openReport(deps: ReportDeps): Report {
  const { store } = deps;
  let busy = false;
  let tries = 0;
  /** The decision that goes under its second record id. */
  let renamed = "";

  const bodyOf = (key: string) => {
    const body = store.get(key);
    return typeof body === "string" ? body : "";
  };
  /** What waits, by counter: `due.queue.<counter>.<record id>`. Damaged entries do not count. */
  const queue = () => store.list("due.queue").filter(bodyOf);

  function put({ counter, id }: DecisionBody, body: string): void {
    store.set(`due.queue.${counterKey(counter)}.${id}`, body);
  }

  /** What becomes of a decision, and of the others, by the gateway's final answer. */
  function settle(key: string, body: string, answer?: DecisionAnswer, code?: ErrorCode): void {
    // Another tab has sent it too, and was faster.
    if (!bodyOf(key)) return;
    // Before it is read: what something else has damaged holds back nothing but itself.
    store.set(key, null);
    const decision: DecisionBody = JSON.parse(body);
    const { control, id, place, secret } = decision;
    const erased = code === "record_erased";
    // Others may be of a new subject by now, with which the erasure has nothing to do.
    for (const other of queue())
      if (erased && bodyOf(other).includes(secret)) store.set(other, null);
    // What a script of the page has ended has the same id in every tab: another one was faster.
    if (code === "record_conflict" && place === "api" && control !== "accept-all") return;
    // A lost race for an id of ours, which is as good under another. Twice in a row is no race.
    if (code === "record_conflict" && id !== renamed) {
      renamed = newId();
      put({ ...decision, id: renamed }, body.replace(id, renamed));
      deps.renamed(id, renamed);
    } else if (answer) deps.acknowledged(decision, answer);
    else deps.refused(decision, erased);
  }

  async function flush(): Promise<void> {
    const [key] = queue();
    if (busy || !key) return;
    const body = bodyOf(key);
    const patience = Number(store.get("wait")) - deps.now();
    if (patience > 0 && patience <= longestPatience) return deps.later(flush, patience);
    busy = true;
    let status = 0;
    let patient = 0;
    let answer: DecisionAnswer | undefined;
    let code: ErrorCode | undefined;
    try {
      const response = await deps.fetch(deps.url, {
        method: "POST",
        body,
        credentials: "omit",
        referrerPolicy: "strict-origin",
        // Survives the page, but shares 64 KiB with everything else that does: repetitions go without.
        keepalive: !tries,
        signal: AbortSignal.timeout(longestRequest),
      });
      status = response.status;
      patient = Number(response.headers.get("Retry-After")) * 1000 || 0;
      const said: Partial<DecisionAnswer & ErrorEnvelope> = await response.json();
      code = said.error?.code;
      // The sign-in page of a hotel's network answers 200 too.
      if (response.ok && body.includes(`"${said.record!.id}"`)) answer = said as DecisionAnswer;
    } catch {
      // Away, blocked or garbled: the decision keeps waiting.
    }
    busy = false;
    if (answer || (code && final.has(status))) {
      tries = 0;
      settle(key, body, answer, code);
      return flush();
    }
    patient = Math.min(patient, longestPatience);
    if (patient) store.set("wait", deps.now() + patient);
    deps.later(flush, patient || Math.min(1000 * 2 ** tries++, longestPause));
  }

  return {
    send(decision) {
      put(decision, deps.json(decision));
      // After the others of this moment, of which another may come first.
      queueMicrotask(flush);
    },
    flush,
    waits: (text) => queue().some((key) => bodyOf(key).includes(text)),
  };
}
