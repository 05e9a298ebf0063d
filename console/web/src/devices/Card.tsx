/** One device at a glance: state, main readings with their last minutes, when it was last heard. */

import { useEffect, useRef } from "preact/hooks";
import { get, segment } from "../http/request";
import { liveness } from "../live/broker";
import { Sparkline } from "../plot/Sparkline";
import type { ServedSeries } from "../plot/series";
import { addressOf } from "../shell/address";
import { Dot } from "../shell/Dot";
import { formatNumber } from "../text/number";
import { Time } from "../text/Time";
import { cut } from "../text/visible";
import type { Device, Metric } from "./device";
import { mainMetrics, stateOf } from "./words";

const SHOWN_METRICS = 3;
const SPAN_MILLIS = 10 * 60_000;
const FILL_POINTS = 120;

export function Card({ device }: { device: Device }) {
  void device.version.value;
  const card = useRef<HTMLAnchorElement>(null);
  const { tone, word } = stateOf(device);
  const trouble = device.trouble();
  const names = mainMetrics(device);
  // What is shown changes when the device tells which of its sensors matter.
  const shown = names.slice(0, SHOWN_METRICS).join("\n");
  useEffect(
    () => (shown === "" ? undefined : whenSeen(card.current, () => void fill(device))),
    [device, shown],
  );
  const stale = device.status === "offline" || liveness.value.state === "lost";
  return (
    <a ref={card} class="card" href={addressOf(["devices", device.id])}>
      <div class="card-head">
        <h2 title={device.id}>
          <bdi>{cut(device.id, 48)}</bdi>
        </h2>
        <Dot tone={tone} word={word} />
      </div>
      {names.length === 0 ? (
        <p class="quiet card-none">No readings yet</p>
      ) : (
        <dl class={stale ? "readings stale" : "readings"}>
          {names.slice(0, SHOWN_METRICS).map((name) => {
            const metric = device.metrics.get(name);
            return metric && <MetricRow key={name} metric={metric} />;
          })}
        </dl>
      )}
      {trouble !== null && <p class="card-trouble">{cut(trouble, 120)}</p>}
      <p class="card-foot quiet">
        <span>
          Last seen <Time moment={device.lastSeen} />
        </span>
        {names.length > SHOWN_METRICS && <span>{names.length - SHOWN_METRICS} more</span>}
      </p>
    </a>
  );
}

function MetricRow({ metric }: { metric: Metric }) {
  const { latest } = metric;
  return (
    <div class="reading">
      <dt title={metric.name}>
        <bdi>{cut(metric.name, 40)}</bdi>
      </dt>
      <dd>
        <span class="figure">{latest === null ? "–" : formatNumber(latest.value, metric.decimals)}</span>
        {metric.unit && <span class="unit">{cut(metric.unit, 12)}</span>}
      </dd>
      <dd class="reading-spark">
        <Sparkline
          points={metric.recent}
          spanMillis={SPAN_MILLIS}
          label={`${cut(metric.name, 40)}, the last minutes`}
        />
      </dd>
    </div>
  );
}

/** Asks history for the last minutes of what the card shows, once. */
async function fill(device: Device): Promise<void> {
  const to = new Date();
  const from = new Date(to.getTime() - SPAN_MILLIS);
  const query = `from=${from.toISOString()}&to=${to.toISOString()}&points=${FILL_POINTS}`;
  for (const name of mainMetrics(device).slice(0, SHOWN_METRICS)) {
    const metric = device.metrics.get(name);
    if (!metric || metric.filled) continue;
    metric.filled = true;
    try {
      const path = `devices/${segment(device.id)}/series/${segment(name)}?${query}`;
      const { points } = await get<ServedSeries>(path);
      metric.fill(points.map(([time, , , average]) => ({ time, value: average })));
      device.changed();
    } catch {
      // No history, or none of this metric: the line then begins with what comes live.
      return;
    }
  }
}

function whenSeen(element: Element | null, act: () => void): () => void {
  if (element === null) return () => {};
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    act();
  });
  observer.observe(element);
  return () => observer.disconnect();
}
