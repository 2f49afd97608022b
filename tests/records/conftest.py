"""Records on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from records.postgresql import Server

from dashboard.records.store import Records, open_records


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A server, started when it is first needed."""
    server = Server()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of its own: a test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'records.sqlite').as_posix()}"
    server: Server = request.getfixturevalue("postgresql")
    return server.database()


@pytest.fixture
def records(url: str) -> Iterator[Records]:
    """Empty records."""
    opened = open_records(url)
    yield opened
    opened.close()
