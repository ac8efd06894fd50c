import type { MineStrings } from "../locales/strings.ts";
import { Button } from "./button.tsx";
import { h } from "./jsx.ts";
import { fill } from "./texts.ts";

/** How far the visitor is: asked whether they are sure, and whether the gateway did not erase. */
export type ErasingStage = "" | "sure" | "failed";

interface ErasingProps {
  controller: { contact: string };
  erase: () => void;
  stage: ErasingStage;
  strings: MineStrings;
  turn: (stage: ErasingStage) => void;
}

/** Erases the visitor's records, after a second step in the place of the first. */
export function Erasing({ controller, erase, stage, strings, turn }: ErasingProps) {
  return [
    <p aria-live="polite">
      {stage && fill(stage === "sure" ? strings.eraseSure : strings.eraseFailed, controller)}
    </p>,
    <div part="actions">
      {/* The same button keeps the focus, and a second click takes the first one back. */}
      <Button onClick={() => turn(stage ? "" : "sure")}>
        {stage ? strings.eraseNot : strings.erase}
      </Button>
      {/* Stays where it failed: the focus is on it, and the next thing to do is to try again. */}
      {stage && <Button onClick={erase}>{strings.eraseNow}</Button>}
    </div>,
  ];
}
