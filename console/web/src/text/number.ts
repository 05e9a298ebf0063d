/** Numbers as a person reads them: thin spaces between thousands, SI prefixes, no more digits than were measured. */

const THIN_SPACE = "\u2009";
const MINUS = "−";

/** How many digits a number of this size deserves behind its point. */
function mostDecimals(value: number): number {
  const size = Math.abs(value);
  if (size >= 1000) return 0;
  if (size >= 100) return 1;
  if (size >= 1 || size === 0) return 2;
  return Math.min(6, 2 - Math.floor(Math.log10(size)));
}

/** How many digits behind the point the number was given with, bounded by what its size deserves. */
export function decimalsOf(value: number): number {
  const limit = mostDecimals(value);
  const text = value.toFixed(limit);
  return text.includes(".") ? text.replace(/0+$/, "").length - text.indexOf(".") - 1 : 0;
}

/** A measured number. `decimals`: how many digits behind the point to show at least, where its size allows. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return value.toExponential(2).replace("-", MINUS);
  const shown = Math.min(mostDecimals(value), Math.max(decimals, decimalsOf(value)));
  return group(value.toFixed(shown));
}

/** A count or rate with an SI prefix, at most three or four digits: `12.4 k`, `3.1 M`. */
export function formatShort(value: number): string {
  return scaled(value, ["", "k", "M", "G", "T"]).join(THIN_SPACE).trimEnd();
}

/** Bytes in SI units: `3.1 MB`. */
export function formatBytes(value: number): string {
  const [digits, prefix] = scaled(value, ["", "k", "M", "G", "T"]);
  return `${digits}${THIN_SPACE}${prefix}B`;
}

function scaled(value: number, prefixes: string[]): [string, string] {
  let rest = value;
  let step = 0;
  while (Math.abs(rest) >= 999.5 && step < prefixes.length - 1) {
    rest /= 1000;
    step += 1;
  }
  const decimals = Math.abs(rest) >= 100 || Number.isInteger(rest) ? 0 : 1;
  return [group(rest.toFixed(decimals)), prefixes[step] ?? ""];
}

function group(text: string): string {
  const [whole = "", fraction] = text.replace("-", MINUS).split(".");
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE) : whole;
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** `1 device`, `3 devices`. */
export function count(amount: number, one: string, many = `${one}s`): string {
  return `${formatNumber(amount)} ${amount === 1 ? one : many}`;
}
