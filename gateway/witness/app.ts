/**
 * The witness's two doors: `POST /add-checkpoint`, as C2SP tlog-witness has it, and what it cosigned last
 * of each log, for whoever compares.
 */
import { hash } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import type { Witness } from "./witness.ts";

export interface WitnessAppDeps {
  witness: Witness;
  verifierKey: string;
  /** Origins of the logs it witnesses. */
  origins(): string[];
  /** Is told of failures that are nobody's request. */
  onFailure(error: unknown): void;
}

/** Bytes: a proof, and a checkpoint with sixteen post-quantum signatures. */
const maxBody = 128 * 1024;

export function createWitnessApp(deps: WitnessAppDeps): Hono {
  const { witness, verifierKey, origins, onFailure } = deps;
  const app = new Hono();
  app.post(
    "/add-checkpoint",
    bodyLimit({ maxSize: maxBody, onError: (c) => c.text("the request is too long\n", 413) }),
    async (c) => {
      const answer = await witness.addCheckpoint(new Uint8Array(await c.req.arrayBuffer()));
      if ("lines" in answer) return c.text(answer.lines);
      if ("reason" in answer) return c.text(`${answer.reason}\n`, answer.status);
      return c.body(`${answer.size}\n`, 409, { "Content-Type": "text/x.tlog.size" });
    },
  );
  app.get("/", (c) => c.text(`${verifierKey}\n`));
  app.get("/:log{[0-9a-f]{64}}/checkpoint", (c) => {
    const name = c.req.param("log");
    const origin = origins().find((each) => hash("sha256", each) === name);
    const head = origin === undefined ? null : witness.latest(origin);
    if (head === null) return c.text("nothing was cosigned of such a log\n", 404);
    c.header("Access-Control-Allow-Origin", "*");
    c.header("Cache-Control", "no-cache");
    return c.text(head.note);
  });
  app.notFound((c) => c.text("there is nothing at this address\n", 404));
  app.onError((error, c) => {
    onFailure(error);
    return c.text("the witness has a problem of its own; ask again later\n", 500);
  });
  return app;
}
