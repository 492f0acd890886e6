// The lanes of the timeline from top to bottom, each with its tracks.

import { Track, tracksOf } from "../track.js";
import { LANES, groups } from "../model.js";

const MOST_ROWS = 4, MOST_SEMAPHORES = 48;

export function lanesOf(model) {
  const { run } = model, lanes = [];
  if (run["path.node"]) lanes.push(pathLane(model));
  const byLane = groups(model.instructions, run.cores * LANES, node => run["inst.lane"][node]);
  const waits = groups(run["wait.lane"].length, run.cores * LANES, i => run["wait.lane"][i]);
  for (let core = 0; core < run.cores; core++) {
    for (let engine = 1; engine <= LANES; engine++) {
      const lane = core * LANES + engine - 1, nodes = byLane.of(lane);
      const loads = nodes.filter(n => model.isLoad(n)), work = loads.length ? nodes.filter(n => !model.isLoad(n)) : nodes;
      const title = named(run, core, run.engines[engine]);
      lanes.push(...rows("engine", title, engine, tracksOf(work, model.startOf, model.endOf, MOST_ROWS), waitTrack(run, waits.of(lane))));
      if (loads.length) lanes.push(...rows("loads", `${title}: loads`, engine, tracksOf(loads, model.startOf, model.endOf, 2)));
    }
  }
  return [...lanes, ...queueLanes(model)];
}

const named = (run, core, title) => run.cores > 1 ? `${core}: ${title}` : title;

const rows = (kind, title, engine, tracks, waits) => (tracks.length ? tracks : [new Track([], [], [])]).map((track, i) =>
  ({ kind, title: i ? "" : title, name: title, engine, track, waits: i ? null : waits, height: kind === "engine" && !i ? 22 : 13 }));

function pathLane(model) {
  const { run } = model, count = run["path.node"].length;
  const starts = new Float64Array(count), ends = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    starts[i] = at;
    ends[i] = at += run["path.length"][i];
  }
  return { kind: "path", title: "Critical path", name: "Critical path", engine: 0, track: new Track(starts, ends, run["path.node"]), height: 16 };
}

function waitTrack(run, indices) {
  const start = i => run["wait.start"][i], end = i => run["wait.start"][i] + run["wait.length"][i];
  return new Track(Float64Array.from(indices, start), Float64Array.from(indices, end), Int32Array.from(indices));
}

function queueLanes(model) {
  const { run } = model, queues = new Map();
  for (let t = 0; t < model.transfers; t++) {
    const op = run["move.op"][t], key = run["op.core"][op] * 1e6 + run["op.queue"][op];
    if (!queues.has(key)) queues.set(key, []);
    queues.get(key).push(model.instructions + t);
  }
  const lanes = [];
  for (const key of [...queues.keys()].sort((a, b) => a - b)) {
    const title = named(run, Math.floor(key / 1e6), `DMA queue ${key % 1e6}`);
    lanes.push(...rows("queue", title, 0, tracksOf(queues.get(key), model.startOf, model.endOf, MOST_ROWS)));
  }
  return lanes;
}

// Semaphores as steps: a moment and the value from then on.
export function semaphoreLanes(model) {
  const { run } = model, steps = run.semaphores.map(() => []);
  const ends = op => run["op.start"][op] + run["op.length"][op];
  for (let op = 0, s = 0; op < run["op.signals"].length; op++) {
    for (const end = s + run["op.signals"][op]; s < end; s++)
      steps[run["signals.semaphore"][s]].push([ends(op), run["signals.amount"][s], op]);
  }
  const order = run.semaphores.map((_, s) => s).sort((a, b) => run.semaphores[a].localeCompare(run.semaphores[b], "en", { numeric: true }));
  return order.slice(0, MOST_SEMAPHORES).map(s => {
    const list = steps[s].sort((a, b) => a[0] - b[0]);
    const times = Float64Array.from(list, x => x[0]), values = new Float64Array(list.length);
    let value = 0;
    list.forEach((x, i) => { values[i] = value += x[1]; });
    return { kind: "semaphore", title: `semaphore ${run.semaphores[s]}`, name: `semaphore ${run.semaphores[s]}`, engine: 5,
      track: new Track(times, Float64Array.from(times, (t, i) => i + 1 < times.length ? times[i + 1] : model.elapsed), Int32Array.from(list, x => x[2])),
      values, most: value, height: 13 };
  });
}
