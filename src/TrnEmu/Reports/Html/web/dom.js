// Elements from names, properties and children. Text is always text: nothing here reads markup.

export const byId = id => document.getElementById(id);

export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "class") element.className = value;
    else if (key === "style") element.style.cssText = value;
    else if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined && child !== ""));
  return element;
}

export const button = (label, text, onclick, more = {}) =>
  make("button", { type: "button", "aria-label": label, title: label, onclick, ...more }, text);

// A table of cells; columns whose title starts with '#' are of numbers. Rows are arrays of texts or elements.
export function table(caption, columns, rows) {
  const cell = (name, column, content) => make(name, { class: column.startsWith("#") ? "n" : null, scope: name === "th" ? "col" : null }, content);
  return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
    make("table", {}, make("caption", {}, caption),
      make("thead", {}, make("tr", {}, ...columns.map(c => cell("th", c, c.replace("#", ""))))),
      make("tbody", {}, ...rows.map(row => make("tr", {}, ...row.map((content, i) => cell("td", columns[i], content)))))));
}

// A pen on a canvas of the size that it has on the screen, in CSS pixels.
export function pen(canvas, height) {
  const scale = window.devicePixelRatio || 1, width = canvas.clientWidth;
  canvas.style.height = height + "px";
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  context.font = "12px system-ui, sans-serif";
  context.textBaseline = "middle";
  return context;
}

// Draws at most once a frame, and again when the window or the theme changes.
export function onFrame(draw) {
  let waiting = false;
  const redraw = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; draw(); });
  };
  addEventListener("resize", redraw);
  addEventListener("theme", redraw);
  return redraw;
}
