import type { InterfaceService } from "../../gateway/contract/widget.ts";
import { withService } from "./choice.ts";
import type { Model } from "./model.ts";
import { Switch } from "./switch.tsx";
import { Link, type Texts } from "./texts.tsx";

interface ServiceProps {
  model: Model;
  service: InterfaceService;
  /** Of an essential purpose: explained, without a switch. */
  essential: boolean;
}

/** What one service does, who receives the data and where, and what it keeps in the browser. */
export function Service({ model, service, essential }: ServiceProps) {
  const { config, draft, texts, move } = model;
  const { description, id, mode, name, recipient, stores } = service;
  return (
    <li part="service">
      {essential ? (
        <p part="row name">{name}</p>
      ) : (
        <Switch
          id={id}
          label={name}
          on={draft.services[id] === true}
          onMove={(on) => move(withService(config.purposes, draft, id, on))}
        />
      )}
      <p part="text">{description}</p>
      <p part="text">{texts(mode === "tag" ? "byScript" : "byGateway")}</p>
      <p part="text">
        {texts("recipient", { name: recipient.name, country: texts.country(recipient.country) })}{" "}
        {recipient.crossBorder && <strong part="abroad">{texts("crossBorder")}</strong>}
      </p>
      {recipient.policy && (
        <p part="text">
          <Link href={recipient.policy}>{texts("recipientPolicy", { name: recipient.name })}</Link>
        </p>
      )}
      {stores.length > 0 && <Stores stores={stores} texts={texts} />}
    </li>
  );
}

/** The cookies and storage entries of a service. */
function Stores({ stores, texts }: { stores: InterfaceService["stores"]; texts: Texts }) {
  return (
    <details>
      <summary part="summary">{texts.plural("stores", stores.length)}</summary>
      <table part="stores">
        <thead>
          <tr>
            <th part="cell">{texts("entry")}</th>
            <th part="cell">{texts("kept")}</th>
            <th part="cell">{texts("removedBy")}</th>
          </tr>
        </thead>
        <tbody>
          {stores.map(({ name, days, removable }) => (
            <tr>
              <th part="cell entry" scope="row">
                {name}
              </th>
              <td part="cell">{texts.life(days)}</td>
              <td part="cell">{texts(removable ? "byUs" : "byYou")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
