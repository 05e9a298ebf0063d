import { describe, expect, it } from "vitest";
import { editsOf, errorOf, keyOf, settle } from "../src/devices/change";
import { Device, readTwin, type Twin } from "../src/devices/device";
import { healthOf } from "../src/home/health";

const TWIN = {
  time: "2026-11-25T10:00:00Z",
  client_ip: "192.168.1.5",
  version: "0.1.0",
  configuration: {
    revision: 7,
    sensors: { temperature: { kind: "simulated", unit: "°C", interval: 5, sensitivity: 0.1 } },
  },
  change: { id: "abc", result: "applied", time: "2026-11-25T10:00:00Z" },
  sensors: { temperature: { value: 21.5, error: null } },
};

function twinOf(json: unknown): Twin {
  const twin = readTwin(json);
  if (twin === null) throw new Error("not a twin");
  return twin;
}

describe("a twin", () => {
  it("is read", () => {
    const twin = twinOf(TWIN);
    expect([twin.revision, twin.address, twin.change?.id, twin.sensors.get("temperature")]).toEqual([
      7,
      "192.168.1.5",
      "abc",
      { kind: "simulated", unit: "°C", interval: 5, sensitivity: 0.1, error: null },
    ]);
  });

  it.each([
    null,
    1,
    "x",
    [],
    { configuration: 5, sensors: [], change: "no" },
    { configuration: { sensors: { a: 1 } } },
  ])("of a stranger does no harm: %j", (json) => expect(() => readTwin(json)).not.toThrow());
});

describe("a device", () => {
  it("takes the numbers of a message as readings", () => {
    const device = new Device("a");
    device.takeReadings(
      { time: "2026-11-25T10:00:00Z", client: "a", temperature: 21.5, nested: { deep: 2 }, on: true },
      0,
    );
    expect([...device.metrics].map(([name, { latest }]) => [name, latest?.value])).toEqual([
      ["temperature", 21.5],
      ["nested.deep", 2],
    ]);
  });

  it("shows the newest reading, in whatever order they come", () => {
    const device = new Device("a");
    device.takeReadings({ time: "2026-11-25T10:00:01Z", t: 2 }, 0);
    device.takeReadings({ time: "2026-11-25T10:00:00Z", t: 1 }, 0);
    expect(device.metrics.get("t")?.latest?.value).toBe(2);
  });

  it("is bounded", () => {
    const device = new Device("a");
    for (let at = 0; at < 500; at += 1) device.takeReadings({ [`metric${at}`]: at }, at);
    for (let at = 0; at < 500; at += 1) device.takeReadings({ metric0: at }, 1000 + at);
    expect([device.metrics.size, device.metrics.get("metric0")?.recent.length]).toEqual([200, 240]);
  });

  it("names the sensor that does not work", () => {
    const device = new Device("a");
    device.takeTwin({
      configuration: { sensors: { disk: {} } },
      sensors: { disk: { error: "no such file" } },
    });
    expect(device.trouble()).toBe("disk: no such file");
  });
});

describe("a change", () => {
  const twin = twinOf(TWIN);

  it("holds only what differs from what is in force", () => {
    const draft = new Map([
      [keyOf("temperature", "interval"), "2,5"],
      [keyOf("temperature", "sensitivity"), "0.10"],
    ]);
    expect(editsOf(twin, draft)).toMatchObject({
      patch: { sensors: { temperature: { interval: 2.5 } } },
      changed: 1,
    });
  });

  it("tells what is wrong in words with the allowed range", () => {
    expect(errorOf("interval", "0")).toBe("Must be 0.1 to 86\u2009400 seconds");
    expect(errorOf("sensitivity", "-1")).toContain("0 or more");
    expect(errorOf("interval", "soon")).toContain("number");
    expect(editsOf(twin, new Map([[keyOf("temperature", "interval"), ""]])).errors.size).toBe(1);
  });

  it("is settled by the answer to it and by no other", () => {
    const sent = { state: "sent", sent: 0, changeId: "abc" } as const;
    expect(settle(sent, twin)).toMatchObject({ state: "applied", revision: 7 });
    expect(settle({ ...sent, changeId: "other" }, twin).state).toBe("sent");
    const refused = twinOf({ ...TWIN, change: { id: "abc", result: "refused", reasons: ["why"] } });
    expect(settle(sent, refused)).toMatchObject({ state: "refused", reasons: ["why"] });
  });
});

describe("health", () => {
  const live = { state: "live", since: 0 } as const;
  const device = (id: string, status: "online" | "offline") => {
    const made = new Device(id);
    made.status = status;
    return made;
  };

  it("is one sentence", () => {
    const words = (...all: Device[]) => healthOf(all, live, null, 0).words;
    expect(words(device("a", "online"))).toBe("All well: 1 device online");
    expect(words(device("a", "online"), device("b", "offline"))).toBe("b is offline, 1 device online");
    expect(words(...["a", "b", "c", "d"].map((id) => device(id, "offline")))).toBe(
      "a, b, c and 1 more are offline, 0 devices online",
    );
    expect(words()).toBe("No device yet");
  });

  it("says first what is worst", () => {
    const lost = { state: "lost", since: 0 } as const;
    expect(healthOf([device("a", "offline")], lost, "disk full", 65_000)).toMatchObject({
      tone: "act",
      words: "No connection to the broker for 1 min 05 s",
    });
    expect(healthOf([], live, "disk full", 0).words).toContain("disk full");
  });
});
