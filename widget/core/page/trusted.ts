/**
 * Where a page demands Trusted Types, whatever we put into it as script goes through one policy, `soglas`,
 * made when the first is. It lets through what it is given: addresses of the site's own configuration, and
 * scripts that the page itself holds, marked.
 */
export interface TrustedPolicy {
  createScriptURL(url: string): string;
  createScript(text: string): string;
}

declare global {
  interface Window {
    trustedTypes?: { createPolicy(name: string, rules: TrustedPolicy): TrustedPolicy };
  }
}

const asGiven = (text: string): string => text;

/** @returns the policy: plain strings where the browser knows no Trusted Types */
export function openPolicy(): () => TrustedPolicy {
  const rules = { createScriptURL: asGiven, createScript: asGiven };
  let policy: TrustedPolicy | undefined;
  return () => (policy ??= window.trustedTypes?.createPolicy("soglas", rules) ?? rules);
}
