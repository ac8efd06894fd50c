/** `/openapi.json`, and the same for people at `/reference`. */
import { Hono } from "hono";
import type { HttpEnv } from "../http.ts";
import { apiDocument } from "./document.ts";
import { referencePage, referencePolicy, type ShownDocument } from "./page.ts";

export interface ReferenceDeps {
  publicUrl: string;
}

/** Seconds. */
const life = 300;

export function referenceRoutes({ publicUrl }: ReferenceDeps): Hono<HttpEnv> {
  // Generated when it is first asked for: nothing else waits for it.
  let text: string | undefined;
  const document = () => (text ??= JSON.stringify(apiDocument(publicUrl)));
  return new Hono<HttpEnv>()
    .get("/openapi.json", (c) =>
      c.body(document(), 200, {
        "Content-Type": "application/json; charset=utf-8",
        "Cache-Control": `public, max-age=${life}`,
      }),
    )
    .get("/reference", (c) => {
      const shown: ShownDocument = JSON.parse(document());
      c.header("Content-Security-Policy", referencePolicy);
      c.header("Cache-Control", `public, max-age=${life}`);
      return c.html(referencePage(shown));
    });
}
