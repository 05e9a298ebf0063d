/** One metric over time: a line of averages with a band from least to greatest. */

import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { isDark } from "../shell/theme";
import { formatNumber } from "../text/number";
import { absolute, ago } from "../text/time";
import { timeLabels, valueLabels, valueRange } from "./axis";
import type { Series } from "./series";

export interface PlotProps {
  name: string;
  unit: string | null;
  decimals: number;
  /** What is shown while the pointer is elsewhere; null before the first reading. */
  latest: { time: number; value: number } | null;
  series: Series;
  /** Changes when the series did. */
  version: number;
  from: number;
  to: number;
  /** The last of several plots under each other carries the time axis of all. */
  timeAxis: boolean;
  /** A stretch of time was chosen with the pointer; null: back to where it was before. */
  onZoom: (stretch: [number, number] | null) => void;
}

const HEIGHT = 148;
const TIME_AXIS = 28;
const VALUE_AXIS = 60;

export function Plot(props: PlotProps) {
  const { name, unit, decimals, series, version, from, to, timeAxis } = props;
  const box = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const under = useSignal<{ time: number; value: number } | null>(null);
  const dark = isDark.value;

  // The colours are read from the page, which `dark` stands for.
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    let over = false;
    let resizing: ResizeObserver | undefined;
    // As the MQTT client: what is seen first does not wait for it.
    void import("./canvas").then(({ draw }) => {
      if (over) return;
      const made = draw(element, options(element));
      plot.current = made;
      resizing = new ResizeObserver(() =>
        made.setSize({ width: element.clientWidth, height: heightOf(timeAxis) }),
      );
      resizing.observe(element);
      show(made, latest.current);
    });
    return () => {
      over = true;
      resizing?.disconnect();
      plot.current?.destroy();
      plot.current = null;
    };
  }, [dark, timeAxis]);

  // Not with each rendering: drawing moves the cursor's reading, which renders anew.
  useEffect(() => {
    if (plot.current) show(plot.current, { series, from, to });
  }, [series, version, from, to]);

  function options(element: HTMLElement): uPlot.Options {
    const colour = (property: string) => resolve(element, property);
    const accent = colour("--accent");
    const quiet = colour("--text-quiet");
    const grid = { stroke: colour("--line"), width: 1 };
    const axis = { stroke: quiet, grid, ticks: { show: false }, font: "13px system-ui, sans-serif" };
    const edge = { stroke: "transparent", points: { show: false } };
    return {
      width: element.clientWidth,
      height: heightOf(timeAxis),
      ms: 1,
      legend: { show: false },
      padding: [8, 12, 4, 0],
      scales: {
        x: { time: true, range: () => [latest.current.from, latest.current.to] },
        y: { range: (_, min, max) => valueRange(min, max) },
      },
      axes: [
        {
          ...axis,
          size: timeAxis ? TIME_AXIS : 0,
          space: 72,
          values: (_, moments, __, ___, step) =>
            timeAxis ? timeLabels(moments, step) : moments.map(() => ""),
        },
        { ...axis, size: VALUE_AXIS, space: 26, gap: 8, values: (_, values) => valueLabels(values) },
      ],
      series: [{}, { stroke: accent, width: 1.5, points: { size: 4, fill: accent, width: 0 } }, edge, edge],
      bands: [{ series: [3, 2], fill: accent.replace("rgb(", "rgba(").replace(")", ", 0.15)") }],
      cursor: {
        sync: { key: "readings" },
        y: false,
        drag: { x: true, y: false, setScale: false },
        // Only the line of averages is followed, not the edges of the band.
        points: { size: 7, width: 0, fill: (_, at) => (at === 1 ? accent : "transparent") },
        bind: { dblclick: () => () => back() },
      },
      hooks: {
        setCursor: [(u) => readUnder(u)],
        setSelect: [(u) => choose(u)],
      },
    };
  }

  function readUnder(u: uPlot): void {
    const at = u.cursor.idx;
    const time = at == null ? null : u.data[0][at];
    const value = at == null ? null : u.data[1]?.[at];
    const inside = (u.cursor.left ?? -1) >= 0;
    const read = inside && time != null && value != null ? { time, value } : null;
    const { time: before, value: shownBefore } = under.peek() ?? {};
    if (read?.time !== before || read?.value !== shownBefore) under.value = read;
  }

  function choose(u: uPlot): void {
    const { left, width } = u.select;
    if (width < 4) return;
    const stretch: [number, number] = [u.posToVal(left, "x"), u.posToVal(left + width, "x")];
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    // The other plots follow the pointer; only the one under it has an event.
    if (u.cursor.event) latest.current.onZoom(stretch);
  }

  function back(): null {
    latest.current.onZoom(null);
    return null;
  }

  const extent = series.extent(from, to);
  const shown = under.value ?? props.latest;
  const withUnit = (value: number) => `${formatNumber(value, decimals)}${unit ? ` ${unit}` : ""}`;
  const summary = extent
    ? `${name} from ${absolute(from)} to ${absolute(to)}: least ${withUnit(extent.min)}, greatest ${withUnit(extent.max)}`
    : `${name}: no readings in this stretch of time`;

  return (
    <section class="plot" aria-label={name}>
      <header class="plot-head">
        <h3>{name}</h3>
        <p class="plot-value">
          <span class="figure">{shown ? formatNumber(rounded(shown.value, decimals), decimals) : "–"}</span>
          {unit && <span class="unit">{unit}</span>}
        </p>
        <p class="quiet plot-when">
          {under.value ? absolute(under.value.time) : props.latest ? ago(props.latest.time, Date.now()) : ""}
        </p>
        {extent && (
          <dl class="plot-extent">
            {(["min", "mean", "max"] as const).map((key) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{formatNumber(rounded(extent[key], decimals), decimals)}</dd>
              </div>
            ))}
          </dl>
        )}
      </header>
      <div
        class="plot-canvas"
        ref={box}
        role="img"
        aria-label={summary}
        style={{ height: `${heightOf(timeAxis)}px` }}
      >
        {extent === null && <p class="plot-none quiet">No readings in this stretch of time</p>}
      </div>
    </section>
  );
}

function heightOf(timeAxis: boolean): number {
  return timeAxis ? HEIGHT + TIME_AXIS : HEIGHT;
}

/** A mean has more digits than were measured. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}

function show(plot: uPlot, { series, from, to }: Pick<PlotProps, "series" | "from" | "to">): void {
  plot.setData(series.columns(from, to), true);
}

/** What a colour of the page is now, as the canvas needs it. */
function resolve(element: HTMLElement, property: string): string {
  const probe = document.createElement("span");
  probe.style.color = `var(${property})`;
  element.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}
