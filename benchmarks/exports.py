"""Taking a large study away: fifty thousand coded passages as REFI-QDA, CSV, Excel and Markdown, a chart as a slide.

``python -m benchmarks.exports`` prints the seconds of each; the aim is ten.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import narwhals as nw

from benchmarks.generated import opened, write
from benchmarks.timing import table
from dashboard.analysis.quotes import quotes
from dashboard.charts.measures import MEASURES
from dashboard.sharing import quoting, spreadsheet
from dashboard.sharing.plots import plots
from dashboard.sharing.qdpx import of_evidence
from dashboard.sharing.slides import Slide, deck
from dashboard.ui.exports import quotes_xlsx


def main(arguments: list[str] | None = None) -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=86_000, help="passages, of which six in ten are coded")
    options.add_argument("--people", type=int, default=4_000)
    chosen = options.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        evidence = opened(Path(folder), write(Path(folder), passages=chosen.passages, people=chosen.people))
        coded = evidence.accepted().select("passage").unique().select(nw.len()).collect("pandas").item()
        rows = []

        def timed(what: str, work: Callable[[], bytes]) -> None:
            start = time.perf_counter()
            size = len(work())
            rows.append((what, f"{time.perf_counter() - start:.1f}", f"{size / 1e6:.1f} MB"))

        timed("REFI-QDA project", lambda: of_evidence(evidence))
        start = time.perf_counter()
        found = quoting.rows(evidence, quotes(evidence, {}), persons=True)
        found = found[found["Themes"] != ""]
        rows.append(("the coded quotes as rows", f"{time.perf_counter() - start:.1f}", f"{len(found):,} rows"))
        timed("and as CSV", lambda: spreadsheet.csv_of(found))
        timed("and as Excel", lambda: quotes_xlsx(found))
        timed("and as Markdown", lambda: quoting.markdown(found, title="Quotes"))

        def slide() -> bytes:
            prevalence = MEASURES["prevalence"].function(evidence, None, pool=False)
            plot = plots(prevalence)[0]
            return deck([Slide(MEASURES["prevalence"].headline(prevalence), plot)], title="Generated")

        timed("a chart as PowerPoint", slide)
        table(f"Taking away {coded:,} coded passages of {chosen.passages:,}", [("what", "seconds", "size"), *rows])


if __name__ == "__main__":
    main()
