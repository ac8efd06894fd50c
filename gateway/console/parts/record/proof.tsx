/** Whether the record is proven: *Verified* stands here only after this browser verified it. */
import { useEffect, useState } from "preact/hooks";
import type { RecordAnswer } from "../../../contract/staff/staff.ts";
import { useConsole } from "../../context.ts";
import { saveFile } from "../../save-file.ts";
import { verifyRecord, type Verification } from "../../verification.ts";
import { Copyable } from "../copyable.tsx";
import { ReceiptFile } from "./receipt-file.tsx";

export function RecordProof({ answer }: { answer: RecordAnswer }) {
  const { texts } = useConsole();
  const { proof } = texts;
  const [found, setFound] = useState<Verification | null>(null);
  useEffect(() => {
    let current = true;
    const verify = async () => {
      const verification = await verifyRecord(answer, globalThis.crypto.subtle);
      if (current) setFound(verification);
    };
    void verify();
    return () => {
      current = false;
    };
  }, [answer]);

  const { receipt, verifierKey } = answer.proof;
  const { record } = answer;
  return (
    <section class={`proof ${found?.state ?? "checking"}`} aria-live="polite">
      <h3>{proof.heading}</h3>
      <p class="verdict">{found === null ? proof.checking : proof.states[found.state]}</p>
      {found && <p>{explained(found)}</p>}
      {receipt !== null && (
        <div class="form-actions">
          <button
            type="button"
            class="button"
            onClick={() => saveFile(`receipt-${record.id}.txt`, new Blob([receipt]))}
          >
            {proof.download}
          </button>
          <ReceiptFile site={record.site} record={record.id} />
          <a
            class="button"
            href={`../verify/#site=${record.site}`}
            target="_blank"
            rel="noreferrer"
          >
            {proof.page}
          </a>
        </div>
      )}
      {verifierKey !== null && (
        <details>
          <summary>{proof.key}</summary>
          <p class="muted">{proof.keyHint}</p>
          <Copyable name={proof.key} value={verifierKey} />
        </details>
      )}
    </section>
  );

  function explained(verification: Verification): string {
    switch (verification.state) {
      case "pending":
        return proof.pending;
      case "verified":
        return proof.verified(record.index, record.log, verification.size);
      case "failed":
        return proof.failed(verification.code);
      case "unchecked":
        return proof.unchecked(verification.code);
    }
  }
}
