/** What a visitor chose: every purpose with its services, recipients and states. */
import type { ChoiceState } from "../../../contract/decision.ts";
import type { ConfigSummary, RecordAnswer } from "../../../contract/staff/staff.ts";
import { useConsole } from "../../context.ts";
import { displayName, localizedText } from "../../format.ts";
import { StateWord } from "../choices.tsx";

type Purpose = ConfigSummary["purposes"][number];
type Service = ConfigSummary["services"][number];

export function RecordChoices({ record, config }: RecordAnswer) {
  const { texts } = useConsole();
  return (
    <section>
      <h3>{texts.record.choice.heading}</h3>
      <ul class="purposes">
        {config.purposes.map((purpose) => (
          <PurposeItem
            key={purpose.id}
            purpose={purpose}
            state={record.purposes[purpose.id]}
            services={config.services.filter((service) => service.purpose === purpose.id)}
            states={record.services}
          />
        ))}
      </ul>
    </section>
  );
}

function PurposeItem(props: {
  purpose: Purpose;
  /** Absent for an essential purpose, which is not asked for. */
  state: ChoiceState | undefined;
  services: Service[];
  states: Record<string, ChoiceState>;
}) {
  const { texts, settings } = useConsole();
  const { choice } = texts.record;
  return (
    <li class="purpose">
      <div class="purpose-line">
        <span>
          <strong>{localizedText(props.purpose.name, settings.language)}</strong>
          <span class="muted second">
            {props.purpose.essential ? choice.essential : choice.bases[props.purpose.basis]}
          </span>
        </span>
        {props.state && <StateWord state={props.state} />}
      </div>
      {props.services.map((service) => (
        <div key={service.id} class="purpose-line service">
          <span>
            {localizedText(service.name, settings.language)}
            <span class="muted second">
              {service.recipient.name},{" "}
              {displayName("region", service.recipient.country, settings.language)}
              {service.recipient.crossBorder && ` · ${choice.abroad}`}
              {` · ${choice.modes[service.mode]}`}
            </span>
          </span>
          {props.states[service.id] && <StateWord state={props.states[service.id]!} />}
        </div>
      ))}
    </li>
  );
}
