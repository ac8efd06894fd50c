/** Leaving for the OpenID provider and coming back: nothing of the place in the console leaves the browser. */
import { signInProblems, type SignInProblem } from "../contract/forms.ts";

/** Entry of the session storage: the fragment that was shown when the officer left. */
const placeKey = "soglas-place";

/** What leaving and coming back change of a window. */
export interface Doorway {
  location: Pick<Location, "hash" | "assign">;
  history: Pick<History, "replaceState">;
  sessionStorage: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}

/** @param url the provider's, as the gateway gave it */
export function leave(url: string, { location, sessionStorage }: Doorway): void {
  sessionStorage.setItem(placeKey, location.hash);
  location.assign(url);
}

/**
 * Restores where the officer was, and takes the gateway's word of what went wrong out of the address.
 * @returns that word, or null
 */
export function comeBack({ location, history, sessionStorage }: Doorway): SignInProblem | null {
  const said = /^#\/-\/sign-in\?problem=([a-z-]+)$/.exec(location.hash)?.[1];
  if (location.hash !== "" && said === undefined) return null;
  const place = sessionStorage.getItem(placeKey) ?? "";
  sessionStorage.removeItem(placeKey);
  if (said !== undefined || place !== "") history.replaceState(null, "", place || "#/");
  return signInProblems.find((problem) => problem === said) ?? null;
}
