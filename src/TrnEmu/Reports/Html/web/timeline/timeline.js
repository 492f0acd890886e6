// The timeline: puts together lanes, view, drawing, cards, search and input.

import { byId, make, button, pen, onFrame } from "../dom.js";
import { colours } from "../theme.js";
import { lanesOf, semaphoreLanes } from "./lanes.js";
import { View } from "./view.js";
import { draw, layout, legend, spanText } from "./draw.js";
import { drawMarks, placesOf } from "./marks.js";
import { hoverCard, panel } from "./card.js";
import { searchBox } from "./search.js";
import { listen } from "./input.js";

export function timeline(state) {
  const { model } = state, root = byId("timeline");
  let lanes = lanesOf(model), laneOf = placesOf(lanes, model), semaphores = false;
  const canvas = make("canvas", { tabindex: "0", role: "application", "aria-roledescription": "timeline", "aria-describedby": "keys",
    "aria-label": "Timeline of engines, DMA queues and semaphores; arrow keys step through instructions" });
  const tip = make("div", { id: "tip", class: "card", hidden: true }), info = make("div", { class: "panel", "aria-live": "polite" });
  const input = make("input", { type: "search", placeholder: "operation, tensor or line", "aria-label": "Search the timeline", id: "search", dir: "auto" });
  const found = make("span", { class: "sub", role: "status" }), seen = make("span", { class: "sub seen" }), key = make("p", { class: "legend" });
  const redraw = onFrame(paint), view = new View(model.elapsed, redraw);
  const search = searchBox(state, input, found), card = hoverCard(model, tip), details = panel(state, info);

  const toggle = (text, label, change) => button(label, text, event => {
    const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
    event.currentTarget.setAttribute("aria-pressed", on);
    change(on);
  }, { "aria-pressed": "false" });
  const tools = make("div", { class: "tools" },
    button("Zoom in", "+", () => view.zoom(.5)), button("Zoom out", "\u2212", () => view.zoom(2)), button("Show all", "All", () => view.all()),
    model.hasReasons ? toggle("Critical path", "Dim what is not on the critical path", on => { state.dims = on; redraw(); }) : null,
    model.run.semaphores.length ? toggle("Semaphores", "Show semaphores", on => { semaphores = on; relane(); }) : null,
    make("span", { class: "grow" }), input, button("Previous match", "\u2039", () => search.step(-1)), button("Next match", "\u203a", () => search.step(1)), found, seen);
  root.replaceChildren(tools, key, canvas, make("p", { id: "keys", class: "sub" },
    "Drag to move; wheel (click first, or hold Ctrl) or pinch to zoom; double click fits. Keys: arrows step, w and b follow what it waited for and back, + \u2212 0 zoom, a d move, / search, Esc clears."), info, tip);

  function relane() {
    lanes = semaphores ? [...lanesOf(model), ...semaphoreLanes(model)] : lanesOf(model);
    laneOf = placesOf(lanes, model);
    redraw();
  }

  function paint() {
    view.resize(canvas.clientWidth);
    const height = layout(lanes), context = pen(canvas, height), c = colours();
    draw(context, view, lanes, height, state);
    drawMarks(context, view, state, laneOf);
    seen.textContent = spanText(view);
    key.replaceChildren(...legend(model, c).map(([name, colour]) => make("span", {}, make("i", { class: "key", style: `background:${colour}` }), name)),
      make("span", {}, "thin band below an engine: it waits for the engine of that colour"));
    canvas.dataset.drawn = "yes";
  }

  function pick({ x, y }) {
    const lane = lanes.find(l => y >= l.y - 1 && y < l.y + l.height + 1);
    if (!lane || x < view.label) return null;
    const near = track => {
      const i = track.endingAfter(view.at(x - 2));
      return i < track.length && track.starts[i] <= view.at(x + 2) ? i : -1;
    };
    const i = near(lane.track);
    if (i >= 0) return { lane, i, node: lane.kind === "semaphore" ? [...model.nodesOf(lane.track.nodes[i])].pop() : lane.track.nodes[i] };
    const wait = lane.waits ? near(lane.waits) : -1;
    return wait >= 0 ? { lane, wait: lane.waits.nodes[wait] } : null;
  }

  // The next node to the side in the lane, or what runs at that time in a lane above or below.
  function step(by) {
    if (state.chosen < 0) return enter();
    const { track } = laneOf(state.chosen), i = track.nodes.indexOf(state.chosen) + by;
    if (i >= 0 && i < track.length) state.choose(track.nodes[i], { reveal: true });
  }

  function enter() {
    const lane = lanes.find(l => l.track.length && l.kind === "engine");
    if (lane) state.choose(lane.track.nodes[Math.min(lane.track.length - 1, lane.track.endingAfter(view.from))], { reveal: true });
  }

  function change(by) {
    if (state.chosen < 0) return enter();
    const middle = (model.startOf(state.chosen) + model.endOf(state.chosen)) / 2;
    for (let l = lanes.indexOf(laneOf(state.chosen)) + by; l >= 0 && l < lanes.length; l += by) {
      const { track, kind } = lanes[l];
      if (track.length && kind !== "path" && kind !== "semaphore")
        return state.choose(track.nodes[Math.min(track.length - 1, track.endingAfter(middle))], { reveal: true });
    }
  }

  const back = [];
  const follow = () => {
    const source = state.chosen < 0 ? -1 : model.sourceOf(state.chosen);
    if (source >= 0) {
      back.push(state.chosen);
      state.choose(source, { reveal: true });
    }
  };
  const keys = {
    ArrowLeft: () => step(-1), ArrowRight: () => step(1), ArrowUp: () => change(-1), ArrowDown: () => change(1),
    w: follow, b: () => back.length && state.choose(back.pop(), { reveal: true }), Enter: follow, a: () => view.pan(-.25), d: () => view.pan(.25),
    "+": () => view.zoom(.5), "=": () => view.zoom(.5), "-": () => view.zoom(2), 0: () => view.all(), "/": () => input.focus(),
    Escape: () => { state.choose(-1); search.set(""); },
  };
  listen(canvas, view, {
    keys,
    hover(at, event) {
      const item = pick(at);
      canvas.style.cursor = item ? "pointer" : "grab";
      if (item) card.show(item, event, view.span); else card.hide();
    },
    leave: () => card.hide(),
    click(at) {
      const item = pick(at);
      canvas.focus({ preventScroll: true });
      if (item && item.node !== undefined && item.node === state.chosen) return follow();
      state.choose(!item ? -1 : item.wait !== undefined ? model.nodesOf(model.run["wait.op"][item.wait])[0] ?? -1 : item.node);
    },
    fit: () => state.chosen >= 0 ? view.show(model.startOf(state.chosen) - view.span * .02, model.endOf(state.chosen) + view.span * .02) : view.all(),
  });
  input.addEventListener("keydown", event => {
    if (event.key === "Enter") search.step(event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { search.set(""); canvas.focus(); }
  });
  state.on("choose", ({ node, reveal }) => {
    details.show(node, view.span);
    if (node >= 0 && reveal) view.reveal(model.startOf(node), model.endOf(node));
    redraw();
  });
  state.on("match", redraw);
  state.on("search", text => search.set(text));
  state.on("show", () => root.scrollIntoView({ block: "start" }));
  paint();
}
