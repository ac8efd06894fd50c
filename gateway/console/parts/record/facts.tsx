/** Everything else of a record, in groups: how, when, what was shown, where, in the log. */
import type { ComponentChildren } from "preact";
import type { RecordAnswer, RecordDetail } from "../../../contract/staff/staff.ts";
import { useConsole } from "../../context.ts";
import { displayName, duration, utcTime } from "../../format.ts";
import { Copyable } from "../copyable.tsx";
import { Moment } from "../moment.tsx";

export function RecordFacts({ record, config }: RecordAnswer) {
  const { texts, settings } = useConsole();
  const { how, when, shown, where, log, none, unknown } = texts.record;
  const hash = (name: string, value: string) => (
    <Fact name={name}>
      <Copyable name={name} value={value} />
    </Fact>
  );
  return (
    <>
      <Group heading={how.heading}>
        <Fact name={how.action}>
          {texts.actions[record.action]}, {texts.places[record.place]}
        </Fact>
        <Fact name={how.control}>{texts.controls[record.control]}</Fact>
        <Fact name={how.offered}>
          {record.offered.map((control) => texts.controls[control]).join(", ") || none}
        </Fact>
        <Fact name={how.documents}>{record.documents.length > 0 ? how.consentDocument : none}</Fact>
        <Fact name={how.gpc}>{record.gpc ? how.on : how.off}</Fact>
      </Group>
      <Group heading={when.heading}>
        <Fact name={when.gateway}>
          <Both seconds={record.time} />
        </Fact>
        <Fact name={when.browser}>
          <Both seconds={record.clientTime} />
          <ClockDifference record={record} />
        </Fact>
        <Fact name={when.validUntil}>
          <Both seconds={record.validUntil} />
          {record.validUntil * 1000 < Date.now() && <span class="badge">{when.lapsed}</span>}
        </Fact>
      </Group>
      <Group heading={shown.heading}>
        <Fact name={shown.language}>
          {displayName("language", record.language, settings.language)}
        </Fact>
        <Fact name={shown.look}>
          {record.theme === null || record.viewport === null
            ? shown.noScripts
            : `${shown.themes[record.theme]}, ${shown.viewports[record.viewport]}`}
        </Fact>
        <Fact name={shown.since}>
          <Both seconds={config.effectiveAt} />
        </Fact>
        {hash(shown.config, config.hash)}
        {hash(shown.version, config.version)}
        {hash(shown.policy, config.policy)}
        {hash(shown.consent, config.consent)}
        {hash(shown.build, config.build)}
      </Group>
      <Group heading={where.heading}>
        <Fact name={where.origin}>{record.origin}</Fact>
        <Fact name={where.browser}>{record.browser}</Fact>
        <Fact name={where.device}>{texts.devices[record.device]}</Fact>
        <Fact name={where.country}>
          {record.country === null
            ? unknown
            : displayName("region", record.country, settings.language)}
        </Fact>
      </Group>
      <Group heading={log.heading}>
        {hash(log.id, record.id)}
        {hash(log.log, record.log)}
        <Fact name={log.index}>{record.index}</Fact>
        {hash(log.commitment, record.commitment)}
        <Fact name={log.visitor}>{record.erased ? log.erased : log.sealed}</Fact>
      </Group>
    </>
  );
}

function Group(props: { heading: string; children: ComponentChildren }) {
  return (
    <section>
      <h3>{props.heading}</h3>
      <dl class="facts">{props.children}</dl>
    </section>
  );
}

function Fact(props: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Local time and UTC, both in sight: in a complaint the zone is half of the answer. */
function Both({ seconds }: { seconds: number }) {
  return (
    <>
      <Moment seconds={seconds} /> <span class="muted second">{utcTime(seconds)}</span>
    </>
  );
}

function ClockDifference({ record }: { record: RecordDetail }) {
  const { texts, settings } = useConsole();
  const difference = record.time - record.clientTime;
  if (Math.abs(difference) < 2) return null;
  const span = duration(difference, settings.language);
  return (
    <span class="muted second">
      {difference > 0 ? texts.record.when.after(span) : texts.record.when.before(span)}
    </span>
  );
}
