/**
 * What every route shares: the error every handler may throw, and reading a JSON body
 * without ever repeating a piece of it.
 */
import type { Context } from "hono";
import { z } from "zod";
import { errorStatus, type ErrorCode, type ErrorEnvelope, type Issue } from "../contract/errors.ts";

export interface HttpEnv {
  Variables: { requestId: string };
}

/** Thrown by handlers; `app.ts` turns it into the error envelope. The message is for the client. */
export class HttpError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[] | undefined;
  /** Seconds for a `Retry-After` header. */
  readonly retryAfter: number | undefined;
  constructor(
    code: ErrorCode,
    message: string,
    extra: { issues?: Issue[]; retryAfter?: number } = {},
  ) {
    super(message);
    this.name = "HttpError";
    this.code = code;
    this.issues = extra.issues;
    this.retryAfter = extra.retryAfter;
  }
}

/** Renders the envelope of an error. */
export function errorResponse(c: Context<HttpEnv>, error: HttpError): Response {
  const body: ErrorEnvelope = {
    error: {
      code: error.code,
      message: error.message,
      ...(error.issues && { issues: error.issues }),
      requestId: c.get("requestId"),
    },
  };
  if (error.retryAfter !== undefined) c.header("Retry-After", String(error.retryAfter));
  c.header("Cache-Control", "no-store");
  return c.json(body, errorStatus[error.code]);
}

/** Longest body a visitor's request may have, bytes. */
const bodyLimit = 32 * 1024;

/**
 * The request's body as bytes, read no further than the limit.
 * @throws {HttpError} `body_too_large`
 */
export async function readBody<E extends HttpEnv>(
  c: Context<E>,
  limit: number = bodyLimit,
): Promise<Uint8Array> {
  const tooLarge = () => new HttpError("body_too_large", `The body is larger than ${limit} bytes.`);
  const announced = c.req.header("content-length");
  if (announced !== undefined) {
    // The server reads no further than what was announced, and in one piece: no stream is needed.
    if (!(Number(announced) <= limit)) throw tooLarge();
    const whole = new Uint8Array(await c.req.arrayBuffer());
    if (whole.byteLength > limit) throw tooLarge();
    return whole;
  }
  const body = c.req.raw.body;
  if (!body) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, length);
}

/**
 * Bytes → JSON → schema.
 * @throws {HttpError} `invalid_json`, or `invalid_body` with the schema paths of every problem.
 */
export function parseBody<S extends z.ZodType>(bytes: Uint8Array, schema: S): z.output<S> {
  let value: unknown;
  try {
    value = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new HttpError("invalid_json", "The body is not valid UTF-8 JSON.");
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new HttpError("invalid_body", "The body does not have the expected form.", {
    issues: issuesOf(result.error, ownNames(schema)),
  });
}

/** Names of the fields of a schema, which are no client's words. */
const ownNames = (schema: z.ZodType): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/**
 * Query parameters → schema.
 * @throws {HttpError} `invalid_query` with the schema paths of every problem.
 */
export function parseQuery<S extends z.ZodType>(
  query: Record<string, string>,
  schema: S,
): z.output<S> {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  throw new HttpError("invalid_query", "The query does not have the expected form.", {
    issues: issuesOf(result.error, ownNames(schema)),
  });
}

/**
 * JSON without `__proto__` keys, which schemas would drop in silence instead of refusing them. Looking
 * at every key is dear, so only texts that could spell it are looked at twice.
 */
function parseJson(text: string): unknown {
  if (!text.includes("proto__") && !text.includes("\\u")) return JSON.parse(text);
  return JSON.parse(text, (key, value: unknown) => {
    if (key === "__proto__") throw new SyntaxError("a key that no schema has");
    return value;
  });
}

/**
 * Zod's issues without anything that came from the client: unknown keys are counted, keys of records
 * (which clients choose) are replaced by `*`, and only our own messages pass.
 * @param own names that the schema itself gives, beside those known everywhere
 */
export function issuesOf(error: z.ZodError, own: string[] = []): Issue[] {
  const seen = new Map<string, Issue>();
  for (const issue of error.issues.slice(0, 50)) {
    const path = issue.path
      .map((part) =>
        typeof part === "number" ||
        (typeof part === "string" && (knownKey.test(part) || own.includes(part)))
          ? String(part)
          : "*",
      )
      .join(".");
    const shown = { path, message: describe(issue) };
    seen.set(`${path} ${shown.message}`, shown);
  }
  return [...seen.values()];
}

/** Keys of our schemas that may appear in a path; everything else was chosen by the client. */
const knownKey =
  /^(v|id|secret|counter|time|action|place|control|offered|config|language|theme|viewport|purposes|services|documents|page|gpc|token|events|name|age|url|referrer|title|params|width|key|site|label|role|cursor|limit|consentId|reason|items|to|from|service|record|files|expected|effectiveAt|at)$/;

function describe(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.length === 1
        ? "has an unknown field"
        : `has ${issue.keys.length} unknown fields`;
    case "invalid_type":
      return `expected ${issue.expected}`;
    case "invalid_value":
      return `expected one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`;
    case "invalid_key":
      return "has a key of the wrong form";
    case "too_big":
      return `at most ${issue.maximum}`;
    case "too_small":
      return `at least ${issue.minimum}`;
    case "invalid_union":
      return "matches none of the allowed forms";
    case "invalid_format":
    case "custom":
      return issue.message;
    default:
      return "has the wrong form";
  }
}
