"""A link is secret, has numbered versions, and opens nothing once it is revoked or its study deleted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.errors import ConfigurationError, NotFound
from dashboard.records import shares
from dashboard.records.rows import User
from dashboard.records.store import Records
from dashboard.study import Study

ADA = User("Ada", email="ada@example.org")
END = datetime(2026, 12, 24, 18, tzinfo=UTC)


@pytest.fixture
def study(records: Records) -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study("Gardeners"))


@pytest.fixture
def token(records: Records, study: str) -> str:
    with records.begin(by=ADA) as transaction:
        return shares.add(
            transaction, study, title="Why gardeners leave", audience=["@Example.org", "group:Design", "@example.org"],
            expires_at=END,
        )  # fmt: skip


def test_a_link_says_who_may_open_it_until_when(records: Records, study: str, token: str) -> None:
    with records.read() as connection:
        share = shares.share(connection, token)
        assert shares.of_study(connection, study) == shares.every(connection) == [share]
        assert shares.versions(connection, token) == []
    assert (share.token, share.study_id, share.title) == (token, study, "Why gardeners leave")
    assert share.audience == ("@example.org", "group:Design")
    assert (share.expires_at, share.by, share.revoked_at) == (END, "Ada", None)
    assert len(token) >= 32
    with records.begin(by=ADA) as transaction:
        other = shares.add(transaction, study, title="", audience=[])
        shares.change(transaction, token, title="Why they stay", audience=["BEN@example.org"], expires_at=None)
    assert other != token
    with records.read() as connection:
        changed = shares.share(connection, token)
        assert {each.token for each in shares.of_study(connection, study)} == {token, other}
        assert shares.of_study(connection, "another") == []
    assert (changed.title, changed.audience, changed.expires_at) == ("Why they stay", ("ben@example.org",), None)


def test_versions_are_numbered_under_their_link_and_the_newest_comes_first(
    records: Records, study: str, token: str
) -> None:
    before = records.decisions_version(study)
    with records.begin(by=ADA) as transaction:
        other = shares.add(transaction, study, title="", audience=[])
        assert shares.add_version(transaction, token, version_id="v1", policy={"k": 5}) == 1
        assert shares.add_version(transaction, token, version_id="v2", policy={"k": 3}, changed="Two more people") == 2
        assert shares.add_version(transaction, other, version_id="v3", policy={}) == 1
    with records.read() as connection:
        two, one = shares.versions(connection, token)
    assert (two.id, two.number, two.policy, two.changed) == ("v2", 2, {"k": 3}, "Two more people")
    assert (one.id, one.number, one.study_id, one.token, one.by) == ("v1", 1, study, token, "Ada")
    with records.begin(by=ADA) as transaction:
        shares.remove_version(transaction, "v2")
        assert shares.add_version(transaction, token, version_id="v4", policy={}) == 3  # a number never comes back
        for gone in ("v2", "nothing"):
            with pytest.raises(NotFound):
                shares.remove_version(transaction, gone)
    with records.read() as connection:
        assert [version.id for version in shares.versions(connection, token)] == ["v4", "v1"]
    assert records.decisions_version(study) == before


def test_unknown_revoked_and_deleted_are_refused_alike(records: Records, study: str, token: str) -> None:
    def refused(what: str) -> str:
        with records.read() as connection, pytest.raises(NotFound) as caught:
            shares.share(connection, what)
        return str(caught.value)

    with records.begin(by=ADA) as transaction:
        other = shares.add(transaction, study, title="", audience=[])
        shares.revoke(transaction, token)
        with pytest.raises(NotFound):
            shares.revoke(transaction, token)
        with pytest.raises(NotFound):
            shares.change(transaction, token, title="", audience=[], expires_at=None)
        with pytest.raises(NotFound):
            shares.add_version(transaction, token, version_id="v1", policy={})
    said = refused(token)
    assert {refused(each) for each in ("nothing", "", "a\0b", "x" * 1_000, "ä", "\ud800")} == {said}
    with records.read() as connection:
        assert shares.versions(connection, "a\0b") == []
        assert [each.revoked_at is not None for each in shares.of_study(connection, study)].count(True) == 1
    with records.begin(by=ADA) as transaction:
        transaction.set_state(study, "deleted")
    assert refused(other) == said
    with records.begin(by=ADA) as transaction:
        transaction.set_state(study, "active")
    with records.read() as connection:
        assert shares.share(connection, other).study_id == study


def test_the_audit_holds_neither_the_link_nor_words(records: Records, study: str, token: str) -> None:
    with records.begin(by=ADA) as transaction:
        shares.add_version(transaction, token, version_id="v1", policy={"headline": "They are thirsty"}, changed="more")
        shares.change(transaction, token, title="They are thirsty", audience=[], expires_at=None)
        shares.remove_version(transaction, "v1")
        shares.revoke(transaction, token)
    rows = records.audit(study)
    actions = ["share", "publish version", "change share", "remove version", "revoke share"]
    assert [row.action for row in reversed(rows)][1:] == actions
    assert {row.by for row in rows} == {"ada@example.org"}
    known = shares.audited_as(token)
    assert [row.subject for row in reversed(rows)][1:] == [known, "v1", known, "v1", known]
    assert token not in str(rows)
    assert "thirsty" not in str(rows)


def test_nobody_is_no_audience(records: Records, study: str) -> None:
    with records.begin(by=ADA) as transaction, pytest.raises(ConfigurationError, match="names nobody"):
        shares.add(transaction, study, title="", audience=["everybody"])


def test_a_copied_study_is_not_shared(records: Records, study: str, token: str) -> None:
    with records.begin(by=ADA) as transaction:
        copy = transaction.duplicate_study(study, "A copy")
    with records.read() as connection:
        assert shares.of_study(connection, copy) == []
        assert len(shares.every(connection)) == 1
