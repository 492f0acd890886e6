import test, { after } from "node:test";
import assert from "node:assert/strict";
import { open, close, coloursOf, SIZES } from "./browser.js";

const RUNS = ["matmul_naive", "matmul_blocked", "attention", "two_core_sum", "model", "time_only", "hostile"];

after(close);

for (const name of [...RUNS, "comparison"]) {
  test(`${name}: no complaint, no request, nothing wider than the window`, async () => {
    for (const size of Object.keys(SIZES)) {
      for (const dark of [false, true]) {
        const { page, complaints, requests, dialogs } = await open(name, { size, dark });
        await page.screenshot({ path: `out/${name}-${size}-${dark ? "dark" : "light"}.png`, fullPage: true });
        assert.deepEqual({ complaints, requests, dialogs }, { complaints: [], requests: [], dialogs: [] });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= SIZES[size].width, `${wide} pixels wide at ${size}`);
        assert.equal(await page.locator(".bad").count(), 0);
        await page.close();
      }
    }
  });

  test(`${name}: every control has a name`, async () => {
    const { page } = await open(name);
    const nameless = await page.evaluate(() => [...document.querySelectorAll("button, input, canvas, [role=region], [role=img]")]
      // What is part of a named picture needs no name of its own.
      .filter(e => !e.hidden && !e.parentElement.closest("[role=img]") && !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length)).map(e => e.outerHTML.slice(0, 80)));
    assert.deepEqual(nameless, []);
    await page.close();
  });
}

for (const name of RUNS) {
  test(`${name}: the timeline is drawn`, async () => {
    const { page, canvas } = await open(name);
    assert.ok(await coloursOf(canvas) > 8);
    await page.close();
  });
}

test("a page that is opened in the dark is dark, and the switch turns it", async () => {
  const { page, canvas } = await open("attention", { dark: true });
  const bright = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).reduce((sum, n) => sum + +n, 0));
  const dark = await bright(), before = await canvas.evaluate(e => e.toDataURL());
  await page.click("#theme");
  await page.waitForTimeout(100);
  assert.ok(dark < 200 && await bright() > 600);
  assert.notEqual(await canvas.evaluate(e => e.toDataURL()), before);
  await page.close();
});

test("names from a program are text", async () => {
  const { page } = await open("hostile");
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("script").count(), 1);
  assert.match(await page.textContent("h1"), /<img src=x onerror=alert\(1\)>/);
  await page.fill("#search", "</script>");
  await page.waitForFunction(() => / of /.test(document.querySelector("#timeline [role=status]").textContent));
  assert.match(await page.textContent("#source"), /<\/script><script>alert\(1\)/);
  await page.close();
});

test("a comparison says what differs", async () => {
  const { page } = await open("comparison");
  const text = await page.textContent("main");
  assert.match(text, /matmul_blocked is [\d.]+ times as fast as matmul_naive/);
  assert.match(text, /By operation: dma_copy/);
  await page.close();
});
