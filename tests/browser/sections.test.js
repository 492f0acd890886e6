import test, { after } from "node:test";
import assert from "node:assert/strict";
import { open, close, coloursOf, pictureOf } from "./browser.js";

after(close);

test("the memory maps follow the slider and name what is pointed at", async () => {
  const { page } = await open("matmul_naive");
  const map = page.locator("#memories canvas").first(), slider = page.getByLabel("Moment of the run");
  await slider.fill("300");
  const early = await pictureOf(map);
  await slider.fill("900");
  await page.waitForTimeout(80);
  assert.notEqual(await pictureOf(map), early);
  assert.match(await page.textContent("#memories [aria-live]"), /of SBUF/);
  assert.match(await page.textContent("#reloads"), /rhs was loaded 4 times/);
  await page.close();
});

test("the roofline and the histogram are drawn, and tables sort", async () => {
  const { page } = await open("attention");
  assert.ok(await coloursOf(page.locator("#roofline canvas")) > 8);
  assert.ok(await coloursOf(page.locator("#dma canvas")) > 5);
  const calls = () => page.locator("#roofline tbody tr td:nth-child(2)").allTextContents();
  await page.locator("#roofline th button", { hasText: "calls" }).click();
  const sorted = (await calls()).map(Number);
  assert.deepEqual(sorted, [...sorted].sort((a, b) => b - a));
  await page.locator("#roofline th button", { hasText: "calls" }).click();
  assert.deepEqual((await calls()).map(Number), [...sorted].sort((a, b) => a - b));
  await page.close();
});

test("the array steps, and does not move by itself where motion is not wanted", async () => {
  const { page } = await open("matmul_naive", { still: true });
  const array = page.locator("#array"), canvas = array.locator("canvas");
  assert.equal(await array.getByRole("button", { name: "Play" }).count(), 0);
  const before = await pictureOf(canvas);
  await array.getByRole("button", { name: "Step", exact: true }).click();
  await page.waitForTimeout(80);
  assert.notEqual(await pictureOf(canvas), before);
  await array.getByRole("button", { name: "Start" }).click();
  await page.waitForTimeout(80);
  assert.match(await array.locator("[aria-live]").textContent(), /Step 0 of .*empty/);
  await canvas.focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForTimeout(80);
  assert.match(await array.locator("[aria-live]").textContent(), /Step 1 of .*Loading/);
  await page.close();
});

test("a run without numbers or products says so", async () => {
  const { page } = await open("time_only");
  assert.match(await page.textContent("#array"), /no matrix product|without executing/);
  await page.close();
});

test("a model's nodes lead to the timeline", async () => {
  const { page } = await open("model");
  assert.ok(await page.locator("#source").textContent());
  const nodes = page.locator("#source table caption", { hasText: "Nodes of the model" });
  if (await nodes.count() === 0) return;
  await page.locator("#source table:has(caption) tbody button").first().click();
  assert.match(await page.textContent(".panel h3"), /\S/);
  await page.close();
});
