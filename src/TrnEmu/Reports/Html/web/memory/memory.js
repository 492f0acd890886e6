// The memories: who lives where at a moment, how full they are over time, and what moves to and from HBM.

import { byId, make, button, onFrame, pen } from "../dom.js";
import { moment, bytes, times } from "../format.js";
import { colours } from "../theme.js";
import { tensorsOf, liveSteps, thinned, hbmRate, HBM } from "./live.js";
import { drawMap } from "./map.js";
import { curves } from "../charts/curves.js";
import { traffic } from "./traffic.js";

const SBUF = 1, PSUM = 2, STRETCHES = 400, MAP = 210, STEPS = 1000, TICK = 60;

export function memory(state) {
  const { model } = state, { run } = model, chip = run.chip, root = byId("memories"), all = tensorsOf(run);
  const placed = space => all.filter(t => t.space === space && t.byte >= 0 && t.core === 0);
  const maps = [
    { name: "SBUF", tensors: placed(SBUF), size: chip.sbuf, partitions: chip.partitions, parts: 4 },
    { name: "PSUM", tensors: placed(PSUM), size: chip.banks * chip.bank, partitions: chip.partitions, parts: chip.banks, label: i => `bank ${i}` },
  ];
  fit(maps[0]);
  const slider = make("input", { type: "range", min: "0", max: String(STEPS), value: "0", "aria-label": "Moment of the run" });
  const now = make("output", { class: "n" }), said = make("p", { class: "sub", "aria-live": "polite" }), banks = make("canvas", { role: "img", "aria-label": "PSUM banks in use over time" });
  const play = button("Play", "\u25b6", () => playing ? stop() : start());
  let at = model.elapsed / 2, playing = 0, chosen = null;
  const redraw = onFrame(paint);

  for (const map of maps) {
    map.canvas = make("canvas", { tabindex: "0", role: "img", "aria-label": `Map of ${map.name}: bytes to the right, partitions downwards` });
    map.canvas.addEventListener("pointermove", event => {
      const box = map.canvas.getBoundingClientRect(), found = map.drawn?.at(event.clientX - box.left, event.clientY - box.top);
      if (found === chosen) return;
      chosen = found || null;
      redraw();
    });
    map.canvas.addEventListener("pointerleave", () => { chosen = null; redraw(); });
    map.canvas.addEventListener("click", () => chosen && state.tell("search", chosen.name));
  }
  root.replaceChildren(
    make("div", { class: "tools" }, play, slider, now), said,
    ...maps.flatMap(map => [make("h3", {}, `${map.name}${map.zoomed ? `, the first ${bytes(map.size)} of ${bytes(chip.sbuf)} in each partition` : ""}`),
      map.tensors.length ? map.canvas : make("p", { class: "empty" }, `The program keeps nothing in ${map.name}.`)]),
    make("h3", {}, "PSUM banks over time"), banks, make("div", { id: "live" }), ...traffic(state, all.filter(t => t.space === HBM)));
  curves(byId("live"), liveCurves(model, maps), value => set(value));

  function paint() {
    for (const map of maps) if (map.tensors.length) map.drawn = drawMap(map.canvas, map, map.tensors, at, chosen, MAP);
    drawBanks(banks, model, maps[1].tensors, at, chip);
    now.textContent = moment(at, model.elapsed);
    slider.value = String(Math.round(at / model.elapsed * STEPS));
    slider.setAttribute("aria-valuetext", now.textContent);
    const live = maps.map(map => `${times((map.drawn?.live || []).length, "tensor")} of ${map.name}`).join(" and ");
    said.textContent = chosen ? `${chosen.name} ${chosen.type}, ${bytes(chosen.row)} in each of ${chosen.partitions} partitions, in use from ${moment(chosen.first, model.elapsed)} to ${moment(chosen.last, model.elapsed)}` : `At ${now.textContent}, ${live} in use. Point at one to see what it is; choose it to find who uses it.`;
  }

  function set(value) {
    at = Math.max(0, Math.min(model.elapsed, value));
    redraw();
  }

  function start() {
    play.textContent = "\u275a\u275a";
    play.setAttribute("aria-label", "Pause");
    if (at >= model.elapsed) at = 0;
    playing = setInterval(() => at < model.elapsed ? set(at + model.elapsed / 200) : stop(), TICK);
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    play.textContent = "\u25b6";
    play.setAttribute("aria-label", "Play");
  }

  slider.addEventListener("input", () => set(+slider.value / STEPS * model.elapsed));
  state.on("choose", ({ node }) => node >= 0 && set(model.startOf(node)));
  paint();
}

// A memory that is nearly empty is shown as far as it is used.
function fit(map) {
  const end = map.tensors.reduce((most, t) => Math.max(most, t.byte + t.row), 0);
  let size = map.size;
  while (size / 2 >= end && size > 4096) size /= 2;
  map.zoomed = size < map.size;
  map.size = size;
}

function liveCurves(model, maps) {
  const steps = thinned(liveSteps(maps[0].tensors, model.run.chip.sbuf, 1), model.elapsed), rates = hbmRate(model, STRETCHES);
  return [
    { title: "SBUF in use, bytes in each partition", times: steps.times, values: steps.values, text: bytes, stepped: true, engine: 2, end: model.elapsed },
    { title: "HBM traffic, GB/s", times: Array.from(rates, (_, i) => (i + .5) * model.elapsed / STRETCHES), values: [...rates], text: v => v.toFixed(0), engine: 0,
      end: model.elapsed, roof: model.run.chip.read_gb_per_s, roofText: "a core's reads" },
  ];
}

function drawBanks(canvas, model, tensors, at, chip) {
  const row = 13, left = 54, height = chip.banks * row + 4, context = pen(canvas, height), c = colours(), width = canvas.clientWidth - left;
  for (let bank = 0; bank < chip.banks; bank++) {
    context.fillStyle = c.track;
    context.fillRect(left, bank * row, width, row - 2);
    context.fillStyle = c.soft;
    context.fillText(`bank ${bank}`, 0, bank * row + row / 2);
    context.globalAlpha = .8;
    for (const t of tensors) {
      if (t.byte >= (bank + 1) * chip.bank || t.byte + t.row <= bank * chip.bank) continue;
      context.fillStyle = c.kinds[t.family % c.kinds.length];
      const x0 = left + t.first / model.elapsed * width;
      context.fillRect(x0, bank * row, Math.max(1, (t.last - t.first) / model.elapsed * width - .5), row - 2);
    }
    context.globalAlpha = 1;
  }
  context.fillStyle = c.select;
  context.fillRect(left + at / model.elapsed * width, 0, 1.5, height);
}
