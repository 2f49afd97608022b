// Findings, each a button that opens its quotes. Everything from outside enters by textContent.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-lines");
  const had = parentElement.activeElement?.dataset?.id;
  root.replaceChildren();
  for (const group of data.groups) {
    const section = element("section");
    section.append(element("h2", "", group.title));
    if (group.note) section.append(element("p", "", group.note));
    const list = element("ul");
    for (const line of group.lines) {
      const made = button("", "", "", () => {
        root.querySelectorAll("button").forEach((b) => b.setAttribute("aria-pressed", String(b === made)));
        setTriggerValue("line", { id: line.id });
      });
      made.dataset.id = line.id;
      made.setAttribute("aria-pressed", String(line.id === data.pressed));
      made.append(element("span", "text", line.text));
      if (line.detail) made.append(element("span", "detail", line.detail));
      if (line.share !== null) {
        const bar = element("span", "bar " + group.tone);
        const fill = element("i");
        fill.style.width = `${Math.round(100 * line.share)}%`;
        bar.append(fill);
        made.append(bar);
      }
      const item = element("li");
      item.append(made);
      list.append(item);
    }
    section.append(list);
    root.append(section);
  }
  if (had) root.querySelector(`button[data-id="${had}"]`)?.focus();
}
