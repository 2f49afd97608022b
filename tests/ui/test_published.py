"""What stands above a share: what a browser is told of its versions, and findings in words."""

from dashboard.sharing.frozen import About, PublishedFinding
from dashboard.ui.published import finding_row, updated


def test_a_browser_keeps_a_share_by_its_digest_and_hears_of_every_version() -> None:
    told = About(title="Why customers leave", number=3, published="2026-05-04", changed="A finding is new.")
    data = updated(told, [(3, "A finding is new."), (2, "Five more people."), (1, "")], "the-token")
    assert "the-token" not in repr(data)
    assert data["number"] == 3
    assert data["changes"] == [
        {"number": 3, "changed": "A finding is new."},
        {"number": 2, "changed": "Five more people."},
        {"number": 1, "changed": ""},
    ]
    assert updated(told, [], "another")["share"] != data["share"]


def test_a_finding_is_its_claim_with_its_figure() -> None:
    row = finding_row(PublishedFinding(4, "It takes too long.", said="9 of 12 people"))
    assert (row.id, row.title, row.lines) == ("4", "It takes too long.", ("9 of 12 people",))
    assert finding_row(PublishedFinding(5, "It is dear.")).lines == ()
