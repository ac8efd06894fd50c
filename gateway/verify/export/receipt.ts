/**
 * Receipts in an export say in the words of ISO/IEC TS 27560 what the record beside them says in ours.
 * Here the two are compared, as far as the record goes: names of purposes, of recipients and of the
 * controller come from the configuration it names, and are the exporter's reading of it.
 */
import { badExport, type RecordRow } from "./rows.ts";
import { jsonFields } from "../json.ts";

/** @throws {VerifyError} `bad_export`: the receipt says something else than the record. */
export function checkReceipt(
  { time, decision }: RecordRow,
  receipt: Record<string, unknown>,
): void {
  const said = jsonFields(decision) ?? {};
  const states = Object(said["purposes"]) as Record<string, unknown>;
  const purposes = Array.isArray(receipt["purposes"]) ? receipt["purposes"] : [];
  const isSame =
    receipt["consentReceiptID"] === said["id"] &&
    receipt["consentTimestamp"] === time &&
    receipt["language"] === said["language"] &&
    receipt["validUntil"] === said["until"] &&
    receipt["configuration"] === said["config"] &&
    receipt["event"] === said["action"] &&
    purposes.length === Object.keys(states).length &&
    purposes.every((purpose: unknown) => {
      const { id, state } = Object(purpose) as Record<string, unknown>;
      return typeof id === "string" && Object.hasOwn(states, id) && states[id] === state;
    });
  if (!isSame) throw badExport("a receipt of the export does not say what its record says");
}
