/** C2SP signed-note, tlog-checkpoint, tlog-cosignature and tlog-proof, the writing side. */
import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from "node:crypto";

export interface Signer {
  name: string;
  /** `name+hex8+base64` */
  verifierKey: string;
  /** Key id, 4 bytes. */
  id: Buffer;
  privateKey: KeyObject;
}

/** PKCS #8 of an Ed25519 key up to its 32 seed bytes (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");

/** A key anybody can make again: its secret is the hash of the seed. @param type 1 for a log, 4 for a witness. */
export function signer(name: string, type: 1 | 4, seed: string): Signer {
  return signerOf(name, type, createHash("sha256").update(seed).digest());
}

/** @param secret 32 bytes, as RFC 8032 begins with. */
export function signerOf(name: string, type: 1 | 4, secret: Uint8Array): Signer {
  const privateKey = createPrivateKey({
    key: Buffer.concat([pkcs8, secret]),
    format: "der",
    type: "pkcs8",
  });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const typed = Buffer.concat([Buffer.of(type), spki.subarray(-32)]);
  const id = createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return {
    name,
    id,
    privateKey,
    verifierKey: `${name}+${id.toString("hex")}+${typed.toString("base64")}`,
  };
}

export function signatureLine(text: string, { name, id, privateKey }: Signer): string {
  const signature = sign(null, Buffer.from(text), privateKey);
  return `— ${name} ${Buffer.concat([id, signature]).toString("base64")}\n`;
}

/** @param time unix seconds. */
export function cosignatureLine(text: string, witness: Signer, time: number): string {
  const stamp = Buffer.alloc(8);
  stamp.writeBigUInt64BE(BigInt(time));
  const message = Buffer.from(`cosignature/v1\ntime ${time}\n${text}`);
  const signature = sign(null, message, witness.privateKey);
  const line = Buffer.concat([witness.id, stamp, signature]).toString("base64");
  return `— ${witness.name} ${line}\n`;
}

export function checkpointText(origin: string, size: number, root: Buffer): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** A checkpoint signed by the log, with further signature lines below. */
export function checkpoint(log: Signer, size: number, root: Buffer, ...lines: string[]): string {
  const text = checkpointText(log.name, size, root);
  return `${text}\n${signatureLine(text, log)}${lines.join("")}`;
}

export interface ProofParts {
  extra: Buffer | null;
  index: number;
  path: Buffer[];
  checkpoint: string;
}

export function proofFile({ extra, index, path, checkpoint }: ProofParts): string {
  return [
    "c2sp.org/tlog-proof@v1\n",
    extra === null ? "" : `extra ${extra.toString("base64")}\n`,
    `index ${index}\n`,
    ...path.map((hash) => `${hash.toString("base64")}\n`),
    "\n",
    checkpoint,
  ].join("");
}
