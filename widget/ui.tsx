/**
 * Entry of the interface bundle. The gateway wraps it in a function that binds the two variables
 * below; the core loads it only when something must be shown, and calls what it leaves on its element.
 */
import type { InterfaceConfig } from "../gateway/contract/widget.ts";
import type { Strings } from "./locales/strings.ts";
import type { Mount } from "./ui/host.ts";
import { createInterface } from "./ui/interface.tsx";

declare const SOGLAS_INTERFACE: InterfaceConfig;
declare const SOGLAS_STRINGS: Strings;

(document.currentScript as HTMLScriptElement & { mount?: Mount }).mount = createInterface(
  SOGLAS_INTERFACE,
  SOGLAS_STRINGS,
);
