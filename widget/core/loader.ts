/** The interface script: requested when first needed, and what was asked of it meanwhile done then. */
import type { Core, OpenRecorder, Recorder } from "./core.ts";

/**
 * @param request asks for the interface script
 * @returns runs a task with the recorder, now or when the script has arrived
 */
export function recorderLoader(
  core: Core,
  request: () => HTMLScriptElement,
): (task: (recorder: Recorder) => void) => void {
  let recorder: Recorder | undefined;
  let tasks: ((recorder: Recorder) => void)[] = [];

  return function withRecorder(task) {
    if (recorder) return task(recorder);
    if (tasks.push(task) > 1) return;
    const script: HTMLScriptElement & { open?: OpenRecorder } = request();
    script.addEventListener("load", () => {
      recorder = script.open!(core);
      for (const task of tasks) task(recorder);
    });
    // The next task asks for it again; what these wanted waits in the store.
    script.addEventListener("error", () => {
      tasks = [];
    });
  };
}
