/** From a click to a choice that is honoured: written down in the store, from where the recorder takes it on. */
import type { Core, Intent } from "../core.ts";
import type { Manner } from "../record/decision.ts";
import { newId } from "./new-id.ts";
import type { Choice } from "./saved.ts";

/**
 * Called in the click's own task, when whatever was asked is hidden already.
 * @param language of what the visitor was shown
 * @returns when the choice is honoured; what was withdrawn has been swept by then, if the recorder is there
 */
export async function decide(
  core: Core,
  language: string,
  choice: Choice,
  manner: Manner,
): Promise<void> {
  // The browser paints first: what the click starts would hold back the answer to it.
  await (window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
  note(core, language, choice, manner, Math.floor(Date.now() / 1000));
  core.withRecorder((recorder) => recorder.record());
  core.refresh();
}

/**
 * Writes a choice down: from here on it counts, and waits for the recorder.
 * @param time of the decision, Unix seconds
 */
export function note(
  core: Core,
  language: string,
  choice: Choice,
  manner: Manner,
  time: number,
): void {
  const { config, store } = core;
  // Read now: another tab may have decided meanwhile.
  const before = core.remembered();
  const id = newId();
  const intent: Intent = {
    id,
    before,
    manner,
    time,
    choice: {
      secret: before?.secret || newId(),
      counter: (before?.counter ?? 0) + 1,
      time,
      choice,
      revision: config.revision,
    },
    page: (core.page() || "/masked").slice(0, 512),
    config: config.config,
    language,
    viewport: innerWidth > 480 ? "wide" : "narrow",
    gpc: core.gpc,
  };
  store.set(`due.intent.${Date.now()}.${id}`, intent);
  store.set("choice", intent.choice);
  store.set("token", null);
}
