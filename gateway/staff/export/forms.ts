/** The forms an export comes in. */
import type { ExportForm } from "../../contract/staff/export.ts";
import { decodeDecision, decodeTail } from "../../log/decision-half.ts";
import type { SiteConfig, Sites } from "../../sites/sites.ts";
import { csv } from "./csv.ts";
import { jsonLines } from "./json-lines.ts";
import { receiptOf } from "./receipt.ts";
import type { Form } from "./rows.ts";

export interface FormDeps {
  sites: Pick<Sites, "logged">;
  /** Base URL of the gateway's pages. */
  publicUrl: string;
}

/** A form for one export of this site. */
export function formOf(deps: FormDeps, site: string, form: ExportForm): Form {
  if (form === "csv") return csv();
  if (form === "jsonl") return jsonLines();
  return receipts(deps, site);
}

function receipts({ sites, publicUrl }: FormDeps, site: string): Form {
  /** Configurations that records name; each is looked up once. */
  const configs = new Map<string, SiteConfig>();
  const lines = jsonLines(({ head, tail, time }) => {
    const decision = decodeDecision(Buffer.from(head + tail.text));
    return receiptOf(decision, time, { config: configs.get(decision.config)!, publicUrl });
  });
  return {
    ...lines,
    async prepare(records) {
      for (const text of new Set(records.map(({ tail }) => tail.text))) {
        const { config } = decodeTail(text);
        if (configs.has(config)) continue;
        const logged = await sites.logged(site, config);
        if (!logged) throw new Error("a record names a configuration that was never logged");
        configs.set(config, logged);
      }
    },
  };
}
