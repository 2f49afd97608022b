"""How far coders agree, theme by theme, with Krippendorff's alpha at the mark."""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.in_words import FEWEST
from dashboard.analysis.table import Table
from dashboard.charts.bars import bars

Row = dict[str, Any]


def agreement_chart(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """One bar a theme and pair of coders: the share of quotes on which both say the same. Few quotes are grey."""

    def said(row: Row) -> str:
        if row["n"] < FEWEST:
            return f"too few quotes ({row['n']})"
        alpha = "" if row["alpha"] is None else f", alpha {row['alpha']:.2f}".replace("-", "−")
        return f"{row['n'] - row['k']} of {row['n']}{alpha}"

    return bars(
        table, title=title, alternative=alternative, sort="given", value="agreement", low="agreement_low",
        high="agreement_high", words=said,
    )  # fmt: skip
