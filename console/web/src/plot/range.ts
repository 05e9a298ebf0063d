/** The stretch of time that plots show: one that ends now and moves on, or one between two moments. */

const MINUTE = 60_000;

export type Range = { kind: "last"; name: RangeName } | { kind: "between"; from: number; to: number };

export type RangeName = "10m" | "1h" | "24h" | "30d";

export const LENGTHS: Record<RangeName, number> = {
  "10m": 10 * MINUTE,
  "1h": 60 * MINUTE,
  "24h": 1440 * MINUTE,
  "30d": 30 * 1440 * MINUTE,
};

export const LABELS: Record<RangeName, string> = {
  "10m": "10 min",
  "1h": "1 h",
  "24h": "24 h",
  "30d": "30 d",
};

/** Of an address such as `?range=24h` or `?from=…&to=…`; the last hour where it says nothing sensible. */
export function rangeOf(query: URLSearchParams): Range {
  const from = Date.parse(query.get("from") ?? "");
  const to = Date.parse(query.get("to") ?? "");
  if (from < to) return { kind: "between", from, to };
  const name = query.get("range");
  return { kind: "last", name: name !== null && Object.hasOwn(LENGTHS, name) ? (name as RangeName) : "1h" };
}

export function queryOf(range: Range): Record<string, string | null> {
  return range.kind === "last"
    ? { range: range.name, from: null, to: null }
    : { range: null, from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
}

/** From when to when, in milliseconds, as seen now. */
export function boundsOf(range: Range, now: number): [number, number] {
  return range.kind === "last" ? [now - LENGTHS[range.name], now] : [range.from, range.to];
}
