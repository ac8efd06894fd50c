/** The filters of the search: what is asked for goes into the address when the form is sent. */
import { useEffect, useState } from "preact/hooks";
import type { ConfigSummary } from "../../../contract/staff/staff.ts";
import type { Query } from "../../address.ts";
import { useConsole } from "../../context.ts";
import { localizedText } from "../../format.ts";
import { filtersOf, type FilterName } from "../../filter.ts";
import { MomentField, SelectField, TextField } from "../fields.tsx";

/** Browsers that are told apart, by their own names. */
const families = [
  ["chrome", "Chrome"],
  ["firefox", "Firefox"],
  ["safari", "Safari"],
  ["edge", "Edge"],
  ["opera", "Opera"],
  ["yandex", "Yandex"],
  ["samsung", "Samsung Internet"],
] as const;

/** Filters that stand behind "More filters". */
const further: FilterName[] = [
  "record",
  "service",
  "place",
  "control",
  "language",
  "country",
  "browser",
  "device",
  "version",
  "config",
  "policy",
  "untilFrom",
  "untilTo",
];

export function RecordFilters(props: {
  filters: Query;
  /** Configurations that purposes and services are named by. */
  configs: Iterable<ConfigSummary>;
  onSearch: (filters: Query) => void;
}) {
  const { texts, settings } = useConsole();
  const { search } = texts;
  const [draft, setDraft] = useState(props.filters);
  const given = JSON.stringify(props.filters);
  useEffect(() => setDraft(JSON.parse(given)), [given]);

  // On a narrow screen the decisions come first; nothing closes what a person opened.
  const [atFirst] = useState(() => given !== "{}" || matchMedia("(min-width: 47.5rem)").matches);
  const field = (name: FilterName) => ({
    label: search.fields[name],
    value: draft[name] ?? "",
    onChange: (value: string) => setDraft((before) => ({ ...before, [name]: value })),
  });
  // Says something of a purpose or service, and nothing without one.
  const state = (name: "purposeState" | "serviceState", of: "purpose" | "service") => ({
    ...field(name),
    value: draft[name] ?? "granted",
    options: Object.entries(texts.states),
    disabled: !draft[of],
  });
  const worded = (words: Record<string, string>) =>
    [["", search.any], ...Object.entries(words)] as [string, string][];
  const named = (kind: "purposes" | "services", chosen: string | undefined) => {
    const names = new Map<string, string>(chosen ? [[chosen, chosen]] : []);
    for (const config of props.configs)
      for (const each of config[kind])
        if (!("essential" in each) || !each.essential)
          names.set(each.id, localizedText(each.name, settings.language));
    return [["", search.any], ...names] as [string, string][];
  };
  const send = (filters: Query) =>
    props.onSearch(
      filtersOf(
        Object.fromEntries(
          Object.entries(filters)
            .map(([name, value]) => [name, value.trim()] as const)
            .filter(([, value]) => value !== ""),
        ),
      ),
    );

  return (
    <search aria-label={search.heading}>
      <details class="searching" open={atFirst}>
        <summary>{search.heading}</summary>
        <form
          class="filters card"
          onSubmit={(event) => {
            event.preventDefault();
            send(draft);
          }}
          noValidate
        >
          <div class="fields">
            <TextField {...field("consentId")} placeholder="9MMD-BF83-GPSD-QJHG" code />
            <MomentField {...field("from")} />
            <MomentField {...field("to")} />
            <SelectField {...field("purpose")} options={named("purposes", draft["purpose"])} />
            <SelectField {...state("purposeState", "purpose")} />
            <SelectField {...field("action")} options={worded(texts.actions)} />
          </div>
          <details open={further.some((name) => name in props.filters)}>
            <summary>{search.more}</summary>
            <div class="fields">
              <SelectField {...field("service")} options={named("services", draft["service"])} />
              <SelectField {...state("serviceState", "service")} />
              <SelectField {...field("place")} options={worded(texts.places)} />
              <SelectField
                {...field("control")}
                options={worded(texts.controls).filter(([name]) => name !== "choose")}
              />
              <TextField {...field("language")} placeholder="ru" maxLength={16} />
              <TextField {...field("country")} placeholder="RU" maxLength={4} />
              <SelectField
                {...field("browser")}
                options={[["", search.any], ...families, ["other", search.otherBrowser]]}
              />
              <SelectField {...field("device")} options={worded(texts.devices)} />
              <MomentField {...field("untilFrom")} />
              <MomentField {...field("untilTo")} />
              <TextField {...field("record")} code />
              <TextField {...field("version")} code />
              <TextField {...field("config")} code />
              <TextField {...field("policy")} code />
            </div>
          </details>
          <div class="form-actions">
            <button type="submit" class="button primary">
              {search.submit}
            </button>
            {Object.keys(props.filters).length > 0 && (
              <button type="button" class="button quiet" onClick={() => send({})}>
                {search.reset}
              </button>
            )}
          </div>
        </form>
      </details>
    </search>
  );
}
