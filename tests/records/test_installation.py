"""A setting of the installation is what was set last, or the default."""

from __future__ import annotations

import pytest

from dashboard.records.installation import set_setting, setting
from dashboard.records.rows import User
from dashboard.records.store import Records


@pytest.mark.parametrize("value", [7, None, "", {"a": [1, 2.5, "ä"]}, False])
def test_what_was_set_last_is_read_back(records: Records, value: object) -> None:
    with records.read() as connection:
        assert setting(connection, "least_k", 5) == 5
    with records.begin(by=User("Ada")) as transaction:
        set_setting(transaction, "least_k", 3)
        set_setting(transaction, "other", 4)
        set_setting(transaction, "least_k", value)
    with records.read() as connection:
        assert setting(connection, "least_k", 5) == value
        assert setting(connection, "other", 5) == 4
    rows = records.audit("")
    assert [(row.action, row.subject) for row in rows] == [("change setting", name) for name in
                                                           ("least_k", "other", "least_k")]  # fmt: skip
