/** Moments and lengths of time in words. Moments are milliseconds since 1970, lengths are milliseconds. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 s ago`; `in 12 s` for a clock that runs ahead of ours by more than two seconds. */
export function ago(moment: number, now: number): string {
  const age = now - moment;
  if (age < -2 * SECOND) return `in ${roughly(-age)}`;
  if (age < 1.5 * SECOND) return "just now";
  return `${roughly(age)} ago`;
}

/** The length in its largest unit: `12 s`, `5 min`, `3 h`, `2 days`. */
export function roughly(length: number): string {
  if (length < 100 * SECOND) return `${Math.floor(length / SECOND)} s`;
  if (length < 100 * MINUTE) return `${Math.floor(length / MINUTE)} min`;
  if (length < 48 * HOUR) return `${Math.floor(length / HOUR)} h`;
  return `${Math.floor(length / DAY)} days`;
}

/** The length in its two largest units: `1 h 05 min`. */
export function duration(length: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  if (length < MINUTE) return `${Math.floor(length / SECOND)} s`;
  if (length < HOUR) return `${Math.floor(length / MINUTE)} min ${two((length % MINUTE) / SECOND)} s`;
  if (length < DAY) return `${Math.floor(length / HOUR)} h ${two((length % HOUR) / MINUTE)} min`;
  return `${Math.floor(length / DAY)} d ${two((length % DAY) / HOUR)} h`;
}

/** `2026-11-25 10:00:00.123 UTC+01:00`, in the zone of the person who looks. */
export function absolute(moment: number): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "at an unknown time";
  const milliseconds = String(date.getMilliseconds()).padStart(3, "0");
  return `${isoDate(date)} ${clock(moment)}.${milliseconds} ${zone(date)}`;
}

/** `10:00:00`. */
export function clock(moment: number): string {
  const date = new Date(moment);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/** `2026-11-25`, in local time. */
export function isoDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function zone(date: Date): string {
  const minutes = -date.getTimezoneOffset();
  if (minutes === 0) return "UTC";
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `UTC${minutes > 0 ? "+" : "−"}${two(size / 60)}:${two(size % 60)}`;
}

/** What a time in JSON says, or null where it says nothing we understand. */
export function momentOf(text: unknown): number | null {
  if (typeof text !== "string") return null;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : moment;
}
