"""Rows in words, and the mark that was chosen."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.analysis.table import Table
from dashboard.ui.show import in_words, marked


def test_a_row_in_words_names_what_it_is_about() -> None:
    assert in_words({"theme": "Pricing", "attr:plan": "pro"}) == "Pricing, plan pro"
    assert in_words({"stage": "Set up", "source_kind": "survey"}) == "Set up, survey"


def test_the_chosen_mark_stands_out_and_labels_stay_legible() -> None:
    rows = pd.DataFrame({"theme": ["a", "b"], "k": [1, 2]})
    table = Table("prevalence", rows, ("theme",), "k", "participants")
    figure = go.Figure(
        [go.Bar(x=[1, 2], customdata=[["a"], ["b"]]), go.Scatter(mode="text", customdata=[["a"], ["b"]])]
    )
    bars, labels = marked(figure, table, {"theme": "b"}).data
    assert bars.selectedpoints == (1,)
    assert labels.selectedpoints == (0, 1)
    assert figure.data[0].selectedpoints is None, "the cached figure is not touched"
    assert marked(figure, table, None) is figure
