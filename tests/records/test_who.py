"""Who is who: a mention is one person's, the newest word wins, and parting undoes joining."""

from __future__ import annotations

import pytest

from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Identity, Study

ADA = User("Ada")
A, B, C, D = "speaker s1/A", "row s2/1", "row s2/2", "speaker s3/D"


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners"))


def identify(records: Records, study: str, participant: str, *mentions: str, consent: str | None = None) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.identify(study, Identity(participant, mentions, consent))


def part(records: Records, study: str, *keys: str) -> None:
    with records.begin(by=ADA) as transaction:
        transaction.part(study, keys)


def test_mentions_are_added_to_a_participant(records: Records, study: str) -> None:
    identify(records, study, "P1", A, B)
    identify(records, study, "P1", C, A)
    assert records.identities(study) == (Identity("P1", (A, B, C)),)


def test_the_newest_word_on_a_mention_wins(records: Records, study: str) -> None:
    identify(records, study, "P1", A, B)
    identify(records, study, "P2", B)
    assert records.identities(study) == (Identity("P1", (A,)), Identity("P2", (B,)))
    identify(records, study, "P2", A)
    assert records.identities(study) == (Identity("P2", (B, A)),)


def test_consent_is_the_newest_that_was_given(records: Records, study: str) -> None:
    identify(records, study, "P1", A, consent="quote")
    identify(records, study, "P1", B)
    assert records.identities(study) == (Identity("P1", (A, B), "quote"),)
    identify(records, study, "P1", consent="nothing")
    assert records.identities(study) == (Identity("P1", (A, B), "nothing"),)


def test_parting_is_pairwise_and_ends_what_joined_them(records: Records, study: str) -> None:
    identify(records, study, "P1", A, B)
    identify(records, study, "P2", C)
    part(records, study, C, A, B, A)
    assert records.identities(study) == (Identity("P2", (C,)),)
    assert records.parted(study) == {tuple(sorted(pair)) for pair in ((A, B), (A, C), (B, C))}
    part(records, study, A, B)
    assert len(records.parted(study)) == 3


def test_joining_undoes_parting(records: Records, study: str) -> None:
    part(records, study, A, B, C)
    identify(records, study, "P1", A)
    assert len(records.parted(study)) == 3
    identify(records, study, "P1", B)
    assert records.parted(study) == {tuple(sorted((A, C))), tuple(sorted((B, C)))}


def test_a_consent_outlives_the_mentions_it_was_given_with(records: Records, study: str) -> None:
    identify(records, study, "P1", A, B, consent="nothing")
    part(records, study, A, B)
    assert records.identities(study) == (Identity("P1", (), "nothing"),)
    identify(records, study, "P1", A)
    assert records.identities(study) == (Identity("P1", (A,), "nothing"),)


def test_studies_do_not_know_each_other(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction:
        other = transaction.create_study(Study("Other"))
    identify(records, study, "P1", A, B)
    identify(records, other, "P9", A)
    part(records, other, A, D)
    assert records.identities(study) == (Identity("P1", (A, B)),)
    assert records.identities(other) == (Identity("P9", (A,)),)
    assert records.parted(study) == frozenset()
