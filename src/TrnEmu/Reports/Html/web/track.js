// Stretches of time in the order of their starts, none over another; sums of what was before each make any range cheap.

export class Track {
  constructor(starts, ends, nodes) {
    this.starts = starts;
    this.ends = ends;
    this.nodes = nodes;
    this.busy = new Float64Array(starts.length + 1);
    for (let i = 0; i < starts.length; i++) this.busy[i + 1] = this.busy[i] + ends[i] - starts[i];
  }

  get length() { return this.starts.length; }

  // The first stretch that starts at a time or later.
  startingAt(time, from = 0) {
    let low = from, high = this.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (this.starts[middle] < time) low = middle + 1; else high = middle;
    }
    return low;
  }

  // The first stretch that ends behind a time.
  endingAfter(time) {
    const i = this.startingAt(time);
    return i > 0 && this.ends[i - 1] > time ? i - 1 : i;
  }

  // How much of from to to is filled, when i is the first that starts at from or later; gives the next such i too.
  filled(from, to, i) {
    const next = this.startingAt(to, i);
    let sum = this.busy[next] - this.busy[i];
    if (i > 0 && this.ends[i - 1] > from) sum += Math.min(to, this.ends[i - 1]) - from;
    if (next > i && this.ends[next - 1] > to) sum -= this.ends[next - 1] - to;
    return [sum, next];
  }
}

// Sorts items into as few tracks as keep them apart, at most so many: what still overlaps stands in the last one.
export function tracksOf(items, startOf, endOf, most) {
  const rows = [], order = Int32Array.from(items);
  let sorted = true;
  for (let i = 1; i < order.length && sorted; i++) sorted = startOf(order[i - 1]) <= startOf(order[i]);
  if (!sorted) order.sort((a, b) => startOf(a) - startOf(b) || a - b);
  for (const item of order) {
    const start = startOf(item);
    let row = rows.findIndex(r => r.end <= start);
    if (row < 0) row = rows.length < most ? rows.push({ end: 0, items: [] }) - 1 : rows.length - 1;
    rows[row].end = Math.max(rows[row].end, endOf(item));
    rows[row].items.push(item);
  }
  return rows.map(({ items: own }) => new Track(
    Float64Array.from(own, startOf), Float64Array.from(own, endOf), Int32Array.from(own)));
}
