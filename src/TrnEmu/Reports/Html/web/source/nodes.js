// The nodes of a model with what each took, linked with the timeline.

import { make, table } from "../dom.js";
import { time, bytes, percent, count } from "../format.js";
import { sum } from "./usage.js";
import { sortable } from "../sort.js";

const MOST = 400;

export function nodeTable(state, uses, show) {
  const { model } = state, { run } = model, places = new Map();
  run["place.node"].forEach((node, place) => {
    if (node > 0) places.set(node, [...(places.get(node) || []), place]);
  });
  const rows = [...places].map(([node, own]) => ({ node, places: own, use: sum(own.map(p => uses[p])), ...run.nodes[node - 1] }))
    .sort((a, b) => b.time - a.time);
  const shown = rows.slice(0, MOST);
  const element = table(
    `Nodes of the model, longest first${rows.length > MOST ? ` (${MOST} of ${rows.length})` : ""}: the time by which the run ends later for each; choose one to see it in the timeline.`,
    ["node", "operation", "kernel", "#time", "#of run", "#critical", "#waits", "#DMA", "#calls"],
    shown.map(r => [make("button", { type: "button", class: "link", onclick: () => show(r), dir: "auto" }, r.name), r.op, r.kernel, time(r.time), percent(r.time / model.elapsed),
      time(r.use.critical), time(r.use.waits), bytes(r.use.bytes), count(r.use.operations)]));
  sortable(element.querySelector("table"));
  return element;
}
