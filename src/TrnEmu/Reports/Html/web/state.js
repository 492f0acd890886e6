// What is chosen on the page: a node, a moment, operations that are looked for. Sections listen to each other here.

export function stateOf(model) {
  const listeners = new Map();
  return {
    model, chosen: -1, matches: null, dims: false, moment: 0,
    on(name, listener) {
      if (!listeners.has(name)) listeners.set(name, []);
      listeners.get(name).push(listener);
    },
    tell(name, value) { for (const listener of listeners.get(name) || []) listener(value); },
    choose(node, more = {}) {
      this.chosen = node;
      if (node >= 0) this.moment = model.startOf(node);
      this.tell("choose", { node, ...more });
    },
    match(matches) {
      this.matches = matches;
      this.tell("match", matches);
    },
  };
}
