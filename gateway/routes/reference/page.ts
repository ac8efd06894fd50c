/** The API reference as a page: the document in plain HTML, without a script and without a third party. */
import { hash } from "node:crypto";
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** A JSON schema, as far as the page shows it. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  pattern?: string;
  default?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Described {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema: Schema }[];
  requestBody?: Content;
  responses: Record<string, Content & { description: string }>;
}

interface Content {
  content?: Record<string, { schema?: Schema }>;
}

export interface ShownDocument {
  info: { title: string; description?: string };
  servers?: { url: string }[];
  paths: Record<string, Record<string, Described>>;
  components?: { schemas?: Record<string, Schema> };
}

const style = `:root{color-scheme:light dark;--line:light-dark(#d9dde3,#363c45);--soft:light-dark(#5b6470,#a3abb6);--raised:light-dark(#f5f7f9,#1d2127)}
*{box-sizing:border-box}body{margin:0;background:light-dark(#fff,#14171b);color:light-dark(#1b1f24,#e7e9ec);font:1rem/1.55 system-ui,sans-serif}
main{max-width:60rem;margin-inline:auto;padding:1.5rem 1.25rem 3rem}h1{margin-block:.5rem}h2{margin-block:2.5rem .5rem;text-transform:capitalize}
details{border:1px solid var(--line);border-radius:.5rem;margin-block:.5rem;overflow:hidden}summary{padding:.6rem .9rem;cursor:pointer;overflow-wrap:anywhere}
summary:focus-visible{outline:3px solid light-dark(#0b57d0,#8ab4f8);outline-offset:-3px}details[open]>summary{border-bottom:1px solid var(--line);background:var(--raised)}
details>div{padding:.25rem .9rem .9rem}code{font:.9em ui-monospace,monospace}.method{display:inline-block;min-width:4.5rem;font-weight:600}.soft{color:var(--soft)}
h3{font-size:1rem;margin-block:1rem .25rem}ul{margin:.25rem 0;padding-inline-start:1.25rem}li{overflow-wrap:anywhere}`;

export const referencePolicy = [
  "default-src 'none'",
  `style-src 'sha256-${hash("sha256", style, "base64")}'`,
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Deeper parts of a schema are in the document itself. */
const deepest = 4;

export function referencePage({ info, servers, paths, components }: ShownDocument): Html {
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({ path, method, described })),
  );
  const groups = Map.groupBy(all, ({ described }) => described.tags?.[0] ?? "other");
  const resolve = (schema: Schema): Schema =>
    components?.schemas?.[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${info.title}: API reference</title>
        <style>
          ${raw(style)}
        </style>
      </head>
      <body>
        <main>
          <h1>${info.title}: API reference</h1>
          <p>
            ${info.description ?? ""} Base address: <code>${servers?.[0]?.url ?? ""}</code>. For
            programs: <a href="openapi.json">openapi.json</a>.
          </p>
          ${[...groups].map(
            ([group, operations]) =>
              html`<section>
                <h2>${group}</h2>
                ${operations.map((operation) => operationPart(operation, resolve))}
              </section>`,
          )}
        </main>
      </body>
    </html>`;
}

function operationPart(
  { path, method, described }: { path: string; method: string; described: Described },
  resolve: (schema: Schema) => Schema,
): Html {
  const { summary, description, parameters = [], requestBody, responses } = described;
  const body = Object.values(requestBody?.content ?? {})[0]?.schema;
  return html`<details>
    <summary>
      <span class="method">${method.toUpperCase()}</span><code>${path}</code>
      <span class="soft">${summary ?? ""}</span>
    </summary>
    <div>
      <p>${description ?? ""}</p>
      ${
        parameters.length > 0
          ? html`<h3>Parameters</h3>
              <ul>
                ${parameters.map(
                  ({ name, required, schema }) =>
                    html`<li>
                      <code>${name}</code>
                      ${typeWords(resolve(schema))}${required === true ? "" : ", optional"}
                    </li>`,
                )}
              </ul>`
          : ""
      }
      ${
        body
          ? html`<h3>Body</h3>
              ${fields(body, resolve, 0)}`
          : ""
      }
      ${Object.entries(responses).map(([status, { description, content }]) => {
        const [type, answer] = Object.entries(content ?? {})[0] ?? [];
        const isError = Number(status) >= 400;
        return html`<h3>
            ${status}${isError ? html` <span class="soft">${description}</span>` : ""}
          </h3>
          ${answer?.schema && !isError ? fields(answer.schema, resolve, 0) : type !== undefined && !isError ? html`<p class="soft">${type}</p>` : ""}`;
      })}
    </div>
  </details>`;
}

function fields(given: Schema, resolve: (schema: Schema) => Schema, depth: number): Html {
  const schema = resolve(given);
  if (schema.items) return fields(schema.items, resolve, depth);
  const properties = Object.entries(schema.properties ?? {});
  if (properties.length === 0 || depth > deepest)
    return depth === 0 ? html`<p class="soft">${typeWords(schema)}</p>` : html``;
  return html`<ul>
    ${properties.map(
      ([name, property]) =>
        html`<li>
          <code>${name}</code>
          ${typeWords(resolve(property))}${schema.required?.includes(name) === true ? "" : ", optional"}${fields(property, resolve, depth + 1)}
        </li>`,
    )}
  </ul>`;
}

/** `one of a, b`, `list of string`, `string`. */
function typeWords(schema: Schema): string {
  const { type, enum: values, const: constant, items, anyOf, oneOf, additionalProperties } = schema;
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return `one of ${values.join(", ")}`;
  if (items) return `list of ${typeWords(items)}`;
  const choices = anyOf ?? oneOf;
  if (choices) return choices.map(typeWords).join(" or ");
  if (typeof additionalProperties === "object" && Object.keys(additionalProperties).length > 0)
    return `by id, each ${typeWords(additionalProperties)}`;
  return [type ?? "object"].flat().join(" or ");
}
