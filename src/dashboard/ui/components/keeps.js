// What a reader keeps of a quote: a star, a memo, a place under a finding or an assumption.
function keeps(card, box) {
  const star = button("star", "", "", () => {
    card.starred = !card.starred;
    box.say({ do: "star", passage: card.passage, on: card.starred });
    draw(); // shown at once, before the server has answered
  });
  const draw = () => {
    star.textContent = card.starred ? "★" : "☆";
    star.title = card.starred ? "Take the star away" : "Star this quote";
    star.setAttribute("aria-label", star.title);
    star.setAttribute("aria-pressed", String(Boolean(card.starred)));
  };
  draw();
  const made = [button("keep", "Note or pin", "", () => box.say({ do: "keep", passage: card.passage })), star];
  if (card.memo) {
    const memo = element("p", "who", "Memo: " + card.memo);
    memo.style.flexBasis = "100%";
    made.push(memo);
  }
  return made;
}
