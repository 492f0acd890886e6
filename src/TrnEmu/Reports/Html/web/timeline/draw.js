// Draws the lanes. Many stretches in few pixels are added up by columns, so that 1 M of them cost as little as 1 k.

import { colours } from "../theme.js";
import { time } from "../format.js";

export const AXIS = 26, GAP = 3;
const NARROW = 1.4, BAND = 5;
const KIND_NAMES = [null, "cold", "tables", null, "latency", "semaphore", "descriptors", "to first packet", "transfer", "transfer", "write", "semaphore", "?"];

export function layout(lanes) {
  let y = AXIS;
  for (const lane of lanes) {
    lane.y = y + (lane.title ? 4 : 0);
    y = lane.y + lane.height + GAP - (lane.title ? 1 : 0);
  }
  return y + 4;
}

export function draw(pen, view, lanes, height, state) {
  const c = colours();
  drawAxis(pen, view, height, c);
  for (const lane of lanes) {
    pen.fillStyle = c.track;
    pen.fillRect(view.label, lane.y, view.width - view.label, lane.height);
    pen.save();
    pen.beginPath();
    pen.rect(view.label, lane.y, view.width - view.label, lane.height);
    pen.clip();
    if (lane.kind === "semaphore") drawSteps(pen, view, lane, c);
    else {
      if (lane.waits) drawTrack(pen, view, lane.waits, lane.y + lane.height - BAND, BAND, c, waitPaint(state.model, c));
      const body = lane.waits && lane.waits.length ? lane.height - BAND - 1 : lane.height;
      drawTrack(pen, view, lane.track, lane.y, body, c, paintOf(lane, state, c));
    }
    pen.restore();
    drawTitle(pen, view, lane, c);
  }
}

function drawTitle(pen, view, lane, c) {
  if (!lane.title) return;
  pen.fillStyle = lane.kind === "path" ? c.path : c.engines[lane.engine];
  pen.fillRect(0, lane.y + 2, 3, lane.height - 4);
  pen.fillStyle = c.ink;
  pen.textAlign = "left";
  pen.fillText(lane.title, 8, lane.y + lane.height / 2 + .5, view.label - 14);
}

function drawAxis(pen, view, height, c) {
  const rough = view.span / Math.max(2, (view.width - view.label) / 110), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough);
  const digits = Math.min(6, Math.max(0, 6 - Math.floor(Math.log10(step) + 1e-9)));
  pen.strokeStyle = c.line;
  pen.fillStyle = c.soft;
  pen.textAlign = "center";
  pen.beginPath();
  for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
    const px = Math.round(view.x(t)) + .5, text = (t / 1e6).toFixed(digits) + " us";
    pen.moveTo(px, AXIS - 6);
    pen.lineTo(px, height);
    if (px + pen.measureText(text).width / 2 <= view.width && px - pen.measureText(text).width / 2 >= view.label - 20) pen.fillText(text, px, 10);
  }
  pen.stroke();
}

// How a lane's stretches look: colour, strength, name, and whether the critical path passes them.
function paintOf(lane, state, c) {
  const { model, matches, dims } = state;
  const strength = node => matches && !matches[model.opOf(node)] ? .15 : dims && !model.isCritical(node) ? .25 : 1;
  if (lane.kind === "path") {
    const kinds = model.run["path.kind"];
    return { colour: (node, i) => kindColour(model, node, kinds[i], c), strength: node => matches && !matches[model.opOf(node)] ? .25 : 1, critical: null,
      ink: i => kinds[i] > 3 && kinds[i] !== 8 && kinds[i] !== 9,
      name: (node, i) => KIND_NAMES[kinds[i]] || model.nameOf(model.opOf(node)) };
  }
  const colour = c.engines[lane.engine];
  return { colour: () => colour, strength, critical: node => model.isCritical(node),
    name: lane.height > 12 ? node => model.nameOf(model.opOf(node)) : null };
}

