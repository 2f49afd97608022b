// Rows of things that can be opened and acted on: a list, one thing a row. Everything from outside enters by textContent.
export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-rows");
  const box = outbox(root, setTriggerValue, data.counted);
  const active = parentElement.activeElement;
  const had = active?.closest?.("li")?.dataset?.id;
  const hadDo = active?.dataset?.do;
  const scrolled = root.querySelector("ul")?.scrollTop ?? 0;
  root.classList.toggle("bounded", Boolean(data.bounded));

  // A question that stands open stays open, with what was written, when the page is drawn again for another reason.
  const form = root.querySelector(".acts.asking form");
  const open = form && { id: form.closest("li").dataset.id, do: form.dataset.do, value: form.querySelector("input")?.value };
  const inForm = Boolean(form?.contains(active));

  const say = (row, action, value) => box.say({ do: action, id: row.id, ...(value === undefined ? {} : { value }) });

  // An action that asks first: its question, and a field where it needs a word, in place of the row's buttons.
  const asking = (row, action, back, written, focus = true) => {
    const form = element("form", "ask");
    form.dataset.do = action.do;
    const field = action.ask.value === null ? null : element("input");
    const question = element(field ? "label" : "span", "", action.ask.text);
    form.append(question);
    if (field) {
      field.value = written ?? action.ask.value;
      field.maxLength = 200;
      field.required = true;
      if (action.ask.known) field.setAttribute("list", names.id);
      question.append(field);
    }
    const yes = button("yes", action.ask.yes, "", null);
    yes.type = "submit";
    form.append(yes, button("no", action.ask.no, "", back));
    form.onsubmit = (event) => {
      event.preventDefault();
      say(row, action.do, field ? field.value : undefined);
      back();
    };
    form.onkeydown = (event) => {
      event.stopPropagation(); // a letter typed here is no shortcut
      if (event.key === "Escape") back();
    };
    if (focus) setTimeout(() => (field ? (field.focus(), written === undefined && field.select()) : yes.focus()), 0);
    return form;
  };

  const names = element("datalist");
  names.id = (root.drNames ??= `dr-names-${Math.random().toString(36).slice(2)}`);
  for (const name of data.known ?? []) {
    const one = element("option");
    one.value = name;
    names.append(one);
  }

  const list = element("ul");
  list.setAttribute("aria-label", data.label);
  for (const row of data.rows) {
    const item = element("li", row.id === data.current ? "current" : "");
    item.dataset.id = row.id;
    if (row.indent) item.style.setProperty("--indent", row.indent);
    const text = element("div", "text");
    const head = element("div", "head");
    if (data.opens) {
      const title = button("title", row.title, "", () => say(row, data.opens));
      title.dataset.do = data.opens;
      if (row.id === data.current) title.setAttribute("aria-current", "true");
      head.append(title);
    } else head.append(element("span", "title", row.title));
    for (const tag of row.tags) head.append(element("span", "tag " + tag.tone, tag.text));
    text.append(head);
    if (row.said) text.append(element("p", "said", row.said));
    for (const line of row.lines) text.append(element("p", "", line));
    item.append(text);
    const acts = element("div", "acts");
    const ask = (action, written, focus) => {
      acts.classList.add("asking");
      acts.replaceChildren(asking(row, action, () => { draw(); acts.querySelector(`[data-do="${action.do}"]`)?.focus(); }, written, focus));
    };
    const draw = () => {
      acts.classList.remove("asking");
      acts.replaceChildren();
      for (const action of row.actions) {
        const made = button(action.strong ? "strong" : "", action.label, `${action.label}: ${row.title}`, () => {
          if (!action.ask) return say(row, action.do);
          ask(action);
        });
        made.dataset.do = action.do;
        acts.append(made);
      }
    };
    draw();
    const asked = open && open.id === row.id && row.actions.find((action) => action.do === open.do && action.ask);
    if (asked) ask(asked, open.value, inForm);
    if (row.actions.length) item.append(acts);
    list.append(item);
  }
  root.replaceChildren(...(data.known?.length ? [names, list] : [list]));
  list.scrollTop = scrolled;
  if (had !== undefined && hadDo) {
    [...list.children].find((item) => item.dataset.id === had)?.querySelector(`[data-do="${hadDo}"]`)?.focus({ preventScroll: true });
  }
}
