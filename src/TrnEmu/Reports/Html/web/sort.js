// Tables whose columns sort: numbers with their units, texts by letters. A second press turns the order round.

const SCALE = { ns: 1, us: 1e3, ms: 1e6, s: 1e9, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30 };

const valueOf = text => {
  const found = /^(-?[\d.,]+)\s*(ns|us|ms|s|B|KiB|MiB|GiB)?/.exec(text);
  return found ? +found[1].replace(/,/g, "") * (SCALE[found[2]] || 1) : text ? NaN : -1;
};

export function sortable(table) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    if (!head.textContent) return;
    const isNumber = head.classList.contains("n"), button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") !== (isNumber ? "descending" : "ascending") ? isNumber : !isNumber;
      heads.forEach(h => h.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const key = row => row.cells[column].textContent;
      const order = (a, b) => isNumber ? (valueOf(key(a)) || 0) - (valueOf(key(b)) || 0) : key(a).localeCompare(key(b), "en");
      table.tBodies[0].append(...[...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * order(a, b)));
    });
  });
}
