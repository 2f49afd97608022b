// Quotes before they are shown to others: what was replaced, what may still name somebody, and what a person says of it.
// Everything from outside enters by textContent. The server counts characters (code points), the browser UTF-16 units.
const points = (text, units) => [...text.slice(0, units)].length;

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-redact");
  const me = (root.drRedact ??= { hiding: null });
  const box = outbox(root, setTriggerValue, data.counted);
  const active = root.getRootNode().activeElement;
  const had = active?.closest?.("li")?.dataset.id;
  const hadDo = active?.dataset?.do;
  const items = () => [...root.querySelectorAll("li")];
  const words = (quote) => quote.pieces.map((piece) => piece.text).join("");
  const waiting = new Map(box.waiting.map((event) => [event.id, event.do]));

  const hide = (item, quote, chosen, at, { focus = true, everywhere = false, label = "" } = {}) => {
    me.hiding = { id: quote.id, words: chosen, at };
    const form = element("form", "hide");
    const field = element("input");
    const as = element("input");
    const all = element("input");
    Object.assign(field, { value: chosen, maxLength: 200, required: true });
    Object.assign(as, { value: label || data.labels[0], maxLength: 40, required: true });
    Object.assign(all, { type: "checkbox", checked: everywhere });
    as.setAttribute("list", names.id);
    const labels = [["Words to hide", field], ["shown as", as]].map(([text, input]) => {
      const made = element("label", "", text);
      made.append(input);
      return made;
    });
    const every = element("label", "every", "");
    every.append(all, " everywhere in the study");
    const yes = button("strong", "Hide", "", null);
    yes.type = "submit";
    const back = () => {
      me.hiding = null;
      form.remove();
      item.focus();
    };
    form.append(...labels, every, yes, button("", "Cancel", "", back));
    form.onsubmit = (event) => {
      event.preventDefault();
      const place = me.hiding?.at && field.value === chosen ? me.hiding.at : {};
      box.say({ do: "hide", id: quote.id, words: field.value, label: as.value, everywhere: all.checked, ...place });
      back();
    };
    form.onkeydown = (event) => {
      event.stopPropagation(); // a letter typed here is no shortcut
      if (event.key === "Escape") back();
    };
    item.querySelector("form")?.remove();
    item.append(form);
    if (focus) (chosen ? as : field).focus();
  };

  // What was replaced is shown again here, or wherever it was replaced.
  const reveal = (quote, text, start, end) => {
    const item = items().find((each) => each.dataset.id === quote.id);
    const form = element("form", "reveal");
    const back = () => {
      form.remove();
      item.focus();
    };
    const say = (everywhere) => {
      box.say({ do: "show", id: quote.id, start, end, everywhere });
      back();
    };
    form.append(
      said(element("span", "", `Show “${text}” again`)),
      button("strong", "Here", "", () => say(false)),
      button("strong", "Everywhere in the study", "", () => say(true)),
      button("", "Cancel", "", back),
    );
    form.onsubmit = (event) => event.preventDefault();
    form.onkeydown = (event) => {
      event.stopPropagation();
      if (event.key === "Escape") back();
    };
    item.querySelector("form")?.remove();
    item.append(form);
    form.querySelector("button").focus();
  };

  // The words that are selected in a quote, and where they stand in it.
  const selected = (item, quote) => {
    const selection = root.getRootNode().getSelection?.() ?? document.getSelection();
    const text = item.querySelector("blockquote");
    if (!selection || selection.isCollapsed || !selection.rangeCount || !text.contains(selection.anchorNode)) return null;
    const range = selection.getRangeAt(0);
    if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
    const count = (container, offset) => {
      const before = document.createRange();
      before.setStart(text, 0);
      before.setEnd(container, offset);
      const kept = before.cloneContents();
      kept.querySelectorAll("[data-ours]").forEach((node) => node.remove()); // labels are ours, not theirs
      return kept.textContent.length;
    };
    const whole = words(quote);
    let [start, end] = [count(range.startContainer, range.startOffset), count(range.endContainer, range.endOffset)];
    while (start < end && /\s/.test(whole[start])) start++;
    while (end > start && /\s/.test(whole[end - 1])) end--;
    return start < end ? { words: whole.slice(start, end), at: { start: points(whole, start), end: points(whole, end) } } : null;
  };

  const answer = (item, quote, word) => {
    box.say({ do: word, id: quote.id });
    const all = items();
    (word === "again" ? item : (all[all.indexOf(item) + 1] ?? item)).focus();
  };

  const names = element("datalist");
  names.id = (root.drNames ??= `dr-labels-${Math.random().toString(36).slice(2)}`);
  for (const name of data.labels) {
    const one = element("option");
    one.value = name;
    names.append(one);
  }

  const textOf = (quote) => {
    const text = element("blockquote");
    text.dir = "auto";
    let at = 0;
    for (const piece of quote.pieces) {
      const [start, end] = [at, at + [...piece.text].length];
      at = end;
      if (piece.label === undefined) {
        text.append(element("span", "", piece.text));
        continue;
      }
      const mark = element("mark", `${piece.own ? "own" : ""}${piece.text.length < 25 ? " short" : ""}`);
      const shown = element("b", "", `[${piece.label}]`);
      shown.dataset.ours = "";
      mark.append(shown, element("s", "", piece.text));
      mark.title = piece.reason;
      if (!data.still) {
        const undo = button("undo", "", `Show “${piece.text}” again: ${piece.reason}`, () => reveal(quote, piece.text, start, end));
        undo.dataset.do = `show ${start}`;
        undo.dataset.ours = "";
        mark.append(undo);
      }
      text.append(mark);
    }
    return text;
  };

  const list = element("ol");
  list.setAttribute("aria-label", data.label);
  for (const quote of data.quotes) {
    const state = { pass: "passed", "leave out": "left out", again: "" }[waiting.get(quote.id)] ?? quote.state;
    const item = element("li", state.replace(" ", "-"));
    item.dataset.id = quote.id;
    item.tabIndex = data.still ? -1 : 0;
    item.append(textOf(quote));
    for (const line of quote.doubts) item.append(said(element("p", "doubt", line)));
    const row = element("div", "row");
    if (state) row.append(element("span", "state", state));
    if (!data.still) {
      const acts = [];
      if (state !== "passed") acts.push(["pass", "Pass", "strong"]);
      acts.push(["hide", "Hide words…", ""]);
      if (state !== "left out") acts.push(["leave out", "Leave out", ""]);
      if (state) acts.push(["again", "Look again", ""]);
      for (const [word, text, style] of acts) {
        const made = button(style, text, "", () => {
          if (word !== "hide") return answer(item, quote, word);
          const found = selected(item, quote);
          hide(item, quote, found?.words ?? "", found?.at ?? null);
        });
        made.dataset.do = word;
        made.setAttribute("aria-label", `${text.replace("…", "")}: ${words(quote).slice(0, 60)}`);
        made.onpointerdown = (event) => event.preventDefault(); // what is selected stays selected
        row.append(made);
      }
    }
    item.append(row);
    item.onkeydown = (event) => {
      if (event.target !== item || event.ctrlKey || event.metaKey || event.altKey) return;
      const all = items();
      const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
      if (step) all[all.indexOf(item) + step]?.focus();
      else if (event.key === "p") answer(item, quote, "pass");
      else if (event.key === "l") answer(item, quote, "leave out");
      else if (event.key === "u" && state) answer(item, quote, "again");
      else if (event.key === "h") item.querySelector('[data-do="hide"]').click();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    list.append(item);
  }
  const written = root.querySelector("form.hide");
  const inForm = written?.contains(active);
  const fields = written && [...written.querySelectorAll("input")].map((input) => (input.type === "checkbox" ? input.checked : input.value));
  root.replaceChildren(names, list);
  const again = me.hiding && items().find((item) => item.dataset.id === me.hiding.id);
  if (again && fields) {
    const quote = data.quotes.find((each) => each.id === me.hiding.id);
    hide(again, quote, fields[0], me.hiding.words === fields[0] ? me.hiding.at : null, { focus: inForm, label: fields[1], everywhere: fields[2] });
  } else me.hiding = null;
  if (had !== undefined && !inForm) {
    const item = items().find((each) => each.dataset.id === had) ?? items()[0];
    (hadDo && item?.querySelector(`[data-do="${hadDo}"]`) || item)?.focus({ preventScroll: true });
  }
}
