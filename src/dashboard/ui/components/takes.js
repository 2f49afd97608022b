// What a reader takes away: words with what they are called by, and the address that leads to them alone. A page that
// was not opened over TLS has no clipboard of its own; there a field that is selected does the same.
async function copied(text, root) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element("textarea");
    field.value = text;
    field.setAttribute("aria-hidden", "true");
    field.style.cssText = "position: fixed; opacity: 0; top: 0";
    const had = root.getRootNode().activeElement ?? document.activeElement;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    had?.focus?.({ preventScroll: true });
    return done;
  }
}

// The whole address of a link that the server gave from the pages' own folder on, also below a path of a proxy.
const absolute = (link) => new URL(link, new URL(".", location.href)).href;

function take(label, name, text, root) {
  const made = button("take", label, "", async () => {
    const done = await copied(text(), root);
    made.textContent = done ? "Copied" : "Select it to copy";
    setTimeout(() => { made.textContent = label; }, 2000);
  });
  made.setAttribute("aria-label", `${label}: ${name}`);
  made.setAttribute("aria-live", "polite");
  return made;
}

function takes(card, root) {
  if (!card.link) return [];
  const name = card.text.slice(0, 60);
  return [
    take("Copy with citation", name, () => `“${card.text}”\n${card.cite}\n${absolute(card.link)}`, root),
    take("Copy link", name, () => absolute(card.link), root),
  ];
}
