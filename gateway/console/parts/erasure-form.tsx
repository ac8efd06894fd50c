/** Erasing one visitor: nothing happens before the visitor was found and a word was typed. */
import { useState } from "preact/hooks";
import type { ErasureBody } from "../../contract/staff/erasures.ts";
import type { SubjectHistory } from "../../contract/staff/subjects.ts";
import type { Result } from "../api.ts";
import { useConsole } from "../context.ts";
import { isWholeConsentNumber } from "../filter.ts";
import { useAnswer } from "../use-answer.ts";
import { FailureNote } from "./failure.tsx";
import { SelectField, TextField } from "./fields.tsx";
import { Moment } from "./moment.tsx";

type Reason = NonNullable<ErasureBody["reason"]>;
const reasons: Reason[] = ["request", "order", "mistake"];

export function ErasureForm({ site, onErased }: { site: string; onErased: () => void }) {
  const { api, texts, failed } = useConsole();
  const { erasure, search } = texts;
  const [consentId, setConsentId] = useState("");
  const [reason, setReason] = useState<Reason>("request");
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Awaited<ReturnType<typeof api.erase>> | null>(null);
  const whole = isWholeConsentNumber(consentId) ? consentId : null;
  const found = useAnswer(
    `erase ${whole}`,
    whole === null ? null : () => api.history(site, whole),
  ).result;
  const confirmed = word.trim().toLocaleUpperCase() === erasure.word;
  const ready = found?.ok === true && confirmed && !busy;

  async function submit(event: Event) {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    const result = await api.erase({ site, consentId, reason });
    setBusy(false);
    if (!result.ok && failed(result.failure)) return;
    setOutcome(result);
    setWord("");
    if (!result.ok) return;
    setConsentId("");
    onErased();
  }

  return (
    <form class="filters card" onSubmit={submit}>
      <h2>{erasure.one}</h2>
      <div class="fields">
        <TextField
          label={search.fields.consentId}
          value={consentId}
          onChange={(value) => {
            setConsentId(value);
            setOutcome(null);
          }}
          placeholder="9MMD-BF83-GPSD-QJHG"
          code
          required
        />
        <SelectField
          label={erasure.reason}
          value={reason}
          options={reasons.map((each) => [each, erasure.causes[each]])}
          onChange={(value) => setReason(value as Reason)}
        />
        <TextField label={erasure.type(erasure.word)} value={word} onChange={setWord} required />
      </div>
      <output>
        <Found result={found} />
        {outcome?.ok && <p class="adds-up">{erasure.erased[outcome.value.residue]}</p>}
      </output>
      {outcome && !outcome.ok && <FailureNote failure={outcome.failure} />}
      <p class="muted">{erasure.warning}</p>
      <div class="form-actions">
        <button type="submit" class="button danger" aria-disabled={!ready}>
          {erasure.submit}
        </button>
      </div>
    </form>
  );
}

/** Whom it would meet. */
function Found({ result }: { result: Result<SubjectHistory> | null }) {
  const { texts } = useConsole();
  const { erasure } = texts;
  if (result === null) return null;
  if (!result.ok)
    return result.failure.kind === "not-found" ? (
      <p class="off">{erasure.nobody}</p>
    ) : (
      <FailureNote failure={result.failure} />
    );
  const { records } = result.value;
  return (
    <p>
      <strong>{erasure.meets(records.length)}</strong> {erasure.latest}{" "}
      <Moment seconds={records.at(-1)?.time ?? 0} />
    </p>
  );
}
