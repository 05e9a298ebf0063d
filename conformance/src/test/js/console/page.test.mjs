// The console's page in a browser, against a running console. Environment: NOCTULE_CONSOLE, the page's address;
// NOCTULE_SETUP, the link of the first login; NOCTULE_MQTT_PORT, where devices connect.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, it } from "node:test";
import { launch, openWindow, PERSON, setUp, signIn } from "./browser.mjs";
import { startDevice } from "./device.mjs";

const BASE = process.env.NOCTULE_CONSOLE.replace(/\/$/, "");
const SETUP = process.env.NOCTULE_SETUP;
const PORT = Number(process.env.NOCTULE_MQTT_PORT);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const THERMOMETER = { temperature: { kind: "simulated", unit: "°C", interval: 5, sensitivity: 0.1 } };
const ATTACK = "<img src=x onerror=globalThis.attacked=1>";

let browser;
let main;
let thermometer;

/** Apart from the twin below it, which says the same words as JSON. */
const form = () => main.page.getByRole("region", { name: "Configuration" });

/** The address of a place in the page. */
const at = (hash) => `${BASE}/#${hash}`;

/** Measures again and again until the condition holds, so that nothing depends on which message comes in first. */
async function measuringUntil(device, readings, condition) {
  let done = false;
  const waited = condition().finally(() => {
    done = true;
  });
  while (!done) {
    await device.measure(readings());
    await Promise.race([waited, main.page.waitForTimeout(200)]);
  }
  return waited;
}

before(async () => {
  browser = await launch();
  main = await openWindow(browser);
});

after(async () => {
  await thermometer?.stop();
  await browser?.close();
});

/** Waits for a text, and says what there is instead where it does not come. */
async function appears(page, text) {
  try {
    await page.getByText(text).filter({ visible: true }).first().waitFor();
  } catch (error) {
    throw new Error(`${text} does not appear on ${page.url()}: ${await page.locator("body").innerText()}`, { cause: error });
  }
}

