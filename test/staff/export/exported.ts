/** Exports of a small site, and what the independent verifier says of them. */
import { createHash } from "node:crypto";
import { exportWords } from "../../../gateway/verify/export/words.ts";
import { verifyExport, type ExportReport } from "../../../gateway/verify/export/export.ts";
import { VerifyError } from "../../../gateway/verify/errors.ts";
import { nodeExportPrimitives } from "../../../gateway/verify/node.ts";
import { parseTrusts } from "../../../gateway/verify/trusts.ts";
import type { Installation } from "../installation.ts";

export interface ExportFile {
  text: string;
  keys: string[];
  type: string;
  name: string;
}

export async function exportOf(
  { app }: Installation,
  key: string,
  query: Record<string, string> = {},
): Promise<ExportFile> {
  const response = await app.request(
    `/v1/staff/sites/clinic/export?${new URLSearchParams(query)}`,
    { headers: { Authorization: `Bearer ${key}` } },
  );
  if (response.status !== 200) throw new Error(`the export was answered ${response.status}`);
  return {
    text: await response.text(),
    keys: response.headers.get("Soglas-Verifier-Keys")!.split(" "),
    type: response.headers.get("Content-Type")!,
    name: response.headers.get("Content-Disposition")!,
  };
}

export async function verified(text: string | Uint8Array, keys: string[]): Promise<ExportReport> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    // Pieces that end anywhere.
    for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
  }
  const trusts = await parseTrusts(keys, [], nodeExportPrimitives);
  return verifyExport(chunks(), trusts, nodeExportPrimitives);
}

/** The verifier's code, or `verified`. */
export async function outcome(text: string | Uint8Array, keys: string[]): Promise<string> {
  try {
    await verified(text, keys);
    return "verified";
  } catch (error) {
    if (error instanceof VerifyError) return error.code;
    throw error;
  }
}

export const words = (report: ExportReport) => exportWords(report).join("\n");

/** What a forger does who knows the format: the digest at the end fits again. */
export function resealed(text: string): string {
  const lines = text.split("\n");
  const end = lines.at(-2)!;
  const before = lines
    .slice(0, -2)
    .map((line) => `${line}\n`)
    .join("");
  const isCsv = end.startsWith("end,");
  const about = isCsv
    ? /,"(\{.*\})"\r$/.exec(end)![1]!.replaceAll('""', '"')
    : /"about":(\{.*\}),"sha256"/.exec(end)![1]!;
  const digest = createHash("sha256").update(before).update(about).digest("base64url");
  const cell = /^[-]/.test(digest) ? `'${digest}` : digest;
  const sealed = isCsv
    ? end.replace(/,'?[\w-]{43},,"/, `,${cell},,"`)
    : end.replace(/"sha256":"[\w-]{43}"/, `"sha256":"${digest}"`);
  return `${before}${sealed}\n`;
}
