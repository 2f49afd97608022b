function element(name, className, text) {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

// What came from outside runs in the direction of its own first letter.
function said(made) {
  made.dir = "auto";
  return made;
}

function button(className, text, label, act) {
  const made = element("button", className, text);
  made.type = "button";
  if (label) {
    made.setAttribute("aria-label", label);
    made.title = label;
  }
  made.onclick = act;
  return made;
}
