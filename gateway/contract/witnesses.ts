/** Witnesses of an installation's logs: where they are reached, and whose they are. */
import { z } from "zod";

export const witness = z.strictObject({
  /** Submission prefix (C2SP tlog-witness): `add-checkpoint` is below it. */
  url: z.url({
    protocol: /^https?$/,
    error: "must be the witness's address, such as https://witness.example",
  }),
  /** Verifier key of its cosignatures: `name+1a2b3c4d+base64`. */
  key: z.string().max(500),
  /** Who runs it, as people will read it. */
  operator: z.string().trim().min(1).max(200),
  /** Whether that is somebody else than whoever runs the gateway. */
  relation: z.enum(["independent", "own"]),
});

export const witnesses = z.array(witness).max(16);

export type WitnessSettings = z.output<typeof witness>;
