// Pictures of each page for the documents, in light and dark and on a phone. Environment: NOCTULE_CONSOLE, NOCTULE_SETUP
// and NOCTULE_MQTT_PORT as for the tests; the console and its history are new. Argument: the folder for the pictures.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch, openWindow, setUp, signIn } from "./browser.mjs";
import { startDevice } from "./device.mjs";

const BASE = process.env.NOCTULE_CONSOLE.replace(/\/$/, "");
const PORT = Number(process.env.NOCTULE_MQTT_PORT);
const FOLDER = process.argv[2];

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** Always the same noise, so that two runs differ by the time of day alone. */
function noise(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

// Noon was three hours ago, whenever the pictures are taken.
const START = Date.now();
const daily = (time, peak) => Math.cos(((time - START) / DAY + (15 - peak) / 24) * 2 * Math.PI);
const cycle = (time, length) => (time % length) / length;

const sensor = (kind, unit, interval, sensitivity) => ({ kind, unit, interval, sensitivity });

const DEVICES = {
  "greenhouse-1": {
    sensors: {
      temperature: sensor("simulated", "°C", 5, 0.1),
      humidity: sensor("simulated", "%", 5, 0.5),
      light: sensor("simulated", "lx", 10, 50),
      soil: sensor("simulated", "%", 60, 0.2),
    },
    at: (time, random) => ({
      temperature: 21.5 + 4.5 * daily(time, 14) + 0.6 * Math.sin(time / 400_000) + 0.08 * random(),
      humidity: 62 - 9 * daily(time, 14) - 1.5 * Math.sin(time / 400_000) + 0.4 * random(),
      light: Math.max(4, 17_500 * (daily(time, 12) + 0.75) + 700 * random()),
      soil: 41 - 9 * cycle(time, 9 * HOUR) + 0.03 * random(),
    }),
  },
  "cold-store": {
    sensors: {
      temperature: sensor("simulated", "°C", 5, 0.1),
      compressor: sensor("simulated", "W", 5, 5),
    },
    at: (time, random) => {
      const running = cycle(time, 0.4 * HOUR) < 0.45;
      const part = running ? cycle(time, 0.4 * HOUR) / 0.45 : (cycle(time, 0.4 * HOUR) - 0.45) / 0.55;
      return {
        temperature: (running ? -17 - 2.4 * part : -19.4 + 2.4 * part) + 0.05 * random(),
        compressor: running ? 640 + 12 * random() : 3 + random(),
      };
    },
  },
  "pump-station": {
    sensors: { pressure: sensor("simulated", "bar", 2, 0.01), flow: sensor("simulated", "l/min", 2, 1) },
    at: (time, random) => ({
      pressure: 3.4 + 0.14 * Math.sin(time / 210_000) + 0.015 * random(),
      flow: 124 + 16 * Math.sin(time / 210_000 + 2.6) + 1.5 * random(),
    }),
  },
  "pi-workshop": {
    sensors: {
      "cpu-load": sensor("system", "%", 5, 1),
      "cpu-temperature": sensor("system", "°C", 5, 0.5),
      memory: sensor("system", "%", 30, 0.5),
      disk: sensor("system", "%", 300, 0.1),
    },
    at: (time, random) => {
      const busy = cycle(time, 0.5 * HOUR) < 0.2 ? 46 : 0;
      return {
        "cpu-load": 7 + busy + 3 * Math.abs(random()),
        "cpu-temperature": 44.5 + busy / 6 + 0.4 * random(),
        memory: 38.2 + 1.2 * Math.sin(time / HOUR) + 0.1 * random(),
        disk: 61.3 + 0.2 * cycle(time, DAY),
      };
    },
  },
};

const rounded = (readings) =>
  Object.fromEntries(
    Object.entries(readings).map(([name, value]) => [name, Number(value.toFixed(Math.abs(value) >= 100 ? 0 : name === "pressure" ? 2 : 1))]),
  );

/** Lets the device tell what it would have measured in the last day. */
async function tellPast(device, at, random) {
  const now = Date.now();
  const sent = [];
  for (let time = now - DAY; time < now; time += time < now - 1.2 * HOUR ? 60 * SECOND : 5 * SECOND) {
    sent.push(device.measure(rounded(at(time, random)), new Date(time)));
    if (sent.length >= 500) await Promise.all(sent.splice(0));
  }
  await Promise.all(sent);
}

const browser = await launch();
mkdirSync(FOLDER, { recursive: true });
const { context, page } = await openWindow(browser);
await setUp(page, process.env.NOCTULE_SETUP);
await context.close();

const devices = [];
for (const [at, [id, { sensors, at: measure }]] of Object.entries(DEVICES).entries()) {
  const device = await startDevice(PORT, id, sensors);
  const random = noise(at + 1);
  await tellPast(device, measure, random);
  devices.push({ device, now: () => device.measure(rounded(measure(Date.now(), random))) });
}
const beat = setInterval(() => {
  for (const { now } of devices) void now();
}, SECOND);

// History commits in batches; the small lines on the cards ask it once.
await new Promise((done) => setTimeout(done, 10 * SECOND));

const PAGES = {
  devices: "/devices",
  device: "/devices/greenhouse-1",
  topics: "/topics?topic=sensor_data%2Fgreenhouse-1",
  home: "/",
};
const LOOKS = {
  light: { colorScheme: "light" },
  dark: { colorScheme: "dark" },
  phone: { colorScheme: "light", viewport: { width: 360, height: 720 }, hasTouch: true },
};

// The past came in a burst, which the broker counts as messages of the last minute.
const settled = Date.now() + 120 * SECOND;
for (const [look, options] of Object.entries(LOOKS)) {
  const window = await openWindow(browser, { deviceScaleFactor: 2, ...options });
  await window.page.goto(BASE);
  await window.page.getByLabel("Name").waitFor();
  await window.page.screenshot({ path: join(FOLDER, `sign-in-${look}.png`) });
  await signIn(window.page, BASE);
  for (const [name, place] of Object.entries(PAGES)) {
    await window.page.goto(`${BASE}/#${place}`);
    if (name === "home") await window.page.waitForTimeout(Math.max(0, settled - Date.now()));
    // Long enough for the broker's own figures, which come every ten seconds, and for a few messages.
    await window.page.waitForTimeout(name === "home" ? 25_000 : 8_000);
    await window.page.screenshot({ path: join(FOLDER, `${name}-${look}.png`) });
  }
  if (look === "light") await configuration(window.page);
  await window.context.close();
}

async function configuration(on) {
  await on.goto(`${BASE}/#/devices/greenhouse-1`);
  await on.getByLabel("Interval of temperature, s").fill("2");
  await on.getByRole("button", { name: /^Send/ }).click();
  const panel = on.getByRole("region", { name: "Configuration" });
  await panel.getByText("Applied").waitFor();
  await on.getByLabel("Sensitivity of humidity, %").fill("1");
  await panel.scrollIntoViewIfNeeded();
  await panel.screenshot({ path: join(FOLDER, "configuration-light.png") });
}

clearInterval(beat);
for (const { device } of devices) await device.stop();
await browser.close();