describe("the page of the console", { concurrency: false }, () => {
  it("lets the first person in by the link, and nobody by it again", async () => {
    await main.page.goto(BASE);
    await main.page.getByRole("heading", { name: "Nobody has a login here yet" }).waitFor();
    await setUp(main.page, SETUP);
    await main.page.getByRole("heading", { name: "No device yet" }).waitFor();

    const other = await openWindow(browser);
    await other.page.goto(SETUP);
    await other.page.getByLabel("Password").fill(PERSON.password);
    await other.page.getByRole("button", { name: "Make the login" }).click();
    await other.page.getByRole("link", { name: "To the login" }).click();
    await other.page.getByRole("button", { name: "Sign in" }).waitFor();
    await other.context.close();
  });

  it("says what is wrong with a login, and lets in with the right one", async () => {
    const { context, page } = await openWindow(browser);
    await page.goto(BASE);
    await page.getByLabel("Name").fill(PERSON.user);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").filter({ hasText: /password/i }).waitFor();
    await signIn(page, BASE);
    await page.getByRole("button", { name: /Sign out/ }).click();
    await page.getByRole("button", { name: "Sign in" }).waitFor();
    await context.close();
  });

  it("shows the first steps, then a card as soon as a device connects", async () => {
    await main.page.goto(at("/devices"));
    await main.page.getByRole("heading", { name: "No device yet" }).waitFor();
    thermometer = await startDevice(PORT, "thermometer", THERMOMETER);
    const card = main.page.getByRole("link", { name: /thermometer/ });
    await measuringUntil(thermometer, () => ({ temperature: 21.5 }), () => card.getByText("21.5").waitFor());
    await card.getByText("Online").waitFor();
    await card.getByText("°C").waitFor();
  });

  it("draws readings as they come, and has them after a reload", async () => {
    await main.page.goto(at("/devices/thermometer"));
    const plot = main.page.getByRole("region", { name: "temperature" });
    const canvas = plot.locator("canvas");
    await canvas.waitFor();
    const picture = () => canvas.evaluate((element) => element.toDataURL());
    const before = await picture();
    let value = 30;
    await measuringUntil(
      thermometer,
      () => ({ temperature: value++ }),
      () =>
        main.page.waitForFunction(
          ([was]) =>
            document.querySelector("canvas")?.toDataURL() !== was &&
            Number(document.querySelector(".plot-extent div:last-child dd")?.textContent) > 30,
          [before],
        ),
    );
    await thermometer.measure({ temperature: 777.7 });
    await plot.getByText("777.7").first().waitFor();
    // History has a moment's delay; the page asks it anew with each load.
    await assertEventually(async () => {
      await main.page.reload();
      await canvas.waitFor();
      await plot.getByText("min", { exact: true }).waitFor();
      const extent = await plot.locator(".plot-extent").innerText();
      return extent.includes("777.7") && extent.includes("21.5");
    });
  });

  it("has each stretch of time at an address of its own", async () => {
    await main.page.getByRole("radio", { name: "24 h" }).check();
    await main.page.waitForURL(/range=24h/);
    await main.page.reload();
    assert.equal(await main.page.getByRole("radio", { name: "24 h" }).isChecked(), true);
    await main.page.goBack();
    await main.page.getByRole("radio", { name: "24 h", checked: false }).waitFor();
    const [download] = await Promise.all([
      main.page.waitForEvent("download"),
      main.page.getByRole("link", { name: "CSV" }).click(),
    ]);
    assert.match(readFileSync(await download.path(), "utf8"), /temperature/);
  });

  it("changes a configuration and says when it is applied", async () => {
    const field = main.page.getByLabel("Interval of temperature, s");
    const send = main.page.getByRole("button", { name: /^Send/ });
    assert.equal(await send.isDisabled(), true);
    await field.fill("0");
    await main.page.getByText("Must be 0.1 to").waitFor();
    assert.equal(await send.isDisabled(), true);
    await field.fill("2.5");
    await main.page.getByText("In force: 5 s").waitFor();
    await form().getByText("Edited").waitFor();
    await send.click();
    await form().getByText("Applied").waitFor();
    await main.page.getByText("Revision 2 in force").waitFor();
    assert.equal(await field.inputValue(), "2.5");
    assert.equal(thermometer.configuration.sensors.temperature.interval, 2.5);
  });

  it("shows a refusal with the device's reason, and keeps what was typed", async () => {
    const field = main.page.getByLabel("Interval of temperature, s");
    await field.fill("7200");
    await main.page.getByRole("button", { name: /^Send/ }).click();
    await form().getByText("Refused").waitFor();
    await form().getByText("sensors.temperature.interval: must be 0.1 to 3600 seconds, was 7200").waitFor();
    assert.equal(await field.inputValue(), "7200");
    await main.page.getByText("In force: 2.5 s").waitFor();
  });

  it("tells that a device went away", async () => {
    const lamp = await startDevice(PORT, "lamp", THERMOMETER);
    await main.page.goto(at("/devices"));
    const card = main.page.getByRole("link", { name: /lamp/ });
    await card.getByText("Online").waitFor();
    await lamp.crash();
    await card.getByText("Offline").waitFor();
    await main.page.goto(at("/"));
    await main.page.getByRole("status").filter({ hasText: "lamp is offline" }).waitFor();
    await lamp.stop();
  });

  it("shows topics live and publishes", async () => {
    await main.page.goto(at("/topics"));
    const tree = main.page.getByRole("tree");
    await tree.getByRole("treeitem", { name: /^status/ }).waitFor();
    await main.page.getByLabel("Topic", { exact: true }).fill("hall/lamp");
    await main.page.getByLabel("Payload").fill('{"on":true,"level":1}');
    await main.page.getByRole("button", { name: "Publish" }).click();
    await main.page.getByText("Taken by the broker").waitFor();
    await main.page.goto(at("/topics?topic=hall/lamp"));
    const value = main.page.getByRole("region", { name: "hall/lamp", exact: true });
    await value.getByText('"level"').waitFor();
    await thermometer.publish("hall/lamp", '{"on":true,"level":2}');
    await value.locator(".changed").filter({ hasText: "level" }).waitFor();
    assert.equal(await value.locator(".changed").count(), 1);
    await main.page.getByLabel("Topic", { exact: true }).fill("hall/+");
    await main.page.getByText("are for subscribing only").waitFor();
    assert.equal(await main.page.getByRole("button", { name: "Publish" }).isDisabled(), true);
  });

  it("is dark when the system is, or when told to, also after a reload", async () => {
    const { context, page } = await openWindow(browser, { colorScheme: "dark" });
    await signIn(page, BASE);
    const brightness = () =>
      page.evaluate(() => Number(getComputedStyle(document.documentElement).backgroundColor.match(/\d+/)?.[0]));
    assert.ok((await brightness()) < 60);
    await page.getByRole("button", { name: /^Colours/ }).click();
    assert.ok((await brightness()) > 200);
    await page.reload();
    await page.getByRole("navigation").waitFor();
    assert.ok((await brightness()) > 200);
    await context.close();
  });

  it("fits a phone of 360 pixels", async () => {
    const { context, page } = await openWindow(browser, { viewport: { width: 360, height: 720 } });
    await signIn(page, BASE);
    for (const place of ["/", "/devices", "/devices/thermometer", "/topics?topic=status/thermometer"]) {
      await page.goto(at(place));
      await page.getByRole("main").locator("*").first().waitFor();
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= 360, `${place} is ${wide} pixels wide`);
      const rail = await page.getByRole("navigation").boundingBox();
      assert.ok(rail.y > 600, "the rail is at the bottom");
    }
    await context.close();
  });

  it("can be used with the keyboard alone", async () => {
    const { context, page } = await openWindow(browser);
    await page.goto(BASE);
    await page.getByLabel("Name").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.type(PERSON.user);
    await page.keyboard.press("Tab");
    await page.keyboard.type(PERSON.password);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation").waitFor();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    await page.keyboard.press("/");
    await page.keyboard.type("thermo");
    await page.getByRole("option", { name: /thermometer/ }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "thermometer", level: 1 }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    const row = page.getByRole("treeitem", { name: /^status/ });
    await row.waitFor();
    while (!(await page.getByRole("tree").evaluate((tree) => tree.contains(document.activeElement)))) {
      await page.keyboard.press("Tab");
    }
    while (!(await row.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press("ArrowDown");
    }
    await page.keyboard.press("ArrowRight");
    await page.getByRole("treeitem", { name: /^thermometer/ }).waitFor();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: /^status\// }).waitFor();
    await context.close();
  });

  it("says that it is not connected, and comes back by itself", async () => {
    const { context, page } = await openWindow(browser);
    const sockets = [];
    await page.routeWebSocket(/\/mqtt$/, (socket) => {
      sockets.push(socket);
      socket.connectToServer();
    });
    await signIn(page, BASE);
    await page.getByText("Live", { exact: true }).waitFor();
    await sockets[0].close();
    await page.getByText("Connection lost").waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByText("Connection lost").waitFor({ state: "hidden" });
    await context.close();
  });

  it("runs nothing that devices write", async () => {
    const intruder = await startDevice(PORT, ATTACK, {
      [ATTACK]: { kind: ATTACK, unit: "javascript:attacked=1", interval: 5, sensitivity: 0.1 },
      __proto__: { unit: "x", interval: 1, sensitivity: 1 },
    });
    const faults = main.faults.length;
    await intruder.measure({ [ATTACK]: 1, "constructor": 2, "a\u202eb\u0000": 3 });
    await intruder.publish("javascript:attacked=1", `{"${ATTACK}":"${ATTACK}"}`);
    await intruder.publish(`${ATTACK}/${ATTACK}`, ATTACK);
    await intruder.publish("\u202egnp.exe", "\u0001\u202e", { qos: 1, retain: true });
    const id = encodeURIComponent(ATTACK);
    const topic = encodeURIComponent(`${ATTACK}/${ATTACK}`);
    for (const place of ["/", "/devices", `/devices/${id}`, `/topics?topic=${topic}`, "/topics?filter=javascript:attacked"]) {
      await main.page.goto(at(place));
      await main.page.getByRole("main").locator("*").first().waitFor();
      await intruder.measure({ [ATTACK]: 2 });
      await intruder.publish(`${ATTACK}/${ATTACK}`, `{"${ATTACK}":"${ATTACK}"}`);
      if (place.includes(id)) await appears(main.page, ATTACK.slice(0, 20));
      await main.page.waitForFunction(() => document.readyState === "complete");
      assert.equal(await main.page.evaluate(() => globalThis.attacked), undefined, place);
      assert.equal(await main.page.locator("img, iframe, [href^='javascript:']").count(), 0, place);
    }
    assert.deepEqual(main.faults.slice(faults), []);
    await intruder.stop();
  });

  for (const colorScheme of ["light", "dark"]) {
    it(`has no accessibility violations in ${colorScheme} colours`, async () => {
      const { context, page } = await openWindow(browser, { colorScheme, reducedMotion: "reduce" });
      await page.goto(BASE);
      await page.getByLabel("Name").waitFor();
      await assertAccessible(page, "login");
      await signIn(page, BASE);
      for (const place of ["/", "/devices", "/devices/thermometer", "/topics?topic=status/thermometer", "/nowhere"]) {
        await page.goto(at(place));
        await page.getByRole("main").locator("*").first().waitFor();
        if (place.startsWith("/topics")) await page.getByRole("treeitem").first().waitFor();
        await assertAccessible(page, place);
      }
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
      await assertAccessible(page, "keys");
      await context.close();
    });
  }

  it("has complained of nothing", () => {
    assert.deepEqual(main.faults, []);
  });

  it("is painted soon", async (test) => {
    const { context, page } = await openWindow(browser);
    await signIn(page, BASE);
    await page.reload();
    await page.getByRole("navigation").waitFor();
    const paint = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime);
    // A figure, not a limit: it depends on the machine.
    test.diagnostic(`first paint after ${Math.round(paint)} ms`);
    await context.close();
  });
});

async function assertAccessible(page, where) {
  // By the debugger's way, which the page's content security policy does not hold for.
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations: found } = await globalThis.axe.run(document, { resultTypes: ["violations"] });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("; ")}`);
  });
  assert.deepEqual(violations, [], where);
}

async function assertEventually(condition) {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) assert.ok(Date.now() < deadline, "did not happen within 20 s");
}
