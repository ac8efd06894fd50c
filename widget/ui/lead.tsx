import { h } from "./jsx.ts";
import { Link } from "./link.tsx";
import type { Model } from "./model.ts";

/**
 * The visitor has just pressed a button at the other end of the dialog, which is gone: the focus comes here,
 * and with it what is in sight and what a screen reader says.
 */
function reveal(note: HTMLElement): void {
  if (note.closest("[open]")) note.focus();
}

/** What both views say first: the policy in one sentence, its points, and where the whole of it is. */
export function Lead({ config: { summary, documents }, host, strings }: Model) {
  return [
    host.erased() && (
      <p part="note" tabindex="-1" ref={reveal}>
        {strings.erased}
      </p>
    ),
    <p part="lead">{summary.lead}</p>,
    <details part="points">
      <summary>{strings.points}</summary>
      <ul>
        {summary.points.map(({ topic, text, href }) => (
          <li part="point">
            <Link href={href}>{strings[topic]}</Link>
            <p>{text}</p>
          </li>
        ))}
      </ul>
    </details>,
    <p part="links">
      <Link href={documents.policy}>{strings.policy}</Link>
      <Link href={documents.consent}>{strings.consent}</Link>
    </p>,
  ];
}
