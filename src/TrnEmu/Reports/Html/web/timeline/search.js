// Search by name of operation, operand or source line. Long runs are gone through piece by piece, so that typing goes on.

import { placeText } from "../model.js";
import { count } from "../format.js";

const PIECE = 20000, PAUSE = 150;

export function searchBox(state, input, status) {
  const { model } = state, { run } = model;
  let waiting = 0, turn = 0;

  function search(text) {
    const mine = ++turn, wanted = text.trim().toLowerCase();
    if (!wanted) {
      state.match(null);
      status.textContent = "";
      return;
    }
    const names = run.names.map(n => n.toLowerCase().includes(wanted));
    const places = Array.from(run["place.file"], (_, p) => placeText(run, p).toLowerCase().includes(wanted));
    const matches = new Uint8Array(run["op.name"].length);
    let op = 0, found = 0;
    const piece = () => {
      if (mine !== turn) return;
      const end = Math.min(matches.length, op + PIECE);
      const take = (o, operands) => {
        if (!names[run["op.name"][o]] && !places[run["op.place"][o]] && !operands.toLowerCase().includes(wanted)) return;
        matches[o] = 1;
        found++;
      };
      if (model.texts) model.texts.each(op, end, take);
      else for (let o = op; o < end; o++) take(o, "");
      op = end;
      status.textContent = op < matches.length ? `${count(found)} so far` : found ? `${count(found)} of ${count(matches.length)}` : "nothing found";
      if (op < matches.length) setTimeout(piece);
      else state.match(matches);
    };
    piece();
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => search(input.value), PAUSE);
  });
  return {
    set(text) {
      input.value = text;
      search(text);
    },
    // The next operation that was found, by start, after the chosen one or before it.
    step(by) {
      if (!state.matches) return;
      const at = state.chosen >= 0 ? model.startOf(state.chosen) : by > 0 ? -1 : Infinity;
      const own = state.chosen >= 0 ? model.opOf(state.chosen) : -1;
      let best = -1;
      for (let op = 0; op < state.matches.length; op++) {
        if (!state.matches[op] || op === own) continue;
        const start = run["op.start"][op], is = by > 0 ? start > at || start === at && op > own : start < at || start === at && op < own;
        if (is && (best < 0 || (by > 0 ? start < run["op.start"][best] : start > run["op.start"][best]))) best = op;
      }
      const nodes = best < 0 ? [] : model.nodesOf(best);
      if (nodes.length) state.choose(nodes[nodes.length - 1], { reveal: true });
    },
  };
}
