"""Quotes: search, facets, order; the reader with its pen; and the way back."""

import pytest
from conftest import Opened
from ui.shown import data, opened, tell, texts

from dashboard.workspace import coding
from dashboard.workspace import evidence as of_evidence


def test_quotes_are_searched_sorted_and_opened_in_their_conversation(
    sample: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert len(data(at, "quotes")["cards"]) == 20
    at.text_input(key="quotes:find").set_value("bank").run()
    found = data(at, "quotes")
    assert found["wanted"] == "bank"
    assert all("bank" in card["text"].lower() for card in found["cards"])
    first, second = (card["passage"] for card in found["cards"][:2])
    tell(at, "quotes", do="open", passage=first)
    assert data(at, "reader")["place"] == first
    assert "Quote 1 of " in texts(at)
    at.button(key="reader:next").click().run()
    assert data(at, "reader")["place"] == second
    at.button(key="reader:back").click().run()
    assert "What exactly did they say?" in texts(at)


def test_nothing_found_says_so(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.text_input(key="quotes:find").set_value("no one ever said this").run()
    assert "0 people, 0 quotes" in texts(at)


def test_the_pen_codes_exactly_what_was_marked_and_undoes_it(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    passage = data(at, "quotes")["cards"][0]["passage"]
    tell(at, "quotes", do="open", passage=passage)
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    anchor = coding.anchor_of(whole, passage)
    theme = whole.study.themes[-1]
    mark = {"turn": anchor.turn, "start": anchor.start + 1, "end": anchor.start + 9, "kind": "theme", "value": theme}

    def of_person() -> list[tuple[int, int, str, str]]:
        now = of_evidence.evidence(at_ws, sample.study)
        assert now is not None
        turns = of_evidence.conversation(now, anchor.source, around=anchor.turn).turns
        return [
            (each.start, each.end, each.value, each.status)
            for turn in turns
            if turn.turn == anchor.turn
            for each in turn.marks
            if each.decision
        ]

    at_ws = sample.ws
    tell(at, "reader", do="code", **mark)
    assert of_person() == [(anchor.start + 1, anchor.start + 9, theme, "confirmed")]
    tell(at, "reader", do="undo")
    assert of_person() == []
    tell(at, "reader", do="code", **{**mark, "kind": "sentiment", "value": "-1"})
    assert [each[2] for each in of_person()] == ["-1"]
    (shown,) = [
        each
        for turn in data(at, "reader")["turns"]
        if turn["turn"] == anchor.turn
        for each in turn["marks"]
        if each["kind"] == "sentiment"
    ]
    tell(at, "reader", do="drop", **{**mark, "kind": "sentiment", "value": "-1", "id": shown["id"], "by": shown["by"]})
    assert of_person() == []


def test_a_stretch_that_is_not_there_is_refused_in_a_sentence(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    tell(at, "quotes", do="open", passage=data(at, "quotes")["cards"][0]["passage"])
    tell(at, "reader", do="code", turn=1, start=5, end=10**6, kind="theme", value="Pricing")
    assert "not there any more" in texts(at)


def test_a_quote_that_is_gone_says_so(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    at.text_input(key="passage").set_value("nothing.1.0").run()
    assert "not part of the study any more" in texts(at)


def test_a_turn_is_put_right_in_the_reader_and_undone(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    tell(at, "quotes", do="open", passage=data(at, "quotes")["cards"][0]["passage"])
    turn = data(at, "reader")["turns"][1]
    (file,) = turn["file"]
    pieces = [{"speaker": "Somebody", "text": "What was really said."}]
    tell(at, "reader", do="correct", edits=[{"turn": file["turn"], "joined": False, "pieces": pieces}])
    corrected = data(at, "reader")["turns"][1]
    assert (corrected["text"], corrected["waiting"]) == (turn["text"], True)
    assert corrected["file"][0]["pieces"] == pieces
    assert "The turn was corrected." in texts(at)
    empty = [{"speaker": "", "text": " "}]
    tell(at, "reader", do="correct", edits=[{"turn": file["turn"], "joined": False, "pieces": empty}])
    assert "cannot become empty" in texts(at)
    at.button(key="sources:undo-button").click().run()
    assert not data(at, "reader")["turns"][1]["waiting"]
