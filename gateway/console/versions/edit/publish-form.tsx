/** Publishing: what changes for visitors, from when, and a typed word where they are asked again. */
import { useState } from "preact/hooks";
import type { PublishAnswer } from "../../../contract/staff/versions.ts";
import { formatAddress } from "../../address.ts";
import type { Failure } from "../../api.ts";
import { useConsole } from "../../context.ts";
import { FailureNote } from "../../parts/failure.tsx";
import { MomentField, TextField } from "../../parts/fields.tsx";
import { Moment } from "../../parts/moment.tsx";
import { Copyable } from "../../parts/copyable.tsx";
import { Difference, isEmpty } from "../difference.tsx";
import { useTexts } from "../use-texts.ts";
import type { Checked, Files } from "./use-draft.ts";

/** Notice that policies promise for what is material, seconds. */
const notice = 30 * 86_400;

export function PublishForm(props: {
  site: string;
  files: Files;
  /** Version that must still be the newest. */
  expected: string;
  checked: Checked;
  mayPublish: boolean;
  effectiveAt: number | null;
  onMoment: (effectiveAt: number | null) => void;
  onPublished: () => void;
  /** Somebody published meanwhile, and the officer wants to see it. */
  onOvertaken: () => void;
  onAnew: () => void;
}) {
  const { api, failed } = useConsole();
  const { publish } = useTexts();
  const { site, files, expected, checked, effectiveAt, onMoment } = props;
  const [word, setWord] = useState("");
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [published, setPublished] = useState<PublishAnswer | null>(null);
  const difference = checked.pending ? null : (checked.answer?.difference ?? null);
  const isNothing = difference !== null && isEmpty(difference);
  const needsWord = (difference?.asksAgain.length ?? 0) > 0;
  const confirmed = !needsWord || word.trim().toLocaleUpperCase() === publish.word;
  const ready = difference !== null && confirmed && !busy && !isNothing;

  async function submit(event: Event) {
    event.preventDefault();
    if (!ready) return;
    setBusy(true);
    const result = await api.publish(site, {
      files,
      expected,
      ...(effectiveAt !== null && { effectiveAt }),
    });
    setBusy(false);
    if (!result.ok) {
      setFailure(failed(result.failure) ? null : result.failure);
      return;
    }
    setFailure(null);
    props.onPublished();
    setPublished(result.value);
  }

  if (published) return <Done site={site} published={published} onAnew={props.onAnew} />;
  const documents = difference?.documents.some(
    ({ kind }) => kind === "policy" || kind === "consent",
  );
  return (
    <form class="card padded" onSubmit={submit}>
      <h2>{publish.heading}</h2>
      {difference === null && <p class="muted">{publish.waits}</p>}
      {difference && <Difference of={difference} />}
      {!props.mayPublish ? (
        <p class="note">{publish.readOnly}</p>
      ) : (
        <>
          <MomentField
            label={publish.moment}
            value={effectiveAt === null ? "" : String(effectiveAt)}
            onChange={(seconds) => onMoment(seconds === "" ? null : Number(seconds))}
          />
          <div class="form-actions">
            <button
              type="button"
              class="button small"
              onClick={() => onMoment(Math.ceil(Date.now() / 60_000) * 60 + notice)}
            >
              {publish.inThirtyDays}
            </button>
          </div>
          {documents && (effectiveAt === null || effectiveAt < Date.now() / 1000 + notice) && (
            <p class="asks-again">{publish.notice}</p>
          )}
          {needsWord && (
            <TextField
              label={publish.type(publish.word)}
              value={word}
              onChange={setWord}
              required
            />
          )}
          {failure && <FailureNote failure={failure} />}
          {failure?.kind === "conflict" && (
            <button type="button" class="button" onClick={props.onOvertaken}>
              {publish.seeNewest}
            </button>
          )}
          <div class="form-actions">
            <button type="submit" class="button primary" aria-disabled={!ready}>
              {publish.submit}
            </button>
          </div>
        </>
      )}
    </form>
  );
}

function Done(props: { site: string; published: PublishAnswer; onAnew: () => void }) {
  const { texts } = useConsole();
  const { publish, timeline } = useTexts();
  const { site, published } = props;
  return (
    <div class="note">
      <output>
        <p class="adds-up">
          {publish.done} <Moment seconds={published.effectiveAt} />
        </p>
      </output>
      <Copyable name={timeline.version} value={published.version} />
      <div class="form-actions">
        <a class="button" href={formatAddress({ page: "versions", site, query: {} })}>
          {texts.pages.versions}
        </a>
        <button type="button" class="button" onClick={() => props.onAnew()}>
          {publish.another}
        </button>
      </div>
    </div>
  );
}
