/** What is stored of a log contradicts what was signed of it: it is reported, and nothing is built on it. */

export type IntegrityCode = "missing_entry" | "missing_tile" | "wrong_root" | "wrong_key";

export class IntegrityError extends Error {
  readonly code: IntegrityCode;
  constructor(code: IntegrityCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "IntegrityError";
    this.code = code;
  }
}
