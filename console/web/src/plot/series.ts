/** The points of one plot: what history had, and what came live since. */

/** As the server has them: `[timeMillis, min, max, average]`, oldest first. */
export type Point = [number, number, number, number];

export interface ServedSeries {
  metric: string;
  unit?: string | null;
  bucketSeconds?: number | null;
  points: Point[];
}

// A page that stays open for days keeps this many live points; older ones come from history at the next look.
const MAXIMUM_LIVE_POINTS = 20_000;
// More than this many of the usual distance without a reading is drawn as a gap.
const GAP_FACTOR = 4;

export class Series {
  points: Point[] = [];
  /** Smallest distance of two served points, in milliseconds; 0 for readings that are not summed up. */
  bucketMillis = 0;

  take(served: ServedSeries): void {
    const last = served.points.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY;
    this.points = [...served.points, ...this.points.filter((point) => point[0] > last)];
    this.bucketMillis = (served.bucketSeconds ?? 0) * 1000;
  }

  /** False when it is older than what there is. */
  add(time: number, value: number): boolean {
    const last = this.points.at(-1);
    if (last !== undefined && time <= last[0]) return false;
    if (last !== undefined && this.bucketMillis > 0 && sameBucket(last[0], time, this.bucketMillis)) {
      last[1] = Math.min(last[1], value);
      last[2] = Math.max(last[2], value);
    } else {
      this.points.push([time, value, value, value]);
    }
    if (this.points.length > MAXIMUM_LIVE_POINTS)
      this.points.splice(0, this.points.length - MAXIMUM_LIVE_POINTS);
    return true;
  }

  /** What the plot draws between two moments, with the neighbours outside so that lines reach the edges. */
  columns(from: number, to: number): Columns {
    const first = Math.max(0, this.points.findIndex((point) => point[0] >= from) - 1);
    const none = this.points.length === 0 || (this.points.at(-1)?.[0] ?? 0) < from;
    const shown = none
      ? []
      : this.points.slice(first).filter((point, at, all) => point[0] <= to || (all[at - 1]?.[0] ?? to) < to);
    return withGaps(shown, Math.max(gapOf(shown), this.bucketMillis * GAP_FACTOR));
  }

  /** Least, greatest and mean value between two moments; null without points. */
  extent(from: number, to: number): { min: number; max: number; mean: number } | null {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let points = 0;
    for (const [time, least, most, average] of this.points) {
      if (time < from || time > to) continue;
      min = Math.min(min, least);
      max = Math.max(max, most);
      sum += average;
      points += 1;
    }
    return points === 0 ? null : { min, max, mean: sum / points };
  }
}

/** Times, averages, least and greatest values; null where there is a gap. */
export type Columns = [number[], (number | null)[], (number | null)[], (number | null)[]];

function sameBucket(one: number, other: number, length: number): boolean {
  return Math.floor(one / length) === Math.floor(other / length);
}

function gapOf(points: Point[]): number {
  const distances: number[] = [];
  for (let at = 1; at < points.length; at += 1) {
    distances.push((points[at]?.[0] ?? 0) - (points[at - 1]?.[0] ?? 0));
  }
  distances.sort((one, other) => one - other);
  // The upper quartile, since a sensor that sends only changes is silent for a while and yet not away.
  const usual = distances[Math.floor(distances.length * 0.75)] ?? Number.POSITIVE_INFINITY;
  return Math.max(usual * GAP_FACTOR, 2000);
}

function withGaps(points: Point[], gapMillis: number): Columns {
  const columns: Columns = [[], [], [], []];
  let before = Number.POSITIVE_INFINITY;
  for (const [time, min, max, average] of points) {
    if (time - before > gapMillis) {
      columns[0].push((before + time) / 2);
      columns[1].push(null);
      columns[2].push(null);
      columns[3].push(null);
    }
    columns[0].push(time);
    columns[1].push(average);
    columns[2].push(min);
    columns[3].push(max);
    before = time;
  }
  return columns;
}
