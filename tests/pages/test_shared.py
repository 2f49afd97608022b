"""What a viewer sees of a share: the same pages, nothing to change, nobody to be told apart."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from conftest import RESEARCHER
from streamlit.testing.v1 import AppTest
from ui.shown import data, opened, tell, texts
from ui.viewed import CLAIM, HEADLINE, cards, own_words, published, sent, terms_in, visited

from dashboard.settings import Settings
from dashboard.sharing.policy import Policy
from dashboard.workspace import Workspace, open_workspace, sharing
from dashboard.workspace.access import open_published
from dashboard.workspace.evidence import evidence
from dashboard.workspace.published import evidence as frozen_evidence

PAGES = ("overview", "themes", "journey", "quotes", "findings")
BY_PERSON = ("participants", "answers")
REFUSED = "can be read here and not changed"


@dataclass(frozen=True)
class Shared:
    """A store with two shares of the sample study: one that tells nobody apart, one with people one by one."""

    folder: Path
    study: str
    apart: str
    persons: str
    ids: tuple[str, ...]


@pytest.fixture(scope="module")
def shared(sample_store: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shared]:
    folder, study = sample_store
    copy = tmp_path_factory.mktemp("shared") / "store"
    shutil.copytree(folder, copy)
    ws = open_workspace(Settings(data_dir=copy), RESEARCHER)
    apart = published(ws, study)
    persons = sharing.publish(
        ws, study, Policy(persons=True, pseudonyms=True, k=5), title="By person", audience=("@example.com",)
    ).token
    whole = evidence(ws, study)
    assert whole is not None
    yield Shared(copy, study, apart, persons, _names(whole))
    ws.records.close()


def _names(whole: Any) -> tuple[str, ...]:
    """Ids and names that nobody may be sent: of people, files and quotes as the researcher has them."""
    people = whole.open_table("participants").collect("pandas").to_pandas()
    sources = whole.open_table("sources").collect("pandas").to_pandas()
    passages = whole.open_table("passages").collect("pandas").to_pandas()
    found = {*people["participant"], *people["name"], *sources["source"], *sources["name"], *passages["passage"]}
    return tuple(sorted(str(each) for each in found if each and len(str(each)) > 5))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_a_share_has_nothing_to_change_and_names_nobody(
    page: str, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited(page, shared.folder, shared.apart, monkeypatch)
    assert "reference" not in texts(at)
    assert REFUSED not in texts(at)
    assert not terms_in(own_words(at))
    bytes_sent = sent(at)
    assert not [name for name in shared.ids if name in bytes_sent]
    ids = _frozen_people(shared, shared.apart)
    assert ids
    assert not [name for name in ids if name in bytes_sent]
    assert shared.study not in bytes_sent
    assert all("starred" not in card and card["participant"] == "" for card in cards(at))
    assert not {"segments", "views", "filter:save"} & {element.key for element in at.get("popover") if element.key}


@pytest.mark.parametrize("page", PAGES)
def test_no_widget_of_a_viewers_page_asks_the_workspace_for_anything(
    page: str, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(Settings(data_dir=shared.folder), RESEARCHER)
    before = len(ws.records.audit(limit=10_000))
    at = visited(page, shared.folder, shared.apart, monkeypatch)
    for key in [button.key for button in at.button if button.key and button.key != "share:leave"]:
        if any(button.key == key and not button.disabled for button in at.button):
            at.button(key=key).click().run()
            _well(at)
    for box in [(box.key, box.options[-1]) for box in at.selectbox if box.key]:
        if any(each.key == box[0] for each in at.selectbox):
            at.selectbox(key=box[0]).set_value(box[1]).run()
            _well(at)
    assert len(ws.records.audit(limit=10_000)) == before
    ws.records.close()


def _well(at: AppTest) -> None:
    assert not at.exception
    assert REFUSED not in texts(at)
    assert "reference" not in texts(at)


def _frozen_people(shared: Shared, token: str) -> list[str]:
    handle = open_published(Settings(data_dir=shared.folder), RESEARCHER, token)
    people = frozen_evidence(handle).open_table("participants").collect("pandas").to_pandas()
    return [str(each) for each in people["participant"]]


def test_the_first_page_begins_with_what_the_researcher_says(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    at = visited("overview", shared.folder, shared.apart, monkeypatch)
    said = texts(at)
    assert HEADLINE in said
    assert "How this was done" in said
    assert "Version 1, published on" in said
    assert said.index(HEADLINE) < said.index("What we learned")
    assert [row["title"] for row in data(at, "opening:findings")["rows"]] == [CLAIM]
    assert [row["title"] for row in data(at, "opening:views")["rows"]] == ["Where it begins"]
    tell(at, "opening:views", do="open", id="0")
    assert "Where do people struggle?" in texts(at)
    assert at.selectbox(key="at").value == "Set up"


def test_a_finding_opens_by_its_own_link_with_what_it_is_called_by(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited("overview", shared.folder, shared.apart, monkeypatch)
    number = data(at, "opening:findings")["rows"][0]["id"]
    tell(at, "opening:findings", do="open", id=number)
    assert "What did we learn?" in texts(at)
    take = data(at, f"take:{number}")
    assert take["link"] == f"findings?share={shared.apart}&finding={number}"
    assert "version 1" in take["cite"]
    assert "In their words" in texts(at)
    gone = visited("findings", shared.folder, shared.apart, monkeypatch, finding="999")
    assert "not in the version that is published now" in texts(gone)


def test_a_quote_has_a_link_and_a_citation_and_opens_with_what_stands_around_it(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited("quotes", shared.folder, shared.apart, monkeypatch)
    card = next(card for card in cards(at) if not card.get("withheld"))
    assert card["link"] == f"quotes?share={shared.apart}&passage={card['passage']}"
    assert card["cite"].startswith("customer, ")
    assert card["cite"].endswith(", version 1")
    read = visited("quotes", shared.folder, shared.apart, monkeypatch, passage=card["passage"])
    shown = data(read, "reader")
    assert shown["reads"]
    assert not shown["codes"]
    assert {turn["speaker"] for turn in shown["turns"]} <= {"Customer", "Interviewer", "Observer"}
    turn = next(turn for turn in shown["turns"] if turn["turn"] == shown["at"]["turn"])
    assert turn["text"][shown["at"]["start"] : shown["at"]["end"]] == card["text"]
    assert card["cite"] in texts(read)
    assert not [name for name in _frozen_people(shared, shared.apart) if name in sent(read)]


def test_where_nobody_is_told_apart_nothing_says_which_quotes_are_one_persons(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited("quotes", shared.folder, shared.apart, monkeypatch, text="the")
    assert at.selectbox(key="quotes:order").options == ["clearest first", "mixed"]
    assert "in the text" not in texts(at), "words in the text narrow a list of quotes, and no figure"
    at.text_input(key="quotes:find").set_value("invoice").run()
    assert " quotes" in texts(at)
    assert "people," not in texts(at).split("What exactly did they say?")[1].split("invoice")[0]


@pytest.mark.parametrize("page", BY_PERSON)
def test_pages_by_person_stand_where_a_share_has_them_and_nowhere_else(
    page: str, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited(page, shared.folder, shared.persons, monkeypatch)
    assert REFUSED not in texts(at)
    assert "reference" not in texts(at)
    assert not [name for name in shared.ids if name in sent(at)]
    assert "Person " in sent(at)
    with pytest.raises(ValueError, match="Could not find"):
        visited(page, shared.folder, shared.apart, monkeypatch)


@pytest.mark.parametrize("page", ["studies", "sources", "coding", "scores", "interviews"])
def test_a_researchers_page_is_no_page_of_a_share(page: str, shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="Could not find"):
        visited(page, shared.folder, shared.apart, monkeypatch)


def test_what_a_viewers_form_does_not_offer_is_refused(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    at = visited("quotes", shared.folder, shared.apart, monkeypatch)
    card = next(card for card in cards(at) if card["themes"])
    theme = card["themes"][0]["name"]
    for event in (
        {"do": "decide", "theme": theme, "status": "rejected"},
        {"do": "star", "on": True},
        {"do": "keep"},
    ):
        tell(at, "quotes", passage=card["passage"], **event)
        assert "reference" not in texts(at)
        assert "Memo" not in texts(at)
    assert theme in [each["name"] for each in next(c for c in cards(at) if c["passage"] == card["passage"])["themes"]]


def test_a_guessed_and_a_revoked_link_say_the_same_one_sentence_and_nothing_else(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(Settings(data_dir=shared.folder), RESEARCHER)
    token = sharing.publish(ws, shared.study, Policy(), title="Ended", audience=("@example.com",)).token
    at = visited("quotes", shared.folder, token, monkeypatch)
    assert cards(at)
    sharing.revoke(ws, token)
    at.run()
    ended = _sentences(at)
    guessed = visited("overview", shared.folder, "guessed", monkeypatch, refused=True)
    assert ended == _sentences(guessed)
    assert len(ended) == 1
    assert not cards(at)
    ws.records.close()


def _sentences(at: AppTest) -> list[str]:
    bodies = [str(element.proto.body) for element in at.get("html")]
    return [body for body in bodies if "<style" not in body]


def test_interviews_and_survey_are_never_added_up(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    at = visited("journey", shared.folder, shared.apart, monkeypatch, together="true")
    assert re.search(r"All \d+ people in the interviews, \d+ in the survey", texts(at))
    assert "in the interviews struggle" in texts(at) or "in the survey struggle" in texts(at)
    everything = texts(visited("quotes", shared.folder, shared.apart, monkeypatch))
    assert re.search(r"^[\d,]+ quotes$", everything, re.MULTILINE)
    assert "people, " not in everything


def test_a_run_of_a_viewers_page_asks_for_the_link_a_few_times(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    at = visited("quotes", shared.folder, shared.apart, monkeypatch)
    asked: list[str] = []

    def heard(connection: Any, cursor: Any, statement: str, *given: Any) -> None:
        asked.extend(["link"] if "FROM share JOIN study" in statement else [])

    sa.event.listen(sa.Engine, "before_cursor_execute", heard)
    try:
        at.run()
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", heard)
    assert not at.exception
    # what stands above the pages, what is new, and the evidence for app.py, the reader and the page
    assert 1 <= len(asked) <= 5


def test_a_new_version_is_seen_at_the_next_look_and_old_quotes_say_so(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    ws = open_workspace(Settings(data_dir=shared.folder), RESEARCHER)
    token = sharing.publish(ws, shared.study, Policy(), title="Again", audience=("@example.com",)).token
    at = visited("quotes", shared.folder, token, monkeypatch)
    before = {card["passage"] for card in cards(at)}
    assert data(at, "updated")["number"] == 1
    sharing.publish(ws, shared.study, Policy(headline="Anew"), token=token)
    at.run()
    assert data(at, "updated")["number"] == 2
    assert not before & {card["passage"] for card in cards(at)}
    old = visited("quotes", shared.folder, token, monkeypatch, passage=sorted(before)[0])
    assert "not in the version that is published now" in texts(old)
    ws.records.close()


def test_a_researcher_sees_what_a_viewer_does_and_goes_back(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    at = visited("themes", shared.folder, shared.apart, monkeypatch)
    assert "You see this as a viewer does." in texts(at)
    at.button(key="share:leave").click().run()
    assert not at.exception
    assert "What did customers say?" in texts(at)
    assert at.text_input(key="study").value == shared.study
    assert at.text_input(key="share").value == ""
    assert "You see this" not in texts(at)


def test_a_link_that_names_a_study_besides_is_a_viewers_all_the_same(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visited("overview", shared.folder, shared.apart, monkeypatch, study=shared.study)
    assert HEADLINE in texts(at)
    assert not at.session_state["study"]
    assert shared.study not in sent(at)


def test_the_pages_of_a_study_stay_a_researchers(sample: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("quotes", sample.ws.settings.data_dir, monkeypatch, study=sample.study)
    assert all("starred" in card and "link" not in card for card in cards(at))
    assert isinstance(sample.ws, Workspace)
