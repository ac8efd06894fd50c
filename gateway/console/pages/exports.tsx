/** Records as a file that proves itself: chosen, followed as it arrives, broken off, checked. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { ExportForm } from "../../contract/staff/export.ts";
import { formatAddress, type Query } from "../address.ts";
import type { Failure } from "../api.ts";
import { useConsole } from "../context.ts";
import { fileSize } from "../format.ts";
import { Copyable } from "../parts/copyable.tsx";
import { FailureNote } from "../parts/failure.tsx";
import { MomentField, SelectField } from "../parts/fields.tsx";
import { FilterSummary } from "../parts/records/filter-summary.tsx";
import { receive, type Received } from "../receive.ts";
import { saveFile } from "../save-file.ts";

type Run =
  | { state: "idle" }
  | { state: "running"; received: Received }
  | { state: "cancelled" }
  /** It broke off while it arrived: what there was of it proves nothing and is thrown away. */
  | { state: "broken" }
  | { state: "failed"; failure: Failure }
  | { state: "done"; received: Received; name: string; keys: string[] };

const forms: ExportForm[] = ["csv", "jsonl", "receipts"];

export function ExportsPage({ site, filters }: { site: string; filters: Query }) {
  const { api, texts, failed } = useConsole();
  const { exports: words, search } = texts;
  const [form, setForm] = useState<ExportForm>("csv");
  const [run, setRun] = useState<Run>({ state: "idle" });
  const underway = useRef<AbortController | null>(null);
  useEffect(() => () => underway.current?.abort(), []);

  const narrow = (changed: Query) => {
    const kept = Object.entries({ ...filters, ...changed }).filter(([, value]) => value !== "");
    window.location.hash = formatAddress({
      page: "exports",
      site,
      query: Object.fromEntries(kept),
    });
  };

  async function start(event: Event) {
    event.preventDefault();
    if (run.state === "running") return;
    const control = new AbortController();
    underway.current = control;
    let received: Received = { bytes: 0, rows: 0 };
    setRun({ state: "running", received });
    const answer = await api.exported(site, { form, ...filters }, control.signal);
    if (control.signal.aborted) return;
    if (!answer.ok) {
      if (!failed(answer.failure)) setRun({ state: "failed", failure: answer.failure });
      return;
    }
    const { headers, body } = answer.value;
    const name = /filename="([^"]+)"/.exec(headers.get("Content-Disposition") ?? "")?.[1];
    try {
      const file = await receive(body!, (now) => {
        received = now;
        setRun({ state: "running", received });
      });
      const named = name ?? `${site}.${form}`;
      saveFile(named, file);
      const keys = (headers.get("Soglas-Verifier-Keys") ?? "").split(" ").filter(Boolean);
      setRun({ state: "done", received, name: named, keys });
    } catch {
      if (!control.signal.aborted) setRun({ state: "broken" });
    }
  }

  function cancel() {
    underway.current?.abort();
    setRun({ state: "cancelled" });
  }

  return (
    <>
      <div class="toolbar">
        <div>
          <h1>{words.heading}</h1>
          <p class="muted">{words.lead}</p>
        </div>
      </div>
      <form class="filters card" onSubmit={start}>
        <div class="fields">
          <SelectField
            label={words.form}
            value={form}
            options={forms.map((each) => [each, words.forms[each]])}
            onChange={(value) => setForm(value as ExportForm)}
          />
          <MomentField
            label={search.fields.from}
            value={filters["from"] ?? ""}
            onChange={(from) => narrow({ from })}
          />
          <MomentField
            label={search.fields.to}
            value={filters["to"] ?? ""}
            onChange={(to) => narrow({ to })}
          />
        </div>
        <FilterSummary site={site} filters={filters} />
        <div class="form-actions">
          <button type="submit" class="button primary" aria-disabled={run.state === "running"}>
            {words.start}
          </button>
          {run.state === "running" && (
            <button type="button" class="button" onClick={cancel}>
              {words.cancel}
            </button>
          )}
        </div>
      </form>
      <Outcome run={run} />
    </>
  );
}

function Outcome({ run }: { run: Run }) {
  const { texts, settings } = useConsole();
  const { exports: words } = texts;
  const amount = ({ rows, bytes }: Received) =>
    words.amount(rows, fileSize(bytes, settings.language));
  switch (run.state) {
    case "idle":
      return null;
    case "running":
      return (
        <div class="note">
          <h2>{words.running}</h2>
          <progress aria-label={words.running} />
          <p>{amount(run.received)}</p>
        </div>
      );
    case "failed":
      return <FailureNote failure={run.failure} />;
    case "done":
      return (
        <div class="note">
          <output>
            <h2>{words.done(run.name)}</h2>
            <p>{amount(run.received)}</p>
          </output>
          <p>{words.verify}</p>
          <Copyable
            name={words.command}
            value={[
              "soglas verify export",
              run.name,
              ...run.keys.map((key) => `--key '${key}'`),
            ].join(" ")}
          />
          <p class="muted">{words.keyHint}</p>
        </div>
      );
    default:
      return (
        <output class={run.state === "broken" ? "note failure" : "note"}>
          <h2>{words[run.state]}</h2>
          <p>{words.thrownAway}</p>
        </output>
      );
  }
}
