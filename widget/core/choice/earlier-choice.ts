/**
 * What visitors have chosen with another consent tool, read from its cookie. Anybody may have written
 * that, so whatever is not exactly as the tool writes it says nothing.
 */
import type { EarlierTool } from "../../../gateway/contract/site.ts";

/** What was answered, by the tool's own names. */
export interface EarlierChoice {
  answers: Map<string, boolean>;
  /** Unix seconds; undefined where the tool does not keep it. */
  time: number | undefined;
}

type Answers = Record<string, unknown>;

/** Entries that are answers; nobody's word is anything but a boolean. */
const booleans = (values: Answers) =>
  new Map(
    Object.entries(values).filter(
      (entry): entry is [string, boolean] => typeof entry[1] === "boolean",
    ),
  );

/** @throws {SyntaxError} and others for what is no object in JSON */
function objectIn(text: string): Answers {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SyntaxError();
  return value as Answers;
}

/** Milliseconds, or a moment as text → seconds. */
const secondsOf = (moment: unknown) =>
  Math.floor(typeof moment === "string" ? Date.parse(moment) / 1000 : Number(moment) / 1000);

/** By tool, how its cookie is read; each throws for what it cannot read. */
const readers: Record<
  EarlierTool,
  (text: string, named: string[]) => { answers: Map<string, boolean>; time?: number }
> = {
  // cookieconsent.orestbida.com: accepted categories are listed, all others were refused.
  "vanilla-cookieconsent": (text, named) => {
    const { categories, lastConsentTimestamp, consentTimestamp } = objectIn(text);
    if (!Array.isArray(categories)) throw new SyntaxError();
    return {
      answers: new Map(named.map((name) => [name, categories.includes(name)])),
      time: secondsOf(lastConsentTimestamp ?? consentTimestamp),
    };
  },
  klaro: (text) => ({ answers: booleans(objectIn(text)) }),
  orejime: (text) => ({ answers: booleans(objectIn(text)) }),
  // `!youtube=true!gtag=false!matomo=wait`: who waits has not answered.
  tarteaucitron: (text) => ({
    answers: new Map(
      [...text.matchAll(/!([\w-]+)=(true|false)(?=!|$)/g)].map(([, name, answer]) => [
        name!,
        answer === "true",
      ]),
    ),
  }),
  // `{stamp:'…',necessary:true,statistics:false,method:'explicit',ver:1,utc:1700000000000,region:'de'}`
  cookiebot: (text) => {
    if (!/^\{.*\bmethod:'explicit'.*\}$/.test(text)) throw new SyntaxError();
    return {
      answers: new Map(
        [...text.matchAll(/[{,](preferences|statistics|marketing):(true|false)(?=[,}])/g)].map(
          ([, name, answer]) => [name!, answer === "true"],
        ),
      ),
      time: secondsOf(Number(/[{,]utc:(\d{1,15})(?=[,}])/.exec(text)?.[1])),
    };
  },
};

/**
 * @param text of the tool's cookie, as `document.cookie` has it
 * @param named the tool's names that the configuration asks about
 * @returns null where it holds no choice
 */
export function readEarlier(
  tool: EarlierTool,
  text: string,
  named: string[],
): EarlierChoice | null {
  try {
    const { answers, time } = readers[tool](decodeURIComponent(text), named);
    if (time !== undefined && !Number.isFinite(time)) return null;
    return { answers, time };
  } catch {
    return null;
  }
}
