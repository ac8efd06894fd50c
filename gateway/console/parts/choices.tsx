/** What was granted and refused, in words: the states in order, each with the names it holds for. */
import type { ChoiceState } from "../../contract/decision.ts";
import type { ConfigSummary } from "../../contract/staff/staff.ts";
import { useConsole } from "../context.ts";
import { localizedText } from "../format.ts";

const order = ["granted", "denied", "not-asked"] as const;

export function Choices(props: {
  purposes: Record<string, ChoiceState>;
  config: ConfigSummary | undefined;
}) {
  const { settings } = useConsole();
  const name = (id: string) => {
    const purpose = props.config?.purposes.find((purpose) => purpose.id === id);
    return purpose ? localizedText(purpose.name, settings.language) : id;
  };
  return (
    <span class="choices">
      {order.map((state) => {
        const names = Object.keys(props.purposes).filter((id) => props.purposes[id] === state);
        if (names.length === 0) return null;
        return (
          <span key={state} class="choice">
            <StateWord state={state} /> {names.map(name).join(", ")}
          </span>
        );
      })}
    </span>
  );
}

export function StateWord({ state }: { state: ChoiceState }) {
  const { texts } = useConsole();
  return <span class={`state ${state}`}>{texts.states[state]}</span>;
}
