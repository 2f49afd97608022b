"""The page Findings: what its sentences say, in which order findings stand, and under which objective."""

from datetime import date

from dashboard.ui.findings import SORTS, in_order, row_of, summary
from dashboard.ui.findings_actions import row_of as row_of_action
from dashboard.workspace.findings import Action, Figure, Finding, Learned, Now, Verdict

LEARNED = Learned(
    findings=(Finding(1, "a"), Finding(2, "b", status="ready"), Finding(3, "c", kind="opportunity")),
    verdicts=(Verdict(1, "x", "mixed", "why"), Verdict(2, "x", "supported", "why")),
    actions=(Action(1, "do", 2), Action(2, "did", 2, status="done")),
)


def test_the_first_sentence_counts_what_there_is() -> None:
    said = "2 findings, 1 with something to do about them; 1 opportunity; 1 of 3 assumptions judged; "
    said += "1 of 2 actions still to do."
    assert summary(LEARNED, 3) == said
    assert summary(Learned(findings=(Finding(1, "a"),)), 0) == "1 finding, 0 with something to do about it."


def test_findings_stand_in_the_order_that_was_asked_for() -> None:
    first, second, _ = LEARNED.findings
    figures = {1: Now("9 of 10 people", 0.9), 2: Now("1 of 10 people", 0.1)}

    def order(sort: str) -> list[int]:
        return [finding.id for finding in in_order([first, second], sort, figures, {2: 12.5})]

    assert [order(sort) for sort in SORTS] == [[2, 1], [2, 1], [1, 2], [2, 1]]


def test_a_row_says_the_number_now_and_then() -> None:
    finding = Finding(2, "b", figure=Figure("prevalence", (("theme", "Pricing"),), said="3 of 7 people"))
    row = row_of(finding, LEARNED, Now("4 of 8 people", 0.5))
    assert row.lines == ("Pricing: 4 of 8 people (3 of 7 people when it was written)", "2 actions")
    gone = row_of(finding, LEARNED, Now(""))
    assert gone.lines[0] == "Pricing: 3 of 7 people when it was written; the study does not have this row any more"


def test_an_action_says_who_until_when_and_whether_it_is_late() -> None:
    row = row_of_action(Action(1, "do", 2, "Cy", date(2026, 3, 1), "L", "https://example.org"), date(2026, 3, 2))
    assert row.lines == ("Cy · due 01 Mar 2026 · large effort", "https://example.org")
    assert [tag.text for tag in row.tags] == ["open", "overdue"]
    assert row_of_action(Action(1, "do"), date(2026, 3, 2)).lines == ("nobody yet · no date",)


def test_a_claim_that_is_its_number_is_said_once() -> None:
    figure = Figure("prevalence", (("theme", "Pricing"),), said="3 of 7 people")
    assert row_of(Finding(2, "Pricing: 3 of 7 people", figure=figure), LEARNED, Now("3 of 7 people")).lines == (
        "2 actions",
    )


def test_what_follows_from_a_finding_that_was_removed_is_not_counted() -> None:
    left = Learned(findings=(Finding(1, "a"),), actions=(Action(1, "do", 1), Action(2, "gone", 9)))
    assert summary(left, 0).endswith("1 of 1 action still to do.")
