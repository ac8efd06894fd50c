/** Counts per day as lines, drawn by uPlot, which is fetched when the first chart is shown. */
import { useEffect, useRef, useState } from "preact/hooks";
import type uPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useConsole } from "../context.ts";
import { calendarDay } from "../format.ts";
import { DataTable } from "./data-table.tsx";

export interface Line {
  name: string;
  /** Design token of its colour. */
  colour: "--granted" | "--denied" | "--warning" | "--accent" | "--danger";
  /** Lengths of strokes and gaps, so that lines are told apart without their colours; none: unbroken. */
  dash?: number[];
  /** One for each day. */
  values: number[];
}

/** Height of the drawing, pixels. */
const height = 220;

/** @param props.days in UTC, `2026-05-04`, without gaps */
export function Chart(props: { heading: string; days: string[]; lines: Line[] }) {
  const { heading, days, lines } = props;
  const { texts, settings } = useConsole();
  const box = useRef<HTMLDivElement>(null);
  /** Which day the pointer is on. */
  const [at, setAt] = useState<number | null>(null);
  const dark = useDarkPreference();

  useEffect(() => {
    const element = box.current!;
    let chart: uPlot | null = null;
    let gone = false;
    const follow = new ResizeObserver(() => chart?.setSize({ width: element.clientWidth, height }));
    const draw = async () => {
      const { default: Plot } = await import("uplot");
      if (gone) return;
      const ink = colourOf(element, "--muted");
      const grid = { stroke: colourOf(element, "--line"), width: 1 };
      const axis = { stroke: ink, grid, ticks: grid, font: "12px system-ui, sans-serif" };
      const moments = days.map((day) => Date.parse(day) / 1000);
      const values = (_: uPlot, at: number[]) =>
        at.map((second) => calendarDay(second, settings.language));
      const options: uPlot.Options = {
        width: element.clientWidth,
        height,
        legend: { show: false },
        cursor: { y: false, drag: { x: false, y: false } },
        tzDate: (second) => Plot.tzDate(new Date(second * 1000), "Etc/UTC"),
        scales: { y: { range: (_, __, most) => [0, Math.max(4, most * 1.1)] } },
        axes: [
          {
            ...axis,
            values,
            size: 32,
            space: 80,
            incrs: [1, 2, 7, 14, 28, 56, 91].map((n) => n * 86_400),
          },
          {
            ...axis,
            size: 48,
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 5e3, 1e4, 1e5, 1e6],
          },
        ],
        series: [
          {},
          ...lines.map(({ name, colour, dash }) => ({
            label: name,
            stroke: colourOf(element, colour),
            width: 2,
            ...(dash && { dash }),
            points: { show: days.length <= 31, size: 5, fill: colourOf(element, colour) },
          })),
        ],
        hooks: { setCursor: [({ cursor }) => setAt(cursor.idx ?? null)] },
      };
      chart = new Plot(options, [moments, ...lines.map(({ values }) => values)], element);
      follow.observe(element);
    };
    void draw();
    return () => {
      gone = true;
      follow.disconnect();
      chart?.destroy();
    };
  }, [days, lines, settings, dark]);

  const said = (values: number[]) =>
    at === null ? values.reduce((sum, value) => sum + value, 0) : (values[at] ?? 0);
  return (
    <figure class="chart card">
      <figcaption>
        <h2>{heading}</h2>
        <p class="muted">
          {at === null || days[at] === undefined
            ? texts.overview.inAll
            : calendarDay(Date.parse(days[at]) / 1000, settings.language)}
        </p>
        <ul class="legend">
          {lines.map(({ name, colour, dash, values }) => (
            <li key={name}>
              <svg class={`swatch ${colour.slice(2)}`} viewBox="0 0 28 4" aria-hidden="true">
                <path d="M0 2H28" stroke-dasharray={dash?.join(" ")} />
              </svg>
              {name} <strong>{said(values).toLocaleString(settings.language)}</strong>
            </li>
          ))}
        </ul>
      </figcaption>
      <div ref={box} class="chart-box" aria-hidden="true" />
      <details>
        <summary>{texts.overview.asTable}</summary>
        <DataTable
          label={heading}
          columns={[texts.overview.day, ...lines.map(({ name }) => name)]}
          numbersFrom={1}
          rows={days
            .map((day, at) => ({
              key: day,
              cells: [day, ...lines.map(({ values }) => values[at])],
            }))
            .filter((_, at) => lines.some(({ values }) => values[at] !== 0))}
        />
      </details>
    </figure>
  );
}

/** A token's colour as it is now; the canvas knows nothing of style sheets. */
function colourOf(element: HTMLElement, token: string): string {
  element.style.color = `var(${token})`;
  const { color } = getComputedStyle(element);
  element.style.removeProperty("color");
  return color;
}

function useDarkPreference(): boolean {
  const query = "(prefers-color-scheme: dark)";
  const [dark, setDark] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const follow = () => setDark(list.matches);
    list.addEventListener("change", follow);
    return () => list.removeEventListener("change", follow);
  }, []);
  return dark;
}
