/**
 * The page's own connection to the broker: MQTT over WebSocket through the console, which adds the person's name, so that
 * the broker gives this page the person's rights and no more.
 */

import { signal } from "@preact/signals";
import type { IPublishPacket, MqttClient } from "mqtt";
import { get, Problem } from "../http/request";

export type Liveness = { state: "off" | "connecting" | "live" | "lost"; since: number };

/** What the page's connection to the broker does, and since when. */
export const liveness = signal<Liveness>({ state: "off", since: Date.now() });

export interface Message {
  topic: string;
  payload: Uint8Array;
  retain: boolean;
  qos: number;
  /** When it came, in milliseconds. */
  time: number;
}

type Listener = (message: Message) => void;

interface Subscription {
  filter: string;
  listener: Listener;
  refused: (words: string) => void;
}

const RECONNECT_MILLIS = 2000;
const TIMEOUT_MILLIS = 10_000;
/** The broker answers each message with the identifiers of our subscriptions that it matched: 1, 2, 3… */
const subscriptions = new Map<number, Subscription>();
let lastIdentifier = 0;
let client: MqttClient | null = null;

export async function connect(): Promise<void> {
  if (liveness.value.state !== "off") return;
  change("connecting");
  // The client is most of the page's weight: what is seen first does not wait for it.
  const { default: mqtt } = await import("mqtt");
  if (liveness.peek().state === "off") return;
  const address = new URL("mqtt", document.baseURI);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  address.hash = "";
  address.search = "";
  client = mqtt.connect(address.href, {
    protocolVersion: 5,
    clientId: `console-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`,
    clean: true,
    keepalive: 30,
    connectTimeout: TIMEOUT_MILLIS,
    reconnectPeriod: RECONNECT_MILLIS,
    resubscribe: false,
    queueQoSZero: false,
    // The other kind of timer is a worker made from a blob, which the content security policy forbids.
    timerVariant: "native",
  });
  client.on("connect", () => {
    change("live");
    for (const [identifier, subscription] of subscriptions) ask(identifier, subscription);
  });
  client.on("message", (topic, payload, packet) => deliver(topic, payload, packet));
  client.on("close", lost);
  // Told by "close" too, which follows in each case.
  client.on("error", () => {});
}

export function disconnect(): void {
  client?.end(true);
  client = null;
  change("off");
}

/**
 * Delivers what matches the filter until the returned function is called, across reconnects. Retained messages come anew
 * after each reconnect.
 */
export function subscribe(
  filter: string,
  listener: Listener,
  refused: (words: string) => void = () => {},
): () => void {
  lastIdentifier += 1;
  const identifier = lastIdentifier;
  const subscription = { filter, listener, refused };
  subscriptions.set(identifier, subscription);
  if (client?.connected) ask(identifier, subscription);
  return () => {
    subscriptions.delete(identifier);
    const others = [...subscriptions].find(([, other]) => other.filter === filter);
    // One filter is one subscription at the broker, whoever asked for it: the next one takes it over.
    if (client?.connected && others) ask(...others);
    else if (client?.connected) client.unsubscribe(filter);
  };
}

/** Completes when the broker has taken the message; throws with the reason when it refuses. */
export async function publish(
  topic: string,
  payload: string,
  qos: 0 | 1 | 2,
  retain: boolean,
): Promise<void> {
  if (!client?.connected) throw new Problem(0, "Not connected to the broker", "");
  try {
    await client.publishAsync(topic, payload, { qos, retain });
  } catch (error) {
    throw new Problem(0, reasonOf(error), "");
  }
}

function ask(identifier: number, { filter, refused }: Subscription): void {
  client?.subscribe(
    filter,
    { qos: 0, rap: true, properties: { subscriptionIdentifier: identifier } },
    (error, granted) => {
      const failed = granted?.find((grant) => grant.qos >= 128);
      if (error) refused(reasonOf(error));
      else if (failed) refused(REASONS[failed.qos] ?? `refused with reason code ${failed.qos}`);
    },
  );
}

function deliver(topic: string, payload: Uint8Array, packet: IPublishPacket): void {
  const message = { topic, payload, retain: packet.retain, qos: packet.qos, time: Date.now() };
  const matched = packet.properties?.subscriptionIdentifier;
  const identifiers = Array.isArray(matched) ? matched : matched === undefined ? [] : [matched];
  for (const identifier of identifiers) {
    const filter = subscriptions.get(identifier)?.filter;
    for (const subscription of subscriptions.values()) {
      if (subscription.filter === filter) subscription.listener(message);
    }
  }
}

function change(state: Liveness["state"]): void {
  if (liveness.peek().state !== state) liveness.value = { state, since: Date.now() };
}

function lost(): void {
  if (client === null) return;
  const before = liveness.peek().state;
  change("lost");
  // A login that ended looks like any other lost connection: the server closes it. Asking says which it was.
  if (before === "live" || before === "connecting") get("session").catch(() => {});
}

const REASONS: Record<number, string> = {
  128: "the broker refused it without a reason",
  131: "the broker refused it",
  135: "you have no right to it",
  143: "the broker does not allow this topic filter",
  144: "the broker does not allow this topic",
  151: "a limit of the broker is reached",
  153: "the payload is not of the announced format",
};

function reasonOf(error: unknown): string {
  const { code, packet } = error as { code?: unknown; packet?: { properties?: { reasonString?: unknown } } };
  const said = packet?.properties?.reasonString;
  if (typeof said === "string" && said !== "") return said;
  if (typeof code === "number" && REASONS[code] !== undefined) return REASONS[code];
  return error instanceof Error ? error.message : String(error);
}
