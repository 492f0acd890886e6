// The card beside the pointer, and the panel below the lanes that stays and can be walked with the keyboard.

import { make, button } from "../dom.js";
import { titleOf, factsOf, operandsOf, waitFacts } from "./facts.js";
import { placeText } from "../model.js";

const MOST_NEXT = 6, MOST_OPERAND = 400;

const short = text => text.length > MOST_OPERAND ? text.slice(0, MOST_OPERAND) + " …" : text;

const list = facts => make("dl", {}, ...facts.flatMap(([label, text]) => [make("dt", {}, label), make("dd", { dir: "auto" }, short(text))]));

const operands = lines => lines.length ? make("pre", { class: "operands", dir: "auto" }, lines.map(short).join("\n")) : null;

export function hoverCard(model, tip) {
  return {
    show(item, event, span) {
      tip.replaceChildren(...(item.wait !== undefined ? waitContent(model, item.wait) : nodeContent(model, item.node, span)));
      tip.hidden = false;
      const left = event.clientX + 16 + tip.offsetWidth > innerWidth - 8 ? event.clientX - 16 - tip.offsetWidth : event.clientX + 16;
      tip.style.left = Math.max(4, left) + "px";
      tip.style.top = Math.max(4, Math.min(event.clientY + 18, innerHeight - tip.offsetHeight - 8)) + "px";
    },
    hide() { tip.hidden = true; },
  };
}

function waitContent(model, index) {
  const { title, facts } = waitFacts(model, index);
  return [make("strong", {}, title), list(facts)];
}

const nodeContent = (model, node, span) => [
  make("strong", {}, titleOf(model, node)), list(factsOf(model, node, span)), operands(operandsOf(model, model.opOf(node)).slice(0, 8))];

export function panel(state, element) {
  const { model } = state;
  const empty = make("p", { class: "sub" }, "Click or press an arrow key to choose an instruction. Its card stays here, with what it waited for and what waited for it.");
  const go = (node, text) => button(text, text, () => state.choose(node, { reveal: true }), { class: "link" });

  function chosen(node, span) {
    const source = model.sourceOf(node), next = [...model.dependents(node)];
    const op = model.opOf(node), place = model.run["op.place"][op];
    const follow = make("div", { class: "follow" },
      make("p", {}, "Waited for: ", source >= 0 ? go(source, titleOf(model, source)) : "nothing"),
      make("p", {}, next.length ? "Waited for this: " : "Nothing waited for this at last.",
        ...next.slice(0, MOST_NEXT).map(n => go(n, titleOf(model, n))), next.length > MOST_NEXT ? ` and ${next.length - MOST_NEXT} more` : ""),
      make("p", {}, "Source: ", model.run["place.file"][place] < 0 && !model.run["place.node"][place] ? "not known"
        : button("Show the source line", short(placeText(model.run, place)), () => state.tell("source", place), { class: "link" })));
    element.replaceChildren(make("h3", {}, titleOf(model, node)),
      make("div", { class: "columns" }, list(factsOf(model, node, span).filter(f => f[0] !== "source")), operands(operandsOf(model, op)), follow));
  }

  element.replaceChildren(empty);
  return { show: (node, span) => node < 0 ? element.replaceChildren(empty) : chosen(node, span) };
}
