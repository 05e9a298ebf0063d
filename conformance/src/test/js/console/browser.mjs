// Debian's Chromium with a profile of its own, and what the browser tests and the screenshots share.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
// Two busy cores are slow; nothing below depends on how slow.
const PATIENCE_MILLIS = 20_000;

export const PERSON = { user: "admin", password: "a password of four words" };

/** Starts the browser. Its profile is new and goes with it. */
export function launch() {
  const executablePath = CHROMIUM.find((path) => existsSync(path));
  if (executablePath === undefined) {
    throw new Error("chromium is needed and not installed; as root: apt-get install chromium (./test does it)");
  }
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A window without history of its own. `faults` gathers what the page complains of. */
export async function openWindow(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(PATIENCE_MILLIS);
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => {
    // The browser itself logs each answer of 400 and more, which a login is expected to get.
    const answered = message.text().startsWith("Failed to load resource");
    if (message.type() === "error" && !answered) faults.push(message.text());
  });
  return { context, page, faults };
}

export async function signIn(page, base) {
  await page.goto(base);
  await page.getByLabel("Name").fill(PERSON.user);
  await page.getByLabel("Password").fill(PERSON.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("navigation").waitFor();
}

/** Makes the first login by the link that the console has printed. */
export async function setUp(page, link) {
  await page.goto(link);
  await page.getByLabel("Name").fill(PERSON.user);
  await page.getByLabel("Password").fill(PERSON.password);
  await page.getByRole("button", { name: "Make the login" }).click();
  await page.getByRole("navigation").waitFor();
}
