// A table whose cells can be changed where they stand: choices and words. Everything from outside enters by textContent.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-fields");
  const box = outbox(root, setTriggerValue, data.counted);
  root.classList.toggle("headless", Boolean(data.headless));
  const active = parentElement.activeElement;
  const had = active?.dataset?.cell;
  const changed = new Map(box.waiting.filter((e) => e.do === "set").map((e) => [e.id + "\n" + e.column, e.value]));
  const scrolled = root.querySelector(".scroll")?.scrollTop ?? 0;

  const cell = (row, column) => {
    const given = row.cells[column.key] ?? "";
    const name = row.id + "\n" + column.key;
    const value = changed.get(name) ?? given;
    const label = `${column.label}: ${row.name}`;
    if (column.kind === "choice") {
      const made = element("select");
      const known = column.options.some(([option]) => option === value);
      for (const [option, words] of known ? column.options : [[value, value || "–"], ...column.options]) {
        const one = element("option", "", words);
        one.value = option;
        made.append(one);
      }
      made.value = value;
      made.setAttribute("aria-label", label);
      made.dataset.cell = name;
      made.onchange = () => box.say({ do: "set", id: row.id, column: column.key, value: made.value });
      return made;
    }
    if (column.kind === "words") {
      const made = element("input");
      made.type = row.type || column.type;
      made.value = value;
      made.placeholder = column.placeholder || "";
      made.maxLength = 500;
      made.setAttribute("aria-label", label);
      made.dataset.cell = name;
      made.onkeydown = (event) => { event.stopPropagation(); if (event.key === "Enter") made.blur(); };
      made.onchange = () => box.say({ do: "set", id: row.id, column: column.key, value: made.value });
      return made;
    }
    if (column.kind === "button") {
      if (!given) return element("span");
      const made = button("act", given, `${given}: ${row.name}`, () => box.say({ do: column.key, id: row.id }));
      made.dataset.cell = name;
      return made;
    }
    return element("span", column.quiet ? "quiet" : "", given);
  };

  const table = element("table");
  table.createCaption().textContent = data.label;
  const head = table.createTHead().insertRow();
  for (const column of data.columns) {
    const made = element("th", "", column.kind === "button" ? "" : column.label);
    made.scope = "col";
    head.append(made);
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    for (const column of data.columns) {
      const made = line.insertCell();
      made.dataset.label = column.kind === "button" ? "" : column.label;
      made.className = column.kind;
      made.append(cell(row, column));
    }
  }
  const scroll = element("div", "scroll");
  scroll.append(table);
  root.replaceChildren(scroll);
  scroll.scrollTop = scrolled;
  if (had) [...root.querySelectorAll("[data-cell]")].find((one) => one.dataset.cell === had)?.focus({ preventScroll: true });
}
