"""What the list shows of a study, and what can be done with it."""

from datetime import datetime

import pytest

from dashboard.ui.study_list import row_of
from dashboard.workspace.studies import StudyCard

CARD = StudyCard("s1", "Why they leave", "active", datetime(2026, 3, 4, 9, 5), 3, False)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        ("active", ["open", "rename", "duplicate", "archive", "delete"]),
        ("archived", ["restore", "delete"]),
        ("deleted", ["restore"]),
    ],
)
def test_what_can_be_done_follows_the_state(state: str, actions: list[str]) -> None:
    row = row_of(StudyCard(CARD.id, CARD.name, state, CARD.changed_at, 3, False))
    assert [action.do for action in row.actions] == actions


def test_deleting_and_naming_ask_first_and_nothing_else_does() -> None:
    asks = {action.do: action.ask for action in row_of(CARD).actions}
    assert [do for do, ask in asks.items() if ask] == ["rename", "duplicate", "delete"]
    assert asks["delete"] is not None
    assert asks["delete"].value is None
    assert asks["rename"] is not None
    assert asks["rename"].value == "Why they leave"


@pytest.mark.parametrize(
    ("sources", "built", "line", "tags"),
    [
        (0, False, "no sources yet · changed 4 March 2026, 09:05", []),
        (1, False, "1 source · changed 4 March 2026, 09:05", ["not built yet"]),
        (1200, True, "1,200 sources · changed 4 March 2026, 09:05", ["ready to read"]),
    ],
)
def test_a_row_counts_the_sources_and_says_whether_there_is_something_to_read(
    sources: int, built: bool, line: str, tags: list[str]
) -> None:
    row = row_of(StudyCard("s1", "Why", "active", CARD.changed_at, sources, built))
    assert row.lines == (line,)
    assert [tag.text for tag in row.tags] == tags
