"""The quotes that would be shown, as a person reads them before: what is replaced, what is doubtful, what was said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.evidence.tables import Evidence
from dashboard.records import anchors
from dashboard.sharing.policy import Policy
from dashboard.study import Anchor
from dashboard.ui import session
from dashboard.ui.publish_draft import depends_on
from dashboard.workspace import sharing
from dashboard.workspace.sharing import Redaction, SharedLink, Suspect

DOUBTFUL, REPLACED, UNREAD, PASSED, LEFT_OUT, ALL = (
    "Something suspicious left", "With words replaced", "Not read yet", "Passed", "Left out", "All quotes",
)  # fmt: skip
FACETS = (DOUBTFUL, REPLACED, UNREAD, PASSED, LEFT_OUT, ALL)
LABELS = ("name", "colleague", "company", "city", "product", "left out")
_HELD = "publish:quotes"
_OF_WORDS = ("hide", "show")


@dataclass(frozen=True)
class Quote:
    """One quote to read. state: "", passed or left out; decisions: the numbers of what a person said of the whole."""

    found: Suspect
    state: str = ""
    decisions: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        """What names the quote whatever is decided on it."""
        at = self.found.anchor
        return f"{at.source}:{at.turn}:{at.start}:{at.end}"


def quotes_of(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> list[Quote]:
    """Every quote that would be shown or was left out, the doubtful first; in an order that reading does not change.

    What the rules find is found again only where something changed that it depends on: passing a quote does not.
    """
    ws, study = session.workspace(), of.study.id
    decided = sharing.redacted(ws, study)
    words = tuple(each.id for each in decided if each.action in _OF_WORDS)
    key = (*depends_on(of, policy, links), words)
    held = session.kept(_HELD)
    if held is None or held[0] != key:
        found = sharing.suspicious(ws, study, policy)
        before = {_place(each.anchor): n for n, each in enumerate(held[1])} if held and held[0][:4] == key[:4] else {}

        def order(quote: Suspect) -> tuple[int, int, tuple[str, int, int, int]]:
            # words that were hidden or shown move no quote while a person reads
            return before.get(_place(quote.anchor), len(before)), -len(quote.reasons), _place(quote.anchor)

        held = (key, sorted(found, key=order))
        session.keep(_HELD, held)
    return judged(held[1], decided)


def judged(found: Iterable[Suspect], decided: Sequence[Redaction]) -> list[Quote]:
    """The quotes with what persons say of each as a whole by now."""
    said: dict[tuple[str, int, int, int], Redaction] = {
        _place(each.anchor): each for each in decided if each.action not in _OF_WORDS
    }
    quotes = []
    for suspect in found:
        last = said.get(_place(suspect.anchor))
        state = "" if last is None else "left out" if last.action == "leave out" else "passed"
        quotes.append(Quote(suspect, state, () if last is None else (last.id,)))
    return quotes


def _place(anchor: Anchor) -> tuple[str, int, int, int]:
    return anchor.source, anchor.turn, anchor.start, anchor.end


def listed(quotes: Iterable[Quote], facet: str, words: str = "") -> list[Quote]:
    """The quotes of one of the lists that hold these words."""
    wanted = words.casefold().split()
    return [q for q in quotes if _belongs(q, facet) and all(word in q.found.text.casefold() for word in wanted)]


def _belongs(quote: Quote, facet: str) -> bool:
    return {
        DOUBTFUL: bool(quote.found.reasons) and not quote.state,
        REPLACED: bool(quote.found.marks),
        UNREAD: not quote.state,
        PASSED: quote.state == "passed",
        LEFT_OUT: quote.state == "left out",
    }.get(facet, True)


def counted(quotes: Sequence[Quote]) -> str:
    """How far the reading is, in one sentence."""
    read, out = sum(bool(quote.state) for quote in quotes), len(listed(quotes, LEFT_OUT))
    doubtful = len(listed(quotes, DOUBTFUL))
    said = [f"{read:,} of {len(quotes):,} quotes were read"]
    if out:
        said.append(f"{out:,} left out")
    left = "holds" if doubtful == 1 else "hold"
    said.append(
        f"{doubtful:,} not read yet still {left} something suspicious" if doubtful else "nothing suspicious left"
    )
    return "; ".join(said) + "."


def card(quote: Quote) -> dict[str, Any]:
    """What the component shows of one quote."""
    return {"id": quote.id, "pieces": pieces(quote.found), "state": quote.state, "doubts": list(quote.found.reasons)}


def pieces(found: Suspect) -> list[dict[str, Any]]:
    """A quote cut at its marks, in order; a piece that is replaced has a label and a reason.

    The pieces together are the quote as it was said.
    """
    cut: list[dict[str, Any]] = []
    at = 0
    for mark in found.marks:
        if mark.start > at:
            cut.append({"text": found.text[at : mark.start]})
        own = mark.reason == sharing.BY_HAND
        cut.append({"text": found.text[mark.start : mark.end], "label": mark.label, "reason": mark.reason, "own": own})
        at = mark.end
    if at < len(found.text):
        cut.append({"text": found.text[at:]})
    return cut


def spans_of(text: str, words: str) -> list[tuple[int, int]]:
    """Where these words stand in a text, whole and in whatever case.

    >>> spans_of("Ann, anna and ANN", "ann")
    [(0, 3), (14, 17)]
    """
    words = words.strip()
    if not words:
        return []
    return [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE)]


def hide(of: Evidence, quote: Quote, event: Mapping[str, Any]) -> int:
    """Hide the words that an event names, in the quote or everywhere; the number of places."""
    words, at = str(event.get("words") or ""), quote.found.anchor
    texts = _texts(of)
    places = [
        (key, start, end) for key, text in texts.items() if event.get("everywhere") or key == (at.source, at.turn)
        for start, end in spans_of(text, words) if event.get("everywhere") or at.start <= start < end <= at.end
    ]  # fmt: skip
    if "start" in event:  # exactly what was selected, which may be a piece of a word
        start, end = at.start + int(event["start"]), at.start + int(event["end"])
        places = [*(p for p in places if p != ((at.source, at.turn), start, end)), ((at.source, at.turn), start, end)]
    made = [anchors.make(*key, texts[key], start, end) for key, start, end in places]
    if made:
        sharing.redact(session.workspace(), of.study.id, made, "hide", str(event.get("label") or "name"))
    return len(made)


def show(of: Evidence, quote: Quote, event: Mapping[str, Any]) -> None:
    """Show again what was replaced at a place of the quote, or those words wherever they are replaced."""
    ws, at, texts = session.workspace(), quote.found.anchor, _texts(of)
    start, end = at.start + int(event["start"]), at.start + int(event["end"])
    words = texts[at.source, at.turn][start:end]
    places = {((at.source, at.turn), start, end)}
    if event.get("everywhere"):
        places |= {(key, *span) for key, text in texts.items() for span in spans_of(text, words)}
    own = [
        each.id for each in sharing.redacted(ws, of.study.id)
        if each.action == "hide"
        and ((each.anchor.source, each.anchor.turn), each.anchor.start, each.anchor.end) in places
    ]  # fmt: skip
    sharing.withdraw(ws, of.study.id, own)
    made = [anchors.make(*key, texts[key], first, last) for key, first, last in sorted(places)]
    sharing.redact(ws, of.study.id, made, "show")


def _texts(of: Evidence) -> dict[tuple[str, int], str]:
    found = of.turns().select("source", "turn", "text").collect("pandas")
    return {(str(source), int(turn)): str(text) for source, turn, text in found.iter_rows()}
