/** From a click to a choice that is honoured: written down in the store, from where the recorder takes it on. */
import type { Jurisdiction } from "../../../gateway/contract/site.ts";
import type { Core, Intent, Recorder } from "../core.ts";
import type { Manner } from "../record/decision.ts";
import { newId } from "./new-id.ts";
import type { Choice } from "./saved.ts";

/** What the visitor was shown, as far as the configuration does not say it. */
export interface Shown {
  language: string;
  /** The site's own; absent where only the recorder knows it. */
  jurisdiction?: Jurisdiction;
}

/**
 * Called in the click's own task, when whatever was asked is hidden already. What a script of the page has ended
 * before is recorded before, for which a click waits: until then nothing is granted. What it ends after is later,
 * though the page has not followed the click yet.
 * @returns when the choice is honoured; what was withdrawn has been swept by then, if the recorder is there
 */
export async function decide(
  core: Core,
  shown: Shown,
  choice: Choice,
  manner: Manner,
): Promise<void> {
  if (core.store.list("due.stop")[0]) (await new Promise<Recorder>(core.withRecorder)).record();
  note(core, shown, choice, manner, Math.floor(Date.now() / 1000));
  // The browser paints first: what the click starts would hold back the answer to it.
  await (window.scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve)));
  core.withRecorder((recorder) => recorder.record());
  core.refresh();
}

/**
 * Writes a choice down: from here on it counts, and waits for the recorder.
 * @param choice about everything that is asked
 * @param time of the decision, Unix seconds
 */
export function note(
  core: Core,
  { language, jurisdiction }: Shown,
  choice: Choice,
  manner: Manner,
  time: number,
  id: string = newId(),
): void {
  const { config, store } = core;
  // Read now: another tab may have decided meanwhile.
  const before = core.remembered();
  const intent: Intent = {
    id,
    before,
    manner,
    time,
    choice: {
      secret: before?.secret || newId(),
      counter: (before?.counter ?? 0) + 1,
      // A clock that was set back makes nothing older than what it follows.
      time: Math.max(time, before?.time ?? 0),
      choice,
      revision: config.revision,
    },
    services: config.services.map(({ id }) => id).join(" "),
    own: jurisdiction,
    // The path of a frame whose document its page has written begins with no slash.
    page: (core.page() || "/masked").replace(/^\/?/, "/").slice(0, 512),
    config: config.config,
    language,
    viewport: innerWidth > 480 ? "wide" : "narrow",
    gpc: core.gpc,
  };
  store.set(`due.intent.${Date.now()}.${id}`, intent);
  store.set("choice", intent.choice);
  store.set("token", null);
}
