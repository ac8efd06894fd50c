/** A script of ours: requested when first needed, and what was asked of it meanwhile done then. */
import type { Core, Open } from "./core.ts";

/**
 * @param core is what the script is opened with
 * @param request asks for the script
 * @param failed is called each time it could not be had
 * @returns runs a task with what the script gave, now or when it has arrived; of what waits, a task
 *   that throws holds up no other. After a failure it is called without a task at the next occasion,
 *   and asks again for what still waits.
 */
export function loaderOf<T>(
  core: Core,
  request: () => HTMLScriptElement,
  failed?: () => void,
): (task?: (opened: T) => void) => void {
  let opened: T | undefined;
  let arrive: (opened: T) => void;
  const arrival = new Promise<T>((resolve) => {
    arrive = resolve;
  });
  let wanted = false;
  let underWay = false;

  return function withOpened(task) {
    if (opened) return task?.(opened);
    if (task) {
      wanted = true;
      arrival.then(task);
    }
    if (underWay || !wanted) return;
    underWay = true;
    const script: HTMLScriptElement & { open?: Open<T> } = request();
    script.addEventListener("load", () => {
      // The sign-in page of a hotel's network loads too: what is not our script has failed.
      if (script.open) arrive((opened = script.open(core)));
      else script.dispatchEvent(new Event("error"));
    });
    script.addEventListener("error", () => {
      underWay = false;
      failed?.();
    });
  };
}
