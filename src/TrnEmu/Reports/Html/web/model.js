// What the run's columns mean: nodes are engine instructions, then transfers; each belongs to an operation.

import { operandTexts } from "./words.js";

export const LANES = 5;

export function modelOf(run) {
  const instructions = run["inst.op"].length, transfers = run["move.op"].length;
  const model = {
    run, instructions, transfers, nodes: instructions + transfers, elapsed: Math.max(1, run.elapsed),
    isTransfer: node => node >= instructions,
    opOf: node => node < instructions ? run["inst.op"][node] : run["move.op"][node - instructions],
    startOf: node => node < instructions ? run["inst.start"][node] : run["move.start"][node - instructions],
    endOf: node => node < instructions ? run["inst.start"][node] + run["inst.hold"][node]
      : run["move.start"][node - instructions] + run["move.length"][node - instructions],
    doneOf: node => node < instructions ? model.endOf(node) + run["inst.late"][node] : model.endOf(node),
    laneOf: node => node < instructions ? run["inst.lane"][node] : -1,
    engineOf: node => node < instructions ? run["inst.lane"][node] % LANES + 1 : 0,
    isLoad: node => node < instructions && run["inst.class"][node] === 0,
    nameOf: op => run.names[run["op.name"][op]],
    placeOf: op => placeText(run, run["op.place"][op]),
    hasReasons: !!run["node.kind"],
    isCritical: node => !!run["node.critical"] && run["node.critical"][node] === 1,
    sourceOf: node => run["node.kind"] && run["node.kind"][node] !== 0 ? node - run["node.source"][node] : -1,
    texts: operandTexts(run),
    criticalOfOp: null,
  };
  model.nodesOf = firstNodes(model);
  model.dependents = dependents(model);
  return model;
}

export function placeText(run, place) {
  const file = run["place.file"][place], line = run["place.line"][place], node = run["place.node"][place];
  const text = file < 0 ? "" : line > 0 ? `${run.files[file].name}:${line}` : run.files[file].name;
  return node > 0 && run.nodes[node - 1] ? `${text} for node ${run.nodes[node - 1].name}` : text;
}

// Nodes of an operation, found when first asked for.
function firstNodes(model) {
  let index = null;
  return op => {
    index ??= groups(model.nodes, model.run["op.name"].length, model.opOf);
    return index.of(op);
  };
}

// Nodes that waited for a node at last.
function dependents(model) {
  let index = null;
  return node => {
    if (!model.hasReasons) return [];
    index ??= groups(model.nodes, model.nodes, model.sourceOf);
    return index.of(node);
  };
}

// Numbers 0 to count - 1 by a key; those of key -1 are left out.
export function groups(count, keys, keyOf) {
  const ends = new Int32Array(keys + 1), members = new Int32Array(count);
  for (let i = 0; i < count; i++) if (keyOf(i) >= 0) ends[keyOf(i) + 1]++;
  for (let k = 0; k < keys; k++) ends[k + 1] += ends[k];
  const next = ends.slice();
  for (let i = 0; i < count; i++) if (keyOf(i) >= 0) members[next[keyOf(i)]++] = i;
  return { of: key => members.subarray(ends[key], ends[key + 1]) };
}

// Operations that one of the operation's nodes makes critical.
export function criticalOps(model) {
  if (model.criticalOfOp || !model.hasReasons) return model.criticalOfOp;
  const critical = new Uint8Array(model.run["op.name"].length);
  for (let node = 0; node < model.nodes; node++) if (model.isCritical(node)) critical[model.opOf(node)] = 1;
  return model.criticalOfOp = critical;
}
