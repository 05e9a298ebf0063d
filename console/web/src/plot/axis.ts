/** How times and numbers stand at the axes of a plot. Times are milliseconds since 1970, shown in local time, 24 hours. */

import { formatNumber } from "../text/number";
import { clock } from "../text/time";

const MINUTE = 60_000;
const DAY = 86_400_000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function day(date: Date): string {
  return `${date.getDate()} ${MONTHS[date.getMonth()]}`;
}

/** The labels of the time axis; `step` is the distance of two ticks. Midnight shows the day. */
export function timeLabels(moments: number[], step: number): string[] {
  return moments.map((moment) => {
    const date = new Date(moment);
    const midnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    if (step >= DAY || midnight) return day(date);
    if (step >= MINUTE) return clock(moment).slice(0, 5);
    if (step >= 1000) return clock(moment);
    return `${clock(moment)}.${String(date.getMilliseconds()).padStart(3, "0")}`;
  });
}

/** The labels of the value axis, each with as many digits as the step between them needs. */
export function valueLabels(values: number[]): string[] {
  const step = Math.abs((values[1] ?? 0) - (values[0] ?? 0));
  const decimals = step > 0 ? Math.max(0, Math.min(6, -Math.floor(Math.log10(step * 1.0000001)))) : 0;
  return values.map((value) => {
    if (Math.abs(value) >= 1e5) return short(value);
    return formatNumber(Number(value.toFixed(decimals)), decimals);
  });
}

function short(value: number): string {
  for (const [size, prefix] of [
    [1e12, "T"],
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ] as const) {
    if (Math.abs(value) >= size) return `${formatNumber(Number((value / size).toPrecision(4)))} ${prefix}`;
  }
  return formatNumber(value);
}

/** The least and greatest value that the axis shows: some room above and below, also around a flat line. */
export function valueRange(min: number | null, max: number | null): [number, number] {
  if (min === null || max === null || !Number.isFinite(min) || !Number.isFinite(max)) return [0, 1];
  const span = max - min;
  const least = Math.max(Math.abs(min), Math.abs(max)) * 0.02 || 1;
  if (span < least / 10) return [min - least, max + least];
  return [min - span * 0.12, max + span * 0.12];
}
