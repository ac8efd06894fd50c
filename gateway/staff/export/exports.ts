/** Exports: a site's records as a stream of text, with what proves them. docs/log-format.md */
import { createHash } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { ExportForm } from "../../contract/staff/export.ts";
import type { RecordFilter } from "../../contract/staff/search.ts";
import type { Published } from "../../log/published.ts";
import { verifierKey } from "../../log/tree/note.ts";
import type { Storage } from "../../storage/storage.ts";
import type { Search } from "../search/search.ts";
import { formOf, type FormDeps } from "./forms.ts";
import { piecesOf, type Part } from "./pieces.ts";
import type { About } from "./rows.ts";

export interface Exported {
  contentType: string;
  /** Such as `clinic-2026-05-04.csv`. */
  fileName: string;
  /** Verifier keys of the logs it holds records of. */
  keys: string[];
  /** The file, UTF-8, piece by piece; each is made when it is asked for. */
  chunks: AsyncGenerator<Uint8Array>;
  /** How many records went out so far. */
  records(): number;
}

export interface Exports {
  /** @param filter as it is searched by. */
  open(site: string, filter: RecordFilter, form: ExportForm): Promise<Exported>;
}

export interface ExportDeps extends FormDeps {
  storage: Pick<Storage, "main">;
  search: Pick<Search, "meant">;
  published: Pick<Published, "byId" | "newest" | "tile">;
  clock: Clock;
}

export function openExports(deps: ExportDeps): Exports {
  const { published } = deps;
  const { main } = deps.storage;

  async function partsOf(site: string, filter: RecordFilter): Promise<Part[]> {
    const parts: Part[] = [];
    for (const meant of await deps.search.meant(site, filter)) {
      const log = await published.byId(meant.log);
      const newest = log && (await published.newest(log));
      if (log && newest) parts.push({ meant, log, size: newest.size, note: newest.note });
    }
    return parts;
  }

  return {
    async open(site, filter, form) {
      const parts = await partsOf(site, filter);
      const made = Math.floor(deps.clock.now() / 1000);
      const shape = formOf(deps, site, form);
      let records = 0;

      async function* chunks(): AsyncGenerator<Uint8Array> {
        const digest = createHash("sha256");
        const out = (text: string) => {
          const bytes = Buffer.from(text);
          digest.update(bytes);
          return bytes;
        };
        if (shape.header !== "") yield out(shape.header);
        for (const part of parts)
          for await (const piece of piecesOf({ main, published }, part, filter)) {
            if ("end" in piece) {
              yield out(shape.log(piece.end));
              continue;
            }
            await shape.prepare?.(piece);
            records += piece.length;
            yield out(piece.map(shape.record).join(""));
          }
        const about: About = { v: 1, site, form, filter: shownFilter(filter), made, records };
        const text = JSON.stringify(about);
        yield Buffer.from(shape.end(text, digest.update(text).digest("base64url")));
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
