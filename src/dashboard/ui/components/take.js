// One thing to take away, with what it is called by: the buttons of takes.js by themselves.
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".dr-quotes");
  root.replaceChildren(...takes(data, root));
}
