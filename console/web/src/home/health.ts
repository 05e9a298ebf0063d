/** One sentence about everything: fine, worth a look, or in need of somebody. */

import type { Device } from "../devices/device";
import type { Liveness } from "../live/broker";
import { count } from "../text/number";
import { duration } from "../text/time";
import { cut } from "../text/visible";

export interface Health {
  tone: "ok" | "look" | "act" | "quiet";
  words: string;
  /** Where to go about it, or null. */
  address: string | null;
}

const NAMED = 3;

export function healthOf(
  all: Device[],
  broker: Liveness,
  historyProblem: string | null,
  now: number,
): Health {
  if (broker.state === "lost") {
    return {
      tone: "act",
      words: `No connection to the broker for ${duration(now - broker.since)}`,
      address: null,
    };
  }
  if (historyProblem !== null) {
    return { tone: "act", words: `History is not kept: ${cut(historyProblem, 160)}`, address: null };
  }
  if (all.length === 0) return { tone: "quiet", words: "No device yet", address: "#/devices" };
  const offline = all.filter((device) => device.status === "offline");
  const troubled = all.filter((device) => device.status !== "offline" && device.trouble() !== null);
  const online = all.filter((device) => device.status === "online");
  if (offline.length > 0) {
    const words = `${namesOf(offline)} ${offline.length === 1 ? "is" : "are"} offline`;
    return {
      tone: "look",
      words: `${words}, ${count(online.length, "device")} online`,
      address: "#/devices?status=offline",
    };
  }
  if (troubled.length > 0) {
    const words = `${namesOf(troubled)} ${troubled.length === 1 ? "needs" : "need"} a look`;
    return { tone: "look", words, address: "#/devices?status=look" };
  }
  if (online.length === 0) {
    return {
      tone: "quiet",
      words: `${count(all.length, "device")}, none says whether it is online`,
      address: "#/devices",
    };
  }
  return { tone: "ok", words: `All well: ${count(online.length, "device")} online`, address: null };
}

function namesOf(some: Device[]): string {
  const names = some.slice(0, NAMED).map(({ id }) => cut(id, 32));
  const rest = some.length - names.length;
  if (rest > 0) return `${names.join(", ")} and ${rest} more`;
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
