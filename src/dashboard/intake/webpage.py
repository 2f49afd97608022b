"""HTML → lines: blocks, line breaks, bold starts and table rows; scripts, styles and page furniture left out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from dashboard.intake.heads import Line
from dashboard.intake.times import STAMP
from dashboard.intake.vocabulary import vocabulary

_BLOCKS = vocabulary(
    """
    p div li tr h1 h2 h3 h4 h5 h6 blockquote dt dd section article main header ul ol dl table tbody thead pre hr
    figure body
    """
)
_HIDDEN = vocabulary(
    """
    script style head noscript template svg nav footer button select iframe
    """
)
_BOLD = frozenset(("b", "strong", "th"))
_CLOSED = (("<!--", "-->"), ("<![", "]>"))
_STAMP = re.compile(rf"[\[(]?{STAMP}[\])]?")
_SIGN = re.compile(r"<(?:!doctype html|html|body|p|div|table|h[1-6]|span|br)\b", re.IGNORECASE)


def is_html(text: str) -> float:
    """How sure it is that a text is HTML (0 … 1).

    >>> is_html("<!DOCTYPE html><p>Hi"), is_html("I <3 it")
    (0.97, 0.0)
    """
    head = text[:4_000].lstrip().casefold()
    if head.startswith(("<!doctype html", "<html")):
        return 0.97
    if head.startswith("<?xml") and "<html" in head:
        return 0.97
    if head.startswith("<") and len(_SIGN.findall(text[:20_000])) >= 2 and "</" in text[:20_000]:
        return 0.8
    return 0.0


def lines(text: str) -> list[Line]:
    """The lines of a page, numbered by block.

    >>> [line.text for line in lines("<p><b>Ann:</b> Hi<br>there</p><p>Ben: yes</p>")]
    ['Ann: Hi', 'there', 'Ben: yes']
    """
    page = _Page()
    page.feed(_without_comments(text))
    page.close()
    page.end(gap=True)
    return page.found


def _without_comments(text: str) -> str:
    """The page without comments and conditional sections, and without tags that are never closed.

    The parser looks for the end of each of them anew, which takes for ever on a page that closes none.
    """
    parts: list[str] = []
    at = 0
    while (start := text.find("<!", at)) >= 0:
        opening, end = next(((o, e) for o, e in _CLOSED if text.startswith(o, start)), ("<!", ">"))
        stop = text.find(end, start + len(opening))
        parts.append(text[at:start])
        if stop < 0:
            return "".join(parts)  # a browser, too, takes the rest for the comment
        at = stop + len(end)
    parts.append(text[at:])
    whole = "".join(parts)
    last = whole.rfind(">") + 1
    return whole[:last] + whole[last:].replace("<", "&lt;")


class _Page(HTMLParser):
    """Collects lines while the page is parsed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Line] = []
        self.number = 1
        self.gap = True
        self.hidden: list[str] = []
        self.bold: list[str] = []
        self.pre = 0
        self.heading = False
        self.parts: list[str] = []
        self.leading, self.still = 0, True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden.append(tag)
        elif tag == "br":
            self.end(gap=False)
        elif tag in _BLOCKS:
            self.end(gap=True)
            self.heading = tag in ("h1", "h2", "h3", "h4", "h5", "h6")
            self.pre += tag == "pre"
        elif tag in ("td", "th") and self.parts:
            self.parts.append("\t")
        if tag in _BOLD:
            self.bold.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.hidden:
            del self.hidden[self.hidden.index(tag) :]
        elif tag in _BLOCKS:
            self.end(gap=True)
            self.pre = max(0, self.pre - (tag == "pre"))
            self.heading = False
        if tag in self.bold:
            self.bold.remove(tag)

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        if self.pre:
            first, *rest = data.split("\n")
            self.add(first)
            for line in rest:
                if not self.parts:
                    self.gap = True  # a blank line
                self.end(gap=False)
                self.add(line)
        else:
            self.add(re.sub(r"\s+", " ", data))

    def add(self, data: str) -> None:
        """Take a piece of the current line; a time that follows a name at once gets a gap before it."""
        if not data or (not data.strip() and not self.parts):
            return
        if self.parts and not self.parts[-1][-1:].isspace() and _STAMP.fullmatch(data.strip()):
            self.parts.append("  ")
        self.parts.append(data)
        if self.still and self.bold:
            self.leading = len("".join(self.parts).rstrip())
        elif data.strip():
            self.still = False

    def end(self, *, gap: bool) -> None:
        """End the current line, and with ``gap`` the paragraph."""
        text = "".join(self.parts)
        if text.strip():
            bold = max(0, self.leading - (len(text) - len(text.lstrip())))
            self.found.append(Line(text.strip(), self.number, bold=bold, gap=self.gap, heading=self.heading))
            self.gap = False
        if gap and not self.gap:
            self.number, self.gap = self.number + 1, True
        self.parts, self.leading, self.still = [], 0, True
