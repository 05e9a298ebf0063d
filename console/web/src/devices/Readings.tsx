/** All metrics of a device as plots under each other, with one stretch of time for all. */

import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import { get, segment, wordsOf } from "../http/request";
import { now } from "../live/beat";
import { Plot } from "../plot/Plot";
import { RangeChoice } from "../plot/RangeChoice";
import { boundsOf, LENGTHS, queryOf, type Range, rangeOf } from "../plot/range";
import { Series, type ServedSeries } from "../plot/series";
import { addressOf } from "../shell/address";
import { DownloadIcon } from "../shell/icons";
import { go, route } from "../shell/route";
import { count } from "../text/number";
import { absolute } from "../text/time";
import type { Device } from "./device";
import { mainMetrics } from "./words";

interface ListedSeries {
  metric: string;
  unit?: string | null;
  from?: string | null;
  to?: string | null;
}

const POINTS = 600;
const REFRESH_MILLIS = 60_000;
const SHOWN_AT_ONCE = 8;

export function Readings({ device }: { device: Device }) {
  const version = device.version.value;
  const listed = useSignal<ListedSeries[] | null>(null);
  const failure = useSignal("");
  const drawn = useSignal(0);
  const limit = useSignal(SHOWN_AT_ONCE);
  const series = useMemo(() => new Map<string, Series>(), []);
  const before = useRef<Range | null>(null);

  useEffect(() => {
    get<ListedSeries[]>(`devices/${segment(device.id)}/series`)
      .then((found) => {
        listed.value = found;
      })
      .catch((error: unknown) => {
        failure.value = wordsOf(error);
        listed.value = [];
      });
  }, [device, listed, failure]);

  const query = route.value.query;
  const begin = beginOf(listed.value);
  const range = query.has("range") || query.has("from") ? rangeOf(query) : suiting(begin, device);
  const address = JSON.stringify(range);
  const names = namesOf(device, listed.value).slice(0, limit.value);
  const nameList = names.join("\n");
  const ready = listed.value !== null;

  useEffect(() => {
    if (!ready) return;
    const abort = new AbortController();
    const load = async () => {
      const [from, to] = boundsOf(range, Date.now());
      const asked = `from=${new Date(from).toISOString()}&to=${new Date(to).toISOString()}&points=${POINTS}`;
      for (const name of names) {
        const path = `devices/${segment(device.id)}/series/${segment(name)}?${asked}`;
        try {
          const served = await get<ServedSeries>(path, abort.signal);
          seriesOf(series, name).take(served);
          failure.value = "";
        } catch (error) {
          if (abort.signal.aborted) return;
          // A metric that history does not have yet is shown from what comes live.
          if ((error as { status?: number }).status !== 404) failure.value = wordsOf(error);
        }
        drawn.value += 1;
      }
    };
    series.clear();
    void load();
    const again = range.kind === "last" ? setInterval(load, REFRESH_MILLIS) : undefined;
    return () => {
      abort.abort();
      clearInterval(again);
    };
  }, [device, address, nameList, ready]);

  if (range.kind === "last") addLive(device, series, names);

  const [from, to] = boundsOf(range, now.value);
  const show = (chosen: Range) => go(addressOf(["devices", device.id], queryOf(chosen)));
  const zoom = (stretch: [number, number] | null) => {
    if (stretch !== null) {
      before.current = before.current ?? range;
      show({ kind: "between", from: Math.round(stretch[0]), to: Math.round(stretch[1]) });
    } else if (before.current !== null) {
      show(before.current);
      before.current = null;
    }
  };
  const choose = (chosen: Range) => {
    before.current = null;
    show(chosen);
  };
  const all = namesOf(device, listed.value).length;

  return (
    <section class="panel" aria-labelledby="readings-title">
      <header class="panel-head">
        <h2 id="readings-title">Readings</h2>
        <RangeChoice range={range} bounds={[from, to]} onChoose={choose} />
        <a class="button" href={csvAddress(device.id, from, to)} download>
          <DownloadIcon />
          <span>CSV</span>
        </a>
      </header>
      {failure.value !== "" && (
        <p class="notice look">
          <strong>History does not answer.</strong> {failure.value} The plots show what comes in from now on.
        </p>
      )}
      {all === 0 && ready && (
        <p class="quiet">
          No readings yet. A plot appears here with the first message on <code>sensor_data/{device.id}</code>.
        </p>
      )}
      {ready &&
        names.map((name, at) => {
          const metric = device.metrics.get(name);
          return (
            <Plot
              key={name}
              name={name}
              unit={metric?.unit ?? listed.value?.find((one) => one.metric === name)?.unit ?? null}
              decimals={metric?.decimals ?? 2}
              latest={metric?.latest ?? null}
              series={seriesOf(series, name)}
              version={drawn.value + version}
              from={from}
              to={to}
              timeAxis={at === names.length - 1}
              onZoom={zoom}
            />
          );
        })}
      {all > limit.value && (
        <button
          type="button"
          onClick={() => {
            limit.value += SHOWN_AT_ONCE;
          }}
        >
          Show {count(Math.min(SHOWN_AT_ONCE, all - limit.value), "more metric")}
        </button>
      )}
      {names.length > 0 && (
        <p class="quiet plots-foot">
          {begin !== null && begin > from && `History begins ${absolute(begin)}. `}
          Drag in a plot to look closer, double-click to go back.
        </p>
      )}
    </section>
  );
}

function seriesOf(series: Map<string, Series>, name: string): Series {
  let one = series.get(name);
  if (one === undefined) {
    one = new Series();
    series.set(name, one);
  }
  return one;
}

function addLive(device: Device, series: Map<string, Series>, names: string[]): void {
  for (const name of names) {
    for (const { time, value } of device.metrics.get(name)?.recent ?? [])
      seriesOf(series, name).add(time, value);
  }
}

function namesOf(device: Device, listed: ListedSeries[] | null): string[] {
  return [...new Set([...mainMetrics(device), ...(listed ?? []).map(({ metric }) => metric)])];
}

/** When history begins for this device. */
function beginOf(listed: ListedSeries[] | null): number | null {
  const moments = (listed ?? [])
    .map(({ from }) => Date.parse(from ?? ""))
    .filter((moment) => !Number.isNaN(moment));
  return moments.length === 0 ? null : Math.min(...moments);
}

/** A device that is new would be a speck at the right of an hour. */
function suiting(begin: number | null, device: Device): Range {
  const first = [...device.metrics.values()].map((metric) => metric.recent[0]?.time ?? Date.now());
  const start = begin ?? Math.min(Date.now(), ...first);
  return { kind: "last", name: Date.now() - start < LENGTHS["10m"] ? "10m" : "1h" };
}

function csvAddress(id: string, from: number, to: number): string {
  const query = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() });
  return `api/v1/devices/${segment(id)}/readings.csv?${query}`;
}
