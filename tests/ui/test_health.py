"""Whether it is well is told in one word, and nothing else."""

from __future__ import annotations

from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.settings import Settings
from dashboard.ui.health import health


def asked(settings: Settings) -> tuple[int, object]:
    answer = TestClient(Starlette(routes=[Route("/health", health(settings))])).get("/health")
    return answer.status_code, answer.json()


def test_it_is_well_while_the_records_answer(tmp_path: Path) -> None:
    assert asked(Settings(data_dir=tmp_path / "store")) == (200, {"status": "ok"})


def test_it_is_not_when_they_do_not(tmp_path: Path) -> None:
    missing = f"sqlite:///{tmp_path}/a-file/records.sqlite"
    (tmp_path / "a-file").write_text("no folder")
    assert asked(Settings(data_dir=tmp_path, database_url=missing))[0] == 503