// Work and moving data have the colour of who does it; what is only waiting for something to arrive is grey.
export function kindColour(model, node, kind, c) {
  if (kind <= 3) return c.engines[model.engineOf(node)];
  return kind >= 8 && kind <= 9 ? c.engines[0] : c.way;
}

const waitPaint = (model, c) => ({ colour: i => c.engines[model.run["wait.cause"][i]], strength: () => .55, name: null, critical: null });

function drawTrack(pen, view, track, y, height, c, paint) {
  const first = track.endingAfter(view.from), last = track.startingAt(view.to);
  if (last - first > 3 * (view.width - view.label)) drawColumns(pen, view, track, y, height, c, paint);
  else drawBoxes(pen, view, track, y, height, c, paint, first, last);
}

function drawBoxes(pen, view, track, y, height, c, paint, first, last) {
  for (let i = first; i < last; i++) {
    const left = view.x(track.starts[i]), right = view.x(track.ends[i]), node = track.nodes[i], wide = right - left;
    const strength = paint.strength(node);
    pen.globalAlpha = strength * (wide < NARROW ? Math.max(.35, wide / NARROW) : 1);
    pen.fillStyle = paint.colour(node, i);
    pen.fillRect(left, y, wide > 3 ? wide - .8 : Math.max(wide, .6), height);
    pen.globalAlpha = 1;
    if (paint.critical && paint.critical(node)) {
      pen.fillStyle = c.path;
      pen.fillRect(left, y, Math.max(wide - .8, .8), 2.5);
    }
    if (paint.name && wide > 26 && strength > .3) {
      pen.fillStyle = paint.ink && paint.ink(i) ? c.ink : c.on;
      drawName(pen, view, paint.name(node, i), left, right, y + height / 2 + 1);
    }
  }
}

const widths = new Map();
function drawName(pen, view, name, left, right, y) {
  const seen = Math.max(left, view.label);
  if (!widths.has(name)) widths.set(name, pen.measureText(name).width);
  if (right - seen < widths.get(name) + 9) return;
  pen.textAlign = "left";
  pen.fillText(name, seen + 5, y);
}

function drawColumns(pen, view, track, y, height, c, paint) {
  const step = view.perPixel;
  let i = track.startingAt(view.from), from = view.from;
  for (let px = view.label; px < view.width; px++, from += step) {
    const [filled, next] = track.filled(from, from + step, i);
    if (filled > 0) {
      const sample = Math.min(track.length - 1, Math.max(0, next > i ? i : i - 1));
      pen.globalAlpha = Math.max(.12, Math.min(1, filled / step)) * paint.strength(track.nodes[sample]);
      pen.fillStyle = paint.colour(track.nodes[sample], sample);
      pen.fillRect(px, y, 1, height);
      if (paint.critical && paint.critical(track.nodes[sample])) {
        pen.globalAlpha = 1;
        pen.fillStyle = c.path;
        pen.fillRect(px, y, 1, 2.5);
      }
    }
    i = next;
  }
  pen.globalAlpha = 1;
}

function drawSteps(pen, view, lane, c) {
  const { track, values, most } = lane, first = track.endingAfter(view.from), last = track.startingAt(view.to);
  const stride = Math.max(1, Math.floor((last - first) / (2 * view.width)));
  pen.fillStyle = c.engines[5];
  for (let i = first; i < last; i += stride) {
    const left = view.x(track.starts[i]), right = view.x(track.ends[Math.min(last - 1, i + stride - 1)]);
    const tall = Math.max(1, (lane.height - 2) * values[i] / most);
    pen.globalAlpha = .55;
    pen.fillRect(left, lane.y + lane.height - tall, right - left, tall);
    pen.globalAlpha = 1;
    pen.fillRect(left, lane.y, 1, lane.height);
  }
}

export const legend = (model, c) => [
  ...model.run.engines.map((name, i) => [name, c.engines[i]]), ["on its way", c.way], ["critical", c.path],
];

export const spanText = view => `${time(view.span)} of ${time(view.elapsed)}`;
