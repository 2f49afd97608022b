"""A study with names everywhere leaves none of them in the file; what is shown equals what measures count."""

from __future__ import annotations

import pandas as pd
from analysis.evidence_fixture import made

from dashboard.analysis.prevalence import prevalence
from dashboard.sharing.export import html
from dashboard.sharing.snapshot import TOGETHER, snapshot
from dashboard.workspace import sources, studies
from dashboard.workspace.access import Workspace
from dashboard.workspace.jobs import build_now
from dashboard.workspace.publishing import publish_html

NAMES = [f"Zorb{c}linna" for c in "abcdefgh"]


def test_the_counts_are_those_of_prevalence_where_nobody_is_left_out() -> None:
    evidence = made("pandas", people=60, seed=4)
    shown = snapshot(evidence, k=3)
    rows = prevalence(evidence).rows
    for row in rows.to_dict("records"):
        groups = [group for group in shown.groups if group.kind == row["source_kind"]]
        assert sum(group.n for group in groups) == row["n"]
        assert sum(group.themes.get(row["theme"], 0) for group in groups) == row["k"]
    assert all(group.n >= 3 for group in shown.groups)
    assert isinstance(rows, pd.DataFrame)


def test_interviews_do_not_decide_what_a_survey_keeps() -> None:
    shown = snapshot(made("pandas", people=60, seed=4), k=5)
    for kind in ("interview", "survey"):
        groups = [group for group in shown.groups if group.kind == kind]
        assert all(group.n >= 5 for group in groups)
        for place in range(len(shown.attributes)):
            values = {group.values[place] for group in groups}
            assert values == {TOGETHER} or TOGETHER not in values


def test_no_name_address_or_id_is_in_the_file(ws: Workspace) -> None:
    study = studies.create(ws, f"What {NAMES[0]} Qwuill wants")
    sheet = ["id,name,email,company,plan"]
    for place, name in enumerate(NAMES):
        said = f"{name} Qwuill: I am {name}, mail {name}.q@example.com, and my boss Tarvo Menk knows. It costs a lot."
        text = f"Hesper Lodge: Hello {name}, what does it cost?\n{said}\n"
        sources.add(ws, study, [(f"talk {name}.txt", text.encode())])
        sheet.append(f"P9{place}7,{name} Qwuill,{name}.q@example.com,{name} and Sons,pro")
    sources.add(ws, study, [("people.csv", "\n".join(sheet).encode())])
    build_now(ws, study)
    page = publish_html(ws, study, k=5).casefold()
    for word in [*NAMES, "qwuill", "tarvo", "menk", "hesper", "@example", "p907"]:
        assert word.casefold() not in page, word


def test_what_is_embedded_cannot_end_the_script() -> None:
    evidence = made("pandas", people=40, seed=1)
    page = html(snapshot(evidence, k=3))
    assert page.count("</script>") == 2
    assert "default-src 'none'" in page
    assert "http://" not in page
    assert "https://" not in page
