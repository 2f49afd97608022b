"""A role is one subject's, domains are whole, and a study with members is theirs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import ConfigurationError, NotFound
from dashboard.records import roles
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Study

ADA = User("Ada", email="ada@example.org")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (" Ada@Example.ORG", "ada@example.org"),
        ("@Example.org ", "@example.org"),
        ("Group: Customer Research", "group:Customer Research"),
        ("ada+x@mail.example.org", "ada+x@mail.example.org"),
    ],
)
def test_a_subject_is_kept_in_one_form(given: str, kept: str) -> None:
    assert roles.subject_of(given) == kept == roles.subject_of(kept)


@pytest.mark.parametrize(
    "given",
    ["", "@", "ada", "ada@", "example.org", "a@b@c", "a b@c", "@a @b", "group:", "group: \n", "a@b\0", "a,b@c", "*",
     "ädä@example.org", "ada@exаmple.org", "x" * 320 + "@a", "group:" + "x" * 320, "<a@b>"],
)  # fmt: skip
def test_what_names_nobody_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="names nobody"):
        roles.subject_of(given)


@given(st.text())
def test_any_text_is_a_subject_for_good_or_refused(text: str) -> None:
    try:
        subject = roles.subject_of(text)
    except ConfigurationError:
        return
    assert roles.subject_of(subject) == subject
    assert subject.isprintable()


def test_the_last_role_given_holds_until_it_ends(records: Records) -> None:
    with records.begin(by=ADA) as transaction:
        roles.grant(transaction, "@example.org", "viewer")
        roles.grant(transaction, "Ben@example.org", "researcher")
        roles.grant(transaction, "ben@example.org", "admin")
        with pytest.raises(ConfigurationError, match="no role"):
            roles.grant(transaction, "ben@example.org", "owner")  # type: ignore[arg-type]
    with records.read() as connection:
        found = roles.grants(connection)
    assert [(each.subject, each.role, each.by) for each in found] == [
        ("@example.org", "viewer", "Ada"),
        ("ben@example.org", "admin", "Ada"),
    ]
    with records.begin(by=ADA) as transaction:
        roles.end(transaction, "BEN@example.org")
        with pytest.raises(NotFound):
            roles.end(transaction, "ben@example.org")
        roles.grant(transaction, "group:Design", "viewer")
    with records.read() as connection:
        assert [each.subject for each in roles.grants(connection)] == ["@example.org", "group:Design"]
    rows = records.audit("")
    assert ("end role", "ben@example.org", "ada@example.org") in {(row.action, row.subject, row.by) for row in rows}
    assert len(rows) == 5


def test_members_are_of_their_study(records: Records) -> None:
    with records.begin(by=ADA) as transaction:
        one = transaction.create_study(Study("One"))
        two = transaction.create_study(Study("Two"))
        for subject in ("ben@example.org", "@example.com", "BEN@example.org"):
            roles.add_member(transaction, one, subject)
        with pytest.raises(NotFound):
            roles.add_member(transaction, "nothing", "ben@example.org")
    with records.read() as connection:
        assert roles.members(connection, one) == ("@example.com", "ben@example.org")
        assert roles.members(connection, two) == ()
        assert roles.members_of(connection) == {one: ("@example.com", "ben@example.org")}
    before = records.study_row(one)
    with records.begin(by=ADA) as transaction:
        roles.remove_member(transaction, one, "@example.com")
        with pytest.raises(NotFound, match="no member"):
            roles.remove_member(transaction, one, "@example.com")
        copy = transaction.duplicate_study(one, "A copy")
        roles.remove_member(transaction, one, "ben@example.org")
    with records.read() as connection:
        assert roles.members_of(connection) == {copy: ("ben@example.org",)}  # a copy opens to nobody else
    assert records.study_row(one) == before
