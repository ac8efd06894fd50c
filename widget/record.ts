/**
 * Entry of the recorder's script: what only a decision needs, and "My choices". The gateway wraps it in a
 * function that binds the two variables below; the tag loads it when something must be recorded, swept or sent,
 * and calls what it leaves on its element.
 */
import type { RecorderConfig } from "../gateway/contract/widget.ts";
import type { OpenRecorder } from "./core/core.ts";
import { openRecorder } from "./core/record/recorder.ts";
import type { MineStrings } from "./locales/strings.ts";
import { createMine } from "./ui/mine.tsx";

declare const SOGLAS_RECORDER: RecorderConfig;
declare const SOGLAS_STRINGS: MineStrings;

const open: OpenRecorder = (core) => {
  const recorder = openRecorder(core, SOGLAS_RECORDER);
  return {
    ...recorder,
    mine: () => createMine(recorder.own, SOGLAS_STRINGS),
  };
};
Object.assign(document.currentScript!, { open });
