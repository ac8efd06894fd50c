/** Decisions to record, and what they are recorded with; needs no test runner. */
import { createHash, randomBytes } from "node:crypto";
import type { DecisionInput, RecordedBody } from "../../gateway/log/log.ts";
import { installationSecret } from "../../gateway/secret.ts";

export const secret = installationSecret(Buffer.alloc(32, 7));
/** 2026-05-04 09:00:00.250 UTC */
export const start = Date.UTC(2026, 4, 4, 9, 0, 0, 250);
export const startSeconds = Math.floor(start / 1000);

export const randomId = (): string => randomBytes(16).toString("base64url");
export const sha256 = (text: string): string =>
  createHash("sha256").update(text).digest("base64url");

/** A grant of everything by a new visitor, unless told otherwise. */
export function decision(
  change: Partial<RecordedBody> = {},
  input: Partial<DecisionInput> = {},
): DecisionInput {
  const body: RecordedBody = {
    v: 1,
    id: randomId(),
    secret: randomId(),
    counter: 1,
    time: startSeconds - 2,
    action: "first",
    place: "banner",
    control: "accept-all",
    offered: ["accept-all", "refuse-all", "choose"],
    config: sha256("config"),
    language: "ru",
    theme: "light",
    viewport: "wide",
    purposes: { necessary: "granted", analytics: "granted" },
    services: { metrika: "granted", ga4: "granted" },
    documents: ["consent"],
    page: "/doctors/cardiology",
    gpc: false,
    ...change,
  };
  return {
    site: "clinic",
    body,
    bodyHash: createHash("sha256").update(JSON.stringify(body)).digest(),
    observed: {
      receivedAt: start,
      origin: "https://www.clinic.example",
      browser: "Chrome 140",
      device: "desktop",
      country: "RU",
    },
    validDays: 365,
    ...input,
  };
}

export const denied = {
  purposes: { necessary: "granted", analytics: "denied" },
  services: { metrika: "denied", ga4: "denied" },
} as const;
