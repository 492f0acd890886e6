// Arithmetic of each kind of operation, and the memory that it touches.

const MULTIPLY = 1, TRANSPOSE = 2, LOAD = 0;
const IDLE = new Set(["register", "branch", "dma_trigger", "read_accumulator"]);

export function workOf(model) {
  const { run } = model, kinds = run.names.map(name => ({ name, operations: 0, busy: 0, flops: 0, bytes: 0, moved: 0, waits: 0, critical: 0, engines: new Set() }));
  const of = op => kinds[run["op.name"][op]], columns = new Int32Array(run.cores * 5);
  for (let op = 0; op < run["op.name"].length; op++) {
    of(op).operations++;
    of(op).bytes += run["op.touched"][op];
  }
  for (let i = 0; i < model.instructions; i++) {
    const kind = of(run["inst.op"][i]), type = run["inst.class"][i], items = run["inst.items"][i], rows = run["inst.rows"][i], lane = run["inst.lane"][i];
    kind.busy += run["inst.hold"][i];
    kind.engines.add(lane % 5 + 1);
    if (type === LOAD) columns[lane] = items;
    else if (type === MULTIPLY) kind.flops += 2 * columns[lane] * items * rows;
    else if (type !== TRANSPOSE && !IDLE.has(run.classes[type])) kind.flops += items * rows;
  }
  for (let t = 0; t < model.transfers; t++) of(run["move.op"][t]).moved += run["move.bytes"][t];
  for (let w = 0; w < run["wait.op"].length; w++) of(run["wait.op"][w]).waits += run["wait.length"][w];
  if (run["path.node"]) run["path.node"].forEach((node, i) => { of(model.opOf(node)).critical += run["path.length"][i]; });
  return kinds.filter(k => k.operations > 0);
}
