"""Who is who: a person's word, taken back in full."""

from __future__ import annotations

import pytest

from dashboard.workspace import Workspace, people, sources, studies
from dashboard.workspace.people import Word

SHEET = b"id,name,plan,date\nP1,Noor Haddad,pro,2026-05-04\nP2,Lena Voss,free,\n"
TALK = b"I: Why?\nLena Vos: Because my bank was missing from the list, and I said so.\n"
CALL = b"I: Why?\nNoor Haddad: Because nobody answered when I called them about it.\n"


@pytest.fixture
def study(ws: Workspace) -> str:
    made = studies.create(ws, "Who")
    sources.add(ws, made, [("people.csv", SHEET), ("talk.txt", TALK), ("call.txt", CALL)])
    return made


def test_a_confirmed_identity_is_forgotten_and_comes_back(ws: Workspace, study: str) -> None:
    before = people.who_is_who(ws, study)
    (doubtful,) = [match for match in before.matches if not match.sure]
    people.confirm(ws, study, doubtful.keys, "P2")
    assert people.who_is_who(ws, study).said == set(doubtful.keys)
    word = people.forget(ws, study, doubtful.keys)
    after = people.who_is_who(ws, study)
    assert (after.of, after.matches, after.said) == (before.of, before.matches, frozenset())
    assert ws.records.identities(study) == ()
    people.restore(ws, study, word)
    assert {people.people(ws, study)[key] for key in doubtful.keys} == {"P2"}


def test_what_stood_before_a_word_comes_back_with_undo(ws: Workspace, study: str) -> None:
    keys = sorted(people.people(ws, study))
    people.part(ws, study, keys[:2])
    before = people.confirm_all(ws, study, [(keys[:2], "X"), (keys[2:3], "Y")])
    assert people.people(ws, study)[keys[0]] == people.people(ws, study)[keys[1]] == "X"
    people.restore(ws, study, before)
    assert ws.records.identities(study) == ()
    assert ws.records.parted(study) == {(keys[0], keys[1])}
    assert before == Word(tuple(keys[:3]), (), ((keys[0], keys[1]),))


def test_all_sure_ones_are_confirmed_at_once_and_no_longer_asked(ws: Workspace, study: str) -> None:
    sure = [match for match in people.matches(ws, study) if match.sure]
    assert [match.participant for match in sure] == ["P1"]
    people.confirm_all(ws, study, [(match.keys, match.participant) for match in sure])
    assert not [match for match in people.matches(ws, study) if match.sure]


def test_the_word_of_a_study_file_can_be_parted_and_forgotten(ws: Workspace, study: str) -> None:
    text = (
        "name: Who\nparticipants: [{id: P2, is: [speaker call.txt/Noor Haddad, row people.csv/2]}]\n"
        "sources: {talk.txt: {speakers: {Lena Vos: {participant: P1}}}}\n"
    )
    studies.import_yaml(ws, study, text)
    of = people.people(ws, study)
    call, talk = (next(key for key in of if key.endswith(label)) for label in ("/Noor Haddad", "/Lena Vos"))
    assert (of[call], of[talk]) == ("P2", "P1")
    people.forget(ws, study, [call, talk])
    now = people.people(ws, study)
    assert (now[call], now[talk]) == ("P1", "Lena Vos")


def test_a_sheet_dates_its_people(ws: Workspace, study: str) -> None:
    assert people.sheet_dates(ws, study) == {"P1": "2026-05-04"}
