"""The list of people and the words about one of them."""

from analysis.evidence_fixture import made

from dashboard.ui.participants_person import about, matching
from dashboard.workspace.participants import Person, Score, everybody


def test_people_are_found_by_every_word() -> None:
    of = made("duckdb", people=40, seed=2)
    people = everybody(of)
    assert len(matching(people, of.attributes, "")) == 40
    found = matching(people, of.attributes, "PRO churned")
    assert len(found)
    assert set(found["attr:plan"]) == {"pro"}
    assert matching(people, of.attributes, "p00003")["participant"].tolist() == ["P00003"]
    assert not len(matching(people, of.attributes, "(.*"))


def test_a_person_in_words() -> None:
    found = Person(
        "P1", (("plan", "pro"),), ("paying",), 3, 1, (("talk.vtt", "2026-05-04"), ("nps.csv", "")),
        (Score("NPS", "nps", "4", "2026-05-04"),), (),
    )  # fmt: skip
    assert about(found) == [
        "plan: pro",
        "Segments: paying",
        "Heard in talk.vtt, 2026-05-04; nps.csv",
        "Scores: NPS 4, detractor (2026-05-04)",
        "1 answer could not be coded (such as “n/a”)",
    ]
    nobody = Person("P2", (), (), 0, 0, (), (), ())
    assert about(nobody) == ["Not heard"]
