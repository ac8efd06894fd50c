/** Fields of the configuration that changed, in words: what it was, what it is. */
import type { ChangedValue, ConfigChange } from "../../contract/staff/versions.ts";
import { useConsole } from "../context.ts";
import { displayName, localizedText, type Language } from "../format.ts";
import type { VersionTexts } from "./texts/en.ts";
import { useTexts } from "./use-texts.ts";

export function ChangeList({ changes }: { changes: ConfigChange[] }) {
  const { settings } = useConsole();
  const { difference } = useTexts();
  const groups = Map.groupBy(changes, ({ of }) => (of ? `${of.kind} ${of.id}` : ""));
  return (
    <>
      {[...groups.values()].map((group) => {
        const { of } = group[0]!;
        return (
          <div key={of?.id ?? ""}>
            <h3>
              {of
                ? `${difference.belongs[of.kind]} «${localizedText(of.name, settings.language)}»`
                : difference.site}
            </h3>
            <dl class="changes">
              {group.map((change) => (
                <Change key={change.field} change={change} />
              ))}
            </dl>
          </div>
        );
      })}
    </>
  );
}

function Change({ change }: { change: ConfigChange }) {
  const { settings } = useConsole();
  const texts = useTexts();
  const { difference } = texts;
  const side = (value: ChangedValue, other: ChangedValue) =>
    linesOf(value, other, texts, settings.language);
  const [before, after] = [side(change.before, change.after), side(change.after, change.before)];
  return (
    <div>
      <dt>{fieldName(change, texts)}</dt>
      <dd>
        {before.map((line) => (
          <del key={line}>
            <span class="change-word">{difference.was}</span> {line}
          </del>
        ))}
        {after.map((line) => (
          <ins key={line}>
            <span class="change-word">{difference.is}</span> {line}
          </ins>
        ))}
      </dd>
    </div>
  );
}

/** What a field is called; one that has no name here shows its own. */
function fieldName({ of, field }: ConfigChange, { fields }: VersionTexts): string {
  const names: Record<string, string> = { ...fields.any, ...(of ? fields[of.kind] : fields.site) };
  return names[field] ?? field;
}

/** What of a value the other side does not have, each as a line. */
function linesOf(
  value: ChangedValue,
  other: ChangedValue,
  { values }: VersionTexts,
  language: Language,
): string[] {
  if (value === null) return [values.none];
  if (typeof value === "boolean") return [value ? values.yes : values.no];
  if (typeof value === "number") return [value.toLocaleString(language)];
  if (typeof value === "string") {
    if (/^[A-Z]{2}$/.test(value)) return [displayName("region", value, language)];
    const words: Record<string, string> = values.words;
    return [Object.hasOwn(words, value) ? words[value]! : value];
  }
  if (!Array.isArray(value)) {
    const held =
      typeof other === "object" && other !== null ? (other as Record<string, string>) : {};
    return Object.entries(value)
      .filter(([tag, text]) => held[tag] !== text)
      .map(([tag, text]) => `${displayName("language", tag, language)}: ${text}`);
  }
  const held = Array.isArray(other) ? new Set(other.map((entry) => JSON.stringify(entry))) : null;
  const own = value.filter((entry) => !held?.has(JSON.stringify(entry)));
  // The same entries in another order.
  const shown = own.length === 0 && held?.size === value.length ? value : own;
  return shown.map((entry) =>
    typeof entry === "string" ? entry : Object.values(entry).map(String).join(" · "),
  );
}
