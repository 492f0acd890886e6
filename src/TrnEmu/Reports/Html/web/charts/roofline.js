// The roofline: how fast arithmetic can go for each byte that it needs, and where the run and its operations stand.

import { byId, make, onFrame, pen, table } from "../dom.js";
import { colours } from "../theme.js";
import { time, bytes, percent, count, rate } from "../format.js";
import { sortable } from "../sort.js";
import { workOf } from "./work.js";

const HEIGHT = 320, LEFT = 74, RIGHT = 16, TOP = 26, BOTTOM = 38;

export function roofline(state) {
  const { model } = state, { run } = model, root = byId("roofline"), work = workOf(model);
  if (!(run.chip.peak_tflops[1] > 0)) return root.append(make("p", { class: "empty" }, "The chip sets no roof."), operations(state, work));
  const canvas = make("canvas", { role: "img", "aria-label": "Roofline of the chip with the run and its operations; the table below has the numbers" });
  const points = pointsOf(model, work), tip = make("p", { class: "sub", "aria-live": "polite" });
  const peak = run.chip.peak_tflops[1], ridge = peak * 1e3 / run.chip.read_gb_per_s;
  root.append(make("p", {}, `With fewer than ${ridge.toFixed(0)} operations for each byte from HBM, a core waits for memory rather than for its array: left of the bend the slope is the limit, right of it the ceiling. `
    + (points[0] ? `This run makes ${points[0].x.toPrecision(3)} operations for each byte and reaches ${percent(points[0].y / Math.min(peak, points[0].x * run.chip.read_gb_per_s / 1e3))} of what that roof allows.` : "This run moves nothing to or from HBM.")),
    canvas, tip, operations(state, work));
  let drawn = [];
  const redraw = onFrame(paint);
  canvas.addEventListener("pointermove", event => {
    const box = canvas.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    const near = drawn.map(d => [Math.hypot(d.px - px, d.py - py), d.point]).sort((a, b) => a[0] - b[0])[0];
    tip.textContent = near && near[0] < 30 ? textOf(near[1]) : hint;
  });
  const hint = "Filled: the whole run, over its HBM traffic. Rings: kinds of operations while they hold their engine, over the SBUF and PSUM bytes that they touch; each under its engine's ceiling. The slope is that of HBM and holds for the run alone.";

  function paint() {
    const context = pen(canvas, HEIGHT), c = colours(), width = canvas.clientWidth;
    const top = Math.ceil(Math.log10(peak)), low = Math.min(top - 5, ...points.map(p => Math.floor(Math.log10(p.y))));
    const x0 = Math.min(-2, ...points.map(p => Math.floor(Math.log10(p.x)))), x1 = Math.ceil(Math.log10(Math.max(ridge * 20, ...points.map(p => p.x))));
    const x = v => LEFT + (Math.log10(v) - x0) / (x1 - x0) * (width - LEFT - RIGHT), y = v => TOP + (top - Math.log10(v)) / (top - low) * (HEIGHT - TOP - BOTTOM);
    grid(context, c, x, y, x0, x1, low, top, width);
    roofs(context, c, run, x, y, x0, x1, width);
    drawn = points.map(point => ({ point, px: x(point.x), py: y(point.y) }));
    for (const { point, px, py } of drawn.reverse()) dot(context, c, point, px, py);
    names(context, c, drawn, width);
    tip.textContent ||= hint;
  }
  tip.textContent = hint;
  paint();
  return redraw;
}

function pointsOf(model, work) {
  const { run } = model, points = [];
  if (run.roofline.flops > 0 && run.roofline.hbm_bytes > 0)
    points.push({ name: "the run", x: run.roofline.flops / run.roofline.hbm_bytes, y: run.roofline.flops / model.elapsed, engine: 0, whole: true });
  for (const kind of work) {
    if (kind.flops > 0 && kind.bytes > 0 && kind.busy > 0)
      points.push({ name: kind.name, x: kind.flops / kind.bytes, y: kind.flops / kind.busy, engine: [...kind.engines][0], peak: run.chip.peak_tflops[[...kind.engines][0]] });
  }
  return points;
}

const textOf = p => `${p.name}: ${p.x.toPrecision(3)} operations for each byte${p.whole ? " of HBM traffic" : " that it touches"}, ${rate(p.y)}`
  + (p.peak ? `, ${percent(p.y / p.peak)} of its engine's peak` : "");

