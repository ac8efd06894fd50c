/**
 * The forms of identifiers as plain expressions, and closed lists of words. Apart from the schemas made of
 * them, so that the console can look at them without carrying zod.
 */

export const slugForm = /^[a-z][a-z0-9-]{0,31}$/;

/** 32 bytes in base64url: the last character carries two zero bits. */
export const hashForm = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** 16 bytes in base64url: the last character carries four zero bits. */
export const id128Form = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** `soglas_<key id>_<32 bytes in base64url>`; the id is captured. */
export const accessKeyForm = /^soglas_([0-9a-f]{16})_[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** Why the way through an OpenID provider did not end in a session, as the console is told in its address. */
export const signInProblems = [
  /** The provider, or the person there, said no. */
  "refused",
  /** Signed in there, and no entry of the roles is theirs. */
  "no-role",
  /** Begun too long ago, in another browser, or another time since. */
  "expired",
  "limited",
  /** The provider does not answer. */
  "unavailable",
  /** It answered what cannot be trusted. */
  "failed",
] as const;

export type SignInProblem = (typeof signInProblems)[number];
