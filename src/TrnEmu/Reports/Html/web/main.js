// The page's script: reads the data and starts each section by itself, so that one that fails takes no other with it.

import "uplot/dist/uPlot.min.css";
import "./page.css";
import { byId, make } from "./dom.js";
import { readData } from "./data.js";
import { modelOf } from "./model.js";
import { stateOf } from "./state.js";
import { themeSwitch } from "./theme.js";
import { sortable } from "./sort.js";
import { timeline } from "./timeline/timeline.js";
import { source } from "./source/source.js";
import { memory } from "./memory/memory.js";
import { roofline } from "./charts/roofline.js";
import { sizes } from "./charts/sizes.js";
import { array } from "./array/array.js";

function start(name, section) {
  try {
    section();
  } catch (error) {
    console.error(error);
    byId(name).append(make("p", { class: "bad" }, `This part of the page could not be drawn: ${error.message}`));
  }
}

const toggle = byId("theme");
if (toggle) themeSwitch(toggle);
for (const table of document.querySelectorAll("table.sortable")) sortable(table);
const data = byId("data");
if (data) {
  const model = modelOf(readData(data)), state = stateOf(model);
  start("timeline", () => timeline(state));

  // What is further down waits until the first picture is there.
  const rest = [["source", () => source(state)], ["memories", () => memory(state)], ["roofline", () => roofline(state)],
    ["dma", () => sizes(model)], ["array", () => array(state)]];
  const next = () => {
    const part = rest.shift();
    if (!part) return void (document.documentElement.dataset.ready = "yes");
    start(...part);
    setTimeout(next);
  };
  setTimeout(next);
} else document.documentElement.dataset.ready = "yes";
