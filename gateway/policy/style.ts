/** The one style sheet of document pages, inline and allowed by its hash. */
import { hash } from "node:crypto";

export const style = `
:root { color-scheme: light dark; --text: light-dark(#1b1f24, #e7e9ec); --soft: light-dark(#5b6470, #a3abb6);
  --line: light-dark(#d9dde3, #363c45); --ground: light-dark(#fff, #14171b); --raised: light-dark(#f5f7f9, #1d2127);
  --link: light-dark(#0b57d0, #8ab4f8); --mark: light-dark(#fff4d6, #40350f); }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1.0625rem/1.65 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; }
main, header, footer { max-width: 44rem; margin-inline: auto; padding-inline: 1.25rem; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; justify-content: space-between;
  padding-block: 1.25rem; border-bottom: 1px solid var(--line); color: var(--soft); font-size: .9375rem; }
header strong { color: var(--text); }
header ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: 0; padding: 0; list-style: none; }
header a { display: inline-block; text-transform: capitalize; }
main { padding-block: 1rem 2.5rem; overflow-wrap: break-word; hyphens: auto; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; hyphens: manual; }
h1 { font-size: clamp(1.6rem, 1.2rem + 2vw, 2.2rem); margin-block: 1.5rem 1rem; }
h2 { font-size: 1.3rem; margin-block: 2.25rem .75rem; }
h3 { font-size: 1.1rem; margin-block: 1.75rem .5rem; }
:target { background: var(--mark); box-shadow: 0 0 0 .35rem var(--mark); border-radius: .1rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:focus-visible, summary:focus-visible, .table:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.status { margin-block: 1rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--raised); font-size: .9375rem; }
.status a { display: block; width: fit-content; }
.status.superseded, .status.announced { background: var(--mark); }
nav.contents { margin-block: 1rem; padding: .5rem 1rem; border: 1px solid var(--line); border-radius: .5rem; font-size: .9375rem; }
nav.contents summary { padding-block: .35rem; cursor: pointer; font-weight: 600; }
nav.contents ul { margin: 0 0 .5rem; padding-inline-start: 1.1rem; }
nav.contents li { padding-block: .15rem; }
.table { overflow-x: auto; margin-block: 1rem; }
table { border-collapse: collapse; min-width: 100%; font-size: .9375rem; }
th, td { padding: .5rem .75rem; border: 1px solid var(--line); text-align: start; vertical-align: top; hyphens: manual; }
th { background: var(--raised); }
blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--line); color: var(--soft); }
code { font-size: .9em; background: var(--raised); padding: .1em .3em; border-radius: .25em; overflow-wrap: anywhere; }
pre { overflow-x: auto; padding: 1rem; background: var(--raised); border-radius: .5rem; }
hr { border: 0; border-top: 1px solid var(--line); margin-block: 2rem; }
footer { padding-block: 1.25rem 2.5rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer dl { display: grid; grid-template-columns: auto 1fr; gap: .35rem 1rem; margin: 0; }
footer dd { margin: 0; overflow-wrap: anywhere; }
footer code { padding: 0; background: none; word-break: break-all; }
@media (max-width: 30rem) { footer dl { grid-template-columns: 1fr; } footer dd { margin-block-end: .5rem; } }
@media print { :root { color-scheme: light; } body { font-size: 10.5pt; line-height: 1.45; }
  header ul, nav.contents, .status a { display: none; } main, header, footer { max-width: none; padding-inline: 0; }
  h1, h2, h3 { break-after: avoid; } table, blockquote { break-inside: avoid; } :target { background: none; box-shadow: none; } }
`;

/** For the page's Content-Security-Policy. */
export const styleSource = `'sha256-${hash("sha256", style, "base64")}'`;
