/** What was found, as elements. */
import { toBase64 } from "../bytes.ts";
import { decisionFacts, subjectFacts, type Choices } from "../facts.ts";
import type { Receipt } from "../receipt.ts";
import { element, type Child } from "./element.ts";
import { failureOf } from "./failures.ts";
import type { Comparison, Outcome } from "./inspect.ts";
import type { Texts } from "./texts/en.ts";

export function resultElements(outcome: Outcome, texts: Texts): HTMLElement[] {
  switch (outcome.kind) {
    case "nothing":
      return [];
    case "needs-key":
      return [verdict("unchecked", texts.needsKey.heading, texts.needsKey.body(outcome.origin))];
    case "verified": {
      const { index, leaf, checkpoint } = outcome.receipt;
      const entry = index.toLocaleString(texts.locale);
      const summary = texts.summary[leaf.kind](entry, checkpoint.origin);
      return [
        verdict("verified", texts.verdict.verified, summary),
        found(outcome.receipt, outcome.comparison, texts),
      ];
    }
    default: {
      const { code } = outcome.error;
      const why = texts.failures[failureOf[code]];
      return [verdict(outcome.kind, texts.verdict[outcome.kind], why, texts.code(code))];
    }
  }
}

function verdict(
  kind: "verified" | "failed" | "unchecked",
  heading: string,
  body: string,
  code?: string,
): HTMLElement {
  return element(
    `section.verdict.${kind}`,
    element("h2", heading),
    element("p", body),
    code === undefined ? null : element("p.code", code),
  );
}

function found(receipt: Receipt, comparison: Comparison, texts: Texts): HTMLElement {
  return element(
    "section.found",
    checks(receipt, comparison, texts),
    ...decision(receipt, texts),
    ...subject(receipt, texts),
    element("details", element("summary", texts.limits.heading), element("p", texts.limits.body)),
    technical(receipt, texts),
  );
}

function checks(receipt: Receipt, comparison: Comparison, texts: Texts): HTMLElement {
  const { checkpoint, leaf } = receipt;
  const say = texts.checks;
  const shown = (text: string) => element("li", text);
  const open = (text: string) => element("li.open", text);
  const number = (value: number) => value.toLocaleString(texts.locale);
  return element(
    "ul.checks",
    shown(say.signed(number(checkpoint.size))),
    shown(say.dated(moment(leaf.time, texts))),
    ...checkpoint.cosignatures.map(({ witness, time }) =>
      shown(say.witness(witness, moment(time, texts))),
    ),
    ...dating(receipt, texts),
    receipt.statement === null ? null : shown(say.statement),
    comparison.kind === "extends" ? shown(say.extends(number(comparison.size))) : null,
    comparison.kind === "unavailable" ? open(say.notCompared) : null,
    ...claims(receipt, texts).map(open),
    checkpoint.cosignatures.length === 0 ? open(say.noWitness) : null,
    leaf.kind === "consent" && receipt.decision === null ? open(say.sealed) : null,
  );
}

function dating({ dating }: Receipt, texts: Texts): HTMLElement[] {
  if (dating === null) return [];
  const { checks: say } = texts;
  const { after, before, fits } = dating;
  const until = moment(before.time, texts);
  const proven =
    after === null ? say.provenBy(until) : say.provenBetween(moment(after.time, texts), until);
  return [element("li", proven), ...(fits ? [] : [element("li.open", say.dateInDoubt)])];
}

/** What the receipt says of witnesses and nothing here shows. */
function claims({ checkpoint, named }: Receipt, { checks: say }: Texts): string[] {
  return named.flatMap(({ name, operator, relation }) => [
    ...(checkpoint.cosignatures.some(({ witness }) => witness === name)
      ? []
      : [say.notAsked(name)]),
    say.claimed[relation](name, operator),
  ]);
}

function decision(receipt: Receipt, texts: Texts): Child[] {
  const facts = decisionFacts(receipt);
  if (facts === null) return [];
  const { rows, actions } = texts;
  const time = (seconds: number | null) => (seconds === null ? null : moment(seconds, texts));
  return [
    element("h3", texts.decision),
    table([
      [rows.site, facts.origin],
      [rows.action, facts.action === null ? null : (actions[facts.action] ?? facts.action)],
      ...choiceRows(texts.purposes, facts.purposes),
      ...choiceRows(texts.services, facts.services),
      [rows.time, time(facts.time)],
      [rows.received, time(facts.received)],
      [rows.until, time(facts.until)],
      [rows.language, facts.language],
    ]),
  ];
}

function choiceRows(labels: Texts["purposes"], choices: Choices): [string, string | null][] {
  return (["granted", "denied", "not-asked"] as const).map((state) => [
    labels[state],
    choices[state].length === 0 ? null : choices[state].join(", "),
  ]);
}

function subject(receipt: Receipt, texts: Texts): Child[] {
  const facts = subjectFacts(receipt);
  if (facts === null) return [];
  return [
    element("h3", texts.subject),
    table([
      [texts.rows.consentId, facts.consentId],
      [texts.rows.page, facts.page],
      [texts.rows.previous, facts.previous],
    ]),
  ];
}

/** Rows without a value are left out. */
function table(rows: [string, string | null][]): HTMLElement {
  return element(
    "dl",
    ...rows.flatMap(([name, value]) =>
      value === null ? [] : [element("dt", name), element("dd", value)],
    ),
  );
}

function technical({ checkpoint, index, ...receipt }: Receipt, texts: Texts): HTMLElement {
  const { origin, size, root } = checkpoint;
  const texted = [receipt.decision, receipt.subject, receipt.statement];
  return element(
    "details",
    element("summary", texts.technical),
    element("pre", `${origin}\n${size}\n${toBase64(root)}\nindex ${index}`),
    ...texted.map((text) => (text === null ? null : element("pre", text))),
  );
}

/** Times are said in UTC, so that two people who compare a receipt read the same. */
function moment(seconds: number, { locale }: Texts): string {
  const format = new Intl.DateTimeFormat(locale, {
    dateStyle: "long",
    timeStyle: "medium",
    timeZone: "UTC",
  });
  return `${format.format(seconds * 1000)} UTC`;
}
