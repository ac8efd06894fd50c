/** The interface script: requested when first needed, and what was asked of it meanwhile done then. */
import type { Core, OpenRecorder, Recorder } from "./core.ts";

/**
 * @param request asks for the interface script
 * @param failed is called each time it could not be had
 * @returns runs a task with the recorder, now or when the script has arrived. After a failure it is
 *   called without a task at the next occasion, and asks again for what still waits.
 */
export function recorderLoader(
  core: Core,
  request: () => HTMLScriptElement,
  failed: () => void,
): (task?: (recorder: Recorder) => void) => void {
  let recorder: Recorder | undefined;
  let underWay = false;
  const tasks = new Set<(recorder: Recorder) => void>();

  return function withRecorder(task) {
    if (recorder) return task?.(recorder);
    if (task) tasks.add(task);
    if (underWay || !tasks.size) return;
    underWay = true;
    const script: HTMLScriptElement & { open?: OpenRecorder } = request();
    script.addEventListener("load", () => {
      // The sign-in page of a hotel's network loads too: what is not our script has failed.
      if (!script.open) return script.dispatchEvent(new Event("error"));
      recorder = script.open(core);
      for (const task of tasks) task(recorder);
    });
    script.addEventListener("error", () => {
      underWay = false;
      failed();
    });
  };
}
