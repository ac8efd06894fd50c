/**
 * Part of the tag of a site with embedded content: where a frame waits for its service, what asks for
 * consent in its place is loaded and put there. Pages without such a frame load nothing more.
 */
import type { OpenPlaceholder } from "../core.ts";
import { chooseLanguage } from "../page/language.ts";
import { loaderOf } from "../loader.ts";

SOGLAS_PARTS.frames = (core, load) => {
  const { config, granted } = core;
  const { gateway, site, config: hash, languages } = config;
  const src = `${gateway}/w/${site}/${hash}/${chooseLanguage(languages)}/frames.js`;
  const withPlaceholder = loaderOf<ReturnType<OpenPlaceholder>>(core, () => load(src));
  const asked = (id: string) => config.services.some((service) => service.id === id);

  function look(): void {
    for (const frame of document.querySelectorAll<HTMLIFrameElement>("iframe[data-consent]")) {
      const id = frame.dataset.consent!;
      if (asked(id) && !granted(id)) withPlaceholder((draw) => granted(id) || draw(frame));
    }
  }

  look();
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  document.addEventListener("soglas:consent", look);
  // A frame that was emptied begins with a new document. Loads of frames do not bubble.
  document.addEventListener("load", look, true);
};
