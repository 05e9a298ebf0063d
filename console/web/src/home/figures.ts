/** The broker's own figures, as it publishes them below `$SYS/broker`, and what history says of itself. */

import { effect, signal } from "@preact/signals";
import { devices } from "../devices/directory";
import { get } from "../http/request";
import { onNextBeat } from "../live/beat";
import { subscribe } from "../live/broker";
import type { SparkPoint } from "../plot/spark";
import { session } from "../session/session";

const HOUR_MILLIS = 3_600_000;
const MAXIMUM_POINTS = 400;
const ASK_MILLIS = 10_000;

/** One figure and its last hour as far as this page has seen it. */
export class Figure {
  points: SparkPoint[] = [];

  get value(): number | null {
    return this.points.at(-1)?.value ?? null;
  }

  add(value: number, time: number): void {
    if (!Number.isFinite(value)) return;
    this.points = [...this.points.filter((point) => time - point.time < HOUR_MILLIS), { value, time }].slice(
      -MAXIMUM_POINTS,
    );
  }
}

export interface HistoryState {
  /** Why readings are not kept now; null while they are. */
  problem: string | null;
  bytes: number | null;
  readings: number | null;
  /** Messages that came and are not in the database yet. */
  waiting: number;
}

interface ServedHistory {
  state: string;
  problem?: string | null;
  sizeBytes?: number | null;
  readings?: number | null;
  waiting?: number | null;
}

export const devicesOnline = new Figure();
export const clients = new Figure();
export const messagesPerSecond = new Figure();
export const historyBytes = new Figure();
export const history = signal<HistoryState | null>(null);
/** Grows when a figure does. */
export const figuresVersion = signal(0);

const announce = () => {
  figuresVersion.value += 1;
};

const decoder = new TextDecoder();

function follow(topic: string, figure: Figure, perMinute: boolean): void {
  subscribe(topic, ({ payload, time }) => {
    const value = Number.parseFloat(decoder.decode(payload.subarray(0, 32)));
    figure.add(perMinute ? value / 60 : value, time);
    onNextBeat(announce);
  });
}

follow("$SYS/broker/clients/connected", clients, false);
follow("$SYS/broker/load/publish/received/1min", messagesPerSecond, true);

function countDevices(): void {
  const online = devices.peek().filter(({ status }) => status === "online").length;
  devicesOnline.add(online, Date.now());
}

async function askHistory(): Promise<void> {
  countDevices();
  try {
    const answer = await get<ServedHistory>("history");
    if (answer.state === "off") {
      history.value = null;
      return;
    }
    const bytes = answer.sizeBytes ?? null;
    const { problem = null, readings = null, waiting } = answer;
    history.value = { problem, bytes, readings, waiting: waiting ?? 0 };
    if (bytes !== null) historyBytes.add(bytes, Date.now());
    onNextBeat(announce);
  } catch {
    // A console without history has no figures of it.
    history.value = null;
  }
}

// Asked while somebody is logged in, and no faster than the figures change.
effect(() => {
  if (session.value.state !== "in") return;
  void askHistory();
  const again = setInterval(askHistory, ASK_MILLIS);
  return () => clearInterval(again);
});
