"""How long the pages take: from dropped files to the first chart, and a filter change over a million passages."""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.generated import study as generated_study
from benchmarks.generated import write
from benchmarks.timing import seconds, table
from dashboard.settings import VARIABLES, Settings
from dashboard.workspace import User, Workspace, directory, jobs, open_workspace, sources, studies

ROOT = Path(__file__).resolve().parents[1]


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=1_000_000)
    options.add_argument("--people", type=int, default=40_000)
    chosen = options.parse_args(arguments)
    rows = [("what", "seconds", "")]
    with tempfile.TemporaryDirectory() as folder:
        ws = open_workspace(Settings(data_dir=Path(folder)), User("benchmark"))
        rows += first_chart(ws)
        study = generated(ws, passages=chosen.passages, people=chosen.people)
        rows += filter_change(ws, study, f"{chosen.passages:,} passages")
        ws.records.close()
    table("Pages", rows)


def first_chart(ws: Workspace) -> list[tuple[str, str, str]]:
    """The sample study: its files taken in, built, and measured for the first time."""
    start = time.perf_counter()
    study, _ = directory.take_in(ws, studies.SAMPLE)
    taken = time.perf_counter()
    jobs.build_now(ws, study)
    built = time.perf_counter()
    page = opened(ws, study)
    drawn = time.perf_counter()
    assert not page.exception
    return [
        ("sample study: 14 files taken in", f"{taken - start:.1f}", ""),
        ("sample study: built, model loaded", f"{built - taken:.1f}", ""),
        ("sample study: first Themes page in a fresh process", f"{drawn - built:.1f}", "imports included"),
        ("sample study: the same page again", f"{seconds(page.run, runs=5):.2f}", ""),
    ]


def generated(ws: Workspace, *, passages: int, people: int) -> str:
    """A generated study in the store, with a revision that lists its parts."""
    revision = write(ws.settings.parts_dir, passages=passages, people=people)
    with ws.records.begin(by=ws.user) as transaction:
        study = transaction.create_study(generated_study())
        transaction.add_revision(study, parts=revision.parts, coder="", inputs="")
    assert sources.cards(ws, study) == []
    return study


def filter_change(ws: Workspace, study: str, what: str) -> list[tuple[str, str, str]]:
    """A rerun of the page after a filter changed to a value it did not have before."""
    start = time.perf_counter()
    page = opened(ws, study)
    first = time.perf_counter() - start
    found = []
    for values in (["pro"], ["team"], ["free"], ["pro", "team"], ["free", "team"]):
        page.multiselect(key="attr:plan").set_value(values)
        start = time.perf_counter()
        page.run()
        found.append(time.perf_counter() - start)
        assert not page.exception
    return [
        (f"{what}: first Themes page, evidence opened", f"{first:.1f}", "once for all sessions"),
        (f"{what}: a filter change, page rerun", f"{sorted(found)[len(found) // 2]:.2f}", f"slowest {max(found):.2f}"),
    ]


def opened(ws: Workspace, study: str) -> Any:
    """The Themes page of a study, as Streamlit's own test runner runs it."""
    from streamlit.runtime.pages_manager import PagesManager
    from streamlit.testing.v1 import AppTest

    made = PagesManager.__init__

    def begin(self: Any, *given: Any, **options: Any) -> None:
        # the runner forgets before each run that the app names its pages itself, and would run the page's file alone
        PagesManager.uses_pages_directory = False
        made(self, *given, **options)

    PagesManager.__init__ = begin
    os.environ[VARIABLES["data_dir"][0]] = str(ws.settings.data_dir)
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=300)
    page.query_params["study"] = study
    page.run()
    page.switch_page("pages/themes.py").run()
    return page


if __name__ == "__main__":
    main()
