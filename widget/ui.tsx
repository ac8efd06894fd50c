/**
 * Entry of the interface script: the interface, and the half of the core that only a decision needs. The
 * gateway wraps it in a function that binds the two variables below; the tag loads it when something must
 * be shown or recorded, and calls what it leaves on its element.
 */
import type { InterfaceConfig } from "../gateway/contract/widget.ts";
import type { OpenRecorder } from "./core/core.ts";
import { openRecorder } from "./core/recorder.ts";
import type { Strings } from "./locales/strings.ts";
import { createInterface } from "./ui/interface.tsx";

declare const SOGLAS_INTERFACE: InterfaceConfig;
declare const SOGLAS_STRINGS: Strings;

const mount = createInterface(SOGLAS_INTERFACE, SOGLAS_STRINGS);
const open: OpenRecorder = (core) => openRecorder(core, mount);
Object.assign(document.currentScript!, { open });
