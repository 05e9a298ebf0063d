/** The path of a small line. */

export interface SparkPoint {
  value: number;
  time: number;
}

const MARGIN = 2;

/**
 * An SVG path through the points that are younger than `spanMillis` before the last one. The line fills the width: a
 * device that has been here for a minute shows that minute.
 */
export function sparkPath(points: SparkPoint[], width: number, height: number, spanMillis: number): string {
  const end = points.at(-1)?.time ?? 0;
  const shown = points.filter((point) => point.time >= end - spanMillis);
  const start = shown[0]?.time ?? 0;
  if (shown.length < 2 || end <= start) return "";
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const { value } of shown) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  const x = (time: number) => ((time - start) / (end - start)) * width;
  const y = (value: number) =>
    max === min ? height / 2 : height - MARGIN - ((value - min) / (max - min)) * (height - 2 * MARGIN);
  return shown
    .map(({ time, value }, at) => `${at ? "L" : "M"}${x(time).toFixed(1)} ${y(value).toFixed(1)}`)
    .join("");
}
