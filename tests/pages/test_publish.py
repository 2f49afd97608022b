"""Publish: the steps to a link, a new version under it, its end, and what is said where nothing can be published."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import small_study
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import data, opened, tell, texts, titles

from dashboard.sharing.groups import TOGETHER
from dashboard.sharing.policy import Policy
from dashboard.study import Theme
from dashboard.ui.publish_draft import STEP, STEPS
from dashboard.workspace import Workspace, jobs, sharing, sources, studies

GROUPS, CONTENTS, NAMES, LOOK, LINKS = STEPS
QUOTES = "publish:redact"


def step(at: AppTest, name: str) -> AppTest:
    """The page at one of its steps."""
    at.session_state[STEP] = name
    at.run()
    assert not at.exception
    return at


def shown(at: AppTest, id: str) -> dict[str, Any]:
    """One quote of the list."""
    return next(quote for quote in data(at, QUOTES)["quotes"] if quote["id"] == id)


@pytest.fixture
def page(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    return opened("publish", sample.ws.settings.data_dir, monkeypatch, study=sample.study)


def test_a_link_a_new_version_under_it_and_its_end(page: AppTest, sample: Opened) -> None:
    assert "Nothing was shared yet." in texts(page)
    step(page, CONTENTS)
    page.text_area(key="publish:headline").set_value("They leave before the bank is connected").run()
    step(page, LOOK)
    page.button(key="publish:look").click().run()
    assert not page.exception
    assert "They leave before the bank is connected" in texts(page)
    filters = texts(page).partition("Viewers can filter by\n")[2].splitlines()[:2]
    assert all(": " in line and TOGETHER not in line for line in filters)
    page.button(key="publish:publish").click().run()
    assert "Published. The link stands here." in texts(page)
    assert "whoever has the link on this machine" in texts(page)
    assert "everybody who is signed in" not in texts(page) + str(data(page, "publish:links"))
    (link,) = sharing.shares(sample.ws, sample.study)
    assert page.code[0].value.endswith(f"/?share={link.share.token}")
    assert "opens here and nowhere else" in texts(page)

    step(page, LOOK)
    page.button(key="publish:publish").click().run()
    assert "The new version is what viewers see." in texts(page)
    (link,) = sharing.shares(sample.ws, sample.study)
    assert [version.number for version in link.versions] == [2, 1]
    assert [title.split(",")[0] for title in titles(page, "publish:versions")] == ["Version 2", "Version 1"]

    tell(page, "publish:revoke", do="revoke", id=link.share.token)
    assert "The link is revoked." in texts(page)
    assert "Nothing is open to others now." in texts(page)
    assert not page.code


def test_a_link_gets_another_title_and_last_day_under_the_same_address(page: AppTest, sample: Opened) -> None:
    token = sharing.publish(sample.ws, sample.study, Policy(), title="For the team").token
    last = datetime.now(UTC).date() + timedelta(days=400)
    page.run()
    step(page, LINKS)
    page.text_input(key=f"publish:title:{token}").set_value("For everybody").run()
    page.date_input(key=f"publish:until:{token}").set_value(last).run()
    page.button(key="publish:change").click().run()
    assert "The link was changed; its address is the same." in texts(page)
    (link,) = sharing.shares(sample.ws, sample.study)
    assert (link.share.token, link.share.title, link.share.audience) == (token, "For everybody", ())
    assert link.share.expires_at is not None
    assert link.share.expires_at.astimezone().date() == last
    assert len(link.versions) == 1
    assert titles(page, "publish:links") == ["For everybody"]


def test_groups_below_the_floor_need_a_reason(page: AppTest, sample: Opened) -> None:
    page.radio(key="publish:k").set_value(3).run()
    assert "fewer than the 5 that hold here" in texts(page)
    step(page, LOOK)
    assert page.button(key="publish:publish").disabled
    assert not sharing.shares(sample.ws, sample.study)
    step(page, GROUPS)
    page.text_input(key="publish:reason").set_value("all are employees and agreed").run()
    step(page, LOOK)
    page.button(key="publish:publish").click().run()
    (link,) = sharing.shares(sample.ws, sample.study)
    assert (link.versions[0].policy["k"], link.versions[0].policy["reason"]) == (3, "all are employees and agreed")


def test_what_viewers_keep_stands_side_by_side_and_follows_the_attributes(page: AppTest) -> None:
    found = page.session_state["_kept:publish:groups"]
    page.radio(key="publish:k").set_value(10).run()
    assert page.session_state["_kept:publish:groups"] is found  # which size is chosen changes none of them
    page.radio(key="publish:k").set_value(5).run()
    sizes = next(each.proto.body for each in page.get("html") if "dr-sizes" in each.proto.body)
    assert [f"at least {k}" in sizes for k in (3, 5, 10)] == [True] * 3
    page.multiselect(key="publish:attributes").set_value([]).run()
    assert "Viewers could filter by nothing" not in texts(page)
    sizes = next(each.proto.body for each in page.get("html") if "dr-sizes" in each.proto.body)
    assert "<b>" not in sizes


def test_a_person_passes_hides_shows_and_leaves_out(page: AppTest, sample: Opened) -> None:
    step(page, NAMES)
    page.selectbox(key="publish:facet").set_value("All quotes").run()
    first = data(page, QUOTES)["quotes"][0]
    tell(page, QUOTES, do="pass", id=first["id"])
    assert data(page, QUOTES)["quotes"][0]["state"] == "passed"
    assert texts(page).count("1 of ") >= 1
    tell(page, QUOTES, do="again", id=first["id"])
    assert data(page, QUOTES)["quotes"][0]["state"] == ""

    text = "".join(piece["text"] for piece in first["pieces"])
    plain = next(piece["text"] for piece in first["pieces"] if "label" not in piece)
    word = max(plain.split(), key=lambda each: len(each) * each.isalpha())
    tell(page, QUOTES, do="hide", id=first["id"], words=word, label="company", everywhere=False)
    hidden = [piece for piece in shown(page, first["id"])["pieces"] if piece.get("label") == "company"]
    assert hidden
    assert {piece["text"].casefold() for piece in hidden} == {word.casefold()}
    assert "".join(piece["text"] for piece in shown(page, first["id"])["pieces"]) == text

    at = text.index(hidden[0]["text"])
    tell(page, QUOTES, do="show", id=first["id"], start=at, end=at + len(word))
    again = [piece for piece in shown(page, first["id"])["pieces"] if piece.get("label") == "company"]
    assert len(again) == len(hidden) - 1
    tell(page, QUOTES, do="leave out", id=first["id"])
    assert shown(page, first["id"])["state"] == "left out"
    assert "1 left out" in texts(page)


def test_what_a_viewer_will_see_is_looked_at_again_after_words_were_hidden(page: AppTest) -> None:
    step(page, LOOK)
    page.button(key="publish:look").click().run()
    first = data(page, "publish:quotes")["quotes"][0]["pieces"][0]["text"]
    word = max((word for word in first.split() if word.isalpha()), key=len)
    step(page, NAMES)
    page.selectbox(key="publish:facet").set_value("All quotes").run()
    shown = data(page, QUOTES)["quotes"][0]["id"]
    tell(page, QUOTES, do="hide", id=shown, words=word, label="company", everywhere=True)
    step(page, LOOK)
    assert "You changed something since you looked." in texts(page)
    page.button(key="publish:look").click().run()
    quotes = [quote["pieces"][0]["text"] for quote in data(page, "publish:quotes")["quotes"]]
    assert all(word not in quote.split() for quote in quotes)


def test_a_list_is_passed_as_a_whole_after_it_was_seen(page: AppTest) -> None:
    step(page, NAMES)
    page.selectbox(key="publish:facet").set_value("All quotes").run()
    page.button(key="publish:bulk").click().run()
    assert data(page, "publish:bulk-quotes")["still"] is True
    page.button(key="publish:bulk-yes").click().run()
    assert "quotes are passed." in texts(page)
    assert all(quote["state"] == "passed" for quote in data(page, QUOTES)["quotes"])


def test_without_a_study_or_evidence_the_next_step_is_said(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("publish", ws.settings.data_dir, monkeypatch)
    assert "No study is open" in texts(at)
    at = opened("publish", ws.settings.data_dir, monkeypatch, study=studies.create(ws, "Blank"))
    assert "This study has no sources yet" in texts(at)
    at.button(key="empty-sources-action").click().run()
    assert "What was given" in texts(at)


def test_of_two_people_nobody_can_be_shown(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "![x](http://x.example/y.png)")
    given = replace(studies.get(ws, study), codebook=(Theme("Pricing", cues=("price",)),))
    studies.save(ws, given, version=studies.version(ws, study))
    sources.add(ws, study, [(name, small_study.FILES[name].encode()) for name in ("P02 notes.txt", "people.csv")])
    jobs.build_now(ws, study)
    at = opened("publish", ws.settings.data_dir, monkeypatch, study=study)
    assert "nobody can be shown at all" in texts(at)
    for name in (CONTENTS, NAMES, LOOK, LINKS):
        step(at, name)
        assert "report the reference" not in texts(at)
        assert not at.markdown
