/** A form of the page of choices as the decision that it is: what the widget would have made of the same. */
import type { ChoiceState, DecisionAction } from "../../contract/decision.ts";
import { id128Form } from "../../contract/forms.ts";
import type { RecordedBody } from "../../log/log.ts";
import { askedOf } from "../asked.ts";
import type { KeptChoice } from "./cookie.ts";
import { grantsAnything } from "../decisions.ts";
import { profilesOf } from "../profiles.ts";
import type { Face } from "../sites.ts";

/**
 * @param time Unix seconds
 * @returns the decision to record, or null for a form that the page has not made
 */
export function decisionOf(
  form: URLSearchParams,
  { config, face }: Face,
  kept: KeptChoice | null,
  time: number,
  circumstances: Pick<RecordedBody, "page" | "gpc">,
): RecordedBody | null {
  const control = (["accept-all", "refuse-all", "save", "withdraw"] as const).find(
    (each) => each === form.get("control"),
  );
  const [id, secret] = [form.get("record") ?? "", kept?.secret || (form.get("secret") ?? "")];
  if (!control || !id128Form.test(id) || !id128Form.test(secret)) return null;
  const chosen = new Set(form.getAll("granted"));
  const on = (service: string) =>
    control === "accept-all" || (control === "save" && chosen.has(service));
  const asked = askedOf(config.site);
  const servicesOf = (purpose: string) =>
    config.site.services.filter((service) => service.purpose === purpose);
  // As in the widget: a purpose with services counts as granted as soon as one of them is.
  const purposes = asked.purposes.map((id): [string, ChoiceState] => {
    const services = servicesOf(id);
    const granted = services.length > 0 ? services.some((service) => on(service.id)) : on(id);
    return [id, granted ? "granted" : "denied"];
  });
  const services = config.site.services.map(({ id }): [string, ChoiceState] => {
    if (!asked.services.includes(id)) return [id, "not-asked"];
    return [id, on(id) ? "granted" : "denied"];
  });
  const decided = {
    purposes: Object.fromEntries(purposes),
    services: Object.fromEntries(services),
  };
  const granted = grantsAnything(decided);
  return {
    v: 1,
    id,
    secret,
    counter: (kept?.secret ? kept.counter : 0) + 1,
    time,
    action: actionOf(kept, decided),
    place: "page",
    control,
    offered: ["accept-all", "refuse-all", "choose"],
    config: config.hash,
    language: face.language,
    // Nothing on this page can tell.
    theme: null,
    viewport: null,
    ...decided,
    // Nobody is asked where they are: the site's own profile is in force here.
    ...(profilesOf(config.site).length > 1 && {
      jurisdiction: { profile: config.site.jurisdiction, by: "site" as const },
    }),
    documents: granted && config.site.jurisdiction === "ru" ? ["consent"] : [],
    ...circumstances,
  };
}

/** As the widget names it: widget/core/record/decision.ts. */
function actionOf(
  kept: KeptChoice | null,
  now: Pick<RecordedBody, "purposes" | "services">,
): DecisionAction {
  if (!kept?.secret) return "first";
  if (!kept.choice) return "renew";
  const before = { ...kept.choice.purposes, ...kept.choice.services };
  const after: Record<string, ChoiceState> = { ...now.services, ...now.purposes };
  if (Object.keys(before).every((id) => before[id] === (after[id] === "granted"))) return "renew";
  return grantsAnything(now) || !Object.values(before).includes(true) ? "change" : "withdraw";
}
