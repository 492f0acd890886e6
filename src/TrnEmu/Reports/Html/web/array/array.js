// The systolic array at work on the first product of the run: stepped by hand or played.

import { byId, make, button, pen, onFrame } from "../dom.js";
import { colours } from "../theme.js";
import { cell, count, time } from "../format.js";
import { arraySteps } from "./steps.js";

const PAUSE = 650, GAP = 3;

export function array(state) {
  const { model } = state, { sample } = model.run, root = byId("array");
  if (!sample) {
    root.append(make("p", { class: "empty" }, model.run.names.includes("nc_matmul")
      ? "The numbers of the run's products were not kept: it was timed without executing it, or its products are all transposes or in other formats than plain ones."
      : "The run has no matrix product: its Tensor engine multiplies nothing."));
    return;
  }
  const steps = arraySteps(sample), still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const canvas = make("canvas", { tabindex: "0", role: "img", "aria-label": "The array, step by step; arrow keys step" });
  const slider = make("input", { type: "range", min: "0", max: String(steps.count - 1), value: "0", "aria-label": "Step" });
  const said = make("p", { "aria-live": "polite" });
  let step = steps.rows + steps.rows + 2, playing = 0;
  const redraw = onFrame(paint);
  const play = button("Play", "\u25b6", () => playing ? stop() : start());
  root.append(make("p", {}, `The first product of this run${sample.place ? ` (${sample.place})` : ""}: stationary [${sample.k}, ${sample.m}] times moving [${sample.k}, ${sample.n}], ${sample.type}. `
    + `Drawn are the first ${steps.rows} of ${sample.k} rows and ${steps.columns} of ${sample.m} columns of the array with their numbers, and the first ${steps.wide} of ${count(sample.n)} moving columns. ${cost(model, sample)}`),
    make("div", { class: "tools" }, button("Start", "\u00ab", () => set(0)), button("Step back", "\u2039", () => set(step - 1)), play, button("Step", "\u203a", () => set(step + 1)), slider),
    said, make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The array" }, canvas));
  if (still) play.hidden = true;

  function set(to) {
    step = Math.max(0, Math.min(steps.count - 1, to));
    redraw();
  }

  function start() {
    play.textContent = "\u275a\u275a";
    play.setAttribute("aria-label", "Pause");
    if (step >= steps.count - 1) step = 0;
    playing = setInterval(() => step < steps.count - 1 ? set(step + 1) : stop(), PAUSE);
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    play.textContent = "\u25b6";
    play.setAttribute("aria-label", "Play");
  }

  slider.addEventListener("input", () => set(+slider.value));
  canvas.addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    set(step + by);
  });

  function paint() {
    canvas.style.minWidth = 44 * (steps.columns + 3.4) + "px";
    const size = Math.max(44, Math.min(64, canvas.clientWidth / (steps.columns + steps.wide + 3)));
    const context = pen(canvas, size * (steps.rows + 1) + 30 + size * .5 * steps.wide + 30);
    drawArray(context, colours(), steps, sample, step, size);
    slider.value = String(step);
    slider.setAttribute("aria-valuetext", `step ${step} of ${steps.count - 1}`);
    said.textContent = `Step ${step} of ${steps.count - 1}. ${steps.say(step)}`;
  }
  paint();
}

// What the whole product takes on this chip: its load, and its stream.
function cost(model, sample) {
  const { run } = model;
  for (let i = 1; i < model.instructions; i++) {
    if (run["inst.class"][i] === 1 && run["inst.items"][i] === sample.n)
      return `On the chip this takes ${time(run["inst.hold"][i - 1])} to load and ${time(run["inst.hold"][i])} to stream, about one moving column a cycle.`;
  }
  return "";
}

function drawArray(context, c, steps, sample, step, size) {
  const left = size * 3.2, top = 24, box = size - GAP;
  context.textAlign = "left";
  context.fillStyle = c.soft;
  context.fillText("stationary, one number a cell; below it the sum", left, 10);
  context.fillText("moving \u2192", 0, 10);
  for (let k = 0; k < steps.rows; k++) {
    drawQueue(context, c, steps, sample, step, k, left, top + k * size, size);
    for (let m = 0; m < steps.columns; m++) drawCell(context, c, steps, sample, step, k, m, left + m * size, top + k * size, box);
  }
  drawSums(context, c, steps, sample, step, left, top + steps.rows * size + 12, size);
}

// What is about to enter a row: the next three values.
function drawQueue(context, c, steps, sample, step, k, left, y, size) {
  for (let wait = 0; wait < 3; wait++) {
    const n = step - steps.rows - 1 - k + 1 + wait;
    if (step < steps.rows || n < 0 || n >= steps.wide) continue;
    context.globalAlpha = 1 - wait * .3;
    text(context, cell(sample.moving[k][n]), left - (wait + .55) * size, y + size / 2, c.engines[0], 12);
    context.globalAlpha = 1;
  }
}

function drawCell(context, c, steps, sample, step, k, m, x, y, box) {
  const loaded = steps.loaded(step, k), n = loaded ? steps.passing(step, k, m) : -1;
  context.fillStyle = n >= 0 ? c.engines[1] : c.track;
  context.fillRect(x, y, box, box);
  if (!loaded) return;
  text(context, cell(sample.stationary[k][m]), x + box / 2, y + box * .32, n >= 0 ? c.on : c.ink, 13);
  if (n < 0) return;
  text(context, "x " + cell(sample.moving[k][n]), x + box / 2, y + box * .58, c.on, 10);
  text(context, "\u03a3 " + cell(steps.partial(k, m, n)), x + box / 2, y + box * .82, c.on, 10);
}

// PSUM: a row for each moving column, filled when its sum has passed all rows.
function drawSums(context, c, steps, sample, step, left, top, size) {
  const high = size * .5, rest = sample.k - steps.rows;
  text(context, "PSUM", left - 16, top + high / 2, c.soft, 12, "right");
  context.textAlign = "left";
  for (let n = 0; n < steps.wide; n++) {
    for (let m = 0; m < steps.columns; m++) {
      const x = left + m * size, y = top + n * high, is = steps.done(step, m, n);
      context.fillStyle = is ? c.engines[2] : c.track;
      context.fillRect(x, y, size - GAP, high - GAP);
      if (is) text(context, cell(sample.sums[m][n]), x + (size - GAP) / 2, y + (high - GAP) / 2, c.on, 12);
    }
  }
  context.textAlign = "left";
  context.fillStyle = c.soft;
  context.font = "12px system-ui, sans-serif";
  context.fillText(rest > 0 ? `sums over all ${sample.k} rows: the ${rest} that are not drawn add theirs` : "sums", left, top + steps.wide * high + 10);
}

function text(context, words, x, y, colour, size, align = "center") {
  context.font = `${size}px system-ui, sans-serif`;
  context.fillStyle = colour;
  context.textAlign = align;
  context.fillText(words, x, y);
}
