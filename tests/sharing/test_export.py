"""A version as one file: it counts what measures count, sends nothing, and its data cannot end its script."""

from __future__ import annotations

import json
import re

import pytest
from analysis.evidence_fixture import made

from dashboard.analysis.prevalence import prevalence
from dashboard.evidence.tables import Evidence
from dashboard.sharing import frozen
from dashboard.sharing.export import contents, html
from dashboard.sharing.freeze import freeze
from dashboard.sharing.frozen import About
from dashboard.sharing.policy import Policy

pytestmark = pytest.mark.filterwarnings("ignore:Found complex group-by expression")


def version(*, k: int = 3, headline: str = "") -> tuple[Evidence, About]:
    made_of = freeze(made("pandas", people=60, seed=4), Policy(k=k, headline=headline), seed=4)
    return frozen.opened(made_of, id="v"), made_of.about


def test_its_counts_are_those_of_prevalence() -> None:
    evidence, about = version()
    shown = contents(evidence, about)
    for row in prevalence(evidence).rows.to_dict("records"):
        groups = [(n, themes) for kind, _, n, themes, *_ in shown["groups"] if kind == row["source_kind"]]
        assert sum(n for n, _ in groups) == row["n"]
        assert sum(themes.get(row["theme"], 0) for _, themes in groups) == row["k"]
    assert all(n >= 3 for _, _, n, *_ in shown["groups"])


def test_what_is_embedded_cannot_end_the_script_and_nothing_is_sent() -> None:
    page = html(*version(headline="</script><script>alert(1)</script>\u2028 & <b>more</b>"))
    assert page.count("<script") == page.count("</script>") == 2
    assert "&lt;b&gt;more&lt;/b&gt;" in page
    assert "\u2028" not in page.partition('id="data">')[2].partition("</script>")[0]
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page


def test_its_data_are_what_it_was_made_from() -> None:
    evidence, about = version()
    page = html(evidence, about)
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page, flags=re.DOTALL)
    assert json.loads(data) == json.loads(json.dumps(contents(evidence, about)))
