/**
 * The proof travels: every decision waits in local storage, exactly as it will be sent, until the
 * gateway has acknowledged it. One at a time and in order; a repetition is byte-identical, which the
 * gateway answers with the first answer, so each decision is recorded exactly once.
 */
import type { DecisionAnswer, DecisionBody } from "../../gateway/contract/decision.ts";
import type { Store } from "./store.ts";

export interface ReportDeps {
  /** Address of the site's decisions. */
  url: string;
  store: Store;
  fetch: typeof fetch;
  /** Milliseconds. */
  now: () => number;
  /** Runs a function after some milliseconds, in place of what was to run before. */
  later: (run: () => void, delay: number) => void;
  acknowledged(decision: DecisionBody, answer: DecisionAnswer): void;
  /** The records of this subject were erased: it has to be forgotten here too. */
  erased(): void;
}

export interface Report {
  send(decision: DecisionBody): void;
  /** Tries now what waits, unless the gateway has asked for patience. */
  flush(): Promise<void>;
  /** Takes what waits of this subject out of the queue. */
  forget(secret: string): void;
  /** Whether a record has not been acknowledged yet. */
  waits(recordId: string): boolean;
}

/** Sending the same again can never succeed: what was sent is not what the gateway can record. */
const final = new Set([400, 409, 410, 413]);

/** Longest pause between two attempts, and the longest Retry-After that is believed: milliseconds. */
const longestPause = 600_000;
const longestPatience = 3_600_000;

export function openReport(deps: ReportDeps): Report {
  const { store } = deps;
  let busy = false;
  let tries = 0;

  function queue(): string[] {
    const stored = store.get("queue");
    return Array.isArray(stored) ? stored : [];
  }

  async function flush(): Promise<void> {
    const [body] = queue();
    if (busy || body === undefined) return;
    const patience = Number(store.get("wait")) - deps.now();
    if (patience > 0 && patience <= longestPatience) return deps.later(flush, patience);
    busy = true;
    let status = 0;
    let patient = 0;
    let answer: DecisionAnswer | undefined;
    try {
      const response = await deps.fetch(deps.url, {
        method: "POST",
        body,
        credentials: "omit",
        // Survives the page, but shares 64 KiB with everything else that does: repetitions go without.
        keepalive: !tries,
      });
      status = response.status;
      patient = Number(response.headers.get("Retry-After")) * 1000 || 0;
      const said: DecisionAnswer = await response.json();
      // The sign-in page of a hotel's network answers 200 too.
      if (response.ok && body.includes(`"${said.record.id}"`)) answer = said;
    } catch {
      // Away, blocked or garbled: the decision keeps waiting.
    }
    busy = false;
    if (answer || final.has(status)) {
      tries = 0;
      const erased = status === 410;
      const rest = erased ? [] : queue().filter((other) => other !== body);
      store.set("queue", rest[0] ? rest : null);
      if (answer) deps.acknowledged(JSON.parse(body), answer);
      else if (erased) deps.erased();
      else console.warn(`soglas: a decision could not be recorded (${status})`);
      return flush();
    }
    patient = Math.min(patient, longestPatience);
    if (patient) store.set("wait", deps.now() + patient);
    deps.later(flush, patient || Math.min(1000 * 2 ** tries++, longestPause));
  }

  return {
    send(decision) {
      store.set("queue", [...queue(), JSON.stringify(decision)]);
      void flush();
    },
    flush,
    forget(secret) {
      const rest = queue().filter((body) => !body.includes(secret));
      store.set("queue", rest[0] ? rest : null);
    },
    waits: (recordId) => queue().some((body) => body.includes(recordId)),
  };
}
