// The form in which one turn is put right: who says it, its words, where it is cut, whether it goes on with the turn
// before. It holds the turns of the file that stand behind what is shown. Everything from outside enters by textContent.
function turnForm(turn, labels, { save, close }) {
  const form = element("form", "edit-turn");
  form.setAttribute("aria-label", "Edit this turn");
  const names = element("datalist");
  names.id = `dr-labels-${turn.turn}`;
  for (const label of labels) {
    const one = element("option");
    one.value = label;
    names.append(one);
  }
  form.append(names);
  const state = turn.file.map((file) => ({
    file,
    joined: Boolean(file.joined),
    pieces: (file.pieces ?? [{ speaker: "", text: turn.text }]).map((piece) => ({ speaker: piece.speaker || (file.speaker ?? turn.label), text: piece.text })),
  }));
  const body = element("div");
  form.append(body);

  const pieceOf = (one, piece, n) => {
    const row = element("div", "piece");
    const speaker = element("input");
    speaker.value = piece.speaker;
    speaker.setAttribute("list", names.id);
    speaker.setAttribute("aria-label", "Who says it");
    speaker.placeholder = "who says it";
    speaker.maxLength = 100;
    speaker.oninput = () => { piece.speaker = speaker.value; };
    const text = element("textarea");
    text.value = piece.text;
    text.dir = "auto";
    text.rows = Math.min(8, Math.max(2, Math.ceil(piece.text.length / 70)));
    text.setAttribute("aria-label", "What is said");
    text.oninput = () => { piece.text = text.value; };
    const acts = element("div", "acts");
    acts.append(button("", "Split at the cursor", "", () => {
      const at = text.selectionStart;
      const [before, after] = [piece.text.slice(0, at).trim(), piece.text.slice(at).trim()];
      if (!before || !after) { text.focus(); return; }
      const other = labels.find((label) => label !== piece.speaker) ?? piece.speaker;
      one.pieces.splice(n, 1, { ...piece, text: before }, { speaker: other, text: after });
      draw();
      [...body.querySelectorAll("input[list]")].at(state.slice(0, state.indexOf(one)).reduce((sum, each) => sum + each.pieces.length, n + 1))?.focus();
    }));
    if (n > 0) {
      acts.append(button("", "Join with the part above", "", () => {
        one.pieces.splice(n - 1, 2, { ...one.pieces[n - 1], text: `${one.pieces[n - 1].text} ${piece.text}` });
        draw();
        body.querySelector("textarea")?.focus();
      }));
    }
    row.append(speaker, text, acts);
    return row;
  };
  const draw = () => {
    body.replaceChildren();
    for (const one of state) {
      one.pieces.forEach((piece, n) => body.append(pieceOf(one, piece, n)));
      const foot = element("div", "acts");
      if (one.file.turn > 0) {
        const joined = element("input");
        joined.type = "checkbox";
        joined.checked = one.joined;
        joined.onchange = () => { one.joined = joined.checked; };
        const label = element("label", "joined");
        label.append(joined, "Goes on with the turn before");
        foot.append(label);
      }
      const original = element("details");
      original.append(element("summary", "", "As in the file"), said(element("p", "", `${one.file.speaker ?? turn.label}: ${one.file.text ?? turn.text}`)));
      if (one.file.corrected) original.append(button("", "Put back as in the file", "", () => save([{ turn: one.file.turn, pieces: [], joined: false }])));
      foot.append(original);
      body.append(foot);
    }
  };
  draw();
  const foot = element("div", "acts");
  const keep = button("strong", "Keep", "", null);
  keep.type = "submit";
  foot.append(keep, button("", "Cancel", "", close));
  form.append(foot);
  form.onsubmit = (event) => {
    event.preventDefault();
    save(state.map((one) => ({ turn: one.file.turn, joined: one.joined, pieces: one.pieces.map(({ speaker, text }) => ({ speaker: speaker.trim(), text: text.trim() })) })));
  };
  form.onkeydown = (event) => {
    event.stopPropagation(); // a letter typed here is no shortcut
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  };
  setTimeout(() => {
    body.querySelector("textarea")?.focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
  }, 0);
  return form;
}
