"""Text and Markdown: what is a transcript, and that each dialect gives back the conversation it was made of."""

# ruff: noqa: E501

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given as everywhere
from hypothesis import settings
from hypothesis import strategies as st

from dashboard.intake import read, text
from dashboard.intake.encoding import given
from dashboard.intake.times import clock

Conversation = list[tuple[str, str]]

NAMES = [
    "Mara Lind",
    "Tom Okafor",
    "O'Neil, Sam (Ext)",
    "P7",
    "Speaker 1",
    "Zoë-Ann van der Berg",
    "Interviewer",
    "Dr. Ada Byron",
    "Jean-Luc (he/him)",
]
WORDS = [
    "so",
    "the",
    "Note: it",
    "price,",
    "“fine”",
    "17:30",
    "I said: no",
    "why?",
    "https://example.org/a:b",
    "(laughs)",
    "Tom",
    "—",
    "10:05 am",
    "e.g. tea",
    "100 %",
    "C#",
    "well…",
    "A",
    "&",
    "we",
    "left.",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(
    lambda words: "It was " + " ".join(words) + " indeed."
)
TEXTS = st.lists(SENTENCES, min_size=1, max_size=3).map("\n".join)


@st.composite
def conversations(draw: st.DrawFn) -> Conversation:
    """Two to four people; the first two speak at least twice, nobody twice in a row."""
    people = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True))
    order = [*people, people[0], people[1]]
    for _ in range(draw(st.integers(0, 6))):
        order.append(draw(st.sampled_from([name for name in people if name != order[-1]])))
    if order[len(people) - 1] == people[0]:
        order.insert(len(people), people[1])
    return [(name, draw(TEXTS)) for name in order]


def stamps(talk: Conversation) -> list[str]:
    return [clock(5 + 400 * at) for at in range(len(talk))]


def full(talk: Conversation) -> list[str]:
    return [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in (5 + 400 * at for at in range(len(talk)))]


DIALECTS: dict[str, tuple[Callable[[Conversation], str], bool]] = {
    "otter": (lambda talk: "\n\n".join(f"{n}  {s}  \n{t}" for (n, t), s in zip(talk, stamps(talk), strict=True)), True),
    "otter, bold": (
        lambda talk: "\n\n".join(f"**{n}**  {s}  \n{t}" for (n, t), s in zip(talk, stamps(talk), strict=True)),
        True,
    ),
    "bold, bracket": (
        lambda talk: "\n\n".join(f"**{n}:** [{s}] {t}" for (n, t), s in zip(talk, full(talk), strict=True)),
        True,
    ),
    "bracket, name": (
        lambda talk: "\n".join(f"[{s}] {n}: {t}" for (n, t), s in zip(talk, full(talk), strict=True)),
        True,
    ),
    "name, round bracket": (
        lambda talk: "\n\n".join(f"{n} ({s})\n{t}" for (n, t), s in zip(talk, stamps(talk), strict=True)),
        True,
    ),
    "time above": (lambda talk: "\n".join(f"{s} {n}\n{t}" for (n, t), s in zip(talk, full(talk), strict=True)), True),
    "prefix": (lambda talk: "\n".join(f"{n}: {t}" for n, t in talk), False),
    "prefix, blank lines": (lambda talk: "\n\n".join(f"{n}: {t}" for n, t in talk), False),
    "prefix, windows": (lambda talk: "\r\n\r\n".join(f"{n}: {t}" for n, t in talk), False),
    "bold prefix": (lambda talk: "\n\n".join(f"**{n}:** {t}" for n, t in talk), False),
    "label above": (lambda talk: "\n\n".join(f"{n}:\n{t}" for n, t in talk), False),
    "brackets": (lambda talk: "\n\n".join(f"[{n}] {t}" for n, t in talk), False),
}


@pytest.mark.parametrize("dialect", DIALECTS)
@settings(max_examples=60, deadline=None)
@everywhere(talk=conversations())
def test_each_dialect_gives_back_the_conversation(dialect: str, talk: Conversation) -> None:
    render, timed = DIALECTS[dialect]
    result = read(render(talk).encode(), "talk.md")
    assert [(turn.speaker, turn.text.split()) for turn in result.turns] == [(name, said.split()) for name, said in talk]
    if timed:
        assert [turn.start for turn in result.turns] == [5.0 + 400 * at for at in range(len(talk))]


def test_sniff() -> None:
    assert text.sniff(given(b"I: Why?\nR: Because.\nI: So?\n", "x")) > 0.7
    assert text.sniff(given(b"[00:01] and so\n[00:02] we went\n[00:03] back home then\n", "x")) == 0.6
    assert text.sniff(given(b"Just some notes.", "x")) == 0.3
    assert text.sniff(given(b" \n", "x")) == 0.0
    assert text.sniff(given(b"\0\1\2", "x")) == 0.0


def test_codes_are_kept_and_said() -> None:
    result = read(
        b"**Ann** [00:00:01] It&#39;s late.\n\n**Ben** [00:00:03] Yes.\n\n**Ann** [00:00:05] Bye.\n\n**Ben** [00:00:07] Bye.\n",
        "x.md",
    )
    assert result.turns[0].text == "It&#39;s late."
    assert any("&#39;" in warning for warning in result.warnings)


def test_front_matter() -> None:
    source = "---\ntitle: Talk\ndate: 2024-05-04\n---\n\nAnn: Hi.\nBen: Hello.\nAnn: Bye.\nBen: Bye.\n"
    result = read(source.encode(), "x.md")
    assert (len(result.turns), result.date) == (4, "2024-05-04")


@pytest.mark.parametrize(
    "source",
    [
        "# Interview notes\n\nParticipant: P3\nRole: Buyer\nDate: 3 May 2024\n\n## Goals\n\n- pay less\n- Key point: the lid leaks\n\n## Frustrations\n\nCould not find the invoice. Said: never again.\n",
        "Interview mit Frau K.\n\nHintergrund: arbeitet seit 2010 dort.\n\nFazit: zufrieden.\n\nZitat: „So teuer!“\n",
    ],
)
def test_notes_are_no_dialogue(source: str) -> None:
    result = read(source.encode(), "notes.md")
    assert result.kind == "transcript"
    assert {turn.speaker for turn in result.turns} == {None}
    assert any("No speakers" in warning for warning in result.warnings)
