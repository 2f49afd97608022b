// A table of buttons, one a cell. Everything from outside enters by textContent.
const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

function cellButton(cell, place) {
  const made = button(cell.few ? "few" : "", "", cell.title, null);
  made.dataset.place = place;
  if (!cell.few) {
    made.style.background = `color-mix(in srgb, var(--st-primary-color) ${cell.depth}%, var(--st-background-color))`;
    made.style.color = cell.depth > 60 ? "#fff" : "inherit";
  }
  made.append(element("span", "share", cell.share));
  if (cell.count) made.append(element("span", "count", cell.count));
  if (cell.verdict) made.append(element("span", "verdict " + cell.sign, cell.verdict));
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-heat");
  const had = parentElement.activeElement?.dataset?.place;
  const before = root.querySelector(".scroll");
  const scrolled = before ? [before.scrollLeft, before.scrollTop] : [0, 0];
  const scroll = element("div", "scroll");
  const table = element("table");
  table.append(element("caption", "", data.caption));
  const top = table.createTHead();
  if (data.groups.length > 1 || data.columns.length > data.groups.length) {
    const kinds = top.insertRow();
    kinds.append(element("td"));
    for (const group of data.groups) {
      const th = element("th", "kind");
      th.append(element("span", "", group.name)); // stays in sight while its columns scroll
      th.scope = "colgroup";
      th.colSpan = group.span;
      kinds.append(th);
    }
  }
  const head = top.insertRow();
  const corner = element("th", "", data.corner);
  corner.scope = "col";
  head.append(corner);
  for (const column of data.columns) {
    const th = element("th", "", column.name);
    th.scope = "col";
    th.append(element("small", "", column.note));
    head.append(th);
  }
  const body = table.createTBody();
  data.rows.forEach((name, i) => {
    const row = body.insertRow();
    const th = element("th", "", name);
    th.scope = "row";
    row.append(th);
    data.columns.forEach((_, j) => {
      const cell = data.cells[i][j];
      const td = row.insertCell();
      if (!cell) return;
      td.append(cellButton(cell, `${i},${j}`));
    });
  });
  const buttons = () => [...table.querySelectorAll("button")];
  const at = (place) => table.querySelector(`button[data-place="${place}"]`);
  const press = (place) => buttons().forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.place === place)));
  const reach = (target) => buttons().forEach((b) => { b.tabIndex = b === target ? 0 : -1; });
  press(data.pressed);
  reach(at(had) || at(data.pressed) || buttons()[0]);
  table.onclick = (event) => {
    const pressed = event.target.closest("button");
    if (!pressed) return;
    const [i, j] = pressed.dataset.place.split(",").map(Number);
    press(pressed.dataset.place); // marked at once, before the quotes arrive
    reach(pressed);
    setTriggerValue("cell", { row: i, column: j });
  };
  table.onkeydown = (event) => {
    const place = event.target.dataset?.place;
    const move = step[event.key];
    if (!place || !move) return;
    const [i, j] = place.split(",").map(Number);
    let next = null;
    for (let n = 1; n < 200 && !next; n++) {
      const row = i + move[0] * n, column = j + move[1] * n;
      if (row < 0 || column < 0 || row >= data.rows.length || column >= data.columns.length) break;
      next = at(`${row},${column}`);
    }
    if (!next) return;
    event.preventDefault();
    reach(next);
    next.focus();
  };
  scroll.append(table);
  root.replaceChildren(scroll);
  if (data.note) root.append(element("p", "note", data.note));
  [scroll.scrollLeft, scroll.scrollTop] = scrolled;
  if (had) at(had)?.focus({ preventScroll: true });
  const chosen = at(data.pressed); // the quotes beside it take room, a moment later too: what was clicked stays in sight
  if (!chosen) return;
  let seen = 0;
  const watch = new ResizeObserver(() => {
    chosen.scrollIntoView({ block: "nearest", inline: "nearest", container: "nearest" });
    if (++seen > 1) watch.disconnect();
  });
  watch.observe(scroll);
}
