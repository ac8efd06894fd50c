import type { InterfacePurpose, InterfaceService } from "../../gateway/contract/widget.ts";
import { isPartly, moved } from "./choice.ts";
import { h } from "./jsx.ts";
import { Linked } from "./link.tsx";
import type { Model } from "./model.ts";
import { Switch } from "./switch.tsx";
import { fill } from "./texts.ts";

/** One purpose: its switch, what it is for, and its services behind a disclosure. */
export function Purpose({ model, purpose }: { model: Model; purpose: InterfacePurpose }) {
  const { config, draft, set, strings } = model;
  const { essential, id, services } = purpose;

  /** The switch of the purpose, or of one of its services; essential ones are on and stay on. */
  const row = ({ name }: { name: string }, service?: string) =>
    essential ? (
      <p part="row">
        <b part="name">{name}</b> {!service && strings.alwaysOn}
      </p>
    ) : (
      <Switch
        name={service ?? id}
        label={name}
        on={!!draft[service ?? id]}
        partly={!service && isPartly(purpose, draft) ? strings.partly : undefined}
        onMove={(on) => set({ draft: moved(config.purposes, draft, on, id, service) })}
      />
    );

  return (
    <li part="purpose">
      {row(purpose)}
      <p>{purpose.description}</p>
      {services.length > 0 && (
        <details>
          <summary>{fill(strings.services, { n: services.length })}</summary>
          <ul>
            {services.map((service) => (
              <li part="service">
                {row(service, service.id)}
                <Facts model={model} service={service} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}

/** What a service does, who receives the data and where, and what it keeps in the browser. */
function Facts({ model, service }: { model: Model; service: InterfaceService }) {
  const { strings } = model;
  const { recipient, stores } = service;
  return [
    <p>{service.description}</p>,
    <p>
      <Linked text={strings.recipient} values={recipient} href={recipient.policy} />{" "}
      {recipient.crossBorder && strings.crossBorder}
    </p>,
    stores.length > 0 && (
      <details>
        <summary>{fill(strings.stores, { n: stores.length })}</summary>
        <ul>
          {stores.map(({ name, life = strings.session, removable }) => (
            <li>
              <code>{name}</code> {fill(removable ? strings.byUs : strings.byYou, { life })}
            </li>
          ))}
        </ul>
      </details>
    ),
  ];
}
