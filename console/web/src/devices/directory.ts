/** All devices: listed by the server at first, kept up to date by what they publish. */

import { effect, signal } from "@preact/signals";
import { get, segment, wordsOf } from "../http/request";
import { onNextBeat } from "../live/beat";
import { liveness, type Message, subscribe } from "../live/broker";
import { session } from "../session/session";
import { Device, type ListedDevice, object } from "./device";

const MAXIMUM_DEVICES = 5000;
const ASK_MILLIS = 10_000;
const MAXIMUM_PAYLOAD_BYTES = 1_000_000;

const known = new Map<string, Device>();

/** All devices by name. A new array only when a device appears or goes. */
export const devices = signal<Device[]>([]);
/** Null until the server has answered once. */
export const listing = signal<"asking" | "listed" | { failed: string }>("asking");

export function deviceOf(id: string): Device | null {
  return known.get(id) ?? null;
}

/** Asks the server for one device with its twin, known to us or not. */
export async function refresh(id: string): Promise<void> {
  const listed = await get<ListedDevice>(`devices/${segment(id)}`);
  device(listed.id)?.takeListed(listed);
}

async function list(): Promise<void> {
  try {
    const { devices: listed } = await get<{ devices: ListedDevice[] }>("devices");
    for (const one of listed) device(one.id)?.takeListed(one);
    listing.value = "listed";
  } catch (error) {
    if (listing.peek() !== "listed") listing.value = { failed: wordsOf(error) };
  }
}

function device(id: string): Device | null {
  const one = known.get(id);
  if (one) return one;
  if (id === "" || known.size >= MAXIMUM_DEVICES) return null;
  const made = new Device(id);
  known.set(id, made);
  onNextBeat(announce);
  return made;
}

const collator = new Intl.Collator(undefined, { numeric: true });

function announce(): void {
  devices.value = [...known.values()].sort((one, other) => collator.compare(one.id, other.id));
}

const decoder = new TextDecoder();

function json(message: Message): Record<string, unknown> | null {
  if (message.payload.length > MAXIMUM_PAYLOAD_BYTES) return null;
  try {
    return object(JSON.parse(decoder.decode(message.payload)));
  } catch {
    // Not JSON: a message that is nobody's readings. The page of topics shows it.
    return null;
  }
}

function afterFirstLevel(topic: string): string {
  const slash = topic.indexOf("/");
  return slash < 0 ? "" : topic.slice(slash + 1);
}

function onReadings(message: Message): void {
  const readings = json(message);
  if (readings === null) return;
  const named = typeof readings.client === "string" ? readings.client : "";
  device(afterFirstLevel(message.topic) || named)?.takeReadings(readings, message.time);
}

function onStatus(message: Message): void {
  const word = decoder.decode(message.payload.subarray(0, 16));
  if (word !== "online" && word !== "offline") return;
  device(afterFirstLevel(message.topic))?.takeStatus(word, message.retain, message.time);
}

function onTwin(message: Message): void {
  const twin = json(message);
  if (twin !== null) device(afterFirstLevel(message.topic))?.takeTwin(twin);
}

subscribe("sensor_data", onReadings);
subscribe("sensor_data/#", onReadings);
subscribe("status/+", onStatus);
subscribe("twin/+", onTwin);

function forget(): void {
  known.clear();
  devices.value = [];
  listing.value = "asking";
}

// Whoever logs in next may see other devices.
effect(() => {
  if (session.value.state === "in") void list();
  else forget();
});

// Without a connection of its own the page still knows what the server tells when asked.
effect(() => {
  if (session.value.state !== "in" || liveness.value.state !== "lost") return;
  const again = setInterval(list, ASK_MILLIS);
  return () => clearInterval(again);
});

// What changed while the connection was away is known to the server.
effect(() => {
  if (liveness.value.state === "live" && session.peek().state === "in") void list();
});
