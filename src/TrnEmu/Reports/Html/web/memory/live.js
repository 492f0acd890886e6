// Which tensors are in use when, and what that adds up to.

export const HBM = 0;

export function tensorsOf(run) {
  const count = run["tensor.space"].length;
  return Array.from({ length: count }, (_, i) => ({
    space: run["tensor.space"][i], core: run["tensor.core"][i], partition: run["tensor.partition"][i], byte: run["tensor.byte"][i],
    partitions: run["tensor.partitions"][i], row: run["tensor.row"][i], bytes: run["tensor.bytes"][i], first: run["tensor.first"][i],
    last: run["tensor.last"][i], read: run["tensor.read"][i], written: run["tensor.written"][i], loads: run["tensor.loads"][i],
    stores: run["tensor.stores"][i], family: run["tensor.name"][i], role: run["tensor.role"][i],
    name: run.tensors[run["tensor.name"][i]] + (run["tensor.number"][i] >= 0 ? "." + run["tensor.number"][i] : ""),
    type: run.types[run["tensor.type"][i]] }));
}

// Steps of the bytes in each partition that are in use: bytes that several tensors share count once.
export function liveSteps(tensors, size, unit) {
  const changes = tensors.flatMap(t => [[t.first, 1, t], [t.last, -1, t]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const bounds = [...new Set(tensors.flatMap(t => [floor(t.byte, unit), floor(t.byte + t.row + unit - 1, unit)]))].sort((a, b) => a - b);
  const index = new Map(bounds.map((b, i) => [b, i])), held = new Int32Array(bounds.length), times = [0], values = [0];
  let live = 0;
  for (const [time, by, t] of changes) {
    const end = index.get(floor(t.byte + t.row + unit - 1, unit));
    for (let i = index.get(floor(t.byte, unit)); i < end; i++) {
      const was = held[i] > 0;
      held[i] += by;
      if (was !== held[i] > 0) live += by * (bounds[i + 1] - bounds[i]);
    }
    if (times[times.length - 1] === time) values[values.length - 1] = live / unit;
    else {
      times.push(time);
      values.push(live / unit);
    }
  }
  return { times, values };
}

// No more steps than can be seen: the most of each stretch of time.
export function thinned({ times, values }, elapsed, most = 3000) {
  if (times.length <= most) return { times, values };
  const thin = { times: [], values: [] };
  let bucket = -1;
  times.forEach((time, i) => {
    const own = Math.floor(time / elapsed * most), last = thin.values.length - 1;
    if (own === bucket) thin.values[last] = Math.max(thin.values[last], values[i]);
    else {
      thin.times.push(time);
      thin.values.push(values[i]);
      bucket = own;
    }
  });
  return thin;
}

const floor = (byte, unit) => Math.floor(byte / unit) * unit;

// Bytes to and from HBM in equal stretches of time, as GB/s.
export function hbmRate(model, stretches) {
  const { run } = model, rates = new Float64Array(stretches), step = model.elapsed / stretches;
  for (let t = 0; t < model.transfers; t++) {
    const moved = run["move.hbm"][t], start = run["move.start"][t], length = Math.max(1, run["move.length"][t]);
    if (!moved) continue;
    for (let i = Math.floor(start / step); i < stretches && i * step < start + length; i++) {
      const part = Math.min(start + length, (i + 1) * step) - Math.max(start, i * step);
      if (part > 0) rates[i] += moved * part / length / step * 1e3;
    }
  }
  return rates;
}
