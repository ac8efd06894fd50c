/** A banner on its stage: scripts that run without a network, at the width of the visitor's window. */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Jurisdiction } from "../../contract/site.ts";
import type { ShownScripts } from "../../contract/staff/replay.ts";
import { useConsole } from "../context.ts";
import { ready, type Play } from "../stage/message.ts";

export interface Look {
  theme: "light" | "dark";
  viewport: "narrow" | "wide";
}

/** CSS pixels of a usual window of each class: a phone's, and a laptop's. */
const windows = { narrow: { width: 360, height: 640 }, wide: { width: 1280, height: 720 } };

interface StageProps extends Look {
  scripts: ShownScripts;
  /** What is shown, and that nothing comes of it. */
  label: string;
  /** The profile in force, on a site with several. */
  jurisdiction?: Jurisdiction | null;
}

export function Stage({ scripts, theme, viewport, label, jurisdiction = null }: StageProps) {
  const { texts } = useConsole();
  const room = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [whole, setWhole] = useState(true);
  const available = useWidth(room);
  const { width, height } = windows[viewport];
  // Another look is another visitor: a frame of its own, which leaves nothing in the browser's history.
  const visitor = useMemo(() => Symbol(), [scripts, theme, viewport, jurisdiction]);
  const scale = whole && available > 0 ? Math.min(1, available / width) : 1;

  // Before the browser does anything else: the stage may be there at once, and says so only once.
  useLayoutEffect(() => {
    const play = ({ source, data }: MessageEvent) => {
      const stage = frame.current?.contentWindow;
      if (!stage || source !== stage || data !== ready) return;
      // Its origin is opaque and cannot be named; `frame-src` keeps it the gateway's page.
      stage.postMessage({ scripts, theme, jurisdiction } satisfies Play, "*");
    };
    window.addEventListener("message", play);
    return () => window.removeEventListener("message", play);
  }, [visitor]);

  return (
    <div class={`stage ${viewport}`}>
      <div class="stage-bar">
        <span class="badge">{label}</span>
        <span class="muted">{texts.stage.size(width, height)}</span>
        <button
          type="button"
          class="button quiet"
          aria-pressed={!whole}
          onClick={() => setWhole(!whole)}
        >
          {texts.stage.actual}
        </button>
      </div>
      <div
        class={whole ? "stage-room" : "stage-room scrolls"}
        ref={room}
        // What scrolls must be scrollable by keyboard too.
        {...(!whole && { tabIndex: 0, role: "group", "aria-label": texts.stage.title })}
      >
        <div class="stage-window" style={sizeOf(width * scale, height * scale)}>
          <iframe
            ref={frame}
            key={visitor}
            src="stage"
            sandbox="allow-scripts"
            referrerpolicy="no-referrer"
            title={texts.stage.title}
            style={{ ...sizeOf(width, height), transform: `scale(${scale})` }}
          />
        </div>
      </div>
    </div>
  );
}

const sizeOf = (width: number, height: number) => ({ width: `${width}px`, height: `${height}px` });

/** Width of an element's content box, 0 before it is known. */
function useWidth(element: { current: HTMLElement | null }): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(element.current!);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
