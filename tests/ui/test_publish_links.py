"""Links in words: who may open them, as it is where people sign in and where nobody does."""

from datetime import UTC, datetime

from dashboard.records.shares import Share, Version
from dashboard.ui.publish_links import lead, row_of
from dashboard.workspace.sharing import SharedLink

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
OPEN = SharedLink(
    Share("token", "study", "For the team", (), None, "Maren", AT),
    (Version("v", "token", "study", 1, {}, "", "Maren", AT),),
    ended=False,
)


def test_on_one_machine_nobody_signs_in() -> None:
    assert lead([OPEN], AT).startswith("One link is open to others: version 1 of ")
    assert lead([OPEN], AT).endswith(", everybody who is signed in.")
    assert lead([OPEN], AT, shared=False).startswith("One link is open: version 1 of ")
    assert lead([OPEN], AT, shared=False).endswith(", whoever has the link on this machine.")
    assert lead([OPEN, OPEN], AT, shared=False) == "2 links are open."
    assert "everybody who is signed in" in row_of(OPEN, AT).lines[0]
    assert "whoever has the link on this machine" in row_of(OPEN, AT, shared=False).lines[0]