function grid(context, c, x, y, x0, x1, low, top, width) {
  context.strokeStyle = c.line;
  context.fillStyle = c.soft;
  context.beginPath();
  context.textAlign = "center";
  const every = width < 560 ? 2 : 1;
  for (let e = x0; e <= x1; e++) {
    context.moveTo(x(10 ** e), TOP);
    context.lineTo(x(10 ** e), HEIGHT - BOTTOM);
    if ((e - x0) % every === 0) context.fillText(e < 0 ? (10 ** e).toFixed(-e) : (10 ** e).toString().replace(/000000$/, "M").replace(/000$/, "k"), x(10 ** e), HEIGHT - BOTTOM + 13);
  }
  context.textAlign = "right";
  for (let e = low; e <= top; e++) {
    context.moveTo(LEFT, y(10 ** e));
    context.lineTo(width - RIGHT, y(10 ** e));
    context.fillText(rate(10 ** e).replace("flop/s", ""), LEFT - 8, y(10 ** e));
  }
  context.stroke();
  context.textAlign = "center";
  context.fillText("operations for each byte", (LEFT + width - RIGHT) / 2, HEIGHT - 9);
  context.textAlign = "left";
  context.fillText("operations each second", 4, 8);
}

function roofs(context, c, run, x, y, x0, x1) {
  const slope = run.chip.read_gb_per_s / 1e3, peaks = run.chip.peak_tflops;
  context.lineWidth = 2;
  context.strokeStyle = c.ink;
  context.beginPath();
  context.moveTo(x(10 ** x0), y(slope * 10 ** x0));
  context.lineTo(x(peaks[1] / slope), y(peaks[1]));
  context.lineTo(x(10 ** x1), y(peaks[1]));
  context.stroke();
  context.fillStyle = c.soft;
  context.textAlign = "right";
  context.fillText(`Tensor ${rate(peaks[1])}`, x(10 ** x1) - 4, y(peaks[1]) - 9);
  context.setLineDash([5, 4]);
  context.lineWidth = 1.2;
  for (const engine of [2, 3]) {
    context.strokeStyle = c.engines[engine];
    context.beginPath();
    context.moveTo(x(10 ** x0), y(peaks[engine]));
    context.lineTo(x(10 ** x1), y(peaks[engine]));
    context.stroke();
    context.fillText(`${run.engines[engine]} ${rate(peaks[engine])}`, x(10 ** x1) - 4, y(peaks[engine]) + (engine === 2 ? 9 : -9));
  }
  context.setLineDash([]);
  context.lineWidth = 1;
}

function dot(context, c, point, px, py) {
  context.beginPath();
  context.arc(px, py, point.whole ? 6 : 5, 0, 7);
  context.fillStyle = point.whole ? c.path : c.card;
  context.strokeStyle = point.whole ? c.path : c.engines[point.engine];
  context.lineWidth = 2.5;
  context.fill();
  context.stroke();
  context.lineWidth = 1;
}

// Names that would lie on another are left to the pointer.
function names(context, c, drawn, width) {
  const taken = [];
  context.fillStyle = c.ink;
  context.textAlign = "left";
  for (const { point, px, py } of [...drawn].sort((a, b) => !!b.point.whole - !!a.point.whole)) {
    const text = point.name.slice(0, 40), wide = context.measureText(text).width, left = px + 10 + wide > width ? px - 10 - wide : px + 10;
    if (taken.some(([l, t, w]) => left < l + w && left + wide > l && Math.abs(t - py) < 13)) continue;
    taken.push([left, py, wide]);
    context.fillText(text, left, py);
  }
}

function operations(state, work) {
  const { model } = state;
  const link = kind => make("button", { type: "button", class: "link", onclick: () => { state.tell("search", kind.name); state.tell("show"); } }, kind.name);
  const element = table("Kinds of operations. Engines: time that they hold engines. Of peak: arithmetic while they hold them, over the engine's peak (but for Tensor, one element a cycle in each partition; Vector's fast modes exceed it).",
    ["operation", "#calls", "#engines", "#of run", "#critical", "#waits", "#DMA", "#flop/s", "#of peak"],
    [...work].sort((a, b) => b.critical - a.critical || b.busy - a.busy).map(k => {
      const peak = model.run.chip.peak_tflops[[...k.engines][0]] || 0, fast = k.busy > 0 ? k.flops / k.busy : 0;
      return [link(k), count(k.operations), time(k.busy), percent(k.busy / model.elapsed), k.critical ? time(k.critical) : "", k.waits ? time(k.waits) : "",
        k.moved ? bytes(k.moved) : "", fast ? rate(fast) : "", fast && peak ? percent(fast / peak) : ""];
    }));
  sortable(element.querySelector("table"));
  return element;
}
