// Findings, each a button that opens its quotes. Everything from outside enters by textContent.
function lineOf(line, tone, pressed, press) {
  const parts = [element("span", "text", line.text)];
  if (line.figure) parts[tone === "figures" ? "unshift" : "push"](element("span", "figure", line.figure));
  const made = line.id ? button("", "", "", () => press(line.id)) : element("div", "plain");
  if (line.id) {
    made.dataset.id = line.id;
    made.setAttribute("aria-pressed", String(line.id === pressed));
  }
  const first = element("span", "first");
  first.append(...parts);
  made.append(first);
  if (line.detail) made.append(element("span", "detail", line.detail));
  if (line.share !== null && tone !== "figures") {
    const bar = element("span", "bar " + tone);
    const fill = element("i");
    fill.style.width = `${Math.round(100 * line.share)}%`;
    bar.append(fill);
    made.append(bar);
  }
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-lines");
  const buttons = () => [...root.querySelectorAll("button")];
  const had = buttons().indexOf(root.getRootNode().activeElement); // two lines may open the same row
  const press = (id) => {
    buttons().forEach((b) => b.setAttribute("aria-pressed", String(b.dataset.id === id)));
    setTriggerValue("line", { id });
  };
  root.replaceChildren();
  const columns = new Map();
  const placed = data.groups.some((group) => group.column);
  root.classList.toggle("columns", placed);
  for (const group of data.groups) {
    const section = element("section", group.tone === "figures" ? "figures" : "");
    if (group.title) section.append(element("h2", "", group.title));
    if (group.note) section.append(element("p", "", group.note));
    const list = element("ul");
    for (const line of group.lines) {
      const item = element("li");
      item.append(lineOf(line, group.tone, data.pressed, press));
      list.append(item);
    }
    section.append(list);
    if (!group.column) root.append(section);
    else {
      if (!columns.has(group.column)) {
        columns.set(group.column, element("div", "column"));
        root.append(columns.get(group.column));
      }
      columns.get(group.column).append(section);
    }
  }
  if (had >= 0) buttons()[had]?.focus();
}
