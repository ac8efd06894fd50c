import type { DecisionPlace } from "../../gateway/contract/decision.ts";
import { Button } from "./button.tsx";
import { everything } from "./choice.ts";
import { h, type Child } from "./jsx.ts";
import { Linked } from "./link.tsx";
import type { Model } from "./model.ts";

interface FootProps {
  model: Model;
  place: DecisionPlace;
  /** Names the consent document and the buttons that accept it (152-FZ: consent is given by itself). */
  consent: string;
  /** The third button, beside *Accept all* and *Refuse all*. */
  children: Child;
}

/** Where it is decided. */
export function Foot({ model, place, consent, children }: FootProps) {
  const { config, decide, strings } = model;
  return (
    <div part="foot">
      {config.jurisdiction === "ru" && (
        <p part="consent">
          <Linked text={consent} values={{ ...strings }} href={config.documents.consent} />
        </p>
      )}
      <div part="actions">
        <Button onClick={() => decide(everything(config.purposes, true), place, "accept-all")}>
          {strings.accept}
        </Button>
        <Button onClick={() => decide(everything(config.purposes, false), place, "refuse-all")}>
          {strings.refuse}
        </Button>
        {children}
      </div>
    </div>
  );
}
