/** The OpenAPI 3.1 document, generated from the schemas that requests and answers are held to. */
import { z } from "zod";
import { createDocument, type ZodOpenApiPathsObject } from "zod-openapi";
import { errorEnvelope, errorStatus, type ErrorCode } from "../../contract/errors.ts";
import type { Operation } from "./operation.ts";
import { staffOperations } from "./staff-operations.ts";
import { visitorOperations } from "./visitor-operations.ts";

export const operations: Operation[] = [...visitorOperations, ...staffOperations];

const access: Record<Operation["access"], string> = {
  anybody: "Anybody",
  visitor: "A page of the site, with the visitor's secret",
  backend: "A backend's access key",
  staff: "A staff access key, or the console's session",
};

/** @param publicUrl base URL of the gateway. */
export function apiDocument(publicUrl: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const operation of operations)
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) };
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Soglas gateway",
      version: "1",
      description: "Consent, its proof, and events under it. Errors have one form everywhere.",
    },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: {
        visitor: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`Subject <secret>`; a decision carries the secret in its body instead.",
        },
        backend: { type: "http", scheme: "bearer" },
        staff: { type: "http", scheme: "bearer" },
      },
    },
  });
}

function described(operation: Operation) {
  const { summary, query, body, answer } = operation;
  const names = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const path = z.object(Object.fromEntries(names.map((name) => [name, z.string()])));
  return {
    summary,
    description: `${access[operation.access]}.`,
    tags: [operation.access],
    ...(operation.access !== "anybody" && { security: [{ [operation.access]: [] }] }),
    requestParams: { ...(names.length > 0 && { path }), ...(query && { query }) },
    ...(body && {
      requestBody: { required: true, content: { "application/json": { schema: body } } },
    }),
    responses: { [String(answer.status)]: answerOf(answer), ...errorsOf(operation) },
  };
}

function answerOf({ schema, type }: Operation["answer"]) {
  if (schema) return { description: "Done", content: { "application/json": { schema } } };
  return { description: "Done", ...(type !== undefined && { content: { [type]: {} } }) };
}

/** By status, since several codes may share one. */
function errorsOf(operation: Operation) {
  const codes: ErrorCode[] = [
    ...(operation.body ? (["invalid_json", "invalid_body", "body_too_large"] as const) : []),
    ...(operation.query ? (["invalid_query"] as const) : []),
    ...(operation.path.includes("{") ? (["not_found"] as const) : []),
    ...(operation.access === "staff" || operation.access === "backend"
      ? (["unauthorized", "forbidden"] as const)
      : []),
    ...(operation.errors ?? []),
    "rate_limited",
    "unavailable",
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => String(errorStatus[code]));
  return Object.fromEntries(
    [...byStatus].map(([status, of]) => [
      status,
      {
        description: of.join(", "),
        content: { "application/json": { schema: errorEnvelope } },
      },
    ]),
  );
}
