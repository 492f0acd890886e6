// What each source line took: time that its instructions hold engines, critical path through it, bytes, waits.

export function usageOf(model) {
  const { run } = model, places = run["place.file"].length;
  const uses = Array.from({ length: places }, () => ({ operations: 0, busy: 0, critical: 0, bytes: 0, waits: 0, first: -1 }));
  const of = op => uses[run["op.place"][op]];
  for (let op = 0; op < run["op.place"].length; op++) of(op).operations++;
  for (let node = 0; node < model.instructions; node++) {
    const use = of(run["inst.op"][node]);
    use.busy += run["inst.hold"][node];
    if (use.first < 0 || run["inst.start"][node] < run["inst.start"][use.first]) use.first = node;
  }
  for (let t = 0; t < model.transfers; t++) of(run["move.op"][t]).bytes += run["move.bytes"][t];
  for (let w = 0; w < run["wait.op"].length; w++) of(run["wait.op"][w]).waits += run["wait.length"][w];
  if (run["path.node"]) run["path.node"].forEach((node, i) => { of(model.opOf(node)).critical += run["path.length"][i]; });
  return uses;
}

export const sum = uses => uses.reduce((all, use) => ({
  operations: all.operations + use.operations, busy: all.busy + use.busy, critical: all.critical + use.critical,
  bytes: all.bytes + use.bytes, waits: all.waits + use.waits,
  first: all.first < 0 ? use.first : use.first < 0 ? all.first : Math.min(all.first, use.first) }));
