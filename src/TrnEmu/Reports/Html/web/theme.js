// Colours of the style sheet for what is drawn on canvases, and the switch between light and dark.

let known = null;

const read = () => {
  const style = getComputedStyle(document.documentElement);
  const of = name => style.getPropertyValue("--" + name).trim();
  return {
    page: of("page"), card: of("card"), ink: of("ink"), soft: of("soft"), line: of("line"), track: of("track"),
    select: of("select"), path: of("path"), way: of("way"), on: of("on"), engines: [0, 1, 2, 3, 4, 5].map(i => of("e" + i)),
    kinds: [0, 1, 2, 3, 4, 5, 6, 7].map(i => of("k" + i)),
  };
};

export const colours = () => known ??= read();

function changed() {
  known = null;
  dispatchEvent(new Event("theme"));
}

export function themeSwitch(button) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";
  const tell = () => {
    button.textContent = isDark() ? "Light" : "Dark";
    button.setAttribute("aria-label", isDark() ? "Switch to light colours" : "Switch to dark colours");
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    tell();
    changed();
  });
  dark.addEventListener("change", () => { tell(); changed(); });
  tell();
}
