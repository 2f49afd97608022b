// The palette that appears at a chosen stretch: themes by number or by typing, stages, a sign. It lives as long as the
// reader's root; reader.js tells it what is chosen and gets told what was picked.
const signs = [["-1", "−", "negative"], ["0", "0", "neutral"], ["1", "+", "positive"]];

function palette(root, tell) {
  const box = element("div", "palette");
  box.setAttribute("role", "dialog");
  box.hidden = true;
  const marks = element("div", "held");
  const input = element("input");
  input.type = "text";
  input.autocomplete = "off";
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-expanded", "true");
  const options = element("div", "options");
  options.setAttribute("role", "group");
  options.setAttribute("aria-label", "Themes and stages");
  const foot = element("div", "foot");
  box.append(marks, input, options, foot);
  root.append(box);
  const self = { box, active: 0, swapping: null, data: null, held: [] };

  const pick = (kind, value) => {
    tell({ kind, value, swap: self.swapping });
    self.swapping = null;
    input.value = "";
    self.active = 0;
  };
  const found = () => {
    const wanted = input.value.trim().toLowerCase();
    const themes = self.data.themes.map((theme, i) => ({ kind: "theme", ...theme, key: i < 9 ? String(i + 1) : "" }));
    const stages = self.swapping?.kind === "theme" ? [] : self.data.stages.map((name) => ({ kind: "stage", name, key: "" }));
    const all = [...themes, ...stages];
    if (!wanted) return all;
    // names that begin with what was typed come first
    const at = (option) => option.name.toLowerCase().indexOf(wanted);
    return all.filter((option) => at(option) >= 0).sort((a, b) => Math.min(at(a), 1) - Math.min(at(b), 1));
  };
  const has = (kind, value) => self.held.some((mark) => mark.kind === kind && mark.value === value);

  self.draw = () => {
    if (box.hidden) return;
    const list = found();
    const shown = input.value.trim() ? Math.min(self.active, list.length - 1) : -1;
    options.replaceChildren();
    let kind = "";
    list.forEach((option, i) => {
      if (option.kind !== kind && option.kind === "stage") options.append(element("span", "group", "Stage"));
      kind = option.kind;
      const made = button("option" + (i === shown ? " active" : ""), "", "", () => pick(option.kind, option.name));
      if (option.colour !== undefined) made.style.setProperty("--mark", `var(--dr-${option.colour})`);
      made.append(element("kbd", "", option.key), element("span", "", option.name));
      made.setAttribute("aria-pressed", String(has(option.kind, option.name)));
      options.append(made);
    });
    if (!list.length) options.append(element("span", "group", "No theme or stage of this name"));
    input.placeholder = self.swapping ? `Swap ${self.swapping.value} for …` : "Theme or stage: type, or press its number";
    input.setAttribute("aria-label", input.placeholder);
    marks.replaceChildren();
    for (const mark of self.held) {
      const line = element("div", "line");
      line.style.setProperty("--mark", mark.colour === undefined ? "transparent" : `var(--dr-${mark.colour})`);
      const name = element("span", "name", mark.name);
      name.append(element("small", "", " " + [mark.say, mark.reason].filter(Boolean).join(" · ")));
      line.append(name);
      if (mark.status === "suggested") line.append(button("", "Confirm", `Confirm ${mark.name}`, () => tell({ confirm: mark })));
      if (mark.kind === "theme") line.append(button("", "Swap", `Swap ${mark.name} for another theme`, () => { self.swapping = mark; self.draw(); input.focus(); }));
      line.append(button("", "Remove", `Remove ${mark.name}`, () => tell({ drop: mark })));
      marks.append(line);
    }
    foot.replaceChildren();
    for (const [value, text, word] of signs) {
      const made = button("sign", text, `Sign: ${word}`, () => pick("sentiment", value));
      made.setAttribute("aria-pressed", String(has("sentiment", value)));
      foot.append(made);
    }
    foot.append(button("", "Undo", "Undo the last coding (Ctrl+Z)", () => tell({ undo: true })));
    foot.append(button("", "Done", "Close (Esc)", () => tell({ close: true })));
  };
  self.key = (event) => {
    // a key that codes at once; true where it was used
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const number = Number(event.key);
    if (number >= 1 && number <= 9 && self.data.themes[number - 1]) pick("theme", self.data.themes[number - 1].name);
    else if (event.key === "0") pick("sentiment", "0");
    else if (event.key === "-" || event.key === "−") pick("sentiment", "-1");
    else if (event.key === "+" || event.key === "=") pick("sentiment", "1");
    else return false;
    return true;
  };
  self.type = () => input.focus();
  self.open = (held, about) => {
    self.held = held;
    if (box.hidden) {
      input.value = "";
      self.swapping = null;
      self.active = 0;
    }
    box.hidden = false;
    box.setAttribute("aria-label", about);
    self.draw();
  };
  self.close = () => { box.hidden = true; self.swapping = null; };
  input.oninput = () => { self.active = 0; self.draw(); };
  box.onkeydown = (event) => {
    event.stopPropagation();
    if (event.key === "Escape") tell({ close: true });
    else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !input.value) tell({ undo: true });
    else if (event.target !== input) return;
    else if (event.key === "ArrowDown") { self.active = Math.min(self.active + 1, found().length - 1); self.draw(); }
    else if (event.key === "ArrowUp") { self.active = Math.max(self.active - 1, 0); self.draw(); }
    else if (event.key === "Enter") {
      const option = input.value.trim() ? found()[Math.max(0, self.active)] : null;
      if (option) pick(option.kind, option.name);
      else if (!input.value.trim()) tell({ close: true });
    } else if (input.value || !self.key(event)) return;
    event.preventDefault();
  };
  return self;
}
