/** Banner and preferences as one mounted thing: what is shown, where the focus belongs, what is reported. */
import type { InterfaceConfig } from "../../gateway/contract/widget.ts";
import type { InterfaceStrings } from "../locales/strings.ts";
import { Banner } from "./banner.tsx";
import { everything, standing } from "./choice.ts";
import { rememberFocus } from "./focus.ts";
import type { Mine, Mount, View } from "./host.ts";
import { h } from "./jsx.ts";
import type { Model } from "./model.ts";
import { Preferences } from "./preferences.tsx";
import { createRenderer } from "./render.ts";
import css from "./styles.css?inline";

/**
 * @param config the site's interface in one language
 * @param strings the interface's own words in that language
 * @returns the function the core calls with its host. Showing needs `host.root` to be in the document.
 */
export function createInterface(config: InterfaceConfig, strings: InterfaceStrings): Mount {
  const { accent, theme } = config.look;
  return (host) => {
    const systemDark = matchMedia("(prefers-color-scheme:dark)");
    const container = document.createElement("div");
    container.lang = config.language;
    container.dir = config.direction;
    host.root.append(container);
    const draw = createRenderer(container);
    const focus = rememberFocus(container);

    // A constructed sheet needs no `unsafe-inline` and does not delay the page's first paint.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`${css}[data-theme]{--own:${accent}}`);
    host.root.adoptedStyleSheets.push(sheet);

    const shown: Record<View, boolean> = { banner: false, preferences: false };
    let said = "";

    const model: Model = {
      config,
      strings,
      host,
      draft: standing(config.purposes, null),
      mine: undefined,
      set(change) {
        Object.assign(model, change);
        paint();
      },
      refresh() {
        refresh();
        paint();
      },
      async decide(choice, place, control) {
        let left = 0;
        host.withMine((mine) => {
          left = mine.left(model).length;
        });
        await decide(choice, place, control);
        // What could not be removed is named to the visitor, who alone can remove it.
        host.withMine((mine) => {
          if (mine.left(model).length > left) show("preferences");
        });
      },
      show,
    };

    async function decide(...[choice, place, control]: Parameters<Model["decide"]>): Promise<void> {
      hide();
      await host.decide(choice, {
        place,
        control,
        theme: container.dataset.theme as "light" | "dark",
      });
      // Only now: while the dialog was open, what is outside of it was not there for a screen reader.
      said = strings.saved;
      paint();
    }

    function paint() {
      container.dataset.theme =
        theme === "system" ? (systemDark.matches ? "dark" : "light") : theme;
      draw([
        shown.banner && <Banner {...model} />,
        shown.preferences && <Preferences model={model} onClose={onClose} />,
        <output part="said">{said}</output>,
      ]);
    }

    function onClose(event: Event) {
      // The event comes a task after the dialog has closed; a decision may have removed it by then.
      if (!(event.target as Element).isConnected) return;
      shown.preferences = false;
      paint();
      if (!shown.banner) focus.giveBack();
    }

    function addMine(mine: Mine) {
      model.set({ mine });
      void mine.refresh(model);
    }
    // Asked for once the question stands, so that its record leaves with the click.
    (window.requestIdleCallback ?? setTimeout)(() => host.withMine(() => {}));

    /** What the core knows now, in place of what is shown. */
    function refresh() {
      model.draft = standing(config.purposes, host.current());
      void model.mine?.refresh(model);
    }

    function show(view: View) {
      said = "";
      if (!shown.banner && !shown.preferences) focus.remember();
      refresh();
      shown[view] = true;
      paint();
      if (view === "preferences" && !model.mine) host.withMine(addMine);
    }

    function hide() {
      shown.banner = shown.preferences = false;
      paint();
      focus.giveBack();
    }

    systemDark.addEventListener("change", paint);
    return {
      show,
      hide,
      acceptAll: () => decide(everything(config.purposes, true), "api", "accept-all"),
    };
  };
}
