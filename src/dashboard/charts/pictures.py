"""What the page draws itself, as SVG text to take away: a heat table, a word cloud; title and notes stand on it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.analysis.in_words import FEWEST
from dashboard.charts.style import GREY, TEAL
from dashboard.charts.words import Placed

_FONT = "font-family=\"'Source Sans 3', 'Source Sans Pro', sans-serif\""
_DOTTED = f"Dotted: fewer than {FEWEST} people in the group, too few for a share."
_INK, _PAPER = "#1f2628", "#ffffff"
_NAMES, _CELL, _LINE, _HEAD = 190, 104, 40, 46


def heat_picture(data: Mapping[str, Any], *, title: str, notes: Sequence[str]) -> str:
    """A heat table. data: rows, columns (name, note), groups (name, span) and cells (share, count, depth, few,
    verdict), as the page is given them."""
    width = _NAMES + _CELL * len(data["columns"]) + 16
    body: list[str] = []
    top = 0
    left = _NAMES
    for group in data["groups"]:
        body.append(_text(left + 4, top + 16, group["name"], size=13, bold=True))
        left += _CELL * group["span"]
    top += 24
    for at, column in enumerate(data["columns"]):
        middle = _NAMES + _CELL * at + _CELL // 2
        body += _centred(middle, top + 14, [*textwrap.wrap(column["name"], 15)[:2], column["note"]], size=11)
    top += _HEAD
    for name, line in zip(data["rows"], data["cells"], strict=True):
        lines = textwrap.wrap(name, 28)[:2]
        body += [_text(8, top + 17 + 15 * at, each, size=13) for at, each in enumerate(lines)]
        for at, cell in enumerate(line):
            if cell is None:
                continue
            x = _NAMES + _CELL * at
            fill = _PAPER if cell["few"] else _teal(cell["depth"] / 100)
            edge = f' stroke="{GREY}" stroke-dasharray="2 3"' if cell["few"] else ""
            body.append(
                f'<rect x="{x + 1}" y="{top + 1}" width="{_CELL - 2}" height="{_LINE - 2}" rx="4" fill="{fill}"{edge}/>'
            )
            ink = _PAPER if cell["depth"] > 60 and not cell["few"] else _INK
            said = [each for each in (cell["share"], cell["verdict"] or cell["count"]) if each]
            body += _centred(x + _CELL // 2, top + 17, said, size=12, ink=ink)
        top += _LINE
    few = any(cell and cell["few"] for line in data["cells"] for cell in line)
    return _framed(
        "".join(body), width=max(width, 420), height=top, title=title, notes=[*notes, _DOTTED if few else ""]
    )


def cloud_picture(words: Sequence[Placed], *, width: int, height: int, title: str, notes: Sequence[str]) -> str:
    """A word cloud, its words as text."""
    body = "".join(
        f'<text x="{each.middle:.1f}" y="{each.y:.1f}" text-anchor="middle" font-size="{each.size}" fill="{_INK}">'
        f"{html.escape(each.word)}</text>"
        for each in words
    )
    return _framed(body, width=width, height=height, title=title, notes=notes)


def _teal(depth: float) -> str:
    """The colour of a share on white.

    >>> _teal(0), _teal(1)
    ('#ffffff', '#0f766e')
    """
    pairs = ((int(_PAPER[i : i + 2], 16), int(TEAL[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * depth):02x}" for a, b in pairs)


def _framed(body: str, *, width: int, height: int, title: str, notes: Sequence[str]) -> str:
    head = textwrap.wrap(title, max(20, width // 9))
    foot = [line for note in notes if note for line in textwrap.wrap(note, max(20, width // 6))]
    above = 12 + 22 * len(head)
    whole = above + height + 12 + 16 * len(foot) + 8
    said = [_text(8, 24 + 22 * at, line, size=17, bold=True) for at, line in enumerate(head)]
    said += [_text(8, above + height + 22 + 16 * at, line, size=12) for at, line in enumerate(foot)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{whole}" '
        f'viewBox="0 0 {width} {whole}" {_FONT}>'
        f'<title>{html.escape(title)}</title><rect width="100%" height="100%" fill="{_PAPER}"/>{"".join(said)}'
        f'<g transform="translate(0 {above})">{body}</g></svg>'
    )


def _centred(x: int, y: int, lines: Sequence[str], *, size: int, ink: str = _INK) -> list[str]:
    return [
        f'<text x="{x}" y="{y + 14 * at}" text-anchor="middle" font-size="{size - min(at, 1)}" '
        f'fill="{ink}">{html.escape(line)}</text>'
        for at, line in enumerate(lines)
    ]


def _text(x: int, y: int, words: str, *, size: int, bold: bool = False) -> str:
    weight = ' font-weight="600"' if bold else ""
    return f'<text x="{x}" y="{y}" font-size="{size}"{weight} fill="{_INK}">{html.escape(words)}</text>'
