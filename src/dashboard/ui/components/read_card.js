// One person and one theme, with what the person said. Everything from outside enters by textContent.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dr-read-card");
  const head = element("p", "ask");
  head.append(element("span", "", data.ask), element("b", "", data.theme), element("span", "", "?"));
  const parts = [head];
  if (data.definition) parts.push(said(element("p", "definition", data.definition)));
  const list = element("ol", data.whole ? "whole" : "");
  if (data.whole) list.tabIndex = 0;
  list.setAttribute("aria-label", data.label);
  for (const one of data.passages) {
    const item = element("li");
    if (one.question) item.append(said(element("p", "question", one.question)));
    const quote = said(element("blockquote"));
    if (data.whole) quote.append(element("span", "", one.text));
    else quote.append(element("span", "around", one.before), element("mark", "", one.text), element("span", "around", one.after));
    item.append(quote);
    list.append(item);
  }
  parts.push(list);
  root.replaceChildren(...parts);
}
