"""A page as a test drives it: opened on a data folder, read as text, told what a component says."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[2] / "app.py"
_TAG = re.compile(r"<[^>]*>")


def opened(page: str, folder: Path, monkeypatch: pytest.MonkeyPatch, *, study: str = "") -> AppTest:
    """The page, run once, of a study in this data folder."""
    _run_the_app_first(monkeypatch)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))
    monkeypatch.chdir(APP.parent)
    at = AppTest.from_file(str(APP), default_timeout=60)
    if study:
        at.query_params["study"] = study
    at.run()
    if page != "studies":
        at.switch_page(f"pages/{page}.py").run()
    assert not at.exception
    return at


def _run_the_app_first(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every run begin with ``app.py``, as a server does.

    ``AppTest`` forgets before each run that ``st.navigation`` was called, and would run the file in ``pages`` alone.
    """
    made = PagesManager.__init__

    def begin(self: PagesManager, *given: Any, **options: Any) -> None:
        PagesManager.uses_pages_directory = False
        made(self, *given, **options)

    monkeypatch.setattr(PagesManager, "__init__", begin)


def texts(at: AppTest) -> str:
    """Everything that the page says in sentences, one a line."""
    return "\n".join(html.unescape(_TAG.sub("", element.proto.body)) for element in at.get("html"))


def tell(at: AppTest, key: str, **event: Any) -> AppTest:
    """The page after a component of this key said one thing."""
    told = f"_kept:counted:{key}"
    number = int(at.session_state.get(told, 0)) + 1
    at.session_state[key] = {"said": [{"number": number, **event}]}
    at.run()
    assert not at.exception
    return at


def data(at: AppTest, key: str) -> dict[str, Any]:
    """What the component of this key was given to show."""
    given = next(element.proto for element in at.get("bidi_component") if element.proto.id.endswith(f"-{key}"))
    return dict(json.loads(given.json))


def titles(at: AppTest, key: str) -> list[str]:
    """Titles of the rows that the component of this key shows."""
    return [str(row["title"]) for row in data(at, key)["rows"]]
