import { erasureReason } from "../contract/staff/erasures.ts";
import { parseConsentId } from "../log/consent-id.ts";
import { LegalHoldError } from "../log/erasure/erasures.ts";
import { LogError } from "../log/log.ts";
import { UsageError, withGateway, type Command } from "./command.ts";

/** Erases a visitor's records for whoever has the machine, beside a running gateway. */
export const eraseCommand: Command = {
  usage: "erase --site S --consent-id ID [--reason R]",
  purpose: "erase the records of one visitor",
  options: {
    site: { type: "string" },
    "consent-id": { type: "string" },
    reason: { type: "string" },
  },
  async run(positionals, { site, "consent-id": typed, reason = "request" }, print) {
    const consentId = typeof typed === "string" ? parseConsentId(typed) : null;
    const why = erasureReason.safeParse(reason);
    if (positionals.length > 0 || typeof site !== "string")
      throw new UsageError("name the site and the consent id as options");
    if (consentId === null)
      throw new UsageError(
        "--consent-id is the visitor's consent number, such as 7Q2M-XK4D-9F3A-P0ZT",
      );
    if (!why.success)
      throw new UsageError(`--reason is one of ${erasureReason.options.join(", ")}`);
    return withGateway(async ({ erasures, integrator }) => {
      // The withdrawal that comes first must not be added to a log that is read-only.
      await integrator.examine();
      try {
        const erased = await erasures.erase({ site, consentId }, why.data);
        print(erased ? words[erased.residue] : "there are no records under this consent id");
        return erased ? 0 : 1;
      } catch (error) {
        const refusal = refused(error);
        if (refusal === null) throw error;
        print(`not erased: ${refusal}`);
        return 1;
      }
    });
  },
};

function refused(error: unknown): string | null {
  if (error instanceof LegalHoldError) return "these records are under legal hold";
  if (!(error instanceof LogError) || error.code !== "read_only") return null;
  return "the site's log must not be signed as it is, so the withdrawal that an erasure begins with cannot be logged; soglas fsck says why and what to do, and after that the erasure can be asked for again";
}

const words = {
  gone: "erased; nothing is left in the database files",
  pending:
    "erased; deleted bytes are still in the database files, and the running gateway removes them within minutes",
};
