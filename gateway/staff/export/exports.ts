/** Exports: a site's records as a stream of text, with what proves them. docs/log-format.md */
import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { ExportForm } from "../../contract/staff-export.ts";
import type { RecordFilter } from "../../contract/staff-search.ts";
import { bufferOf } from "../../log/bytes.ts";
import { decodeDecision, decodeHead } from "../../log/decision-half.ts";
import { readConsentLeaf } from "../../log/leaf.ts";
import type { NamedLog } from "../../log/named-logs.ts";
import type { Published } from "../../log/published.ts";
import { verifierKey } from "../../log/tree/note.ts";
import type { SiteConfig, Sites } from "../../sites/sites.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Meant, Search } from "../search/search.ts";
import { csv } from "./csv.ts";
import { openGaps } from "./gaps.ts";
import { jsonLines } from "./json-lines.ts";
import { readEntries, type ReadEntry, type Wanted } from "./read.ts";
import { receiptOf } from "./receipt.ts";
import type { About, ExportedRecord, Form } from "./rows.ts";
import { openTails } from "./tails.ts";

export interface Exported {
  contentType: string;
  /** Such as `clinic-2026-05-04.csv`. */
  fileName: string;
  /** Verifier keys of the logs it holds records of. */
  keys: string[];
  /** The file, piece by piece; each is made when it is asked for. */
  chunks: AsyncGenerator<string>;
  /** How many records went out so far. */
  records(): number;
}

export interface Exports {
  /** @param filter as it is searched by. */
  open(site: string, filter: RecordFilter, form: ExportForm): Promise<Exported>;
}

export interface ExportDeps {
  storage: Pick<Storage, "main">;
  search: Pick<Search, "meant">;
  published: Pick<Published, "byId" | "newest" | "tile">;
  sites: Pick<Sites, "logged">;
  clock: Clock;
  publicUrl: string;
}

/** What is exported of one log: under one checkpoint, from the start to the end. */
interface Part {
  meant: Meant;
  log: NamedLog;
  size: number;
  note: string;
}

export function openExports(deps: ExportDeps): Exports {
  const db = deps.storage.main.read;
  const tails = openTails(db);

  async function partsOf(site: string, filter: RecordFilter): Promise<Part[]> {
    const parts: Part[] = [];
    for (const meant of await deps.search.meant(site, filter)) {
      const log = await deps.published.byId(meant.log);
      const newest = log && (await deps.published.newest(log));
      if (log && newest) parts.push({ meant, log, size: newest.size, note: newest.note });
    }
    return parts;
  }

  function formOf(form: ExportForm, configs: Map<string, SiteConfig>): Form {
    if (form === "csv") return csv();
    if (form === "jsonl") return jsonLines();
    const { publicUrl } = deps;
    return jsonLines(({ head, tail, time }) => {
      const decision = decodeDecision(Buffer.from(head + tail.text));
      return receiptOf(decision, time, { config: configs.get(decision.config)!, publicUrl });
    });
  }

  /** Configurations that records of this page name, for receipts; each is looked up once. */
  async function resolve(
    site: string,
    records: ExportedRecord[],
    configs: Map<string, SiteConfig>,
  ): Promise<void> {
    for (const { head, tail } of records) {
      const { config } = decodeDecision(Buffer.from(head + tail.text));
      if (configs.has(config)) continue;
      const logged = await deps.sites.logged(site, config);
      if (!logged) throw new Error("a record names a configuration that was never logged");
      configs.set(config, logged);
    }
  }

  async function* pieces(
    part: Part,
    filter: RecordFilter,
  ): AsyncGenerator<{ end: string[] } | ExportedRecord[]> {
    const { meant, log, size } = part;
    const gaps = openGaps(deps.published, log, size);
    const to = Math.min(meant.range.to, size);
    const from = Math.min(meant.range.from, to);
    let next = 0;
    let proof: string[] = [];
    if (meant.isWhole) {
      proof = await gaps(0, from);
      next = from;
    }
    for await (const entries of readEntries(db, meant.log, { from, to }, wantedOf(meant))) {
      const texts = await tails.load(entries.flatMap(({ record }) => record?.tail ?? []));
      const page: ExportedRecord[] = [];
      for (const { index, leaf, record } of entries) {
        if (record === null) {
          if (meant.isWhole) proof.push(`leaf:${Buffer.from(leaf).toString("base64")}`);
          if (meant.isWhole) next = index + 1;
          continue;
        }
        if (!isValidWithin(record.head, filter)) continue;
        proof.push(...(await gaps(next, index)));
        page.push({ ...exported(log, index, leaf, record), tail: texts.get(record.tail)!, proof });
        proof = [];
        next = index + 1;
      }
      yield page;
    }
    yield { end: [...proof, ...(await gaps(next, size))] };
  }

  return {
    async open(site, filter, form) {
      const parts = await partsOf(site, filter);
      const configs = new Map<string, SiteConfig>();
      const made = Math.floor(deps.clock.now() / 1000);
      const shape = formOf(form, configs);
      let records = 0;

      async function* chunks(): AsyncGenerator<string> {
        const digest = createHash("sha256");
        const out = (text: string) => {
          digest.update(text);
          return text;
        };
        if (shape.header !== "") yield out(shape.header);
        for (const part of parts)
          for await (const piece of pieces(part, filter)) {
            if ("end" in piece) {
              yield out(shape.log(endOf(part, piece.end)));
              continue;
            }
            if (piece.length === 0) continue;
            if (form === "receipts") await resolve(site, piece, configs);
            records += piece.length;
            yield out(piece.map((record) => shape.record(record)).join(""));
          }
        const about: About = { v: 1, site, form, filter: shownFilter(filter), made, records };
        const text = JSON.stringify(about);
        yield shape.end(text, digest.update(text).digest("base64url"));
      }

      return {
        contentType: shape.contentType,
        fileName: `${site}-${new Date(made * 1000).toISOString().slice(0, 10)}.${shape.suffix}`,
        keys: parts.map(({ log }) => verifierKey(log.signer)),
        chunks: chunks(),
        records: () => records,
      };
    },
  };
}

/** A consent id is nothing for a file that goes from hand to hand. */
function shownFilter({ consentId, ...filter }: RecordFilter): About["filter"] {
  return { ...filter, ...(consentId !== undefined && { consentId: true }) } as About["filter"];
}

function wantedOf({ isWhole, condition, indexes }: Meant): Wanted {
  if (isWhole) return { every: true };
  if (indexes !== null) return { indexes };
  return condition === null ? { every: true } : { condition };
}

function endOf({ meant, log, size, note }: Part, proof: string[]) {
  const to = Math.min(meant.range.to, size);
  const covers: [number, number] | null = meant.isWhole
    ? [Math.min(meant.range.from, to), to]
    : null;
  return { log: log.signer.name, covers, proof, checkpoint: note };
}

function isValidWithin(head: string, { untilFrom, untilTo }: RecordFilter): boolean {
  if (untilFrom === undefined && untilTo === undefined) return true;
  const { until } = decodeHead(head);
  return until >= (untilFrom ?? 0) && until < (untilTo ?? Infinity);
}

function exported(
  log: NamedLog,
  index: number,
  leaf: string,
  { head, salt }: NonNullable<ReadEntry["record"]>,
) {
  const said = readConsentLeaf(leaf);
  if (said === null) throw new Error("a record's leaf is not one of a decision");
  return {
    log: log.signer.name,
    index,
    time: said.time,
    subject: said.subject,
    salt: bufferOf(salt).toString("base64url"),
    head,
  };
}
