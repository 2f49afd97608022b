// What is new since this browser saw the share last. It alone remembers what was seen; the server is told nothing.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dr-updated");
  const key = "dashboard share " + data.share;
  let last = null;
  try {
    last = localStorage.getItem(key);
  } catch { /* a browser that keeps nothing is told of the version in the box on method */ }
  const seen = () => {
    try {
      localStorage.setItem(key, String(data.number));
    } catch { /* as above */ }
    root.replaceChildren();
  };
  if (last === null || Number(last) >= data.number) return seen();
  const made = element("div", "note");
  made.setAttribute("role", "status");
  made.append(element("b", "", `Updated on ${data.published}`), " ");
  const news = data.changes.filter((each) => each.number > Number(last) && each.changed);
  if (news.length) for (const each of news) made.append(said(element("span", "change", each.changed)), " ");
  else made.append("since you looked last; the figures may differ.", " ");
  made.append(button("seen", "Got it", "Hide this note", seen));
  root.replaceChildren(made);
}
