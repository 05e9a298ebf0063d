/** A change to a device's configuration: what was typed, what of it is wrong, and the patch that carries it. */

import { formatNumber } from "../text/number";
import type { Sensor, Twin } from "./device";

export type Field = "interval" | "sensitivity";

export const FIELDS: Field[] = ["interval", "sensitivity"];

export const LEAST_INTERVAL = 0.1;
export const GREATEST_INTERVAL = 86_400;

/** Where a change stands. Moments are milliseconds. */
export type Progress =
  | { state: "none" }
  | { state: "sending"; sent: number }
  /** On its way: the device answers when it is there. */
  | { state: "sent"; sent: number; changeId: string }
  | { state: "applied"; sent: number; at: number; revision: number | null }
  | { state: "refused"; sent: number; at: number; reasons: string[] };

/** What was typed, by sensor and field. */
export type Draft = ReadonlyMap<string, string>;

export function keyOf(sensor: string, field: Field): string {
  return `${field} ${sensor}`;
}

/** The value in force, as its field shows it. */
export function inForce(sensor: Sensor, field: Field): string {
  const value = sensor[field];
  return value === null ? "" : String(value);
}

/** What is wrong with what was typed, or null. */
export function errorOf(field: Field, typed: string): string | null {
  const value = parse(typed);
  if (value === null) return "Must be a number, such as 2.5";
  if (field === "interval" && (value < LEAST_INTERVAL || value > GREATEST_INTERVAL)) {
    return `Must be ${LEAST_INTERVAL} to ${formatNumber(GREATEST_INTERVAL)} seconds`;
  }
  if (field === "sensitivity" && value < 0) return "Must be 0 or more; 0 sends every reading";
  return null;
}

function parse(typed: string): number | null {
  const text = typed.trim().replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : null;
}

export interface Edits {
  /** A JSON merge patch; null where nothing differs from what is in force. */
  patch: { sensors: Record<string, Partial<Record<Field, number>>> } | null;
  /** How many fields differ. */
  changed: number;
  /** By key of the field. */
  errors: Map<string, string>;
}

/** What the draft means beside what is in force. */
export function editsOf(twin: Twin, draft: Draft): Edits {
  const sensors: Record<string, Partial<Record<Field, number>>> = Object.create(null);
  const errors = new Map<string, string>();
  let changed = 0;
  for (const [name, sensor] of twin.sensors) {
    for (const field of FIELDS) {
      const typed = draft.get(keyOf(name, field));
      if (typed === undefined || typed === inForce(sensor, field)) continue;
      const error = errorOf(field, typed);
      const value = parse(typed);
      if (error !== null) {
        errors.set(keyOf(name, field), error);
        changed += 1;
      } else if (value !== null && value !== sensor[field]) {
        sensors[name] = { ...sensors[name], [field]: value };
        changed += 1;
      }
    }
  }
  return { patch: Object.keys(sensors).length > 0 ? { sensors } : null, changed, errors };
}

/** The change's state after the device reported anew. */
export function settle(progress: Progress, twin: Twin | null): Progress {
  if (progress.state !== "sent" || twin?.change?.id !== progress.changeId) return progress;
  const { sent } = progress;
  const at = twin.change.time ?? Date.now();
  return twin.change.result === "applied"
    ? { state: "applied", sent, at, revision: twin.revision }
    : { state: "refused", sent, at, reasons: twin.change.reasons };
}
