// The operands of operations: words with the numbers taken out, and for each operation the numbers that differ from the
// last one of the same words. To find those of one, the numbers are followed from the last mark that was set before it.

import { reader } from "./data.js";

const EVERY = 2048, BITS = 7;

export function operandTexts(run) {
  if (!run["op.words"]) return null;
  const kinds = run["op.words"], bytes = run["op.numbers"];
  const parts = run.words.map(words => words.split("\u0001"));
  const marks = [{ at: 0, numbers: parts.map(p => new Array(p.length - 1).fill(0)) }];

  function follow(from, numbers) {
    const masks = [], size = numbers.length;
    for (let first = 0; first < size; first += BITS) masks.push(from.byte());
    for (let n = 0; n < size; n++) if (masks[n / BITS | 0] >> n % BITS & 1) numbers[n] += from.number();
  }

  // Calls back with the numbers of operations first to last - 1.
  function walk(first, last, take) {
    while (marks.length * EVERY <= first) {
      const mark = marks[marks.length - 1], from = reader(bytes, mark.at), numbers = mark.numbers.map(n => n.slice());
      const begin = (marks.length - 1) * EVERY;
      for (let op = begin; op < begin + EVERY; op++) follow(from, numbers[kinds[op]]);
      marks.push({ at: from.at, numbers });
    }
    const index = first / EVERY | 0, mark = marks[index];
    const from = reader(bytes, mark.at), numbers = mark.numbers.map(n => n.slice());
    for (let op = index * EVERY; op < last; op++) {
      follow(from, numbers[kinds[op]]);
      if (op >= first) take(op, numbers[kinds[op]]);
    }
  }

  const text = (op, numbers) => {
    const words = parts[kinds[op]];
    let all = words[0];
    for (let n = 0; n < numbers.length; n++) all += numbers[n] + words[n + 1];
    return all;
  };

  return {
    // The operands of one operation, a line each: name=value.
    of(op) {
      let found = "";
      walk(op, op + 1, (o, numbers) => { found = text(o, numbers); });
      return found;
    },
    // All operations from first to last - 1, for searching.
    each: (first, last, take) => walk(first, last, (op, numbers) => take(op, text(op, numbers))),
  };
}
