import type { ErrorEnvelope } from "../../../gateway/contract/errors.ts";

/**
 * Asks the gateway to erase everything under a secret.
 * @param url of the site's subject.
 * @returns whether nothing is left there; false also when the gateway cannot be reached.
 */
export async function eraseSubject(url: string, secret: string): Promise<boolean> {
  try {
    const response = await fetch(url, {
      method: "DELETE",
      headers: { Authorization: `Subject ${secret}` },
      credentials: "omit",
      referrerPolicy: "strict-origin",
    });
    if (response.ok) return true;
    const { error }: ErrorEnvelope = await response.json();
    // Nothing of this secret has ever arrived, or it was erased from another tab.
    return error.code === "not_found";
  } catch {
    return false;
  }
}
