/**
 * Google Analytics 4, `/g/collect`: how a request is read and what its known limits are.
 * The endpoint is undocumented and answers 204 to anything; the limits are those Google documents
 * for GA4 events (support.google.com/analytics/answer/9267744).
 */

/** Query string overlaid by each line of the body; an empty body is one event. */
export function readGa4(query: URLSearchParams, body: string): Record<string, string>[] {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) return [Object.fromEntries(query)];
  return lines.map((line) => Object.fromEntries([...query, ...new URLSearchParams(line)]));
}

const eventName = /^[A-Za-z][A-Za-z0-9_]{0,39}$/;
const custom = /^epn?\./;

/** Everything that would make GA4 drop or cut an event, in words. */
export function ga4Problems(event: Record<string, string>): string[] {
  const problems: string[] = [];
  if (event["v"] !== "2") problems.push("v must be 2");
  if (!/^G-[A-Z0-9]{4,12}$/.test(event["tid"] ?? "")) problems.push("tid must be a measurement id");
  if (!event["cid"]) problems.push("cid is missing");
  if (!event["en"]) problems.push("en is missing");
  else if (!eventName.test(event["en"])) problems.push("en is not a valid event name");
  if (event["dl"] !== undefined && !URL.canParse(event["dl"])) problems.push("dl is not a URL");
  const parameters = Object.keys(event).filter((key) => custom.test(key));
  if (parameters.length > 25) problems.push("more than 25 event parameters");
  for (const key of parameters) {
    if (key.replace(custom, "").length > 40)
      problems.push("a parameter name is over 40 characters");
    if ((event[key] ?? "").length > 100) problems.push("a parameter value is over 100 characters");
    if (key.startsWith("epn.") && !Number.isFinite(Number(event[key])))
      problems.push("a number parameter is not a number");
  }
  return problems;
}
