"""What was read goes through a parcel unchanged; a parcel that another hand made is refused."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake.parcel import opened, packed
from dashboard.intake.parsed import Column, ParsedSource, QuotedCoding, Row, Speaker
from dashboard.study import Stage, Theme, Turn

TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)  # halves of characters are refused
TIME = st.none() | st.floats(0, 1e6)
PARSED = st.builds(
    ParsedSource,
    kind=st.sampled_from(["transcript", "survey", "participants", "codebook", "codings", "project"]),
    format=TEXT,
    turns=st.lists(
        st.builds(Turn, st.integers(0, 9), st.none() | TEXT, TEXT, st.just("observer"), TIME, TIME, TEXT, TEXT),
        max_size=3,
    ).map(tuple),
    speakers=st.lists(st.builds(Speaker, st.none() | TEXT, st.just("participant"), st.just(1), st.just(2))).map(tuple),
    rows=st.lists(
        st.builds(
            Row, st.just(1), TEXT, attributes=st.dictionaries(TEXT, TEXT), scores=st.dictionaries(TEXT, st.floats(0, 9))
        ),
        max_size=3,
    ).map(tuple),
    columns=st.just((Column("a", "open", examples=("x", "y")),)),
    themes=st.just((Theme("Pricing", cues=("price",), parent="Money"),)),
    journey=st.just((Stage("Set up"),)),
    codings=st.just((QuotedCoding("dear", "Pricing", start=3, end=7),)),
    documents=st.lists(TEXT).map(tuple),
    warnings=st.lists(TEXT).map(tuple),
    score_kinds=st.dictionaries(TEXT, TEXT),
)


@settings(max_examples=60, deadline=None)
@given(PARSED)
def test_what_is_packed_comes_out_as_it_was(parsed: ParsedSource) -> None:
    assert opened(packed(parsed)) == parsed


GOOD = json.loads(
    packed(ParsedSource("survey", "CSV", turns=(Turn(0, "1", "So."),), rows=(Row(1, scores={"n": 1.0}),)))
)


@pytest.mark.parametrize(
    "change",
    [
        {"kind": ["program"]},
        {"kind": [["survey"]]},
        {"format": [3]},
        {"turns": [[1]]},
        {"turns": ["x"]},
        {"rows": [{"number": [1]}]},
        {"warnings": [[1]]},
        {"warnings": ["x"]},
        {"warnings": [["half of one: \ud83d"]]},
        {"turns": [{**GOOD["turns"][0], "speaker": ["\udfff"]}]},
        {"score_kinds": [{"\ud800": "nps"}]},
        {"score_kinds": [{"n": 1}]},
        {"respondents": []},
        {"more": [1]},
        {"turns": [{**GOOD["turns"][0], "role": ["nobody"]}]},
        {"turns": [{**GOOD["turns"][0], "text": []}]},
        {"turns": [{**GOOD["turns"][0], "start": ["now"]}]},
        {"rows": [{**GOOD["rows"][0], "scores": [[]]}]},
    ],
)
def test_what_is_no_parcel_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        opened(json.dumps({**GOOD, **change}).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"null", b"\x80\x04K\x01.", b"[" * 100_000, b"3"])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        opened(data)
