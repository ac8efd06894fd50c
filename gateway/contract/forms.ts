/**
 * The forms of identifiers as plain expressions. Apart from the schemas made of them (ids.ts), so that
 * the console can look at an identifier without carrying zod.
 */

export const slugForm = /^[a-z][a-z0-9-]{0,31}$/;

/** 32 bytes in base64url: the last character carries two zero bits. */
export const hashForm = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;

/** 16 bytes in base64url: the last character carries four zero bits. */
export const id128Form = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/** `soglas_<key id>_<32 bytes in base64url>`; the id is captured. */
export const accessKeyForm = /^soglas_([0-9a-f]{16})_[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
