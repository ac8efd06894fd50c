import { Button } from "./button.tsx";
import type { Model } from "./model.ts";
import { fill } from "./texts.ts";

/** Erases the visitor's records, after a second step in the place of the first. */
export function Erasing({ config, erase, erasing, set, strings }: Model) {
  const sure = erasing === "sure";
  return (
    <>
      <p aria-live="polite">
        {sure && strings.eraseSure}
        {erasing === "failed" && fill(strings.eraseFailed, config.controller)}
      </p>
      <div part="actions">
        {/* The same button keeps the focus, and a second click takes the first one back. */}
        <Button onClick={() => set({ erasing: sure ? "" : "sure" })}>
          {sure ? strings.eraseNot : strings.erase}
        </Button>
        {sure && <Button onClick={erase}>{strings.eraseNow}</Button>}
      </div>
    </>
  );
}
