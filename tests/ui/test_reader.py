"""The reader is given the conversation as it was said."""

from conftest import Opened

from dashboard.study import Piece
from dashboard.ui.reader import at_second, clock, data_of, place_of
from dashboard.workspace import coding
from dashboard.workspace import evidence as of_evidence
from dashboard.workspace.turns import Behind, FileTurn


def test_the_quote_stands_where_the_address_says(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    passages = whole.passages().collect("pandas").to_native()
    first = passages.iloc[0]
    source, turn, start, end = place_of(whole, first["passage"])
    talk = of_evidence.conversation(whole, source, around=turn)
    data = data_of(whole, talk, (turn, start, end), first["passage"])
    spoken = next(each for each in data["turns"] if each["turn"] == turn)
    assert spoken["text"][start:end] == first["text"]
    assert data["at"] == {"turn": turn, "start": start, "end": end}
    assert [theme["name"] for theme in data["themes"]] == list(whole.study.themes)
    assert all(mark["status"] != "rejected" for each in data["turns"] for mark in each["marks"])
    assert coding.anchor_of(whole, first["passage"]).start == start


def test_an_address_may_name_a_turn(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    assert place_of(whole, "abc/12") == ("abc", 12, 0, 0)


def test_time_is_said_as_a_clock_reads_it() -> None:
    assert [clock(at) for at in (None, 0.0, 59.9, 61, 3600)] == ["", "0:00", "0:59", "1:01", "1:00:00"]


def test_a_corrected_turn_brings_what_its_file_says(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    source = whole.passages().collect("pandas").to_native()["source"].iloc[0]
    talk = of_evidence.conversation(whole, source)
    first, second = talk.turns[:2]
    same = FileTurn(first.turn, first.speaker, first.text, (Piece(first.text),))
    other = FileTurn(second.turn, second.speaker, "As it was.", (Piece("As it is.", "Ana"),), corrected=True)
    there = Behind({first.turn: (same,), second.turn: (other,)}, frozenset({second.turn}), ("Ana",))
    data = data_of(whole, talk, (first.turn, 0, 0), "x", there)
    assert data["turns"][0]["file"] == [{"turn": first.turn, "joined": False, "corrected": False}]
    (own,) = data["turns"][1]["file"]
    assert (own["text"], own["pieces"]) == ("As it was.", [{"speaker": "Ana", "text": "As it is."}])
    assert [turn["waiting"] for turn in data["turns"][:2]] == [False, True]
    assert data["labels"] == ["Ana"]
    assert "file" not in data_of(whole, talk, (first.turn, 0, 0), "x")["turns"][0]


def test_only_a_web_address_is_opened_at_a_second() -> None:
    assert at_second("HTTPS://example.com/r", 61.9) == "HTTPS://example.com/r#t=61"
    for address in ("javascript:alert(1)", "data:text/html,x", "", " https://example.com"):
        assert at_second(address, 3.0) == ""
    assert at_second("https://example.com/r", None) == ""
