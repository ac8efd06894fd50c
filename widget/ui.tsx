/**
 * Entry of the interface script: banner and preferences. The gateway wraps it in a function that binds the
 * two variables below; the tag loads it when something must be shown, and calls what it leaves on its element.
 */
import type { InterfaceConfig } from "../gateway/contract/widget.ts";
import type { OpenInterface } from "./core/core.ts";
import { decide } from "./core/choice/decide.ts";
import type { InterfaceStrings } from "./locales/strings.ts";
import type { Mine } from "./ui/host.ts";
import { createInterface } from "./ui/interface.tsx";

declare const SOGLAS_INTERFACE: InterfaceConfig;
declare const SOGLAS_STRINGS: InterfaceStrings;

const mount = createInterface(SOGLAS_INTERFACE, SOGLAS_STRINGS);
const open: OpenInterface = (core) => {
  let mine: Mine | undefined;
  return mount({
    root: core.addRoot("soglas-consent"),
    current: () => core.remembered()?.choice ?? null,
    decide: (choice, manner) => decide(core, SOGLAS_INTERFACE, choice, manner),
    erased: () => !!core.store.get("erased"),
    withMine: (use) => core.withRecorder((recorder) => use((mine ??= recorder.mine()))),
  });
};
Object.assign(document.currentScript!, { open });
