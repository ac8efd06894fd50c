/** The texts a visitor was shown, word for word, and every decision that was made under the same. */
import type { RecordAnswer } from "../../../contract/staff/staff.ts";
import { formatAddress, type Query } from "../../address.ts";
import { useConsole } from "../../context.ts";

export function RecordDocuments({ record, config }: RecordAnswer) {
  const { texts } = useConsole();
  const { documents } = texts.record;
  const text = (kind: "policy" | "consent") =>
    `../p/${record.site}/${kind}/${config.version}?lang=${encodeURIComponent(record.language)}`;
  const same = (query: Query) =>
    formatAddress({ page: "records", site: record.site, record: null, query });
  return (
    <section>
      <h3>{documents.heading}</h3>
      <ul class="links">
        <li>
          <a href={text("policy")} target="_blank" rel="noreferrer">
            {documents.policy}
          </a>
        </li>
        <li>
          <a href={text("consent")} target="_blank" rel="noreferrer">
            {documents.consent}
          </a>
        </li>
        <li>
          <a href={same({ policy: config.policy })}>{documents.samePolicy}</a>
        </li>
        <li>
          <a href={same({ config: config.hash })}>{documents.sameConfig}</a>
        </li>
        <li>
          <a
            href={formatAddress({
              page: "deliveries",
              site: record.site,
              query: { record: record.id },
            })}
          >
            {documents.forwarded}
          </a>
        </li>
      </ul>
    </section>
  );
}
