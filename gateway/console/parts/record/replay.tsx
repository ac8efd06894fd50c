/** The banner as the visitor of a record saw it: asked for when the officer wants to see it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { RecordAnswer } from "../../../contract/staff/staff.ts";
import type { Replay } from "../../../contract/staff/replay.ts";
import { useConsole } from "../../context.ts";
import { examineReplay, type Evidence } from "../../evidence.ts";
import { useAnswer } from "../../use-answer.ts";
import { Answered } from "../answered.tsx";
import { Copyable } from "../copyable.tsx";
import { Stage } from "../stage.tsx";

export function RecordReplay({ record }: Pick<RecordAnswer, "record">) {
  const { texts } = useConsole();
  const { replay } = texts;
  const [wanted, setWanted] = useState(false);
  return (
    <section class="replay">
      <h3>{replay.heading}</h3>
      <p class="muted">{replay.lead}</p>
      {wanted ? (
        <Replayed record={record} />
      ) : (
        <div class="form-actions">
          <button type="button" class="button" onClick={() => setWanted(true)}>
            {replay.show}
          </button>
        </div>
      )}
    </section>
  );
}

function Replayed({ record }: Pick<RecordAnswer, "record">) {
  const { api, texts } = useConsole();
  const { site, config, language, theme, viewport, place, jurisdiction } = record;
  const answer = useAnswer(`${site} ${config} ${language}`, () =>
    api.replay(site, config, language),
  );
  return (
    <Answered answer={answer} label={texts.replay.loading}>
      {(replay) => (
        <InSight>
          {place !== "banner" && <p class="note">{texts.replay.notSeen}</p>}
          <Stage
            scripts={replay.scripts}
            theme={theme ?? "light"}
            viewport={viewport ?? "wide"}
            label={texts.stage.label}
            jurisdiction={jurisdiction}
          />
          <Provenance replay={replay} config={config} />
        </InSight>
      )}
    </Answered>
  );
}

/** What the officer has just asked for, brought into view. */
function InSight({ children }: { children: ComponentChildren }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => element.current!.scrollIntoView({ block: "nearest" }), []);
  return (
    <div class="replay" ref={element}>
      {children}
    </div>
  );
}

/** Which code runs on the stage, and whether it is the logged one. */
function Provenance({ replay, config }: { replay: Replay; config: string }) {
  const { texts } = useConsole();
  const [found, setFound] = useState<Evidence | "checking">("checking");
  useEffect(() => {
    let current = true;
    const examine = async () => {
      const evidence = await examineReplay(replay, config, globalThis.crypto.subtle);
      if (current) setFound(evidence);
    };
    void examine();
    return () => {
      current = false;
    };
  }, [replay, config]);
  return (
    <>
      <p class={`evidence ${found}`} aria-live="polite">
        {texts.replay.evidence[found]}
      </p>
      <dl class="facts">
        <div>
          <dt>{texts.replay.build}</dt>
          <dd>
            <Copyable name={texts.replay.build} value={replay.build} />
          </dd>
        </div>
        <div>
          <dt>{texts.replay.version}</dt>
          <dd>
            <Copyable name={texts.replay.version} value={replay.version} />
          </dd>
        </div>
      </dl>
      <p class="muted">{texts.replay.page}</p>
    </>
  );
}
