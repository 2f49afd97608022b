"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const make = (tag, text, to) => { const e = document.createElement(tag); if (text !== undefined) e.textContent = text; if (to) to.append(e); return e; };
  const kinds = ["interview", "survey"].filter((kind) => data.groups.some((g) => g[0] === kind));
  const state = { kind: kinds[0], by: data.attributes.length ? 0 : -1, chosen: data.attributes.map(() => ""), theme: "", stage: "", value: null, segment: "" };
  const Z = 1.959963984540054;
  const wilson = (k, n) => {
    const s = Z * Math.sqrt(Z * Z + 4 * k * (n - k) / n), d = 2 * (n + Z * Z);
    return [k === 0 ? 0 : (2 * k + Z * Z - s) / d, k === n ? 1 : (2 * k + Z * Z + s) / d];
  };
  window.wilson = wilson;
  const percent = (x) => Math.round(100 * x) + " %";
  const get = (o, key) => Object.prototype.hasOwnProperty.call(o, key) ? o[key] : undefined;
  const fits = (g) => g[0] === state.kind && (state.segment === "" || g[5].includes(state.segment)) && state.chosen.every((v, i) => v === "" || g[1][i] === v);
  const groups = (value) => data.groups.filter((g) => fits(g) && (value === null || g[1][state.by] === value));
  const sum = (gs, of) => gs.reduce((total, g) => total + of(g), 0);
  const words = (k, n) => { const [low, high] = wilson(k, n); return `${k} of ${n}` + (n < 5 ? "" : ` (${percent(k / n)}, ${percent(low)}–${percent(high)})`); };
  const cell = (row, k, n, what, on) => {
    const td = make("td", undefined, row), b = make("button", n ? words(k, n) : "nobody", td);
    td.dataset.k = k; td.dataset.n = n;
    if (n) td.style.background = `rgba(var(--teal), ${0.55 * k / n})`;
    if (on) td.className = "on";
    b.addEventListener("click", () => { Object.assign(state, what); draw(); });
  };
  const select = (name, options, value, change) => {
    const label = make("label", name, at("choices")), s = make("select", undefined, label);
    s.setAttribute("aria-label", name);
    options.forEach(([v, text]) => { const o = make("option", text, s); o.value = v; });
    s.value = value;
    s.addEventListener("change", () => { change(s.value); draw(); });
  };
  const head = (where, first, names) => {
    at(where).replaceChildren();
    const table = make("table", undefined, at(where)), row = make("tr", undefined, make("thead", undefined, table));
    [first, ...names].forEach((name) => { make("th", name, row).scope = "col"; });
    return make("tbody", undefined, table);
  };
  const quote = (q, to, id) => {
    const b = make("blockquote", q[1], to);
    b.id = id || q[5];
    const small = make("small", [q[6], q[2], q[3].join(", "), q[4]].filter(Boolean).join(" · ") + " ", b);
    const link = make("a", "link", small);
    link.href = "#" + q[5];
    link.setAttribute("aria-label", "Link to this quote");
  };
  const linked = () => {
    const asked = decodeURIComponent(location.hash.slice(1)), q = data.quotes.find((each) => each[5] === asked);
    at("linked").replaceChildren();
    if (!q) return;
    make("h2", "The quote that was linked", at("linked"));
    quote(q, at("linked"), "linked-quote");
    at("linked").scrollIntoView();
  };
  function draw() {
    const all = groups(null), n = sum(all, (g) => g[2]);
    const values = state.by < 0 ? [] : data.values[state.by].filter((v) => groups(v).length);
    const columns = [null, ...values];
    const names = columns.map((v) => v === null ? "everyone" : v);
    const ranked = data.themes.map((t) => [t, sum(all, (g) => get(g[3], t) || 0)]).sort((a, b) => b[1] - a[1]);
    at("state").textContent = `${n} people ${state.kind === "survey" ? "who answered" : "we spoke to"}` + state.chosen.map((v, i) => v === "" ? "" : `, ${data.attributes[i]} ${v}`).join("") + (state.segment ? `, ${state.segment}` : "");
    at("headline").textContent = n && ranked.length && ranked[0][1] ? `“${ranked[0][0]}” comes up most: ${ranked[0][1]} of ${n}.` : "Nobody was heard here.";
    let body = head("themes", "theme", names);
    ranked.forEach(([t]) => {
      const row = make("tr", undefined, body); make("th", t, row).scope = "row";
      columns.forEach((v) => { const gs = groups(v); cell(row, sum(gs, (g) => get(g[3], t) || 0), sum(gs, (g) => g[2]), { theme: t, stage: "", value: v }, state.theme === t && state.value === v); });
    });
    body = head("stages", "stage", [...names.slice(0, 1).map(() => "who struggle, of those who talk about it"), "how strongly"]);
    data.stages.forEach((s) => {
      const got = all.map((g) => get(g[4], s) || [0, 0, 0]), talk = sum(got, (x) => x[0]), k = sum(got, (x) => x[1]);
      if (!talk) return;
      const row = make("tr", undefined, body), i = k ? sum(got, (x) => x[2]) / k : 0;
      make("th", s, row).scope = "row";
      cell(row, k, talk, { theme: "", stage: s, value: null }, state.stage === s);
      make("td", !k ? "" : i < 0.4 ? "mildly" : i < 0.65 ? "noticeably" : "strongly", row);
    });
    const open = new Set(groups(state.value).map((g) => data.groups.indexOf(g)));
    const shown = data.quotes.filter((q) => open.has(q[0]) && (!state.theme || q[3].includes(state.theme)) && (!state.stage || q[4] === state.stage));
    at("quotes").replaceChildren();
    make("p", `${shown.length} quotes that may be shown` + (state.theme || state.stage ? `: ${state.theme || state.stage}` + (state.value === null ? "" : `, ${data.attributes[state.by]} ${state.value}`) : ""), at("quotes")).className = "soft";
    shown.slice(0, 200).forEach((q) => quote(q, at("quotes")));
    if (shown.length > 200) make("p", "The first 200 are shown; choose a theme to see fewer.", at("quotes"));
  }
  if (kinds.length > 1) select("of", kinds.map((kind) => [kind, kind + "s"]), state.kind, (v) => { state.kind = v; });
  if (data.attributes.length) select("split by", data.attributes.map((a, i) => [i, a]), state.by, (v) => { state.by = Number(v); state.value = null; });
  data.attributes.forEach((a, i) => select("only " + a, [["", "all"], ...data.values[i].map((v) => [v, v])], "", (v) => { state.chosen[i] = v; }));
  if (data.segments.length) select("segment", [["", "all"], ...data.segments.map((s) => [s, s])], "", (v) => { state.segment = v; });
  addEventListener("hashchange", linked);
  draw();
  linked();
})();
