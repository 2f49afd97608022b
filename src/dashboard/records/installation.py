"""Settings of the whole installation that an administrator makes on the pages: ``least_k``, ``template`` …"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from dashboard.records import schema

if TYPE_CHECKING:
    from dashboard.records.transaction import Transaction


def setting(connection: sa.Connection, name: str, default: Any) -> Any:
    """What was set under this name, or the default where nothing was."""
    table = schema.installation
    row = connection.execute(sa.select(table.c.value).where(table.c.name == name)).one_or_none()
    return default if row is None else row.value


def set_setting(transaction: Transaction, name: str, value: Any) -> None:
    """Set something. name: a word of this program, of at most 64 characters; value: whatever JSON can hold."""
    values = {"value": value, "by": transaction.by, "at": transaction.at}
    transaction.put(schema.installation, {"name": name}, values)
    transaction.audit("change setting", "", name)
