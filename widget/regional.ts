/**
 * After the interface of a site with several jurisdiction profiles: the one in force on this page takes the
 * place of the site's own.
 */
import type { InterfaceConfig } from "../gateway/contract/widget.ts";
import type { OpenInterface } from "./core/core.ts";

declare const SOGLAS_INTERFACE: InterfaceConfig;

const script = document.currentScript as HTMLScriptElement & { open: OpenInterface };
const { open } = script;
script.open = (core) => {
  const { applied } = core.config;
  if (applied) SOGLAS_INTERFACE.jurisdiction = applied.profile;
  return open(core);
};
