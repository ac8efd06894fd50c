/**
 * Whether the scripts of a replay hold the code that was logged with the configuration, found out here, in the
 * officer's browser: from the configuration's hash, which the record names, down to every byte that runs.
 */
import type { Replay } from "../contract/staff/replay.ts";
import { toBase64, toHex, utf8, type Bytes } from "../verify/bytes.ts";
import { VerifyError } from "../verify/errors.ts";
import { webPrimitives } from "../verify/primitives.ts";

/** `unchecked`: this browser offers no cryptography here. */
export type Evidence = "stored" | "differs" | "unchecked";

/**
 * @param config hash of the configuration that is asked about
 * @param subtle `crypto.subtle`; browsers leave it out on pages that are not served securely
 */
export async function examineReplay(
  { build, version, scripts, evidence }: Replay,
  config: string,
  subtle: typeof crypto.subtle | undefined,
): Promise<Evidence> {
  try {
    const { sha256 } = webPrimitives(subtle);
    const digest = async (text: string): Promise<Bytes> => sha256(utf8(text));
    if (base64url(await digest(evidence.statement)) !== config) return "differs";
    const statement: unknown = JSON.parse(evidence.statement);
    const { build: logged, version: of } = statement as Record<string, unknown>;
    if (logged !== build || of !== version) return "differs";
    if (base64url(await digest(fileList(evidence.files))) !== build) return "differs";
    for (const [path, text] of Object.entries(evidence.pieces))
      if (base64url(await digest(text)) !== evidence.files[path]) return "differs";
    const pieces = Object.values(evidence.pieces);
    const all = [scripts.tag, ...Object.values(scripts.loaded)];
    return all.every((script) => consistsOf(script, pieces)) ? "stored" : "differs";
  } catch (error) {
    if (error instanceof VerifyError) return "unchecked";
    if (error instanceof SyntaxError) return "differs";
    throw error;
  }
}

/** As `sha256sum` prints it: what the hash of a build is taken over. Paths of a build are ASCII. */
function fileList(files: Record<string, string>): string {
  return Object.entries(files)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, hash]) => `${hexOf(hash)}  ${path}\n`)
    .join("");
}

/**
 * Whether a script is nothing but such pieces, in a function that is called with values: the configuration
 * and the texts, which are data. The comment in front of it is for the browser's compiler.
 */
function consistsOf(script: string, pieces: string[]): boolean {
  let rest = script;
  for (const piece of pieces) rest = rest.replace(piece.trim().replace(/;$/, ""), () => "");
  const [, values] =
    /^(?:\/\/# allFunctionsCalledOnLoad\n)?\(function\([A-Z_,]+\)\{(?:;\n)+\}\)\((.*)\);\n$/s.exec(
      rest,
    ) ?? [];
  if (values === undefined) return false;
  JSON.parse(`[${values}]`);
  return true;
}

const base64url = (bytes: Bytes) =>
  toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

const hexOf = (hash: string) =>
  toHex(
    Uint8Array.from(atob(hash.replaceAll("-", "+").replaceAll("_", "/")), (byte) =>
      byte.charCodeAt(0),
    ),
  );
