// The kernel's lines with what each took, linked with the timeline both ways.

import { byId, make } from "../dom.js";
import { time, bytes, count, percent } from "../format.js";
import { usageOf, sum } from "./usage.js";
import { nodeTable } from "./nodes.js";

const OPEN_FILES = 2, MOST_NAME = 200;

const short = name => name.length > MOST_NAME ? name.slice(0, MOST_NAME) + " \u2026" : name;

export function source(state) {
  const { model } = state, { run } = model, root = byId("source"), uses = usageOf(model), rows = new Map();
  const lines = new Map();
  uses.forEach((use, place) => {
    const file = run["place.file"][place], key = `${file}:${run["place.line"][place]}`;
    if (!lines.has(key)) lines.set(key, { file, line: run["place.line"][place], places: [] });
    lines.get(key).places.push(place);
  });
  for (const entry of lines.values()) entry.use = sum(entry.places.map(p => uses[p]));
  const weight = use => model.hasReasons ? use.critical : use.busy;
  const most = Math.max(1, ...[...lines.values()].map(l => weight(l.use)));
  const files = run.files.map((file, f) => ({ ...file, used: [...lines.values()].filter(l => l.file === f && l.line > 0).sort((a, b) => a.line - b.line) }))
    .filter(file => file.used.length)
    .sort((a, b) => b.used.reduce((s, l) => s + weight(l.use), 0) - a.used.reduce((s, l) => s + weight(l.use), 0));

  function show(entry) {
    const wanted = new Set(entry.places), matches = new Uint8Array(run["op.name"].length);
    let first = -1;
    for (let op = 0; op < matches.length; op++) {
      if (!wanted.has(run["op.place"][op])) continue;
      matches[op] = 1;
      if (first < 0) first = op;
    }
    state.tell("show");
    state.match(matches);
    const nodes = first < 0 ? [] : model.nodesOf(first);
    if (nodes.length) state.choose(nodes[0], { reveal: true });
  }

  function row(line, text, entry) {
    const use = entry && entry.use, cell = (value, shown) => make("td", { class: "n" }, use && value > 0 ? shown : "");
    const number = entry ? make("button", { type: "button", class: "link", "aria-label": `Show line ${line} in the timeline`, onclick: () => show(entry) }, line) : line;
    const share = use ? weight(use) / most : 0;
    const result = make("tr", { class: entry ? "used" : null },
      make("td", { class: "n number" }, number), make("td", { class: "text" }, make("code", { dir: "auto" }, text === null ? "" : text || " ")),
      make("td", { class: "heat", "aria-hidden": "true" }, share > 0 ? make("i", { style: `width:${Math.max(2, 100 * share)}%` }) : ""),
      cell(use && weight(use), use && `${time(weight(use))}`), cell(use && weight(use), use && percent(weight(use) / model.elapsed)),
      cell(use && use.busy, use && time(use.busy)), cell(use && use.waits, use && time(use.waits)),
      cell(use && use.bytes, use && bytes(use.bytes)), cell(use && use.operations, use && count(use.operations)));
    if (entry) rows.set(`${entry.file}:${line}`, result);
    return result;
  }

  function bodyOf(file) {
    const byLine = new Map(file.used.map(l => [l.line, l])), body = make("tbody");
    if (!file.text.length) for (const l of file.used) body.append(row(l.line, null, l));
    file.text.forEach(([first, ...texts], i) => {
      if (i) body.append(make("tr", { class: "skip" }, make("td", { class: "n" }, "\u22ee"), make("td", { colspan: "8" })));
      texts.forEach((text, n) => body.append(row(first + n, text, byLine.get(first + n))));
    });
    for (const l of file.used) if (file.text.length && !rows.has(`${l.file}:${l.line}`)) body.append(row(l.line, null, l));
    return body;
  }

  const head = () => make("thead", {}, make("tr", {}, ...[["line", "n"], ["", ""], ["", ""], [model.hasReasons ? "critical" : "busy", "n"], ["of run", "n"],
    ["engines", "n"], ["waits", "n"], ["DMA", "n"], ["calls", "n"]].map(([t, c]) => make("th", { class: c, scope: "col" }, t))));
  root.replaceChildren(make("p", { class: "sub" },
    "Critical: time of the critical path that is spent for the line, what it really costs. Engines: time that its instructions hold engines. "
    + "Waits: time that engines waited before them. DMA: bytes moved. Choose a line's number to see it in the timeline."));
  files.forEach((file, i) => {
    const used = file.used.reduce((s, l) => s + weight(l.use), 0);
    root.append(make("details", { class: "file", open: i < OPEN_FILES },
      make("summary", {}, make("bdi", { title: short(file.name) }, short(file.name)), make("span", { class: "sub" },
        ` ${time(used)}, ${percent(used / model.elapsed)}${file.text.length ? "" : "; the file's text was not at hand"}`)),
      make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Lines of the file" }, make("table", { class: "code" }, head(), bodyOf(file)))));
  });
  if (!files.length) root.append(make("p", { class: "empty" }, "The program does not say which lines it was made from."));
  if (run.nodes.length) root.append(nodeTable(state, uses, show));

  state.on("source", place => {
    const found = rows.get(`${run["place.file"][place]}:${run["place.line"][place]}`);
    if (!found) return root.scrollIntoView();
    found.closest("details").open = true;
    for (const marked of root.querySelectorAll(".marked")) marked.classList.remove("marked");
    found.classList.add("marked");
    found.scrollIntoView({ block: "center" });
    found.querySelector("button").focus({ preventScroll: true });
  });
  state.on("choose", ({ node }) => {
    for (const marked of root.querySelectorAll(".here")) marked.classList.remove("here");
    const place = node < 0 ? -1 : run["op.place"][model.opOf(node)];
    rows.get(`${run["place.file"][place]}:${run["place.line"][place]}`)?.classList.add("here");
  });
}
