/** Loads the interface when something must be shown, and hands it what it needs. */
import type { InterfaceHandle, InterfaceHost, Mount, View } from "../ui/host.ts";

export interface Interface {
  show(view: View): void;
  hide(): void;
}

/**
 * @param request asks for the interface script in the visitor's language
 * @param host makes what the interface is handed, once
 */
export function openInterface(
  request: () => HTMLScriptElement,
  host: () => InterfaceHost,
): Interface {
  let handle: InterfaceHandle | undefined;
  let wanted: View | undefined;

  return {
    show(view) {
      const pending = wanted;
      wanted = view;
      if (handle) handle.show(view);
      else if (!pending) {
        const script: HTMLScriptElement & { mount?: Mount } = request();
        script.addEventListener("load", () => {
          handle = script.mount?.(host());
          if (wanted) handle?.show(wanted);
        });
        script.addEventListener("error", () => {
          wanted = undefined;
        });
      }
    },
    hide() {
      wanted = undefined;
      handle?.hide();
    },
  };
}
