"""Names from outside, colours, and figures for an export."""

from __future__ import annotations

import plotly.graph_objects as go
import pytest
from analysis.evidence_fixture import made
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.measures import MEASURES
from dashboard.charts.style import FRICTION, friction_colour, titled, wrapped


@given(st.text(max_size=200))
def test_a_name_from_outside_stays_text(name: str) -> None:
    lines = wrapped(name).split("<br>")
    assert all("<" not in line and ">" not in line for line in lines)


def test_long_names_wrap() -> None:
    assert max(map(len, wrapped("supercalifragilistic" * 5).split("<br>"))) <= 22


@pytest.mark.parametrize(("intensity", "colour"), [(0.0, FRICTION[0]), (0.625, FRICTION[1]), (1.0, FRICTION[2])])
def test_friction_goes_from_amber_to_red(intensity: float, colour: str) -> None:
    assert friction_colour(intensity) == colour


def test_an_export_carries_its_title_and_denominator() -> None:
    figure = MEASURES["prevalence"].chart(MEASURES["prevalence"].function(made("pandas", people=20)))  # type: ignore[misc]
    assert figure.layout.title.text is None
    export = titled(figure)
    assert isinstance(export, go.Figure)
    assert export.layout.title.text
    assert export.layout.title.subtitle.text.startswith("Of people who said anything")
    assert export.layout.height > figure.layout.height
    assert figure.layout.title.text is None
