"""Bringing the records up to date, by the role that owns their tables, before servers that share them start."""

from __future__ import annotations

from dashboard.records.migration import Migrated, migrate_records
from dashboard.settings import Settings


def migrate(settings: Settings, *, grants: str | None = None) -> Migrated:
    """The version that the records have now. grants: the database role of the servers, which is given its rights.

    Raises ConfigurationError.
    """
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    return migrate_records(settings.records_url, grants=grants)
