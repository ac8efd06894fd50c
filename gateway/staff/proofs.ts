/** A record's proof, and what the independent verifier makes of it. */
import type { RecordProof } from "../contract/staff/staff.ts";
import type { Published } from "../log/published.ts";
import type { StoredRecord } from "../log/reader.ts";
import type { Receipts } from "../log/receipts.ts";
import { verifierKey } from "../log/tree/note.ts";
import { parseTrust } from "../verify/checkpoint.ts";
import { VerifyError } from "../verify/errors.ts";
import { nodePrimitives } from "../verify/node.ts";
import { parseProof } from "../verify/proof.ts";
import { verifyReceipt } from "../verify/receipt.ts";

export interface RecordProofs {
  /** Fetches the receipt as staff may see it, and verifies it as a stranger would. */
  of(site: string, record: StoredRecord): Promise<RecordProof>;
}

export interface ProofDeps {
  receipts: Receipts;
  published: Pick<Published, "byId">;
}

const pending: RecordProof = {
  status: "pending",
  problem: null,
  leaf: null,
  receipt: null,
  verifierKey: null,
};

export function openProofs({ receipts, published }: ProofDeps): RecordProofs {
  return {
    async of(site, { recordId, log, index, decisionBytes }) {
      const named = await published.byId(log);
      const answer = await receipts.receipt(site, recordId, { kind: "staff" });
      if (!named || answer.status !== "ready") return pending;
      const key = verifierKey(named.signer);
      const bytes = Buffer.from(answer.text);
      const shown = { leaf: leafOf(bytes), receipt: answer.text, verifierKey: key };
      try {
        const trust = await parseTrust(key, [], nodePrimitives);
        const proven = await verifyReceipt(bytes, trust, nodePrimitives);
        const isThis = proven.index === index && proven.decision === decisionBytes.toString();
        if (!isThis) return { status: "failed", problem: "other_record", ...shown };
        return { status: "verified", problem: null, ...shown };
      } catch (error) {
        if (!(error instanceof VerifyError)) throw error;
        return { status: "failed", problem: error.code, ...shown };
      }
    },
  };
}

function leafOf(receipt: Uint8Array): string {
  const { extra } = parseProof(receipt);
  const { leaf }: { leaf: string } = JSON.parse(Buffer.from(extra!).toString());
  return leaf;
}
