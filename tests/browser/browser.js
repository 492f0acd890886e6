// A page of a run in a browser, with everything that it complains about and asks for.

import { chromium } from "playwright-core";
import { resolve } from "node:path";

export const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };

let browser = null;
export const launch = async () => browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
export const close = async () => browser?.close();

export async function open(name, { size = "wide", dark = false, still = false } = {}) {
  const page = await (await launch()).newPage({
    viewport: SIZES[size], colorScheme: dark ? "dark" : "light", hasTouch: size === "phone", reducedMotion: still ? "reduce" : "no-preference" });
  const complaints = [], requests = [], dialogs = [];
  page.on("console", message => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", error => complaints.push(error.message));
  page.on("request", request => request.url().startsWith("file:") || request.url().startsWith("data:") || requests.push(request.url()));
  page.on("dialog", dialog => { dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.goto("file://" + resolve("out", name + ".html"));
  await page.waitForFunction(() => document.documentElement.dataset.ready === "yes");
  return { page, complaints, requests, dialogs, seen: () => page.textContent("#timeline .seen"), canvas: page.locator("#timeline canvas") };
}

// Number of colours in a canvas: a picture that was not drawn has one.
export const coloursOf = canvas => canvas.evaluate(element => {
  const { data } = element.getContext("2d").getImageData(0, 0, element.width, element.height), found = new Set();
  for (let i = 0; i < data.length; i += 4) found.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
  return found.size;
});

// A point of the canvas where something is drawn in a lane: the middle of the chosen node.
export const pictureOf = canvas => canvas.evaluate(element => element.toDataURL());
