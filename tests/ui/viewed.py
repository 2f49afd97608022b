"""The pages of a share as a test drives them: published from the sample study, opened by its link."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from ui.shown import APP, _run_the_app_first, texts

from dashboard.sharing.policy import Policy
from dashboard.workspace import Workspace, findings, sharing, views
from dashboard.workspace.evidence import evidence
from dashboard.workspace.findings import Finding

HEADLINE = "Customers leave because set-up never ends."
CLAIM = "Bank connections break and nobody says so."
TERMS = ("part", "parts", "revision", "evidence", "detached", "passage", "passages")
"""Our own words for things, which a viewer does not read."""


def published(ws: Workspace, study: str, **policy: Any) -> str:
    """The token of a share of this study, with a finding that has a figure and quotes, and a pinned view."""
    whole = evidence(ws, study)
    assert whole is not None
    from dashboard import analysis
    from dashboard.charts.measures import MEASURES

    table = MEASURES["prevalence"].function(whole, None, pool=False)
    row = next(i for i, each in enumerate(table.records()) if each["k"] > 2)
    figure = findings.figure_of(whole, table, table.keys_of(row), pool=False)
    number = findings.add(ws, study, Finding(0, CLAIM, status="ready", figure=figure))
    for passage in analysis.quotes(whole, table.keys_of(row), limit=40).rows["passage"]:
        findings.pin(ws, whole, passage, number)
    view = views.save(ws, study, "Where it begins", page="journey", choices={"at": ["Set up"]}, pinned=True)
    chosen = Policy(**{"headline": HEADLINE, "findings": (number,), "views": (view,), **policy})
    return sharing.publish(ws, study, chosen, title="For the product team", audience=("@example.com",)).token


def visited(
    page: str, folder: Path, token: str, monkeypatch: pytest.MonkeyPatch, *, refused: bool = False, **address: str
) -> AppTest:
    """A page of the share with this token, run once.

    address: further parameters of the link. refused: the link opens nothing, and there is no page to go to.
    """
    _run_the_app_first(monkeypatch)
    monkeypatch.setenv("DASHBOARD_DATA_DIR", str(folder))
    monkeypatch.chdir(APP.parent)
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.query_params["share"] = token
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    if page != "overview" and not refused:
        at.switch_page(f"pages/{page}.py").run()
    assert not at.exception
    return at


def sent(at: AppTest) -> str:
    """Everything that this run sent to the browser, as text: JSON, HTML and protobuf alike."""
    return str(at._tree.root) + "".join(element.proto.SerializeToString().decode("latin-1") for element in _all(at))


def _all(at: AppTest) -> list[Any]:
    found: list[Any] = []

    def walk(node: Any) -> None:
        for child in getattr(node, "children", {}).values():
            if hasattr(child, "proto") and child.proto is not None:
                found.append(child)
            walk(child)

    walk(at._tree)
    return found


def own_words(at: AppTest) -> str:
    """What the page says in our own words: its sentences and the labels of its widgets."""
    labels = [
        str(getattr(element, "label", "")) for kind in ("button", "selectbox", "toggle") for element in at.get(kind)
    ]
    return "\n".join([texts(at), *labels])


def cards(at: AppTest) -> list[dict[str, Any]]:
    """The cards of every list of quotes on the page."""
    shown = [json.loads(element.proto.json) for element in at.get("bidi_component")]
    return [card for data in shown for card in data.get("cards", ())]


def terms_in(text: str) -> set[str]:
    """Those of TERMS that a text says."""
    return {word for word in re.findall(r"[a-z]+", text.lower()) if word in TERMS}
