/** What everything is compared with: Hono on Node, a JSON body parsed and sent back. */
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const app = new Hono().post("/echo", async (c) => c.json(await c.req.json(), 201));
serve({ fetch: app.fetch, port: Number(process.env["PORT"]), hostname: "127.0.0.1" }, () => {
  process.send?.({ ready: true });
});
