"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const canvas = document.getElementById("timeline"), info = document.getElementById("info"), tip = document.getElementById("tip");
  const pen = canvas.getContext("2d");
  const rowHeight = 20, gap = 5, axis = 22;
  const end = Math.max(1, data.elapsed);
  let label = 110, view = { from: 0, to: end }, chosen = null, drag = null;

  // Six numbers a box: since the last one's end, length, name (negative: a wait), place, slices, filled (-1: all).
  const rows = data.rows.map((row, index) => {
    const boxes = [];
    let at = 0;
    for (let i = 0; i < row.boxes.length; i += 6) {
      const [since, length, name, place, count, filled] = row.boxes.slice(i, i + 6);
      const from = at + since;
      at = from + length;
      boxes.push({ row: index, index: boxes.length, from, to: at, wait: name < 0, name: data.names[Math.abs(name) - 1],
        place: data.places[place], count, filled: filled < 0 ? length : filled });
    }
    return { title: row.title, colour: row.colour, boxes };
  });

  const titleOf = index => { while (index > 0 && !rows[index].title) index--; return rows[index].title; };
  const trim = number => String(+number.toPrecision(4));
  const time = ps => ps >= 1e9 ? trim(ps / 1e9) + " ms" : ps >= 1e6 ? trim(ps / 1e6) + " us" : trim(ps / 1e3) + " ns";

  // Where times differ by less than four digits show, they keep as many decimals as tell them apart.
  const moment = ps => (ps / 1e6).toFixed(Math.min(6, Math.max(2, Math.ceil(9 - Math.log10(view.to - view.from + 1))))) + " us";

  function textOf(box) {
    const what = box.name || (box.wait ? "waits" : "operations of several kinds");
    const many = box.count > 1 ? `${box.count} x ${what}` : what;
    const share = box.filled < box.to - box.from ? `, ${Math.round(100 * box.filled / (box.to - box.from))} % of it` : "";
    return [`${titleOf(box.row)}: ${many}`, `${time(box.to - box.from)}${share}, from ${moment(box.from)} to ${moment(box.to)}`, box.place]
      .filter(line => line);
  }

  const colours = () => {
    const style = getComputedStyle(document.documentElement);
    const of = name => style.getPropertyValue("--" + name).trim();
    return { ink: of("ink"), soft: of("soft"), line: of("line"), track: of("track"), wait: of("wait"), select: of("select"), on: of("on"),
      rows: [0, 1, 2, 3, 4, 5].map(i => of("e" + i)) };
  };

  const width = () => canvas.clientWidth;
  const x = ps => label + (ps - view.from) / (view.to - view.from) * (width() - label);
  const at = px => view.from + (px - label) / (width() - label) * (view.to - view.from);
  const top = row => axis + row * (rowHeight + gap);

  // The first box that ends behind a time.
  function firstAfter(boxes, ps) {
    let low = 0, high = boxes.length;
    while (low < high) {
      const middle = low + high >> 1;
      if (boxes[middle].to <= ps) low = middle + 1; else high = middle;
    }
    return low;
  }

  function draw() {
    const scale = window.devicePixelRatio || 1, height = axis + rows.length * (rowHeight + gap);
    label = width() < 560 ? 76 : 110;
    canvas.style.height = height + "px";
    canvas.width = Math.round(width() * scale);
    canvas.height = Math.round(height * scale);
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width(), height);
    pen.font = "12px system-ui, sans-serif";
    pen.textBaseline = "middle";
    const colour = colours();
    drawAxis(colour, height);
    rows.forEach((row, index) => drawRow(row, index, colour));
    if (chosen) outline(chosen, colour);
  }

  function drawAxis(colour, height) {
    const rough = (view.to - view.from) / Math.max(2, (width() - label) / 110), power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough);
    pen.fillStyle = colour.soft;
    pen.strokeStyle = colour.line;
    pen.textAlign = "center";
    for (let t = Math.ceil(view.from / step) * step; t <= view.to; t += step) {
      const px = Math.round(x(t)) + .5;
      pen.beginPath();
      pen.moveTo(px, axis - 4);
      pen.lineTo(px, height);
      pen.stroke();
      const digits = Math.min(6, Math.max(0, 6 - Math.floor(Math.log10(step) + 1e-9)));
      const text = (t / 1e6).toFixed(digits) + " us";
      if (px + pen.measureText(text).width / 2 <= width()) pen.fillText(text, px, 8);
    }
  }

  function drawRow(row, index, colour) {
    const y = top(index);
    pen.fillStyle = colour.track;
    pen.fillRect(label, y, width() - label, rowHeight);
    pen.save();
    pen.beginPath();
    pen.rect(label, y, width() - label, rowHeight);
    pen.clip();
    // What is narrower than a pixel is added up, so that many short boxes do not look like one long one.
    const columns = { work: new Float32Array(width() + 2), wait: new Float32Array(width() + 2) };
    for (let i = firstAfter(row.boxes, view.from); i < row.boxes.length && row.boxes[i].from < view.to; i++) {
      const box = row.boxes[i], left = x(box.from), wide = x(box.to) - left;
      const part = box.to > box.from ? box.filled / (box.to - box.from) : 1;
      if (wide < 1.5) columns[box.wait ? "wait" : "work"][Math.max(0, Math.floor(left))] += Math.max(wide * part, .02);
      else drawBox(box, left, wide, y, Math.max(.25, Math.min(1, part)), row.colour, colour);
    }
    for (const kind of ["wait", "work"]) {
      pen.fillStyle = kind === "wait" ? colour.wait : colour.rows[row.colour];
      const inset = kind === "wait" ? 7 : 1;
      columns[kind].forEach((filled, px) => {
        if (filled === 0) return;
        pen.globalAlpha = Math.max(.2, Math.min(1, filled));
        pen.fillRect(px, y + inset, 1, rowHeight - 2 * inset);
      });
    }
    pen.globalAlpha = 1;
    pen.restore();
    pen.fillStyle = colour.ink;
    pen.textAlign = "left";
    pen.fillText(row.title, 0, y + rowHeight / 2, label - 6);
  }

  const textWidths = new Map();
  function textWidth(text) {
    if (!textWidths.has(text)) textWidths.set(text, pen.measureText(text).width);
    return textWidths.get(text);
  }

  function drawBox(box, left, wide, y, alpha, row, colour) {
    pen.globalAlpha = alpha;
    pen.fillStyle = box.wait ? colour.wait : colour.rows[row];
    const inset = box.wait ? 7 : 1, seen = Math.max(left, label);
    pen.fillRect(left, y + inset, wide > 3 ? wide - .7 : wide, rowHeight - 2 * inset);
    pen.globalAlpha = 1;
    if (box.wait || !box.name || left + wide - seen < textWidth(box.name) + 9) return;
    pen.fillStyle = colour.on;
    pen.textAlign = "left";
    pen.fillText(box.name, seen + 5, y + rowHeight / 2 + .5);
  }

  function outline(box, colour) {
    const left = Math.max(label, x(box.from)), right = Math.min(width() - 1, x(box.to));
    if (right < left) return;
    pen.strokeStyle = colour.select;
    pen.lineWidth = 2;
    pen.strokeRect(left, top(box.row), Math.max(2, right - left), rowHeight);
    pen.lineWidth = 1;
  }

  let waiting = false;
  function redraw() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  }

  function show(from, to) {
    const length = Math.min(end, Math.max(10, to - from));
    from = Math.min(Math.max(0, from), end - length);
    view = { from, to: from + length };
    redraw();
  }

  const zoom = (factor, around) => {
    if (around === undefined) around = chosen && chosen.to > view.from && chosen.from < view.to
      ? Math.max(view.from, Math.min(view.to, (chosen.from + chosen.to) / 2)) : (view.from + view.to) / 2;
    show(around - (around - view.from) * factor, around + (view.to - around) * factor);
  };

  function choose(box) {
    chosen = box;
    info.textContent = box ? textOf(box).join(" · ") : "\u00a0";
    redraw();
  }

  function boxAt(event) {
    const place = canvas.getBoundingClientRect();
    const px = event.clientX - place.left, row = Math.floor((event.clientY - place.top - axis) / (rowHeight + gap));
    if (px < label || row < 0 || row >= rows.length) return null;
    // A box narrower than a pixel is found within two.
    const boxes = rows[row].boxes, i = firstAfter(boxes, at(px - 2));
    return i < boxes.length && boxes[i].from <= at(px + 2) ? boxes[i] : null;
  }

  function hover(event) {
    const box = boxAt(event);
    tip.hidden = !box;
    if (!box) return;
    tip.textContent = textOf(box).join("\n");
    tip.style.left = Math.max(4, Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.max(4, Math.min(event.clientY + 16, innerHeight - tip.offsetHeight - 8)) + "px";
  }

  canvas.addEventListener("pointerdown", event => {
    drag = { x: event.clientX, from: view.from, to: view.to, moved: false };
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", event => {
    if (!drag) return hover(event);
    const by = (event.clientX - drag.x) / (width() - label) * (drag.to - drag.from);
    drag.moved ||= Math.abs(event.clientX - drag.x) > 4;
    tip.hidden = true;
    if (drag.moved) show(drag.from - by, drag.to - by);
  });
  canvas.addEventListener("pointerup", event => {
    if (drag && !drag.moved) choose(boxAt(event));
    drag = null;
  });
  canvas.addEventListener("pointercancel", () => { drag = null; });
  canvas.addEventListener("pointerleave", () => { tip.hidden = true; });
  canvas.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : .8, at(event.clientX - canvas.getBoundingClientRect().left));
  }, { passive: false });

  // Steps to a box, and moves the view so that it is seen.
  function step(row, index) {
    const box = rows[row].boxes[index];
    if (!box) return;
    const length = view.to - view.from;
    if (box.from < view.from || box.to > view.to) show(box.from - length / 3, box.from - length / 3 + length);
    choose(box);
  }

  function stepRow(by) {
    const middle = chosen ? (chosen.from + chosen.to) / 2 : (view.from + view.to) / 2;
    for (let row = (chosen ? chosen.row : -1) + by; row >= 0 && row < rows.length; row += by) {
      if (rows[row].boxes.length === 0) continue;
      return step(row, Math.min(firstAfter(rows[row].boxes, middle), rows[row].boxes.length - 1));
    }
  }

  const keys = {
    ArrowLeft: () => chosen ? step(chosen.row, chosen.index - 1) : stepRow(1),
    ArrowRight: () => chosen ? step(chosen.row, chosen.index + 1) : stepRow(1),
    ArrowUp: () => stepRow(chosen ? -1 : 1), ArrowDown: () => stepRow(1),
    "+": () => zoom(.5), "=": () => zoom(.5), "-": () => zoom(2), 0: () => show(0, end), Escape: () => choose(null),
  };
  canvas.addEventListener("keydown", event => {
    if (!keys[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  document.getElementById("in").addEventListener("click", () => zoom(.5));
  document.getElementById("out").addEventListener("click", () => zoom(2));
  document.getElementById("all").addEventListener("click", () => show(0, end));
  addEventListener("resize", redraw);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  draw();
})();
