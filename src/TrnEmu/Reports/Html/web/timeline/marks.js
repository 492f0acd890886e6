// What stands out over the lanes: the chosen node, the chain of what it waited for, and what waited for it.

import { colours } from "../theme.js";

const MOST_BEFORE = 24, MOST_AFTER = 12;

export function placesOf(lanes, model) {
  const places = new Map();
  return node => {
    if (places.has(node)) return places.get(node);
    const start = model.startOf(node);
    for (const lane of lanes) {
      if (lane.kind === "path" || lane.kind === "semaphore" || !mayHold(lane, model, node)) continue;
      for (let i = lane.track.startingAt(start); i < lane.track.length && lane.track.starts[i] === start; i++) {
        if (lane.track.nodes[i] !== node) continue;
        places.set(node, lane);
        return lane;
      }
    }
    return null;
  };
}

function mayHold(lane, model, node) {
  if (model.isTransfer(node)) return lane.kind === "queue";
  return lane.kind === (model.isLoad(node) ? "loads" : "engine") && lane.engine === model.engineOf(node);
}

export function drawMarks(pen, view, state, laneOf) {
  const { model, chosen } = state;
  if (chosen < 0) return;
  const c = colours();
  for (let node = chosen, i = 0; i < MOST_BEFORE && node >= 0; i++) {
    const source = model.sourceOf(node);
    if (source >= 0) arrow(pen, view, model, laneOf, source, node, c.path, i === 0 ? 1 : .55);
    node = source;
  }
  [...model.dependents(chosen)].slice(0, MOST_AFTER).forEach(next => arrow(pen, view, model, laneOf, chosen, next, c.select, .45));
  const lane = laneOf(chosen);
  if (!lane) return;
  const left = Math.max(view.label, view.x(model.startOf(chosen))), right = Math.min(view.width - 1, view.x(model.endOf(chosen)));
  if (right < left) return;
  pen.strokeStyle = c.select;
  pen.lineWidth = 2;
  pen.strokeRect(left, lane.y - 1, Math.max(3, right - left), lane.height + 2);
  pen.lineWidth = 1;
}

// From the end of one node to the start of the next, as a step with a head.
function arrow(pen, view, model, laneOf, from, to, colour, strength) {
  const a = laneOf(from), b = laneOf(to);
  if (!a || !b) return;
  const x0 = view.x(Math.min(model.doneOf(from), model.startOf(to))), x1 = view.x(model.startOf(to));
  if (x1 < view.label || x0 > view.width) return;
  const y0 = a.y + a.height / 2, y1 = b.y + b.height / 2;
  const bend = Math.min(14, Math.max(3, (x1 - x0) / 2));
  pen.save();
  pen.beginPath();
  pen.rect(view.label, 0, view.width - view.label, 1e5);
  pen.clip();
  pen.globalAlpha = strength;
  pen.strokeStyle = pen.fillStyle = colour;
  pen.lineWidth = 1.6;
  pen.beginPath();
  pen.moveTo(x0, y0);
  if (a === b) pen.lineTo(x1, y1);
  else pen.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1 - 3, y1);
  pen.stroke();
  pen.beginPath();
  pen.moveTo(x1, y1);
  pen.lineTo(x1 - 6, y1 - 3.5);
  pen.lineTo(x1 - 6, y1 + 3.5);
  pen.fill();
  pen.restore();
}
