import { readableAccent } from "./accent.ts";
import css from "./styles.css?inline";

/** The backgrounds of styles.css that the accent must be readable on: `--soft` of each theme. */
const backgrounds = { light: "#f3f5f7", dark: "#262d34" };

/**
 * Adopts the interface's style sheet on the shadow root, beside what the core has put there.
 * A constructed sheet needs no `unsafe-inline` and does not move the page's first paint.
 *
 * @param accent `#rrggbb`, made readable for each theme
 */
export function adoptStyles(root: ShadowRoot, accent: string): void {
  const sheet = new CSSStyleSheet();
  const accents = Object.entries(backgrounds).map(
    ([theme, background]) => `[data-theme=${theme}]{--own:${readableAccent(accent, background)}}`,
  );
  sheet.replaceSync(css + accents.join(""));
  root.adoptedStyleSheets.push(sheet);
}
