// What there is to say about an instruction, a transfer or a wait, in plain words.

import { time, moment, bytes, count, percent } from "../format.js";

const WAITED = [
  "nothing: it began with the program", "", "a semaphore", "a result of its own engine", "a port or PSUM bank that was in use",
  "its trigger",
];

export function titleOf(model, node) {
  const op = model.opOf(node), name = model.nameOf(op), engine = model.run.engines[model.engineOf(node)];
  if (model.isTransfer(node)) return `${name} on queue ${model.run["op.queue"][op]}`;
  if (model.isLoad(node)) return `load_stationary of ${name} on ${engine}`;
  return `${name} on ${engine}`;
}

// Pairs of a label and a text.
export function factsOf(model, node, span) {
  const from = model.startOf(node), to = model.endOf(node);
  const facts = [["when", `${moment(from, span)} to ${moment(to, span)}`]];
  facts.push(...(model.isTransfer(node) ? transferFacts(model, node, to - from) : instructionFacts(model, node)));
  facts.push(["waited for", waitText(model, node)]);
  if (model.isCritical(node)) facts.push(["critical path", "passes here: were it shorter, the run would be"]);
  else if (model.run["inst.slack"] && !model.isTransfer(node))
    facts.push(["slack", `could start ${time(model.run["inst.slack"][node])} later`]);
  const place = model.placeOf(model.opOf(node));
  if (place) facts.push(["source", place]);
  return facts;
}

function instructionFacts(model, node) {
  const { run } = model, items = run["inst.items"][node], rows = run["inst.rows"][node];
  const facts = [["occupancy", `${time(run["inst.hold"][node])} until the engine is free`],
    ["latency", `${time(model.doneOf(node) - model.startOf(node))} until the result is there`]];
  if (items > 0) facts.push(["work", `${run.classes[run["inst.class"][node]]}: ${count(items)} elements x ${count(rows)} partitions`]);
  return facts;
}

function transferFacts(model, node, length) {
  const { run } = model, t = node - model.instructions, moved = run["move.bytes"][t];
  const rows = run["move.rows"][t], row = run["move.row_bytes"][t], runs = Math.max(1, run["move.runs"][t]);
  return [["length", `${time(length)} from the first packet to the last byte`],
    ["moves", `${bytes(moved)} at ${(moved / Math.max(1, length) * 1e3).toFixed(1)} GB/s`],
    ["shape", `${count(rows)} rows of ${bytes(row)}, in pieces of ${bytes(Math.round(row / runs))}`]];
}

export function waitText(model, node) {
  if (!model.hasReasons) return "not followed: the run is too large";
  const kind = model.run["node.kind"][node], source = model.sourceOf(node);
  if (source < 0) return WAITED[0];
  const who = titleOf(model, source);
  if (kind === 1) return model.isTransfer(node) ? `${who}, ahead of it on its DMA engine` : `its engine: ${who} was before it`;
  return `${WAITED[kind]}: ${who}`;
}

export function operandsOf(model, op) {
  const text = model.texts ? model.texts.of(op) : "";
  return text ? text.split("\n") : [];
}

export function waitFacts(model, index) {
  const { run } = model, length = run["wait.length"][index];
  return { title: `waits for ${run.engines[run["wait.cause"][index]]}`,
    facts: [["for", `${time(length)}, ${percent(length / model.elapsed)} of the run`], ["to do", model.nameOf(run["wait.op"][index])],
      ["source", model.placeOf(run["wait.op"][index])]] };
}
