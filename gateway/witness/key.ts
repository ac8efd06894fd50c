/**
 * The witness's own key: Ed25519, made on first start, never anywhere but in one file. The file holds name
 * and key together, since the name is part of the key's id:
 *
 *     PRIVATE+KEY+<name>+<hex8(key id)>+<base64(0x04 ‖ seed)>
 *
 * which is how Go's signed-note tools write private keys.
 */
import {
  createPrivateKey,
  createPublicKey,
  hash,
  randomBytes,
  sign,
  type KeyObject,
} from "node:crypto";
import { readOrCreate } from "../secret-file.ts";
import { fromBase64 } from "../verify/bytes.ts";
import { isKeyName, signatureType } from "../verify/key.ts";

export interface WitnessKey {
  name: string;
  /** `name+hex8+base64`, what logs and verifiers are given. */
  verifierKey: string;
  /**
   * Cosigns a checkpoint (C2SP tlog-cosignature v1).
   * @param text of the checkpoint, with its final newline. @param time unix seconds.
   * @returns the signature line, with its newline.
   */
  cosign(text: string, time: number): string;
}

/** PKCS #8 of an Ed25519 key up to its 32 seed bytes, and SPKI up to the public key (RFC 8410). */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
const spkiLength = 12;
const seedLength = 32;

const type = Buffer.of(signatureType.cosignature);

/**
 * @param path of the key's file; made when it is not there, readable by its owner alone.
 * @param name for a new key: a URL without scheme, such as `witness.example/w1`. With a key that is there
 *   it must be that key's name, or null.
 * @throws {Error} when there is neither key nor name, when they differ, or when the file is damaged.
 */
export function openWitnessKey(path: string, name: string | null): WitnessKey {
  if (name !== null && !isKeyName(name))
    throw new Error("the witness's name must have no spaces and no plus: witness.example/w1");
  const text = readOrCreate(path, () => {
    if (name === null)
      throw new Error("a new witness needs a name: --name witness.example/w1; it never changes");
    return keyText(name, randomBytes(seedLength));
  });
  const key = parseKey(text.trim());
  if (key === null)
    throw new Error(`${path} is damaged; restore it: a new key would be another witness`);
  if (name !== null && name !== key.name)
    throw new Error(
      `the key in ${path} belongs to ${key.name}: leave --name out, or use that name`,
    );
  return key;
}

function keyText(name: string, seed: Buffer): string {
  const id = keyId(name, publicHalf(privateKeyOf(seed))).toString("hex");
  return `PRIVATE+KEY+${name}+${id}+${Buffer.concat([type, seed]).toString("base64")}\n`;
}

function parseKey(text: string): WitnessKey | null {
  const [, name = "", id = "", encoded = ""] =
    /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const typed = fromBase64(encoded);
  if (typed?.length !== 1 + seedLength || typed[0] !== type[0]) return null;
  const key = privateKeyOf(typed.subarray(1));
  return keyId(name, publicHalf(key)).toString("hex") === id ? witnessKey(name, key) : null;
}

function witnessKey(name: string, key: KeyObject): WitnessKey {
  const publicKey = publicHalf(key);
  const id = keyId(name, publicKey);
  const encoded = Buffer.concat([type, publicKey]).toString("base64");
  return {
    name,
    verifierKey: `${name}+${id.toString("hex")}+${encoded}`,
    cosign(text, time) {
      const stamp = Buffer.alloc(8);
      stamp.writeBigUInt64BE(BigInt(time));
      const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${time}\n${text}`), key);
      return `— ${name} ${Buffer.concat([id, stamp, signature]).toString("base64")}\n`;
    },
  };
}

const privateKeyOf = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: "der", type: "pkcs8" });

const publicHalf = (key: KeyObject): Buffer =>
  createPublicKey(key).export({ format: "der", type: "spki" }).subarray(spkiLength);

/** First four bytes of SHA-256(name ‖ 0x0A ‖ 0x04 ‖ public key). */
function keyId(name: string, publicKey: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(`${name}\n`), type, publicKey]);
  return hash("sha256", named, "buffer").subarray(0, 4);
}
