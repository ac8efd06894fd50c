/** One record with everything staff may see of it, in a panel beside the list. */
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { RecordAnswer } from "../../contract/staff/staff.ts";
import type { Result } from "../api.ts";
import { useConsole } from "../context.ts";
import { Loading } from "../parts/blank.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { RecordFacts } from "../parts/record/facts.tsx";
import { RecordDocuments } from "../parts/record/documents.tsx";
import { RecordProof } from "../parts/record/proof.tsx";
import { RecordReplay } from "../parts/record/replay.tsx";
import { RecordChoices } from "../parts/record/choices.tsx";
import { Badges } from "../parts/records/table.tsx";
import { Moment } from "../parts/moment.tsx";

export function RecordPanel(props: { site: string; id: string; onClose: () => void }) {
  const { api, texts, failed } = useConsole();
  const dialog = useRef<HTMLDialogElement>(null);
  const [result, setResult] = useState<Result<RecordAnswer> | null>(null);
  const load = useCallback(async () => {
    setResult(null);
    const result = await api.record(props.site, props.id);
    if (result.ok || !failed(result.failure)) setResult(result);
  }, [api, failed, props.site, props.id]);
  useEffect(() => void load(), [load]);

  useEffect(() => {
    const element = dialog.current!;
    // A click beside the panel closes it, where the browser knows how; Escape and the button always do.
    element.setAttribute("closedby", "any");
    element.showModal();
    return () => element.close();
  }, []);

  return (
    <dialog
      ref={dialog}
      class="panel"
      aria-labelledby="record-heading"
      onClose={() => {
        // The reference is gone once the panel left the page: then nobody closed it but us.
        if (dialog.current) props.onClose();
      }}
    >
      <div class="panel-inner">
        <header class="panel-head">
          <div>
            <h2 id="record-heading">{texts.record.heading}</h2>
            {result?.ok && (
              <p class="panel-lead">
                <strong>{texts.actions[result.value.record.action]}</strong>{" "}
                <Moment seconds={result.value.record.time} />{" "}
                <Badges record={result.value.record} />
              </p>
            )}
          </div>
          <button type="button" class="button quiet" onClick={props.onClose}>
            {texts.record.close}
          </button>
        </header>
        {result === null && <Loading label={texts.record.loading} />}
        {result !== null && !result.ok && <FailureNote failure={result.failure} onRetry={load} />}
        {result?.ok && (
          <>
            <RecordProof answer={result.value} />
            <RecordChoices {...result.value} />
            <RecordReplay {...result.value} />
            <RecordDocuments {...result.value} />
            <RecordFacts {...result.value} />
          </>
        )}
      </div>
    </dialog>
  );
}
