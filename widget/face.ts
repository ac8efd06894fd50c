/**
 * Between the interface and the core where both come in one script: the interface has left `open` on the
 * element of that script, and the tag finds it where it would have asked for another.
 */
import type { OpenInterface } from "./core/core.ts";

const { open } = document.currentScript as HTMLScriptElement & { open: OpenInterface };
SOGLAS_PARTS.face = () => {
  const script = Object.assign(document.createElement("script"), { open });
  // As late as an answer would be: the tag has come to its end by then.
  queueMicrotask(() => script.dispatchEvent(new Event("load")));
  return script;
};
