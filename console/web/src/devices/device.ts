/** One device as the page knows it, and how what the server and the broker say changes it. */

import { type Signal, signal } from "@preact/signals";
import { onNextBeat } from "../live/beat";
import { decimalsOf } from "../text/number";
import { momentOf } from "../text/time";

export type Status = "online" | "offline" | "unknown";

export interface Reading {
  value: number;
  /** Moment of the measurement, in milliseconds. */
  time: number;
}

export interface Sensor {
  kind: string | null;
  unit: string | null;
  /** Seconds between two readings; null where the device does not say. */
  interval: number | null;
  /** Least change that is sent; null where the device does not say. */
  sensitivity: number | null;
  /** Why it gives no reading now; null while it does. */
  error: string | null;
}

/** What the device answered to its last change of configuration. */
export interface Change {
  id: string | null;
  result: "applied" | "refused";
  time: number | null;
  reasons: string[];
}

/** What the device reports of itself. */
export interface Twin {
  json: Record<string, unknown>;
  time: number | null;
  revision: number | null;
  address: string | null;
  version: string | null;
  os: string | null;
  since: number | null;
  sensors: Map<string, Sensor>;
  change: Change | null;
}

/** A device as `GET /api/v1/devices` has it. */
export interface ListedDevice {
  id: string;
  status?: string;
  statusSince?: string | null;
  lastSeen?: string | null;
  address?: string | null;
  latest?: Record<string, { value: number; unit?: string | null; time?: string | null }>;
  problem?: string | null;
  twin?: unknown;
}

// A device that sends a new name with each message fills no more than this.
const MAXIMUM_METRICS = 200;
const RECENT_POINTS = 240;
const DEEPEST = 8;

export class Metric {
  readonly name: string;
  unit: string | null = null;
  latest: Reading | null = null;
  /** As many digits behind the point as the readings have had, so that a number does not change its width. */
  decimals = 0;
  /** The last readings, oldest first, for the small line; at most RECENT_POINTS. */
  recent: Reading[] = [];
  /** True once `recent` also holds what history had. */
  filled = false;

  constructor(name: string) {
    this.name = name;
  }

  add(reading: Reading): void {
    const last = this.recent.at(-1);
    if (last !== undefined && reading.time <= last.time) return;
    this.recent.push(reading);
    if (this.recent.length > RECENT_POINTS) this.recent.shift();
  }

  /** Puts what history had before what came live. */
  fill(past: Reading[]): void {
    const first = this.recent[0]?.time ?? Number.POSITIVE_INFINITY;
    this.recent = [...past.filter((point) => point.time < first), ...this.recent].slice(-RECENT_POINTS);
    this.filled = true;
  }
}

export class Device {
  readonly id: string;
  status: Status = "unknown";
  statusSince: number | null = null;
  lastSeen: number | null = null;
  address: string | null = null;
  problem: string | null = null;
  twin: Twin | null = null;
  readonly metrics = new Map<string, Metric>();
  /** Grows with each change, at most four times a second: what shows the device reads it. */
  readonly version: Signal<number> = signal(0);

