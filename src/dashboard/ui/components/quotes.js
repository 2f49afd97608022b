// A list of quotes. Everything from outside enters by textContent.
const words = { confirmed: "checked", rejected: "rejected" };

function marked(text, wanted) {
  const quote = element("blockquote");
  const at = wanted ? text.toLowerCase().indexOf(wanted.toLowerCase()) : -1;
  if (at < 0) quote.append(text);
  else quote.append(text.slice(0, at), element("mark", "", text.slice(at, at + wanted.length)), text.slice(at + wanted.length));
  return quote;
}

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".dr-quotes");
  const box = outbox(root, setTriggerValue, data.counted);
  const decided = new Map(box.waiting.filter((e) => e.do === "decide").map((e) => [e.passage + "\n" + e.theme, e.status]));
  const had = parentElement.activeElement?.closest?.("li")?.dataset?.passage;

  const chip = (card, theme) => {
    const made = element("span");
    const draw = (status) => {
      const say = words[status] || theme.fit;
      made.className = "chip " + status;
      made.replaceChildren(element("span", "name", theme.name), element("small", "", say));
      if (!data.decides || words[status]) return;
      const decide = (word) => () => {
        box.say({ do: "decide", passage: card.passage, theme: theme.name, status: word });
        draw(word); // shown at once, before the server has answered
        (made.closest("li") || root).focus({ preventScroll: true });
      };
      made.append(
        button("yes", "✓", `Confirm ${theme.name}`, decide("confirmed")),
        button("no", "✕", `Reject ${theme.name}`, decide("rejected")),
      );
    };
    draw(decided.get(card.passage + "\n" + theme.name) || theme.status);
    return made;
  };

  const list = element("ol");
  list.setAttribute("aria-label", data.label);
  for (const card of data.cards) {
    const item = element("li", card.passage === data.current ? "current" : "");
    item.dataset.passage = card.passage;
    item.tabIndex = -1;
    if (card.question) item.append(element("p", "question", card.question));
    item.append(marked(card.text, data.wanted));
    const who = element("p", "who");
    if (card.participant) who.append(element("b", "", card.participant), card.about ? " · " + card.about : "");
    else who.append(card.about);
    for (const name of card.segments || []) who.append(" · ", element("span", "segment", name));
    item.append(who);
    const row = element("div", "row");
    card.themes.forEach((theme) => row.append(chip(card, theme)));
    if (card.stage) row.append(element("span", "chip stage", card.stage));
    if (card.sign) row.append(element("span", "sign " + card.sign, (card.sign === "negative" ? "− " : "+ ") + card.sign));
    if (card.withheld) row.append(element("span", "withheld", "counted here; this person's words are not shown"));
    else row.append(button("open", "Open in conversation", "", () => box.say({ do: "open", passage: card.passage })), ...(card.starred === undefined ? [] : keeps(card, box)), ...takes(card, root));
    item.append(row);
    list.append(item);
  }
  const items = [...list.children];
  const reach = (target) => items.forEach((item) => { item.tabIndex = item === target ? 0 : -1; });
  reach(items.find((item) => item.dataset.passage === had) || items[0]);
  list.onkeydown = (event) => {
    const item = event.target.closest("li");
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = items.indexOf(item);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: items.length - 1 }[event.key];
    const on = event.target === item;
    if (to !== undefined && items[to]) {
      reach(items[to]);
      items[to].focus();
    } else if (on && event.key === "Enter") item.querySelector(".open")?.click();
    else if (on && event.key === "y") item.querySelector(".yes")?.click();
    else if (on && event.key === "n") item.querySelector(".no")?.click();
    else return;
    event.preventDefault();
  };
  root.replaceChildren(list);
  // below a chart on a narrow screen, quotes that were just asked for come into sight; beside it they are already
  if (data.follow && root.drList !== data.follow && matchMedia("(max-width: 640px)").matches) {
    const host = root.getRootNode().host || root;
    const whole = host.closest('[class*="st-key-aside-"]'); // with its title and controls, however tall they are
    (whole || root).style.scrollMarginTop = whole ? "4rem" : "16rem";
    (whole || root).scrollIntoView({ block: "start", behavior: "smooth" });
  }
  root.drList = data.follow;
  if (had) items.find((item) => item.dataset.passage === had)?.focus({ preventScroll: true });
}
