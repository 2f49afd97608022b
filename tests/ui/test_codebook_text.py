"""Themes and stages as text, and changes of a codebook."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import InvalidStudy
from dashboard.study import Stage, Study, Theme
from dashboard.ui.codebook_text import added, lines_of, listed, moved, outline, paste_said, row_of, with_item

STUDY = Study("S", codebook=(Theme("Pricing"), Theme("Support")), journey=(Stage("Discover"), Stage("Renew")))
words = st.text(st.characters(blacklist_categories=("C", "Z"), blacklist_characters="\x85\u2028\u2029"), min_size=1)


@given(st.lists(words, unique=True))
def test_lines_and_text_are_inverse(items: list[str]) -> None:
    assert lines_of(listed(items)) == tuple(items)


@given(st.permutations("ABCDE"), st.integers(0, 4), st.integers(-6, 6))
def test_moving_keeps_everything_and_stays_within(names: list[str], at: int, by: int) -> None:
    items = tuple(Stage(name) for name in names)
    after = moved(items, names[at], by)
    assert sorted(stage.name for stage in after) == sorted(names)
    assert after.index(items[at]) == max(0, min(4, at + by))


def test_moving_what_is_not_there_changes_nothing() -> None:
    assert moved(STUDY.journey, "Gone", 1) == STUDY.journey


def test_a_pasted_list_makes_themes_with_definitions_and_parents() -> None:
    text = (
        "1. Onboarding: the first weeks\n  Import\tbringing data along\n- Training – learning it\n\n"
        "Commercial > Discounts\npricing\n* Fees\nonboarding"
    )
    new, known = added(STUDY, "theme", text)
    assert new == [
        Theme("Onboarding", "the first weeks"),
        Theme("Import", "bringing data along", parent="Onboarding"),
        Theme("Training", "learning it", parent="Onboarding"),
        Theme("Discounts", parent=None),
        Theme("Fees", parent="Pricing"),
    ]
    assert known == ["pricing", "onboarding"]


def test_a_pasted_list_makes_stages_without_parents() -> None:
    new, known = added(STUDY, "stage", "Discover\n- Sign up: makes an account\n- Use")
    assert new == [Stage("Sign up", "makes an account"), Stage("Use")]
    assert known == ["Discover"]


@given(st.text(max_size=300))
def test_any_pasted_text_makes_a_codebook_that_holds_together(text: str) -> None:
    new, _ = added(Study("S"), "theme", text)
    study = Study("S")
    for item in new:
        study = with_item(study, item)
    assert all(theme.parent is None or theme.parent in study.themes for theme in study.codebook)
    assert len({name.casefold() for name in study.themes}) == len(study.themes)


def test_an_item_is_put_in_its_place_or_at_the_end() -> None:
    assert with_item(STUDY, Theme("Price", "new"), old="Pricing").themes == ("Price", "Support")
    assert with_item(STUDY, Theme("Speed")).themes == ("Pricing", "Support", "Speed")
    assert with_item(STUDY, Stage("Use")).stages == ("Discover", "Renew", "Use")


@pytest.mark.parametrize(
    ("item", "old", "said"),
    [
        (Theme(""), "", "A theme needs a name"),
        (Stage(""), "Renew", "A stage needs a name"),
        (Theme("Support"), "Pricing", "There is a theme called “Support” already"),
        (Stage("Renew"), "", "There is a stage called “Renew” already"),
    ],
)
def test_a_name_that_is_missing_or_taken_is_refused(item: Theme | Stage, old: str, said: str) -> None:
    with pytest.raises(InvalidStudy, match=said):
        with_item(STUDY, item, old=old)


def test_the_outline_shows_children_below_parents_and_loses_none() -> None:
    themes = (
        Theme("B", parent="A"),
        Theme("A"),
        Theme("C", parent="D"),
        Theme("D", parent="C"),
        Theme("E", parent="?"),
    )
    assert [(item.name, depth) for item, depth in outline(themes)] == [("A", 0), ("B", 1), ("E", 0), ("C", 0), ("D", 0)]


def test_a_row_says_what_a_theme_has_and_what_it_lacks() -> None:
    row = row_of(Theme("Pricing", "what it costs", ("price", "cost*"), ("too dear",)), 1, "theme")
    assert (row.lines, row.indent, row.tags) == (("what it costs", "2 cues · 1 example"), 1, ())
    assert [tag.text for tag in row_of(Theme("Bare"), 0, "theme").tags] == ["name only"]


def test_what_a_paste_would_add_is_said_first() -> None:
    said = paste_said([Theme("A"), Theme("B", parent="A")], [], "theme", "themes")
    assert said == "2 new themes: A, B (part of A)."
    assert paste_said([], ["A"], "theme", "themes") == "No new theme. There already: A."
