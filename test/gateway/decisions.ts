/** Decisions of the demo clinic's visitors, as its pages send them. */
import { randomBytes } from "node:crypto";
import type { DecisionAnswer, DecisionBody } from "../../gateway/contract/decision.ts";
import type { Installation } from "./installation.ts";

export const clinicOrigin = "https://www.clinic.test";

export const newId = (): string => randomBytes(16).toString("base64url");

/** A first grant of everything; `config` is the hash of the clinic's configuration. */
export function grant(config: string, change: Partial<DecisionBody> = {}): DecisionBody {
  return {
    v: 1,
    id: newId(),
    secret: newId(),
    counter: 1,
    time: Math.floor(Date.now() / 1000),
    action: "first",
    place: "banner",
    control: "accept-all",
    offered: ["accept-all", "refuse-all", "choose"],
    config,
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
}

/** What makes a decision refuse everything. */
export const refusing = {
  purposes: { analytics: "denied", media: "denied" },
  services: { metrika: "denied", "metrika-clean": "denied" },
  documents: [],
} satisfies Partial<DecisionBody>;

/** The withdrawal that follows a grant. */
export const withdrawalOf = (before: DecisionBody): DecisionBody => ({
  ...before,
  ...refusing,
  id: newId(),
  counter: before.counter + 1,
  action: "withdraw",
  control: "withdraw",
});

/** Posts as a page of the clinic does: JSON as text/plain, with its origin. */
export function postFromPage(
  { app }: Pick<Installation, "app">,
  path: string,
  body: unknown,
  headers: Record<string, string> = { Origin: clinicOrigin },
): Response | Promise<Response> {
  return app.request(path, {
    method: "POST",
    body: typeof body === "string" ? body : JSON.stringify(body),
    headers: { "Content-Type": "text/plain;charset=UTF-8", ...headers },
  });
}

/** Records a decision and returns the answer. */
export async function decide(
  installation: Pick<Installation, "app">,
  body: DecisionBody,
): Promise<DecisionAnswer> {
  const response = await postFromPage(installation, "/v1/sites/clinic/consents", body);
  if (response.status !== 201) throw new Error(`the decision was answered ${response.status}`);
  return (await response.json()) as DecisionAnswer;
}
