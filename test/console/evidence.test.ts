import { afterAll, beforeAll, expect, test } from "vitest";
import { examineReplay } from "../../gateway/console/evidence.ts";
import { replay as replaySchema, type Replay } from "../../gateway/contract/staff/replay.ts";
import { openInstallation, type Installation } from "../staff/installation.ts";

let installation: Installation;
let config: string;
let replay: Replay;
const { subtle } = globalThis.crypto;

beforeAll(async () => {
  installation = await openInstallation({ sites: ["clinic"] });
  config = (await installation.sites.effective("clinic"))!.hash;
  replay = replaySchema.parse(await installation.sites.replay("clinic", config, "ru"));
});
afterAll(() => installation.close());

test("what the gateway answers is the code that was logged", async () => {
  expect(await examineReplay(replay, config, subtle)).toBe("stored");
});

const tampered: Record<string, (replay: Replay) => void> = {
  "another statement": ({ evidence }) => {
    evidence.statement = evidence.statement.replace('"v":1', '"v":2');
  },
  "a statement that is no JSON": ({ evidence }) => {
    evidence.statement = "{";
  },
  "another build": (replay) => {
    replay.build = replay.config;
  },
  "another version": (replay) => {
    replay.version = replay.config;
  },
  "a file more": ({ evidence, build }) => {
    evidence.files["other.js"] = build;
  },
  "another piece": ({ evidence, scripts }) => {
    const piece = evidence.pieces["core.js"]!;
    evidence.pieces["core.js"] = `evil();${piece}`;
    scripts.tag = scripts.tag.replace(piece.trim().replace(/;$/, ""), `evil();${piece.trim()}`);
  },
  "a piece that the build does not have": ({ evidence }) => {
    evidence.pieces["other.js"] = "evil()";
  },
  "code before": ({ scripts }) => {
    scripts.tag = `evil();${scripts.tag}`;
  },
  "code between": ({ scripts }) => {
    scripts.tag = scripts.tag.replace("){", "){evil();");
  },
  "code among the values": ({ scripts }) => {
    scripts.tag = scripts.tag.replace('"site":"clinic"', '"site":evil()');
  },
  "code after": ({ scripts }) => {
    scripts.tag += "evil();\n";
  },
  "code in what is loaded": ({ scripts }) => {
    for (const address of Object.keys(scripts.loaded)) scripts.loaded[address] += "evil();\n";
  },
};

test.each(Object.entries(tampered))("%s is told", async (_, tamper) => {
  const changed = structuredClone(replay);
  tamper(changed);
  expect(changed).not.toEqual(replay);
  // Whoever writes the statement anew has another hash, which the record does not name.
  expect(await examineReplay(changed, config, subtle)).toBe("differs");
});

test("without cryptography nothing is said", async () => {
  expect(await examineReplay(replay, config, undefined)).toBe("unchecked");
});
