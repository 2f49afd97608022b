"""Columns that many tables have are each table's own."""

from __future__ import annotations

from dashboard.records import columns


def test_every_table_has_columns_of_its_own() -> None:
    for make in (columns.number, columns.study_id):
        assert make() is not make()
    assert [column.name for column in columns.by()] == ["by", "at"]
    assert [column.name for column in columns.anchor()] == [
        "source", "turn", "start", "end", "text", "before", "after",
    ]  # fmt: skip
    assert not any(column.nullable for column in (*columns.by(), *columns.anchor()))
