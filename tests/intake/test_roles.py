import pandas as pd
import pytest

from dashboard.intake.headers import header_of
from dashboard.intake.profiles import profile_of
from dashboard.intake.roles import Judged, judged


def role_of(header: str, *cells: str, name: str = "export.csv", beside: dict[str, list[str]] | None = None) -> Judged:
    columns = {header: list(cells), **(beside or {})}
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    cells_ = pd.DataFrame(rows, dtype=str)
    found = header_of(cells_, row=1)
    body = cells_.iloc[found.first :]
    return judged(found, [profile_of(body[at]) for at in body.columns], name=name)[0]


LONG = [
    "It was quick and friendly",
    "I waited for far too long",
    "Nobody answered my question",
    "All fine as far as I see",
]


@pytest.mark.parametrize(
    ("header", "cells", "role"),
    [
        ("How likely are you to recommend us to a friend?", ["10", "0", "7", "9"], "nps"),
        ("NPS", ["3", "4", "2", "5"], "nps"),
        ("Would you recommend us? 1 = no, 10 = yes", ["10", "1", "7", "9"], "rating"),
        ("CSAT", ["5", "4", "1", "2"], "csat"),
        ("How satisfied are you with the delivery?", ["5", "4", "1", "2"], "csat"),
        ("How satisfied are you?", ["Very satisfied", "Neutral", "Dissatisfied", "Very satisfied"], "csat"),
        ("How much effort did you have to put in?", ["5", "4", "1", "7"], "ces"),
        ("The company made it easy to handle my issue.", ["5", "4", "1", "7"], "ces"),
        ("Star rating", ["5", "4", "1", "2"], "rating"),
        ("It was easy to find the page.", ["5", "4", "1", "7"], "rating"),
        ("How many seats do you have?", ["5", "4", "1", "2"], "choice"),
        ("Age", ["34", "51", "27", "44"], "attribute"),
        ("Seats", ["5", "4", "1", "2"], "attribute"),
        ("Please rank these", ["1", "2", "3", "1"], "choice"),
        ("Why?", LONG, "open"),
        ("comment", ["great", "too slow for me", "nothing", "it crashes a lot"], "open"),
        ("What is your job title?", ["Head of Sales", "Nurse", "Data Engineer", "Buyer"], "attribute"),
        ("plan", ["pro", "free", "pro", "team"], "attribute"),
        ("Which of these do you use?", ["Mail, Chat", "Chat", "Mail, Chat, Wiki", "Mail"], "choice"),
        ("Journey stage", ["Set up", "Use", "Use", "Renew"], "stage"),
        ("E-mail", ["a@b.org", "c@d.org", "e@f.org", "g@h.org"], "email"),
        ("contact", ["a@b.org", "c@d.org", "e@f.org", "g@h.org"], "email"),
        ("First name", ["Ada", "Bo", "Cy", "Di"], "name"),
        ("IP Address", ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"], "metadata"),
        ("somewhere", ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"], "metadata"),
        ("created_at", ["2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"], "date"),
        ("participant", ["P1", "P2", "P3", "P4"], "participant"),
        ("Enter your participant number (e.g. P4)", ["P1", "P2", "P3", "P4"], "participant"),
        ("customerId", ["77", "81", "82", "99"], "participant"),
        ("", ["", "", "", ""], "ignored"),
        ("nps_group", ["promoter", "passive", "detractor", "promoter"], "metadata"),
        ("Response Time", ["", "", "", ""], "ignored"),
    ],
)  # fmt: skip
def test_the_role_of_one_column(header: str, cells: list[str], role: str) -> None:
    assert role_of(header, *cells, beside={"more": ["x1", "x2", "x3", "x4"]}).role == role


def test_a_score_of_a_file_that_says_nps() -> None:
    assert role_of("rating", "9", "8", "3", "9", name="nps_march.csv").role == "nps"
    assert role_of("rating", "5", "4", "3", "5", name="reviews.csv").role == "rating"


def test_one_participant_and_one_date_of_several() -> None:
    beside = {"customer_id": ["7", "8", "9"], "participant": ["P1", "P2", "P3"]}
    assert role_of("Response ID", "r1", "r2", "r3", beside=beside).role == "metadata"
    dates = {"End Date": ["2026-01-01", "2026-01-02", "2026-01-03"]}
    assert role_of("Start Date", "2026-01-01", "2026-01-02", "2026-01-03", beside=dates).role == "metadata"


def test_statements_have_no_direction_and_satisfaction_has() -> None:
    assert role_of("It was simple to use this.", "1", "7", "4").best == ""
    assert role_of("How satisfied are you overall?", "1", "5", "4").best == "high"


def test_items_of_a_scale_by_their_range() -> None:
    items = {f"Q{n}": ["1", "5", "3", "2"] for n in (2, 3)}
    assert role_of("Q1", "5", "1", "4", "2", beside=items).role == "rating"
    assert role_of("Q1", "5", "1", "4", "2").role == "attribute"
