/** A record as a file for the visitor's own programs, in the words of ISO/IEC TS 27560. */
import { useState } from "preact/hooks";
import type { Failure } from "../../api.ts";
import { useConsole } from "../../context.ts";
import { saveFile } from "../../save-file.ts";
import { FailureNote } from "../failure.tsx";

export function ReceiptFile({ site, record }: { site: string; record: string }) {
  const { api, texts, failed } = useConsole();
  const [failure, setFailure] = useState<Failure | null>(null);

  async function save() {
    const answer = await api.exported(
      site,
      { form: "receipts", record },
      new AbortController().signal,
    );
    setFailure(answer.ok || failed(answer.failure) ? null : answer.failure);
    if (!answer.ok) return;
    try {
      saveFile(`receipt-${record}.jsonl`, await answer.value.blob());
    } catch {
      setFailure({ kind: "offline" });
    }
  }

  return (
    <>
      <button type="button" class="button" onClick={() => void save()}>
        {texts.proof.forPrograms}
      </button>
      {failure && <FailureNote failure={failure} />}
    </>
  );
}
