// A conversation that is read and coded. Everything from outside enters by textContent. The server counts characters
// (code points), the browser UTF-16 units: they are converted where they cross.
const points = (text, units) => (/[\ud800-\udfff]/.test(text) ? [...text.slice(0, units)].length : units);
const units = (text, count) => (/[\ud800-\udfff]/.test(text) ? [...text].slice(0, count).join("").length : count);
const overlap = (a, b) => a.turn === b.turn && a.start < b.end && b.start < a.end;
const same = (a, b) => a.turn === b.turn && a.start === b.start && a.end === b.end && a.kind === b.kind && a.value === b.value;
const say = { confirmed: "checked", suggested: "suggested" };
const stroke = (mark, i) => {
  const colour = `var(--dr-${mark.colour ?? 8})`;
  const line = mark.status === "suggested" ? `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 8px)` : `linear-gradient(${colour}, ${colour})`;
  return `${line} 0 calc(100% - ${i * 3}px) / 100% 2px no-repeat`;
};

function sentences(text) {
  return [...new Intl.Segmenter(undefined, { granularity: "sentence" }).segment(text)].map((part) => trimmed(text, part.index, part.index + part.segment.length)).filter(Boolean);
}

function trimmed(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  return start < end ? { start, end } : null;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-reader");
  const me = (root.drReader ??= { nodes: new Map(), drawn: new Map(), chosen: [], place: null, editing: null });
  const box = outbox(root, setTriggerValue, data.counted);
  const turns = new Map(data.turns.map((turn) => [turn.turn, turn]));
  const byName = new Map(data.themes.map((theme) => [theme.name, theme]));
  if (me.source !== data.source) {
    Object.assign(me, { source: data.source, nodes: new Map(), drawn: new Map(), chosen: [], place: null, scroll: null, editing: null });
    root.replaceChildren();
  }
  if (!me.scroll) {
    me.scroll = element("div", "scroll");
    me.scroll.setAttribute("role", "group");
    root.append(me.scroll);
    me.said = element("p", "said");
    me.said.setAttribute("role", "status");
    root.append(me.said);
    me.palette = palette(root, (word) => me.hear(word));
  }
  me.scroll.setAttribute("aria-label", data.label);
  root.classList.toggle("reads", Boolean(data.reads));
  me.palette.data = data;

  // ---- marks: what the server knows, with what was done since laid over it
  const marksOf = (turn) => {
    let marks = turn.marks.map((mark) => ({ ...mark, turn: turn.turn, start: units(turn.text, mark.start), end: units(turn.text, mark.end) }));
    for (const event of box.waiting) {
      if (event.turn !== turn.turn) continue;
      const mark = { ...event, start: units(turn.text, event.start), end: units(turn.text, event.end), status: "confirmed", by: "you" };
      if (event.do === "drop") marks = marks.filter((other) => !same(other, mark));
      if (event.do !== "code") continue;
      marks = marks.filter((other) => !same(other, mark) && !(mark.kind !== "theme" && other.kind === mark.kind && overlap(other, mark)));
      marks.push(mark);
    }
    return marks.map((mark) => ({
      ...mark,
      name: mark.kind === "sentiment" ? (signs.find(([value]) => value === mark.value)?.[2] ?? mark.value) : mark.kind === "need" ? "unmet need" : mark.value,
      colour: mark.kind === "theme" ? byName.get(mark.value)?.colour ?? 8 : undefined,
      say: mark.fit || say[mark.status] || mark.status,
    }));
  };
  const heldBy = (spans) => spans.flatMap((span) => marksOf(turns.get(span.turn)).filter((mark) => (me.only ? same(mark, me.only) : overlap(mark, span))));
  const out = (word, mark) => {
    const text = turns.get(mark.turn).text;
    box.say({ do: word, turn: mark.turn, start: points(text, mark.start), end: points(text, mark.end), kind: mark.kind, value: mark.value, id: mark.id ?? 0, by: mark.by ?? "", status: mark.status ?? "" });
  };
  me.hear = (word) => {
    if (word.close) return choose([]);
    if (word.undo) box.say({ do: "undo" });
    else if (word.confirm) out("code", word.confirm);
    else if (word.drop) out("drop", word.drop);
    else if (word.swap) {
      out("drop", word.swap);
      out("code", { ...word.swap, kind: word.kind, value: word.value, id: 0 });
    } else {
      for (const span of me.chosen) {
        const mark = { ...span, kind: word.kind, value: word.value };
        const there = marksOf(turns.get(span.turn)).find((other) => same(other, mark) && other.status === "confirmed");
        out(there ? "drop" : "code", there ?? mark); // the same key again takes it away
      }
    }
    me.only = null;
    const named = word.kind === "sentiment" ? signs.find(([value]) => value === word.value)[2] : word.value ?? word.confirm?.name;
    me.said.textContent = word.undo ? "Undone" : word.drop ? `${word.drop.name} removed` : `Marked: ${named}`;
    draw();
    me.palette.open(heldBy(me.chosen), "Code this stretch");
    const { offsetTop, offsetHeight } = me.palette.box;
    if (offsetTop + offsetHeight > root.clientHeight) place(); // it grew; it moves only where it must
  };

  // ---- drawing: a turn is drawn again only where something in it has changed
  const piece = (turn, marks, start, end, chosen) => {
    const at = data.at && data.at.turn === turn.turn && units(turn.text, data.at.start) <= start && end <= units(turn.text, data.at.end);
    const made = element(at ? "mark" : "span", chosen ? "chosen" : "", turn.text.slice(start, end));
    const lines = marks.filter((mark) => mark.kind === "theme" && mark.start <= start && end <= mark.end);
    if (lines.length) {
      made.classList.add("coded");
      made.style.background = [...lines.slice(0, 3).map(stroke), chosen ? "var(--dr-chosen)" : at ? "var(--dr-at)" : "transparent"].join(", ");
      made.style.paddingBottom = `${1 + 3 * Math.min(lines.length, 3)}px`; // no line runs through the letters
      made.title = lines.map((mark) => `${mark.name} (${mark.say})`).join(", ");
      made.dataset.marks = "yes";
    }
    return made;
  };
  const drawTurn = (turn, marks, chosen) => {
    const node = element("div", `turn ${turn.role}`);
    node.dataset.turn = turn.turn;
    node.tabIndex = -1;
    const by = element("p", "by");
    by.append(said(element("b", "", turn.speaker)), " ");
    if (turn.link) {
      const link = element("a", "", turn.time);
      link.href = turn.link; // the server lets http and https through, nothing else
      link.target = "_blank";
      link.rel = "noopener noreferrer";
      link.title = link.ariaLabel = `Open the recording at ${turn.time}`;
      by.append(link);
    } else by.append(turn.time ?? "");
    if (turn.file) {
      if (turn.file.some((each) => each.corrected)) by.append(element("span", "tag", turn.waiting ? "corrected, not shown yet" : "corrected"));
      else if (turn.waiting) by.append(element("span", "tag", "changed, not shown yet"));
      const edit = button("edit", "Edit", `Edit this turn of ${turn.speaker}`, () => openForm(turn.turn));
      edit.tabIndex = -1; // reached by the key E, or by Tab from the turn that is at hand
      by.append(edit);
    }
    const text = said(element("p", "text"));
    const at = data.at?.turn === turn.turn ? [units(turn.text, data.at.start), units(turn.text, data.at.end)] : [];
    const lines = marks.filter((mark) => mark.kind === "theme");
    const cuts = [...new Set([0, turn.text.length, ...at, ...[...lines, ...chosen].flatMap((mark) => [mark.start, mark.end])])].sort((a, b) => a - b);
    for (let i = 0; i + 1 < cuts.length; i++) {
      if (cuts[i] >= 0 && cuts[i + 1] <= turn.text.length) text.append(piece(turn, marks, cuts[i], cuts[i + 1], chosen.some((span) => span.start <= cuts[i] && cuts[i + 1] <= span.end)));
    }
    node.append(by, text);
    if (turn.waiting) {
      for (const each of turn.file.filter((one) => one.corrected)) {
        const now = each.pieces.map((piece) => `${piece.speaker || each.speaker || turn.label}: ${piece.text}`).join("\n");
        node.append(said(element("p", "now", `${each.joined ? "Now goes on with the turn before:" : "Now:"}\n${now}`)));
      }
    }
    if (me.editing === turn.turn) {
      node.append(turnForm(turn, data.labels ?? [], {
        close: () => closeForm(turn.turn),
        save: (edits) => {
          box.say({ do: "correct", edits });
          me.said.textContent = "Kept";
          closeForm(turn.turn);
        },
      }));
    }
    let shown = marks.filter((mark) => mark.status !== "rejected" && !(mark.kind === "sentiment" && mark.value === "0" && mark.status === "suggested"));
    // to read, each theme once; to change, each mark
    if (data.reads) shown = shown.filter((mark, i) => shown.findIndex((other) => other.kind === mark.kind && other.name === mark.name) === i);
    if (shown.length) {
      const row = element("div", "row");
      for (const mark of shown) {
        const look = `chip ${mark.kind} ${mark.status}`;
        const made = data.reads ? element("span", look, mark.name) : button(look, mark.name, `${mark.name}, ${mark.say}. Change`, () => edit(mark));
        if (mark.colour !== undefined) made.style.setProperty("--mark", `var(--dr-${mark.colour})`);
        row.append(made);
      }
      node.append(row);
    }
    if (at.length) node.classList.add("hit");
    return node;
  };
  const draw = () => {
    let last = null;
    for (const turn of data.turns) {
      const marks = marksOf(turn);
      const chosen = me.chosen.filter((span) => span.turn === turn.turn);
      const sign = JSON.stringify([turn.text, turn.speaker, turn.role, turn.link, turn.waiting, turn.file, me.editing === turn.turn, marks, chosen, data.at?.turn === turn.turn ? data.at : 0]);
      if (me.drawn.get(turn.turn) !== sign) {
        const node = drawTurn(turn, marks, chosen);
        const before = me.nodes.get(turn.turn);
        const had = before?.contains(document.activeElement);
        if (before) before.replaceWith(node);
        else if (last) last.after(node);
        else me.scroll.prepend(node);
        node.tabIndex = before?.tabIndex ?? -1;
        me.nodes.set(turn.turn, node);
        me.drawn.set(turn.turn, sign);
        if (had && me.editing !== turn.turn) node.focus({ preventScroll: true });
      }
      last = me.nodes.get(turn.turn);
    }
  };
  const reach = (node) => {
    me.nodes.forEach((other) => {
      other.tabIndex = other === node ? 0 : -1;
      const edit = other.querySelector(".edit");
      if (edit) edit.tabIndex = other.tabIndex;
    });
  };
  const openForm = (turn) => {
    if (me.chosen.length) choose([]);
    me.editing = turn;
    reach(me.nodes.get(turn));
    draw();
  };
  const closeForm = (turn) => {
    me.editing = null;
    draw();
    me.nodes.get(turn)?.focus({ preventScroll: true });
  };

  // ---- choosing a stretch
  const choose = (spans, only = null) => {
    const from = me.chosen[0]?.turn;
    me.chosen = spans;
    me.only = only;
    draw();
    if (!spans.length || !data.codes) {
      const inside = me.palette.box.contains(document.activeElement);
      me.palette.close();
      if (inside) me.nodes.get(from)?.focus({ preventScroll: true });
      return;
    }
    me.palette.open(heldBy(spans), "Code this stretch");
    me.moved = false;
    place();
  };
  const edit = (mark) => choose([{ turn: mark.turn, start: mark.start, end: mark.end }], mark);
  const place = () => {
    const marked = me.scroll.querySelectorAll(".chosen");
    const last = marked[marked.length - 1];
    if (!last) return;
    const frame = root.getBoundingClientRect();
    if (matchMedia("(max-width: 640px)").matches) { // the palette lies at the bottom: what is marked moves above it
      const top = marked[0].getBoundingClientRect().top - me.scroll.getBoundingClientRect().top;
      if (!me.moved && (top < 20 || top > 120)) me.scroll.scrollTop += top - 60;
      me.moved = true;
      return;
    }
    const rects = last.getClientRects();
    const rect = rects[rects.length - 1] ?? last.getBoundingClientRect();
    const { offsetHeight: high, offsetWidth: wide } = me.palette.box;
    const below = rect.bottom - frame.top + 8;
    const first = marked[0].getBoundingClientRect().top - frame.top;
    const top = below + high <= frame.height ? below : first - high - 8 >= 0 ? first - high - 8 : Math.max(0, frame.height - high);
    me.palette.box.style.top = `${top}px`;
    me.palette.box.style.left = `${Math.max(0, Math.min(rect.left - frame.left, frame.width - wide))}px`;
  };
  const fromSelection = () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const spans = [];
    for (const [number, node] of me.nodes) {
      const text = node.querySelector(".text");
      if (!range.intersectsNode(text)) continue;
      const offset = (container, at, other) => {
        if (!text.contains(container)) return other;
        const before = document.createRange();
        before.setStart(text, 0);
        before.setEnd(container, at);
        return before.toString().length;
      };
      const whole = turns.get(number).text;
      const span = trimmed(whole, offset(range.startContainer, range.startOffset, 0), offset(range.endContainer, range.endOffset, whole.length));
      if (span) spans.push({ turn: number, ...span, role: turns.get(number).role });
    }
    selection.removeAllRanges();
    return spans;
  };
  const pointer = (target) => {
    const spans = fromSelection();
    if (spans) {
      const theirs = spans.filter((span) => span.role === "participant").map(({ turn, start, end }) => ({ turn, start, end }));
      me.said.textContent = spans.length && !theirs.length ? "Only what participants say can be coded" : "";
      choose(theirs);
      return;
    }
    const node = target.closest?.(".turn");
    if (!node || target.closest("button, a, form")) return;
    const piece = target.closest("[data-marks]");
    if (!piece) return choose([]);
    const before = document.createRange();
    before.setStart(node.querySelector(".text"), 0);
    before.setEnd(piece, 0);
    const start = before.toString().length;
    const turn = Number(node.dataset.turn);
    const marks = marksOf(turns.get(turn)).filter((mark) => mark.kind === "theme" && overlap(mark, { turn, start, end: start + 1 }));
    marks.sort((a, b) => a.end - a.start - (b.end - b.start));
    if (marks.length) choose([{ turn, start: marks[0].start, end: marks[0].end }]);
  };
  me.scroll.onpointerdown = (event) => {
    if (data.reads) return; // a viewer selects to copy
    if (event.target.closest?.("form, a")) return;
    document.addEventListener("pointerup", (event) => setTimeout(() => pointer(event.target), 0), { once: true });
  };
  me.scroll.onscroll = () => { if (!me.palette.box.hidden) place(); };

  // ---- the keyboard: up and down from turn to turn, left and right from sentence to sentence, shift to extend
  me.scroll.onkeydown = (event) => {
    const node = event.target.closest(".turn");
    if (!node || event.target !== node) return;
    const turn = turns.get(Number(node.dataset.turn));
    const chosen = me.chosen.find((span) => span.turn === turn.turn);
    const all = [...me.nodes.values()];
    const parts = sentences(turn.text);
    const first = chosen ? parts.findIndex((part) => part.end > chosen.start) : -1;
    const end = chosen ? parts.findLastIndex((part) => part.start < chosen.end) : -1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const next = all[all.indexOf(node) + (event.key === "ArrowDown" ? 1 : -1)];
      choose([]);
      if (next) { reach(next); next.focus(); }
    } else if (data.reads) return;
    else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      const move = event.key === "ArrowRight" ? 1 : -1;
      if (turn.role !== "participant" || !parts.length) return;
      const to = Math.max(0, Math.min(parts.length - 1, (chosen ? (event.shiftKey ? end : first) : move > 0 ? -1 : parts.length) + move));
      choose([event.shiftKey && chosen ? { ...chosen, end: parts[Math.max(to, first)].end } : { turn: turn.turn, ...parts[to] }]);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") me.hear({ undo: true });
    else if (event.key === "Escape") choose([]);
    else if (!chosen && event.key === "e" && turn.file) openForm(turn.turn);
    else if (!chosen && (event.key === "n" || event.key === "p")) box.say({ do: "step", by: event.key === "n" ? 1 : -1 });
    else if (chosen && (event.key === "Delete" || event.key === "Backspace")) heldBy(me.chosen).filter((mark) => mark.kind === "theme").forEach((mark) => me.hear({ drop: mark }));
    else if (chosen && data.codes && me.palette.key(event)) { /* coded */ }
    else if (chosen && data.codes && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") return me.palette.type();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  draw();
  if (!me.palette.box.hidden) me.palette.open(heldBy(me.chosen), "Code this stretch");
  if (me.place !== data.place) {
    me.place = data.place;
    const hit = me.scroll.querySelector(".hit") ?? me.scroll.querySelector(".turn");
    reach(hit);
    if (data.at && hit) {
      const mark = hit.querySelector("mark") ?? hit;
      me.scroll.scrollTop += mark.getBoundingClientRect().top - me.scroll.getBoundingClientRect().top - me.scroll.clientHeight / 3;
      hit.focus({ preventScroll: true });
    }
  }
}
