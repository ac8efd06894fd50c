/** What a new access key is for. */
import { useState } from "preact/hooks";
import type { Role } from "../../contract/staff/staff.ts";
import { useConsole } from "../context.ts";
import { localizedText } from "../format.ts";
import type { Wanted } from "../pages/keys.tsx";
import { useAnswer } from "../use-answer.ts";
import { SelectField, TextField } from "./fields.tsx";

const roles: Role[] = ["auditor", "compliance", "backend", "owner"];
/** Days a key may count; empty: as long as it is not revoked. */
const spans = ["7", "30", "90", "365", ""];

/** @param props.onCreate resolves to whether the key was made */
export function NewKeyForm(props: { onCreate: (wanted: Wanted) => Promise<boolean> }) {
  const { api, texts, settings, session } = useConsole();
  const { keys } = texts;
  const own = session?.sites ?? null;
  const empty = { label: "", role: "auditor" as Role, site: own?.[0] ?? "", days: "30" };
  const [draft, setDraft] = useState(empty);
  const sites = useAnswer("sites", api.sites);
  const known = sites.result?.ok ? sites.result.value.sites : [];

  async function submit(event: Event) {
    event.preventDefault();
    const { site, days } = draft;
    const made = await props.onCreate({
      label: draft.label.trim(),
      role: draft.role,
      site: site === "" ? null : site,
      days: days === "" ? null : Number(days),
    });
    if (made) setDraft(empty);
  }

  return (
    <form class="filters card" onSubmit={submit}>
      <h2>{keys.create}</h2>
      <div class="fields">
        <TextField
          label={keys.label}
          value={draft.label}
          onChange={(label) => setDraft({ ...draft, label })}
          required
        />
        <SelectField
          label={keys.role}
          value={draft.role}
          options={roles.map((role) => [role, texts.roles[role]])}
          onChange={(role) => setDraft({ ...draft, role: role as Role })}
        />
        <SelectField
          label={keys.site}
          value={draft.site}
          options={[
            ...(own === null ? [["", keys.everySite] as const] : []),
            ...known.map(({ id, name }) => [id, localizedText(name, settings.language)] as const),
          ]}
          onChange={(site) => setDraft({ ...draft, site })}
        />
        <SelectField
          label={keys.lasts}
          value={draft.days}
          options={spans.map((days) => [days, days === "" ? keys.always : keys.days(Number(days))])}
          onChange={(days) => setDraft({ ...draft, days })}
        />
      </div>
      <p class="muted">{texts.access.allows[draft.role]}</p>
      <div class="form-actions">
        <button type="submit" class="button primary">
          {keys.submit}
        </button>
      </div>
    </form>
  );
}
