import { h, type Child } from "./jsx.ts";
import { fill } from "./texts.ts";

interface LinkProps {
  href: string;
  children?: Child;
}

/** Leaves the page as it is, and tells nobody where the visitor came from. */
export function Link({ href, children }: LinkProps) {
  return (
    <a part="link" href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

interface LinkedProps {
  text: string;
  /** For the `{name}` slots of the text. */
  values: Record<string, unknown>;
  href: string | undefined;
}

/** A text whose `[bracketed]` words are a link, or plain words without `href`. */
export function Linked({ text, values, href }: LinkedProps) {
  const [before, words, after] = text.split(/[[\]]/).map((part) => fill(part, values));
  return [before, href ? <Link href={href}>{words}</Link> : words, after];
}
