/**
 * The two primitives everything here rests on, as a port: WebCrypto in a browser, and whatever is
 * fastest elsewhere.
 */
import type { Bytes } from "./bytes.ts";
import { VerifyError } from "./errors.ts";

export interface Primitives {
  /** SHA-256: 32 bytes. May answer at once, so that a synchronous implementation fits. */
  sha256(data: Bytes): Bytes | Promise<Bytes>;
  /**
   * Ed25519 (RFC 8032) over the whole message.
   * @param publicKey 32 bytes; one that is no point of the curve verifies nothing.
   * @param signature 64 bytes.
   * @throws {VerifyError} `unsupported` when the platform cannot check Ed25519.
   */
  ed25519(publicKey: Bytes, message: Bytes, signature: Bytes): Promise<boolean>;
}

/**
 * WebCrypto as primitives: browsers (Ed25519 since Chrome 137, Firefox 129, Safari 17) and Node.
 * @param subtle `crypto.subtle`; browsers leave it out on pages that are not served securely.
 */
export function webPrimitives(subtle: typeof crypto.subtle | undefined): Primitives {
  if (subtle === undefined)
    throw new VerifyError(
      "unsupported",
      "this page was not loaded over https, so the browser offers no cryptography",
    );
  return {
    async sha256(data) {
      return new Uint8Array(await subtle.digest("SHA-256", data));
    },
    async ed25519(publicKey, message, signature) {
      try {
        const key = await subtle.importKey("raw", publicKey, "Ed25519", false, ["verify"]);
        return await subtle.verify("Ed25519", key, signature, message);
      } catch (error) {
        if (error instanceof Error && error.name === "NotSupportedError")
          throw new VerifyError("unsupported", "this browser cannot check Ed25519 signatures", {
            cause: error,
          });
        return false;
      }
    },
  };
}
