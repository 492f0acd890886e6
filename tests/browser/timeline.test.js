import test, { after } from "node:test";
import assert from "node:assert/strict";
import { open, close, pictureOf } from "./browser.js";

after(close);

const spanOf = text => {
  const [, number, unit] = /([\d.]+) (ns|us|ms)/.exec(text);
  return +number * { ns: 1, us: 1e3, ms: 1e6 }[unit];
};
const settle = page => page.waitForTimeout(80);

test("keys zoom, move and show all", async () => {
  const { page, canvas, seen } = await open("matmul_naive");
  const all = spanOf(await seen());
  await canvas.focus();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await settle(page);
  assert.ok(Math.abs(spanOf(await seen()) / all - .25) < .01);
  const before = await pictureOf(canvas);
  await page.keyboard.press("d");
  await settle(page);
  assert.notEqual(await pictureOf(canvas), before);
  await page.keyboard.press("0");
  await settle(page);
  assert.equal(spanOf(await seen()), all);
  await page.close();
});

test("the wheel scrolls the page until the timeline has the focus, then zooms", async () => {
  const { page, canvas, seen } = await open("attention");
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox(), all = await seen();
  await page.mouse.move(box.x + box.width / 2, box.y + 60);
  await page.mouse.wheel(0, -60);
  await settle(page);
  assert.equal(await seen(), all);
  await canvas.focus();
  await canvas.scrollIntoViewIfNeeded();
  const now = await canvas.boundingBox();
  await page.mouse.move(now.x + now.width / 2, now.y + 60);
  await page.mouse.wheel(0, -300);
  await settle(page);
  assert.ok(spanOf(await seen()) < spanOf(all));
  await page.close();
});

test("dragging moves", async () => {
  const { page, canvas } = await open("attention");
  await canvas.focus();
  await page.keyboard.press("+");
  await settle(page);
  const before = await pictureOf(canvas);
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  await page.mouse.move(box.x + 700, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await settle(page);
  assert.notEqual(await pictureOf(canvas), before);
  await page.close();
});

test("pointing at an instruction tells what it is", async () => {
  const { page, canvas } = await open("matmul_naive");
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  // Along the lane of the Tensor engine, past stationary loads and waits, until a product is under the pointer.
  let tip = "";
  for (let x = 200; x < box.width && !tip.startsWith("nc_matmul on Tensor"); x += 4) {
    await page.mouse.move(box.x + x, box.y + 58);
    tip = await page.textContent("#tip");
  }
  for (const word of ["nc_matmul on Tensor", "occupancy", "latency", "waited for", "stationary=", "MatmulNaive.cs"]) assert.ok(tip.includes(word), `${word} in ${tip}`);
  await page.mouse.move(box.x + 20, box.y + 20);
  assert.equal(await page.locator("#tip").isVisible(), false);
  await page.close();
});

test("search finds by operation, operand and line, and steps through what it found", async () => {
  const { page } = await open("matmul_naive");
  const status = page.locator("#timeline [role=status]");
  for (const [text, found] of [["nc_matmul", "16 of 56"], ["right.3", "2 of 56"], ["MatmulNaive.cs:34", "16 of 56"], ["no such thing", "nothing found"]]) {
    await page.fill("#search", text);
    await page.waitForFunction(wanted => document.querySelector("#timeline [role=status]").textContent === wanted, found);
    assert.equal(await status.textContent(), found);
  }
  await page.fill("#search", "nc_matmul");
  await page.waitForFunction(() => document.querySelector("#timeline [role=status]").textContent === "16 of 56");
  await page.press("#search", "Enter");
  assert.match(await page.textContent(".panel h3"), /nc_matmul on Tensor/);
  await page.close();
});

test("the keyboard alone walks along what was waited for", async () => {
  const { page, canvas } = await open("attention");
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  const first = await page.textContent(".panel h3");
  for (let i = 0; i < 6; i++) await page.keyboard.press("ArrowRight");
  const chosen = await page.textContent(".panel");
  await page.keyboard.press("w");
  const source = await page.textContent(".panel");
  assert.notEqual(source, chosen);
  await page.keyboard.press("b");
  assert.equal(await page.textContent(".panel"), chosen);
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await page.textContent(".panel"), chosen);
  assert.ok(first.length > 0);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".panel h3").count(), 0);
  await page.close();
});

test("timeline and source lead to each other", async () => {
  const { page, canvas } = await open("matmul_naive");
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("tr.here").count(), 1);
  await page.click(".follow p:last-child button");
  const line = page.locator("tr.marked");
  assert.match(await line.textContent(), /NcMatmul/);
  await page.locator("tr.used", { hasText: "DmaCopy(right" }).getByRole("button").click();
  assert.match(await page.textContent(".panel h3"), /dma_copy/);
  await page.close();
});

test("semaphores and the critical path can be shown", async () => {
  const { page, canvas } = await open("attention");
  const low = (await canvas.boundingBox()).height, before = await pictureOf(canvas);
  await page.getByRole("button", { name: "Show semaphores" }).click();
  await settle(page);
  assert.ok((await canvas.boundingBox()).height > low + 50);
  await page.getByRole("button", { name: "Show semaphores" }).click();
  await page.getByRole("button", { name: /critical path/ }).click();
  await settle(page);
  assert.notEqual(await pictureOf(canvas), before);
  await page.close();
});
