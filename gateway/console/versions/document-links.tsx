/** A version's documents as its visitors read them, on pages of their own. */
import { useTexts } from "./use-texts.ts";

export function DocumentLinks({ site, version }: { site: string; version: string }) {
  const { timeline } = useTexts();
  return (
    <span class="version-links">
      {(["policy", "consent"] as const).map((kind) => (
        <a key={kind} href={`../p/${site}/${kind}/${version}`} target="_blank" rel="noreferrer">
          {timeline.documents[kind]}
        </a>
      ))}
    </span>
  );
}
