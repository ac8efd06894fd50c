/** Decisions of a visitor of the demo clinic, as its page sends them. */
import { randomBytes } from "node:crypto";
import type { DecisionBody } from "../../gateway/contract/decision.ts";
import type { Installation } from "../gateway/installation.ts";

export const origin = "https://www.clinic.test";
export const id = () => randomBytes(16).toString("base64url");

/** Records a grant of everything; resolves with what the visitor keeps. */
export async function decide(
  { app, gateway }: Installation,
  change: Partial<DecisionBody> = {},
): Promise<{ record: string; secret: string }> {
  const body: DecisionBody = {
    v: 1,
    id: id(),
    secret: id(),
    counter: 1,
    time: Math.floor(gateway.clock.now() / 1000),
    action: "first",
    place: "banner",
    control: "accept-all",
    offered: ["accept-all", "refuse-all", "choose"],
    config: (await gateway.sites.effective("clinic"))!.hash,
    language: "ru",
    theme: "light",
    viewport: "wide",
    purposes: { analytics: "granted", media: "granted" },
    services: { metrika: "granted", "metrika-clean": "granted" },
    documents: ["consent"],
    page: "/services",
    gpc: false,
    ...change,
  };
  const response = await app.request("/v1/sites/clinic/consents", {
    method: "POST",
    body: JSON.stringify(body),
    headers: { Origin: origin },
  });
  if (response.status !== 201) throw new Error(await response.text());
  return { record: body.id, secret: body.secret };
}
