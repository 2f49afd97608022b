"""Stores for tests: real SQLite files and real parts in a folder of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from dashboard.settings import Settings
from dashboard.workspace import User, Workspace, directory, jobs, open_workspace

RESEARCHER = User("Maren", role="researcher")


@dataclass(frozen=True)
class Opened:
    """A workspace and one study in it."""

    ws: Workspace
    study: str


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """An empty workspace."""
    opened = open_workspace(Settings(data_dir=tmp_path / "store"), RESEARCHER)
    yield opened
    opened.records.close()


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A data folder with the sample study, built; to be copied, not changed."""
    folder = tmp_path_factory.mktemp("sample") / "store"
    ws = open_workspace(Settings(data_dir=folder), RESEARCHER)
    study = directory.sample(ws)
    jobs.build_now(ws, study)
    ws.records.close()
    return folder, study


@pytest.fixture
def sample(sample_store: tuple[Path, str], tmp_path: Path) -> Iterator[Opened]:
    """A copy of the built sample study, to do with as a test likes."""
    folder, study = sample_store
    copy = tmp_path / "sample-store"
    shutil.copytree(folder, copy)
    opened = open_workspace(Settings(data_dir=copy), RESEARCHER)
    yield Opened(opened, study)
    opened.records.close()
