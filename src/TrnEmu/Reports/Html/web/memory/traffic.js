// What moves to and from HBM, tensor by tensor, and how often the same bytes come again.

import { make, table } from "../dom.js";
import { bytes, count, percent } from "../format.js";
import { sortable } from "../sort.js";

const MOST = 200, OFTEN = 1.5;
const ROLES = ["internal", "input", "output", "in and out", "constant"];

export function traffic(state, tensors) {
  const moved = tensors.filter(t => t.read + t.written > 0).sort((a, b) => b.read + b.written - a.read - a.written);
  const all = moved.reduce((sum, t) => sum + t.read + t.written, 0);
  const again = moved.filter(t => t.read > OFTEN * t.bytes);
  const extra = again.reduce((sum, t) => sum + t.read - t.bytes, 0);
  const times = t => t.read / t.bytes;
  const sentence = again.length
    ? `${again.slice(0, 3).map(t => `${t.name} was loaded ${times(t).toFixed(times(t) < 10 ? 1 : 0).replace(/\.0$/, "")} times`).join(", ")}: ${percent(extra / all)} of the HBM traffic brings bytes that were on the chip before.`
    : moved.length ? "No tensor was loaded more than once." : "";
  const link = t => make("button", { type: "button", class: "link", dir: "auto", onclick: () => { state.tell("search", t.name); state.tell("show"); } }, t.name);
  const element = table("HBM traffic by tensor", ["tensor", "type", "", "#size", "#read", "#times", "#written", "#of traffic", "#transfers"],
    moved.slice(0, MOST).map(t => [link(t), t.type, ROLES[t.role], bytes(t.bytes), t.read ? bytes(t.read) : "", t.read ? times(t).toFixed(1) : "",
      t.written ? bytes(t.written) : "", percent((t.read + t.written) / all), count(t.loads + t.stores)]));
  sortable(element.querySelector("table"));
  return [make("h3", {}, "HBM traffic"), sentence ? make("p", { id: "reloads" }, sentence) : null,
    moved.length ? element : make("p", { class: "empty" }, "Nothing moves to or from HBM.")].filter(Boolean);
}
