"""HTML transcripts."""

# ruff: noqa: E501

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest

from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource

TALK = [
    ("Interviewer", "How was the café?"),
    ("P3", "Fine: “good”, I’d say."),
    ("Interviewer", "Only good?"),
    ("P3", "Yes – very."),
]


def turns(source: ParsedSource) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in source.turns]


HTML = "<!DOCTYPE html><html><head><title>T</title><style>p{}</style><script>var a='I: no';</script></head><body><nav>Home</nav>"


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p><strong>{who}:</strong> {escape(what)}</p>" for who, what in TALK),
        "".join(
            f"<div><span class='speaker'>{who}</span><span class='time'>0:0{at}</span><p>{escape(what)}</p></div>"
            for at, (who, what) in enumerate(TALK)
        ),
        "<p>" + "<br>\n".join(f"{who}: {escape(what)}" for who, what in TALK) + "</p>",
        "<table>" + "".join(f"<tr><td>{who}</td><td>{escape(what)}</td></tr>" for who, what in TALK) + "</table>",
        "<dl>" + "".join(f"<dt>{who}</dt><dd>{escape(what)}</dd>" for who, what in TALK) + "</dl>",
        "<pre>" + "\n\n".join(f"{who}: {escape(what)}" for who, what in TALK) + "</pre>",
    ],
)
def test_html(body: str) -> None:
    result = read(f"{HTML}{body}<footer>Imprint</footer></body></html>".encode(), "a.html")
    assert turns(result) == TALK
