"""What was read of a file, in place of the file."""

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake import read
from dashboard.intake.kept import is_kept, kept
from dashboard.intake.parsed import Column, ParsedSource, Row, Speaker
from dashboard.study import Turn

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=30)
PAIR = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
Ada Quill: How was it?

00:00:05.000 --> 00:00:08.000
Bo Fenn: Fine.

00:00:09.000 --> 00:00:11.000
Ada Quill: And the price?

00:00:12.000 --> 00:00:15.000
Bo Fenn: Déar.
""".encode()


@pytest.mark.parametrize("name", ["pair.vtt", "pair.csv", "pair"])
def test_what_was_kept_is_read_as_it_was_whatever_its_name(name: str) -> None:
    parsed = read(PAIR, "pair.vtt")
    data = kept(parsed)
    assert is_kept(data)
    assert not is_kept(PAIR)
    assert read(data, name) == parsed


@drawn(st.lists(st.tuples(_TEXT, _TEXT), max_size=4))
def test_nothing_is_lost(said: list[tuple[str, str]]) -> None:
    turns = tuple(Turn(n, who or None, what, "observer", 1.5, None, what) for n, (who, what) in enumerate(said))
    rows = tuple(Row(3 * n + 1, who, what, attributes={who: what}) for n, (who, what) in enumerate(said))
    parsed = ParsedSource(
        "survey", "CSV", turns, (Speaker(None, "participant", 1, 2),), rows, 2, (Column("a", "open"),), language="xx"
    )
    assert read(kept(parsed), "x.csv") == parsed


def test_what_is_damaged_is_refused() -> None:
    data = kept(read(PAIR, "pair.vtt"))
    with pytest.raises(UnreadableFile, match="damaged"):
        read(data[: len(data) // 2], "pair.vtt")
