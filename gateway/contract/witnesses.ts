/** Witnesses of an installation's logs: where they are reached, and whose they are. */
import { z } from "zod";

const address =
  "needs as `url` the address below which a witness has its add-checkpoint, such as https://witness.example";

export const witness = z.strictObject(
  {
    /** Submission prefix (C2SP tlog-witness): `add-checkpoint` is below it. */
    url: z
      .url({ protocol: /^https?$/, error: address })
      .refine((text) => /^https?:\/\/[^\s@?#]+$/.test(text), { error: address }),
    /** Verifier key of its cosignatures: `name+1a2b3c4d+base64`. */
    key: z
      .string({ error: "needs as `key` the witness's verifier key: name+1a2b3c4d+base64" })
      .max(500, "has a `key` that is too long"),
    /** Who runs it, as people will read it. */
    operator: z
      .string({ error: "needs as `operator` who runs the witness" })
      .trim()
      .min(1, "needs as `operator` who runs the witness")
      .max(200, "has an `operator` of more than 200 characters"),
    /** Whether that is somebody else than whoever runs the gateway. */
    relation: z.enum(["independent", "own"], {
      error: "needs as `relation` either independent or own",
    }),
  },
  { error: "must be a list of objects with url, key, operator and relation, and nothing else" },
);

export const witnesses = z
  .array(witness, {
    error: "must be a list of objects with url, key, operator and relation",
  })
  .max(16, "has more than 16 witnesses");

export type WitnessSettings = z.output<typeof witness>;
