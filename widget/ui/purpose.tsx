import type { InterfacePurpose } from "../../gateway/contract/widget.ts";
import { extent, withPurpose } from "./choice.ts";
import type { Model } from "./model.ts";
import { Service } from "./service.tsx";
import { Switch } from "./switch.tsx";

/** One purpose: its switch, what it is for, and its services behind a disclosure. */
export function Purpose({ model, purpose }: { model: Model; purpose: InterfacePurpose }) {
  const { config, draft, texts, move } = model;
  const { description, essential, id, name, services } = purpose;
  const { on, total } = extent(purpose, draft);
  const partly = on > 0 && on < total;
  const note = `partly-${id}`;
  return (
    <li part="purpose">
      {essential ? (
        <p part="row">
          <span part="name">{name}</span> <span part="always">{texts("alwaysOn")}</span>
        </p>
      ) : (
        <Switch
          id={id}
          label={name}
          on={on === total}
          partly={partly}
          note={partly ? note : undefined}
          onMove={(granted) => move(withPurpose(config.purposes, draft, id, granted))}
        />
      )}
      {partly && (
        <p part="partly" id={note}>
          {texts("partly", { n: on, total })}
        </p>
      )}
      <p part="text">{description}</p>
      {services.length > 0 && (
        <details>
          <summary part="summary">{texts.plural("services", services.length)}</summary>
          <ul part="list">
            {services.map((service) => (
              <Service model={model} service={service} essential={essential} />
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
