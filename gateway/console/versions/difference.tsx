/** What changed, as visitors and an officer are concerned: whether they are asked again, what of the site, which texts. */
import type { SiteDifference } from "../../contract/staff/versions.ts";
import { useConsole } from "../context.ts";
import { displayName, localizedText } from "../format.ts";
import { ChangeList } from "./change-list.tsx";
import { DocumentDifferences } from "./document-differences.tsx";
import { useTexts } from "./use-texts.ts";

export function Difference({ of }: { of: SiteDifference }) {
  const { difference } = useTexts();
  if (isEmpty(of)) return <p>{difference.nothing}</p>;
  return (
    <div class="difference">
      <AskedAgain of={of} />
      <Comings of={of} />
      {of.changes.length > 0 && <ChangeList changes={of.changes} />}
      {of.documents.length > 0 && <DocumentDifferences documents={of.documents} />}
    </div>
  );
}

/** Whether nothing changed that anybody would see. */
export const isEmpty = ({ asksAgain, changes, documents, purposes, services }: SiteDifference) =>
  [
    asksAgain,
    changes,
    documents,
    purposes.added,
    purposes.removed,
    services.added,
    services.removed,
  ].every(({ length }) => length === 0);

function AskedAgain({ of }: { of: SiteDifference }) {
  const { difference } = useTexts();
  const nameOf = useNames(of);
  if (of.asksAgain.length === 0) return <p class="asks-not">{difference.asksNot}</p>;
  return (
    <div class="asks-again">
      <p>
        <strong>{difference.asksAgain}</strong>
      </p>
      <ul class="reasons">
        {of.asksAgain.map(({ about, id }) => (
          <li key={`${about} ${id}`}>
            {difference.reasons[about]}
            {id !== null && `: ${nameOf(id)}`}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Names of purposes and services that the difference mentions; the id where it names none. */
function useNames({ purposes, services, changes }: SiteDifference): (id: string) => string {
  const { settings } = useConsole();
  const named = [
    ...[purposes, services].flatMap(({ added, removed }) => [...added, ...removed]),
    ...changes.flatMap(({ of }) => (of ? [of] : [])),
  ];
  return (id) => {
    const found = named.find((each) => each.id === id);
    return found ? localizedText(found.name, settings.language) : id;
  };
}

/** Purposes and services that came or went. */
function Comings({ of: { purposes, services } }: { of: SiteDifference }) {
  const { texts, settings } = useConsole();
  const { difference } = useTexts();
  const { language } = settings;
  const service = ({ name, recipient }: SiteDifference["services"]["added"][number]) =>
    [
      `${localizedText(name, language)} → ${recipient.name}`,
      displayName("region", recipient.country, language),
      ...(recipient.crossBorder ? [texts.record.choice.abroad] : []),
    ].join(", ");
  const groups = [
    [difference.purposesAdded, purposes.added.map(({ name }) => localizedText(name, language))],
    [difference.purposesRemoved, purposes.removed.map(({ name }) => localizedText(name, language))],
    [difference.servicesAdded, services.added.map(service)],
    [difference.servicesRemoved, services.removed.map(service)],
  ] as const;
  return (
    <>
      {groups
        .filter(([, names]) => names.length > 0)
        .map(([label, names]) => (
          <div key={label}>
            <h3>{label}</h3>
            <ul class="reasons">
              {names.map((name) => (
                <li key={name}>{name}</li>
              ))}
            </ul>
          </div>
        ))}
    </>
  );
}
