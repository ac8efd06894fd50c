/** A count, with its share of all where there are any. */
import { useConsole } from "../context.ts";
import { percentage } from "../format.ts";

/** @param props.of how many there are in all; null shows the count alone */
export function Share({ count, of }: { count: number; of: number | null }) {
  const { language } = useConsole().settings;
  return (
    <span class="share">
      {count.toLocaleString(language)}
      {of !== null && of > 0 && (
        <>
          {" "}
          <span class="muted">{percentage(count / of, language)}</span>
        </>
      )}
    </span>
  );
}