  readonly #announce = () => {
    this.version.value += 1;
  };

  constructor(id: string) {
    this.id = id;
  }

  changed(): void {
    onNextBeat(this.#announce);
  }

  takeListed(listed: ListedDevice): void {
    if (listed.status === "online" || listed.status === "offline") this.status = listed.status;
    this.statusSince = momentOf(listed.statusSince) ?? this.statusSince;
    this.lastSeen = later(this.lastSeen, momentOf(listed.lastSeen));
    this.address = listed.address ?? this.address;
    this.problem = listed.problem ?? null;
    for (const [name, { value, unit, time }] of Object.entries(listed.latest ?? {})) {
      const metric = this.#metric(name);
      if (metric === null || typeof value !== "number") continue;
      metric.unit = unit ?? metric.unit;
      this.#measure(metric, { value, time: momentOf(time) ?? Date.now() });
    }
    if (listed.twin) this.takeTwin(listed.twin);
    this.changed();
  }

  takeStatus(status: Status, retained: boolean, time: number): void {
    if (status === this.status) return;
    this.status = status;
    // A retained status tells what is, not when it began.
    this.statusSince = retained ? null : time;
    if (!retained) this.lastSeen = time;
    this.changed();
  }

  takeReadings(json: Record<string, unknown>, arrival: number): void {
    const time = momentOf(json.time) ?? arrival;
    this.#takeNumbers(json, "", time, 0);
    if (typeof json.client_ip === "string") this.address = json.client_ip;
    this.lastSeen = later(this.lastSeen, arrival);
    this.changed();
  }

  takeTwin(json: unknown): void {
    const twin = readTwin(json);
    if (twin === null) return;
    this.twin = twin;
    this.address = twin.address ?? this.address;
    for (const [name, sensor] of twin.sensors) {
      const metric = this.metrics.get(name);
      if (metric && sensor.unit !== null) metric.unit = sensor.unit;
    }
    this.changed();
  }

  /** What needs a look: the server's word, or the first sensor that does not work. */
  trouble(): string | null {
    if (this.problem !== null) return this.problem;
    for (const [name, sensor] of this.twin?.sensors ?? []) {
      if (sensor.error !== null) return `${name}: ${sensor.error}`;
    }
    return null;
  }

  /** Named as history names them: a number within an object by the path to it. */
  #takeNumbers(json: Record<string, unknown>, prefix: string, time: number, depth: number): void {
    for (const [key, value] of Object.entries(json)) {
      const name = prefix + key;
      const inner = object(value);
      if (inner !== null && depth < DEEPEST) this.#takeNumbers(inner, `${name}.`, time, depth + 1);
      if (typeof value !== "number" || !Number.isFinite(value)) continue;
      const metric = this.#metric(name);
      if (metric !== null) this.#measure(metric, { value, time });
    }
  }

  #measure(metric: Metric, reading: Reading): void {
    if (metric.latest === null || reading.time >= metric.latest.time) metric.latest = reading;
    metric.decimals = Math.max(metric.decimals, decimalsOf(reading.value));
    metric.add(reading);
  }

  #metric(name: string): Metric | null {
    const known = this.metrics.get(name);
    if (known) return known;
    if (this.metrics.size >= MAXIMUM_METRICS) return null;
    const metric = new Metric(name);
    metric.unit = this.twin?.sensors.get(name)?.unit ?? null;
    this.metrics.set(name, metric);
    return metric;
  }
}

function later(one: number | null, other: number | null): number | null {
  return one === null || (other !== null && other > one) ? other : one;
}

/** Reads a twin, which a stranger may have written: what is not as it should be is taken as absent. */
export function readTwin(json: unknown): Twin | null {
  const root = object(json);
  if (root === null) return null;
  const configuration = object(root.configuration);
  const sensors = new Map<string, Sensor>();
  const states = object(root.sensors) ?? {};
  for (const [name, value] of Object.entries(object(configuration?.sensors) ?? {})) {
    const entry = object(value) ?? {};
    const state = object(states[name]) ?? {};
    sensors.set(name, {
      kind: text(entry.kind),
      unit: text(entry.unit) ?? text(state.unit),
      interval: number(entry.interval),
      sensitivity: number(entry.sensitivity),
      error: text(state.error),
    });
  }
  return {
    json: root,
    time: momentOf(root.time),
    revision: number(configuration?.revision),
    address: text(root.client_ip),
    version: text(root.version),
    os: text(root.os),
    since: momentOf(root.since),
    sensors,
    change: readChange(object(root.change)),
  };
}

function readChange(json: Record<string, unknown> | null): Change | null {
  if (json === null || (json.result !== "applied" && json.result !== "refused")) return null;
  const reasons = Array.isArray(json.reasons)
    ? json.reasons.filter((reason) => typeof reason === "string")
    : [];
  return { id: text(json.id), result: json.result, time: momentOf(json.time), reasons };
}

export function object(value: unknown): Record<string, unknown> | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function number(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}
