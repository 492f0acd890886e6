// DMA by the size of its pieces: how many bytes move in pieces of that size, over the rate that such pieces reach.

import uPlot from "uplot";
import { byId, make } from "../dom.js";
import { colours } from "../theme.js";
import { bytes, percent, count } from "../format.js";
import { axis } from "./curves.js";

const HEIGHT = 230, SMALLEST = 2, LARGEST = 16, BARS = LARGEST - SMALLEST + 1;

export function sizes(model) {
  const { run } = model, root = byId("dma"), moved = new Float64Array(BARS), pieces = new Float64Array(BARS);
  for (let t = 0; t < model.transfers; t++) {
    const piece = run["move.row_bytes"][t] / Math.max(1, run["move.runs"][t]);
    const bar = Math.max(0, Math.min(BARS - 1, Math.floor(Math.log2(Math.max(1, piece))) - SMALLEST));
    moved[bar] += run["move.bytes"][t];
    pieces[bar] += run["move.rows"][t] * Math.max(1, run["move.runs"][t]);
  }
  const all = moved.reduce((a, b) => a + b, 0);
  if (!all) return root.append(make("p", { class: "empty" }, "The run moves nothing by DMA."));
  const curve = run.chip.dma_curve, reached = bar => curve.reduce((best, [size, share]) => size <= 1.42 * 2 ** (bar + SMALLEST) ? share : best, 0);
  const small = moved.reduce((sum, m, bar) => reached(bar) < .5 ? sum + m : sum, 0);
  const box = make("div", { class: "plot", role: "img", "aria-label": "Bytes moved by size of piece, and share of the full rate that each size reaches" });
  root.append(make("p", {}, `${percent(small / all)} of the bytes move in pieces that reach less than half of a DMA engine's rate. `
    + `A piece is what is contiguous on both sides: each has a cost of its own, so long pieces move faster.`),
    make("p", { class: "legend", id: "dma-key" }), box, summary(moved, pieces, all, reached));

  // Bars and curve share an axis of powers of two.
  const x = [], bars = [], line = [];
  const points = new Map();
  moved.forEach((m, bar) => points.set(bar + SMALLEST + .5, [m / all, null]));
  for (const [size, share] of curve) points.set(Math.log2(size), [points.get(Math.log2(size))?.[0] ?? null, share]);
  for (const at of [...points.keys()].sort((a, b) => a - b)) {
    x.push(at);
    bars.push(points.get(at)[0]);
    line.push(points.get(at)[1] === null ? undefined : points.get(at)[1]);
  }
  let plot = null;
  function build() {
    const c = colours();
    plot?.destroy();
    byId("dma-key").replaceChildren(...[["share of the run's bytes", c.engines[0]], ["share of the engine's rate that pieces of this size reach", c.path]]
      .map(([name, colour]) => make("span", {}, make("i", { class: "key", style: `background:${colour}` }), name)));
    plot = new uPlot({
      width: Math.max(200, box.clientWidth), height: HEIGHT, legend: { show: false }, cursor: { show: false },
      scales: { x: { time: false, range: [SMALLEST - .2, LARGEST + 1.2] }, y: { range: [0, 1.04] } },
      axes: [axis(c, { splits: () => Array.from({ length: BARS + 1 }, (_, i) => i + SMALLEST).filter(i => box.clientWidth > 700 || i % 3 === 2), values: (_, v) => v.map(p => bytes(2 ** p)), space: 20 }),
        axis(c, { values: (_, v) => v.map(percent), size: 56 })],
      series: [{}, { fill: c.engines[0], stroke: c.engines[0], width: 0, points: { show: false }, paths: barPaths },
        { stroke: c.path, width: 2, points: { show: false }, spanGaps: true }],
    }, [x, bars, line], box);
  }
  addEventListener("theme", build);
  addEventListener("resize", () => plot.setSize({ width: Math.max(200, box.clientWidth), height: HEIGHT }));
  build();
}

// A bar is a power of two wide, whatever lies between in the data.
function barPaths(u, series, first, last) {
  const fill = new Path2D(), [xs, ys] = [u.data[0], u.data[series]];
  for (let i = first; i <= last; i++) {
    if (!ys[i]) continue;
    const left = u.valToPos(xs[i] - .42, "x", true), right = u.valToPos(xs[i] + .42, "x", true), zero = u.valToPos(0, "y", true);
    const top = Math.min(zero - 2, u.valToPos(ys[i], "y", true));
    fill.rect(left, top, right - left, zero - top);
  }
  return { fill, stroke: null, clip: null };
}

function summary(moved, pieces, all, reached) {
  const rows = [...moved].map((m, bar) => [m, bar]).filter(([m]) => m > 0);
  return make("p", { class: "sub" }, rows.map(([m, bar]) =>
    `${bytes(2 ** (bar + SMALLEST))} and more: ${percent(m / all)} in ${count(pieces[bar])} pieces, at ${percent(reached(bar))}`).join(" \u00b7 "));
}
