/** What a device's state is called, and what it looks like. */

import type { Tone } from "../shell/Dot";
import type { Device } from "./device";

export function stateOf(device: Device): { tone: Tone; word: string } {
  switch (device.status) {
    case "online":
      return device.trouble() === null
        ? { tone: "ok", word: "Online" }
        : { tone: "look", word: "Needs a look" };
    case "offline":
      return { tone: "act", word: "Offline" };
    case "unknown":
      return { tone: "quiet", word: "Says no status" };
  }
}

/** Metrics by how much they tell about what the device is for: what it measures first, what it is made of last. */
export function mainMetrics(device: Device): string[] {
  const names = [...device.metrics.keys()];
  const sensors = device.twin?.sensors;
  // Within a rank in the order in which the device lists its sensors: what matters stands first there.
  const places = new Map([...(sensors?.keys() ?? [])].map((name, place) => [name, place]));
  const placeOf = (name: string) => places.get(name) ?? places.size;
  return names.sort(
    (one, other) => rank(other, sensors) - rank(one, sensors) || placeOf(one) - placeOf(other),
  );
}

function rank(name: string, sensors: ReadonlyMap<string, { kind: string | null }> | undefined): number {
  const sensor = sensors?.get(name);
  if (sensor === undefined) return 1;
  return sensor.kind === "system" ? 2 : 3;
}
