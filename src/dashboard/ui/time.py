"""How what people say changes over time, where there is more than one period to look at."""

from __future__ import annotations

from dashboard.analysis.trend import cut_of
from dashboard.evidence.tables import Evidence
from dashboard.ui import cached, frame
from dashboard.ui.show import show


def over_time(of: Evidence, *, pool: bool, page: str) -> None:
    """Draw the section, or nothing where all was said in one period."""
    if len(cut_of(of).periods) < 2:  # known without counting anything
        return
    table = cached.table(of, "trend", None, (("pool", pool),))
    threads = [name for name in table.keys if name not in ("theme", "period")]
    periods = table.rows.groupby(threads)["period"].nunique() if threads else table.rows[["period"]].nunique()
    if periods.max() > 1:  # NaN of nobody is not
        frame.section("How has it changed over time?")
        show("trend", of, pool=pool, page=page)
