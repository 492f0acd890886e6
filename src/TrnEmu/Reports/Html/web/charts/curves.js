// Curves over the run's time, by uPlot; a click sets the moment that the memory maps show.

import uPlot from "uplot";
import { make } from "../dom.js";
import { colours } from "../theme.js";
import { time } from "../format.js";

const HEIGHT = 130, WIDE_AXIS = 70;

export const axis = (c, more) => ({ stroke: c.soft, grid: { stroke: c.line, width: 1 }, ticks: { stroke: c.line, width: 1 }, font: "12px system-ui, sans-serif", ...more });

export function curves(root, list, pick) {
  const plots = list.map(curve => {
    const box = make("div", { class: "plot", role: "img", "aria-label": curve.title });
    root.append(make("h3", {}, curve.title), box);
    return { curve, box, plot: null };
  });
  function build() {
    const c = colours();
    for (const one of plots) {
      one.plot?.destroy();
      const { curve, box } = one, series = [{ value: (_, v) => v == null ? "" : time(v) }, {
        stroke: c.engines[curve.engine], fill: c.engines[curve.engine] + "33", width: 1.5, points: { show: false },
        paths: curve.stepped ? uPlot.paths.stepped({ align: 1 }) : undefined, value: (_, v) => v == null ? "" : curve.text(v) }];
      const most = Math.max(1, ...sample(curve.values));
      one.plot = new uPlot({
        width: Math.max(200, box.clientWidth), height: HEIGHT, cursor: { y: false, drag: { x: false, y: false } }, legend: { show: false },
        scales: { x: { time: false, range: [0, curve.end] }, y: { range: [0, most * 1.12] } },
        axes: [axis(c, { values: (_, ticks) => ticks.map(time), space: 90 }), axis(c, { values: (_, ticks) => ticks.map(curve.text), size: WIDE_AXIS, space: 34 })], series,
        hooks: { ready: [u => u.over.addEventListener("click", () => u.cursor.left >= 0 && pick(u.posToVal(u.cursor.left, "x")))] },
      }, [[...curve.times, curve.end], [...curve.values, curve.values[curve.values.length - 1] ?? 0]], box);
    }
  }
  addEventListener("theme", build);
  addEventListener("resize", () => plots.forEach(p => p.plot.setSize({ width: Math.max(200, p.box.clientWidth), height: HEIGHT })));
  build();
}

// Enough of many values to know the largest without spreading a million arguments.
function sample(values) {
  const most = [];
  for (let i = 0; i < values.length; i += 4096) most.push(values.slice(i, i + 4096).reduce((a, b) => Math.max(a, b), 0));
  return most;
}
