/** Banner and preferences as one mounted thing: what is shown, where the focus belongs, what is reported. */
import { render } from "preact";
import type { OfferedControl } from "../../gateway/contract/decision.ts";
import type { InterfaceConfig } from "../../gateway/contract/widget.ts";
import type { Strings } from "../locales/strings.ts";
import { Banner } from "./banner.tsx";
import { startingChoice } from "./choice.ts";
import { rememberFocus } from "./focus.ts";
import type { Mount, View } from "./host.ts";
import type { Model } from "./model.ts";
import { Preferences } from "./preferences.tsx";
import { adoptStyles } from "./styles.ts";
import { createTexts } from "./texts.tsx";

/** All three stand side by side in both views; in the preferences, choosing is what the switches do. */
const offered: OfferedControl[] = ["accept-all", "refuse-all", "choose"];

/**
 * @param config the site's interface in one language
 * @param strings the interface's own words in that language
 * @returns the function the core calls with its host. Showing needs `host.root` to be in the document.
 */
export function createInterface(config: InterfaceConfig, strings: Strings): Mount {
  return (host) => {
    const texts = createTexts(config.language, strings);
    const systemDark = matchMedia("(prefers-color-scheme: dark)");
    const container = document.createElement("div");
    container.lang = config.language;
    container.dir = config.direction;
    adoptStyles(host.root, config.look.accent);
    host.root.append(container);
    const focus = rememberFocus(container);

    const shown: Record<View, boolean> = { banner: false, preferences: false };
    let said = "";

    const theme = () => {
      const { theme } = config.look;
      if (theme !== "system") return theme;
      return systemDark.matches ? "dark" : "light";
    };

    const model: Model = {
      config,
      texts,
      host,
      draft: startingChoice(config.purposes, null),
      consentId: null,
      copied: false,
      move(draft) {
        model.draft = draft;
        paint();
      },
      decide(choice, place, control) {
        said = texts("saved");
        hide();
        host.decide(choice, { place, control, offered, theme: theme() });
        host.closed();
      },
      openPreferences: () => show("preferences"),
      copyConsentId() {
        void navigator.clipboard?.writeText(model.consentId ?? "").then(() => {
          model.copied = true;
          paint();
        });
      },
    };

    function paint() {
      container.dataset.theme = theme();
      render(
        <>
          {shown.banner && <Banner {...model} />}
          {shown.preferences && <Preferences model={model} onClose={preferencesClosed} />}
          <p part="said" role="status">
            {said}
          </p>
        </>,
        container,
      );
    }

    function preferencesClosed(event: Event) {
      // The event comes a task after the dialog has closed; by then a decision may have removed it.
      if (!(event.target as Element).isConnected) return;
      shown.preferences = false;
      paint();
      if (shown.banner) return;
      focus.giveBack();
      host.closed();
    }

    function show(view: View) {
      said = "";
      if (!shown.banner && !shown.preferences) focus.remember();
      if (view === "preferences" && !shown.preferences) {
        model.draft = startingChoice(config.purposes, host.current());
        model.copied = false;
        void host.consentId().then((id) => {
          model.consentId = id;
          paint();
        });
      }
      shown[view] = true;
      paint();
    }

    function hide() {
      shown.banner = shown.preferences = false;
      paint();
      focus.giveBack();
    }

    systemDark.addEventListener("change", paint);
    paint();
    return { show, hide };
  };
}
