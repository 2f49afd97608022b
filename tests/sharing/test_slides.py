from __future__ import annotations

import io
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.analysis.table import Table
from dashboard.sharing.plots import Plot, Series, plots
from dashboard.sharing.slides import Slide, deck

NAMES = ('=HYPERLINK("http://evil")', "http://evil", "Price\x0b & <b>")
PLOT = Plot("bar", NAMES, (Series("interviews", (0.5, None, 0.25), ("6 of 12", "", "3 of 12"), "#0f766e"),), True)


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_chart_is_native_and_its_sheet_computes_and_links_nothing() -> None:
    data = deck(
        [Slide("What?", PLOT, "Of 12 people.", ("Small group.",), quotes=("too dear",), source="Study")], title="T"
    )
    slide = Presentation(io.BytesIO(data)).slides[0]
    chart = next(shape.chart for shape in slide.shapes if shape.has_chart)
    assert list(chart.plots[0].categories)[1] == "http://evil"
    assert tuple(chart.plots[0].series[0].values) == (0.5, None, 0.25)
    assert slide.shapes.title.text == "What?"
    assert slide.notes_slide.notes_text_frame.text == "Small group.\n\n“too dear”"
    said = " ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    assert "Of 12 people." in said
    assert "Small group." in said
    found = parts(data)
    sheet = load_workbook(io.BytesIO(next(found[name] for name in found if name.endswith(".xlsx"))))
    cells = [cell for row in sheet.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not [name for name, content in found.items() if name.endswith(".rels") and b"External" in content]


def test_figures_stand_on_their_slide_in_their_own_words() -> None:
    rows = pd.DataFrame({
        "theme": ["Price", "Speed"] * 2, "source_kind": ["interview"] * 2 + ["survey"] * 2, "k": [6, 3, 20, 1],
        "n": [12, 12, 40, 4], "share": [0.5, 0.25, 0.5, 0.25], "low": [0.25, 0.09, 0.35, 0.05],
        "high": [0.75, 0.53, 0.65, 0.7],
    })  # fmt: skip
    (plot,) = plots(Table("prevalence", rows, ("theme", "source_kind"), "k", "participants"))
    assert plot.categories == ("Price", "Speed")
    assert [series.name for series in plot.series] == ["interviews", "survey"]
    assert plot.series[0].words == ("6 of 12 (25–75 %)", "3 of 12 (9–53 %)")
    assert plot.series[1].words == ("50 % of 40 (35–65 %)", "too few people (4)")


@pytest.mark.parametrize("measure", ["prevalence", "scores", "quotes", "trend"])
def test_nothing_to_show_is_no_chart(measure: str) -> None:
    assert plots(Table(measure, pd.DataFrame({"theme": [], "k": [], "n": []}), ("theme",), "k", "participants")) == []
    assert len(Presentation(io.BytesIO(deck([Slide("A", lines=("one", "# two"))], title="T"))).slides) == 1
