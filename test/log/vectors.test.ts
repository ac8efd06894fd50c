/** The test vectors of docs/log-format.md, against the gateway and against a second computation. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { commitment, type Half } from "../../gateway/log/commitment.ts";
import { encodeStatement } from "../../gateway/log/config-entry.ts";
import { consentId, displayConsentId } from "../../gateway/log/consent-id.ts";
import { encodeDecision, joinDecision } from "../../gateway/log/decision-half.ts";
import { configLeaf, consentLeaf, leafTime } from "../../gateway/log/leaf.ts";
import { encodeSubject, openSubject, recordKeys } from "../../gateway/log/subject-half.ts";
import {
  commitmentOf,
  configLeafOf,
  consentIdOf,
  consentLeafOf,
  recordKeysOf,
  sha256,
  unsealed,
} from "./independent.ts";
import { clinic, decision, denied, randomId, startSeconds } from "./installation.ts";

const read = async (name: string) =>
  JSON.parse(await readFile(join(import.meta.dirname, "vectors", name), "utf8"));
const bytes = (text: string) => Buffer.from(text, "base64url");

const vector: {
  site: string;
  secret: string;
  consentId: string;
  recordId: string;
  key: string;
  seal: string;
  decision: { salt: string; bytes: string; commitment: string };
  subject: { salt: string; bytes: string; sealed: string; commitment: string };
  leaf: string;
  config: { statement: string; hash: string; leaf: string };
} = await read("record.json");

const commitments: {
  name: string;
  half: Half;
  salt: string;
  bytes: string;
  commitment: string;
  valid: boolean;
}[] = await read("commitments.json");

describe("vector record.json", () => {
  it("holds under the second computation", () => {
    const { salt, seal } = recordKeysOf(bytes(vector.key), bytes(vector.recordId));
    expect(salt).toEqual(bytes(vector.subject.salt));
    expect(seal).toEqual(bytes(vector.seal));
    expect(unsealed(seal, bytes(vector.subject.sealed)).toString()).toBe(vector.subject.bytes);
    expect(consentIdOf(vector.site, vector.secret)).toBe(vector.consentId);
    for (const half of ["subject", "decision"] as const)
      expect(commitmentOf(half, bytes(vector[half].salt), vector[half].bytes)).toBe(
        vector[half].commitment,
      );
    expect(
      consentLeafOf(1_777_885_200, vector.subject.commitment, vector.decision.commitment),
    ).toBe(vector.leaf);
    expect(sha256(vector.config.statement).toString("base64url")).toBe(vector.config.hash);
    expect(configLeafOf(1_777_885_200, vector.config.hash)).toBe(vector.config.leaf);
  });

  it("is what the gateway writes for the same decision", () => {
    const body = decision({
      id: vector.recordId,
      secret: vector.secret,
      time: 1_777_885_198,
      config: vector.config.hash,
    });
    const observed = { ...body.observed, receivedAt: 1_777_885_200_250 };
    const { head, tail } = encodeDecision({ ...body, observed });
    expect(joinDecision({ head: Buffer.from(head), tail: Buffer.from(tail) }).toString()).toBe(
      vector.decision.bytes,
    );
    expect(consentId(vector.site, vector.secret)).toBe(vector.consentId);
    const half = { consentId: vector.consentId, page: "/doctors/cardiology", previous: null };
    expect(encodeSubject(half).toString()).toBe(vector.subject.bytes);
    expect(recordKeys(bytes(vector.key), bytes(vector.recordId))).toEqual({
      salt: bytes(vector.subject.salt),
      seal: bytes(vector.seal),
    });
    expect(
      openSubject(bytes(vector.key), bytes(vector.recordId), bytes(vector.subject.sealed)),
    ).toEqual({
      half,
      salt: bytes(vector.subject.salt),
      bytes: Buffer.from(vector.subject.bytes),
    });
    const leaf = consentLeaf(
      1_777_885_200,
      commitment("subject", bytes(vector.subject.salt), Buffer.from(vector.subject.bytes)),
      commitment("decision", bytes(vector.decision.salt), head, tail),
    );
    expect(leaf.toString()).toBe(vector.leaf);
    expect(leafTime(leaf)).toBe(1_777_885_200);
    const { config } = vector;
    expect(encodeStatement(JSON.parse(config.statement)).toString()).toBe(config.statement);
    expect(configLeaf(1_777_885_200, config.hash).toString()).toBe(config.leaf);
  });
});

describe("docs/log-format.md", () => {
  it("shows the vector, letter by letter", async () => {
    const document = await readFile(join(import.meta.dirname, "../../docs/log-format.md"), "utf8");
    const { decision, subject, leaf, config } = vector;
    for (const example of [decision.bytes, subject.bytes, leaf, config.statement, config.leaf])
      expect(document).toContain(`\`\`\`text\n${example}\n\`\`\``);
    expect(document).toContain(displayConsentId(vector.consentId));
  });

  it("lists every field, in the order in which it is written", async () => {
    const document = await readFile(join(import.meta.dirname, "../../docs/log-format.md"), "utf8");
    const sections = document.split(/^#+ /m);
    const fieldsOf = (title: string) => {
      const rows =
        sections.find((section) => section.startsWith(title))?.match(/^\| `.*? \|/gm) ?? [];
      return rows.flatMap((row) => [...row.matchAll(/`(.*?)`/g)].map((match) => match[1]));
    };
    // The vector is of a site with one profile, whose records do not name it.
    expect(fieldsOf("Decision half")).toEqual([
      ...Object.keys(JSON.parse(vector.decision.bytes)),
      "jurisdiction",
    ]);
    expect(fieldsOf("Subject half")).toEqual(Object.keys(JSON.parse(vector.subject.bytes)));
    expect(fieldsOf("Configuration statement")).toEqual(
      Object.keys(JSON.parse(vector.config.statement)),
    );
  });
});

describe("vectors commitments.json", () => {
  it.each(commitments)("$name", ({ half, salt, bytes: committed, commitment: expected, valid }) => {
    expect(commitmentOf(half, bytes(salt), bytes(committed)) === expected).toBe(valid);
    expect(commitment(half, bytes(salt), bytes(committed)).equals(bytes(expected))).toBe(valid);
  });

  it("refuses a salt of another length", () => {
    expect(() => commitment("decision", Buffer.alloc(31), Buffer.alloc(33))).toThrow(RangeError);
  });
});

describe("what the gateway stored", () => {
  it("answers to its leaves under the second computation", async () => {
    const { log, storage } = await clinic();
    const secret = randomId();
    const inputs = [
      decision({ secret }),
      decision({
        secret,
        counter: 2,
        action: "withdraw",
        control: "withdraw",
        ...denied,
        documents: [],
      }),
      decision({ gpc: true, page: "/ё?".replace("?", ""), language: "pt-BR" }),
    ];
    for (const input of inputs) await log.append(input);
    const rows = await storage.main.read
      .selectFrom("records")
      .innerJoin("entries", "entries.idx", "records.idx")
      .innerJoin("decision_tails", "decision_tails.id", "records.tail")
      .select([
        "records.id",
        "head",
        "decision_tails.tail",
        "decision_salt",
        "sealed",
        "subject",
        "leaf",
      ])
      .orderBy("records.idx")
      .execute();
    const keys = await storage.keys.read.selectFrom("subject_keys").selectAll().execute();
    expect(rows).toHaveLength(3);
    let previous: string | null = null;
    for (const [i, row] of rows.entries()) {
      const { body } = inputs[i]!;
      const { key } = keys.find(({ subject }) => Buffer.compare(subject, row.subject!) === 0)!;
      const { salt, seal } = recordKeysOf(key, row.id);
      const subject = unsealed(seal, row.sealed!);
      expect(JSON.parse(subject.toString())).toEqual({
        consentId: consentIdOf("clinic", body.secret),
        page: body.page,
        previous: body.secret === secret ? previous : null,
      });
      const decided = Buffer.concat([row.head, row.tail]);
      expect(JSON.parse(decided.toString())).toMatchObject({ id: body.id, counter: body.counter });
      expect(Buffer.from(row.leaf).toString()).toBe(
        consentLeafOf(
          startSeconds,
          commitmentOf("subject", salt, subject),
          commitmentOf("decision", row.decision_salt, decided),
        ),
      );
      previous = body.id;
    }
  });
});
