"""The reader is given the conversation as it was said."""

from conftest import Opened

from dashboard.ui.reader import clock, data_of, place_of
from dashboard.workspace import coding
from dashboard.workspace import evidence as of_evidence


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
