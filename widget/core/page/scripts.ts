import type { TrustedPolicy } from "./trusted.ts";

/**
 * Requests scripts, each address once per page, with the nonce of our own tag so that a strict
 * Content-Security-Policy that trusts us trusts them. Whatever the page's own policy is, nobody is told
 * its address on the way.
 */
export function scriptLoader(
  nonce: string | undefined,
  policy: () => TrustedPolicy,
): (src: string) => HTMLScriptElement {
  const requested: Record<string, HTMLScriptElement> = {};
  return function loadScript(src) {
    const known = requested[src];
    if (known) return known;
    const script = document.createElement("script");
    if (nonce) script.nonce = nonce;
    script.referrerPolicy = "strict-origin";
    script.src = policy().createScriptURL(src);
    // A script that failed may be asked for again.
    script.addEventListener("error", () => delete requested[src]);
    requested[src] = script;
    document.head.append(script);
    return script;
  };
}
