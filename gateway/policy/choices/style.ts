/** What the page of choices has beside the style of document pages; inline, and allowed by its hash. */
import { hash } from "node:crypto";
import { style } from "../style.ts";

export const choicesStyle = `${style}
fieldset { margin: 1rem 0; padding: 0 1.25rem 1rem; border: 1px solid var(--line); border-radius: .75rem; background: var(--raised); }
legend { padding-inline: .35rem; margin-inline-start: -.35rem; font-weight: 650; }
fieldset p { margin-block: .5rem; }
fieldset ul { margin: .75rem 0 0; padding: 0; list-style: none; }
fieldset li { padding-block: .75rem; border-top: 1px solid var(--line); }
label { display: flex; gap: .75rem; align-items: center; min-height: 2.75rem; font-weight: 600; cursor: pointer; }
input[type=checkbox] { flex: none; width: 1.35rem; height: 1.35rem; margin: 0; accent-color: var(--link); }
input:focus-visible, button:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.soft { color: var(--soft); font-size: .9375rem; }
.buttons { display: flex; flex-wrap: wrap; gap: .75rem; margin-block: 1.5rem; }
button { flex: 1 1 11rem; min-height: 2.75rem; padding: .6rem 1.25rem; border: 1px solid var(--link); border-radius: .6rem;
  background: var(--ground); color: var(--link); font: inherit; font-weight: 600; cursor: pointer; }
button:hover { background: var(--raised); }
.points { margin-block: 1rem; padding-inline-start: 1.2rem; }
.points li { padding-block: .2rem; }
@media (forced-colors: active) { button { border-color: ButtonText; } }
@media print { .buttons { display: none; } }
`;

export const choicesStyleSource = `'sha256-${hash("sha256", choicesStyle, "base64")}'`;
