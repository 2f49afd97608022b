// One suggestion to decide on: the words in their turn. Everything from outside enters by textContent.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dr-card");
  const head = element("p", "theme");
  head.append(element("b", "", data.theme));
  if (data.verdict) head.append(element("span", "verdict " + data.status, data.verdict));
  const quote = said(element("blockquote"));
  quote.append(element("span", "around", data.before), element("mark", "", data.text), element("span", "around", data.after));
  const parts = [head];
  if (data.question) parts.push(said(element("p", "question", data.question)));
  parts.push(quote, element("p", "who", data.who), element("p", "why", data.why));
  root.className = "dr-card " + (data.status || "");
  root.replaceChildren(...parts);
}
