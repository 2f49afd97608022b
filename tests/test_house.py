"""The house keeps its shape: layers, lengths, names, and who may touch what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dashboard

ROOT = Path(__file__).resolve().parents[1]
SOURCE = sorted((ROOT / "src").rglob("*.py"))
PAGES = sorted((ROOT / "pages").glob("*.py"))
EVERYTHING = [*SOURCE, *PAGES, ROOT / "app.py"]


def _id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCE, ids=_id)
def test_a_module_is_at_most_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


@pytest.mark.parametrize("path", PAGES, ids=_id)
def test_a_page_is_at_most_60_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 60


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_no_module_is_called_after_nothing(path: Path) -> None:
    assert not {"utils", "helpers", "manager", "common", "misc"} & set(re.split(r"[_.]", path.name))


def test_imports_keep_to_the_layers() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_the_public_api_is_what_is_announced() -> None:
    assert sorted(dashboard.__all__) == ["Filters", "MEASURES", "open_workspace", "read"]
    for name in dashboard.__all__:
        assert getattr(dashboard, name) is not None
    with pytest.raises(AttributeError):
        dashboard.nothing_of_the_kind  # noqa: B018


def test_the_command_line_starts_without_loading_heavy_libraries() -> None:
    program = (
        "import sys, dashboard.cli; print([m for m in ('streamlit', 'pandas', 'duckdb', 'plotly') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_streamlit_state_and_caches_have_one_home(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "st":
            where = f"{_id(path)}:{node.lineno}"
            assert not node.attr.startswith("cache_") or _id(path) == "src/dashboard/ui/cached.py", where
            assert node.attr != "session_state" or _id(path) == "src/dashboard/ui/session.py", where


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_text_from_outside_can_never_be_markup(path: Path) -> None:
    assert "unsafe_allow_html" not in path.read_text(encoding="utf-8")


BROAD = {
    "src/dashboard/cli.py",
    "src/dashboard/ui/session.py",
    "src/dashboard/jobs.py",
    "src/dashboard/intake/worker.py",
}
"""The edges where a bug becomes a reference number: terminal, page, the builder's process, the reader's process."""


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_only_the_edges_catch_everything(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler) and _id(path) not in BROAD:
            assert node.type is not None, f"{_id(path)}:{node.lineno}"
            names = {getattr(each, "id", "") for each in ast.walk(node.type)}
            assert "Exception" not in names, f"{_id(path)}:{node.lineno}"


@pytest.mark.parametrize("path", EVERYTHING, ids=_id)
def test_nothing_is_evaluated(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)}
    assert not {"eval", "exec"} & calls
