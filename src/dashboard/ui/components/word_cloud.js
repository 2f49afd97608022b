// Words, each a button that opens its quotes. Where each stands was laid out on the server, once for a wide page and once
// for a narrow one. Everything from outside enters by textContent.
const svgNames = "http://www.w3.org/2000/svg";
const onward = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function shape(name, attributes) {
  const made = document.createElementNS(svgNames, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-cloud");
  const draw = () => {
    const layout = root.clientWidth && root.clientWidth < 520 ? data.narrow : data.wide;
    if (root.drLayout === layout) return;
    root.drLayout = layout;
    const had = root.getRootNode().activeElement?.dataset?.word;
    const svg = shape("svg", { viewBox: `0 0 ${layout.width} ${layout.height}`, role: "group", "aria-label": data.label });
    const words = () => [...svg.querySelectorAll(".word")];
    const press = (word) => words().forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.word === word)));
    const reach = (target) => words().forEach((each) => each.setAttribute("tabindex", each === target ? "0" : "-1"));
    for (const placed of layout.words) {
      const group = shape("g", { class: `word ${placed.tone}`, role: "button", tabindex: "-1", "aria-label": placed.say });
      group.dataset.word = placed.word;
      const text = shape("text", { x: placed.middle, y: placed.y, style: `font-size: ${placed.size}px` });
      text.textContent = placed.word;
      const title = shape("title", {});
      title.textContent = placed.say;
      const box = shape("rect", { x: placed.middle - placed.width / 2 - 3, y: placed.y - placed.size, width: placed.width + 6, height: placed.size * 1.3 });
      group.append(title, box, text);
      svg.append(group);
    }
    const open = (target) => {
      const group = target.closest(".word");
      if (!group) return;
      press(group.dataset.word); // marked at once, before the quotes arrive
      reach(group);
      setTriggerValue("word", group.dataset.word);
    };
    svg.onclick = (event) => open(event.target);
    svg.onkeydown = (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        return open(event.target);
      }
      const all = words(), at = all.indexOf(event.target);
      const next = all[at + onward[event.key]];
      if (at < 0 || !next) return;
      event.preventDefault();
      reach(next);
      next.focus();
    };
    press(data.pressed);
    const named = (word) => words().find((each) => each.dataset.word === word);
    reach(named(had) || named(data.pressed) || words()[0]);
    root.replaceChildren(svg);
    if (data.note) root.append(element("p", "", data.note));
    if (had) named(had)?.focus();
  };
  root.drLayout = null;
  draw();
  root.drWatch?.disconnect();
  root.drWatch = new ResizeObserver(draw);
  root.drWatch.observe(root);
}
