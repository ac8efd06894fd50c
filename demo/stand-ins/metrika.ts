/**
 * Yandex.Metrika: what its Measurement Protocol refuses
 * (yandex.ru/dev/metrika/ru/data-import/measurement-upload), and how a tag hit is read.
 */

/** Oldest event the Measurement Protocol takes, seconds. */
const oldest = 12 * 3600;

/** Body over query, both urlencoded. */
export function readCollect(query: URLSearchParams, body: string): Record<string, string> {
  return { ...Object.fromEntries(query), ...Object.fromEntries(new URLSearchParams(body)) };
}

/**
 * Problems that Metrika answers with 400. Required parameters must be there; `dr`, `dt`, `tr` and
 * `tcc` may be empty, since a page has no referrer and a purchase no coupon more often than not.
 * @param now unix milliseconds
 */
export function collectProblems(event: Record<string, string>, now: number): string[] {
  const problems: string[] = [];
  const need = (name: string) => {
    if (event[name] === undefined) problems.push(`${name} is missing`);
  };
  if (!/^\d{1,10}$/.test(event["tid"] ?? "")) problems.push("tid must be a counter number");
  if (!/^\d{1,20}$/.test(event["cid"] ?? "")) problems.push("cid must be digits");
  if (event["t"] === "pageview") {
    if (!URL.canParse(event["dl"] ?? "")) problems.push("dl must be a URL");
    need("dr");
    need("dt");
  } else if (event["t"] === "event") {
    if (event["pa"] === undefined && !event["ea"]) problems.push("ea is missing");
    if (event["pa"] !== undefined && (!event["pr1id"] || !event["pr1nm"]))
      problems.push("a product needs its code and its name");
    if (event["pa"] === "purchase") {
      if (!event["ti"]) problems.push("ti is missing");
      need("tr");
      need("tcc");
    }
  } else problems.push("t must be pageview or event");
  if (event["et"] !== undefined) problems.push(...timeProblems(event["et"], now));
  if (event["params"] !== undefined && !isJson(event["params"]))
    problems.push("params must be JSON");
  return problems;
}

function timeProblems(value: string, now: number): string[] {
  if (!/^\d{10}$/.test(value)) return ["et must be unix seconds"];
  const age = now / 1000 - Number(value);
  if (age > oldest) return ["et is more than 12 hours back"];
  return age < -60 ? ["et is in the future"] : [];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A tag hit: counter from the path, `browser-info` taken apart (`key:value:…`, the title `t` last). */
export function readWatch(
  counter: string,
  query: URLSearchParams,
  body: string,
): Record<string, string> {
  const read = { counter, ...readCollect(query, body) } as Record<string, string>;
  const parts = (read["browser-info"] ?? "").split(":");
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const key = parts[at]!;
    const last = key === "t";
    read[`browser-info ${key}`] = last ? parts.slice(at + 1).join(":") : parts[at + 1]!;
    if (last) break;
  }
  return read;
}

/** What is wrong with a tag hit. */
export function watchProblems(event: Record<string, string>): string[] {
  const problems: string[] = [];
  if (!/^\d{1,10}$/.test(event["counter"] ?? "")) problems.push("the counter must be a number");
  if (!event["page-url"]) problems.push("page-url is missing");
  return problems;
}
