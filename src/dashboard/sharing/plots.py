"""What a table looks like on a slide or in a report: few lines, their values, and what stands in words at each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.analysis.in_words import FEWEST, percent, too_few
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS, line_of
from dashboard.charts.card_words import about, best, is_corrected, is_weighted
from dashboard.charts.contrasts import PLACE, colour_of
from dashboard.charts.style import BLUE, GREY, ORANGE, TEAL, TEAL_LIGHT, friction_colour

MOST_LINES = 12
MOST_SERIES = 4
NO_BREAK = "\N{NO-BREAK SPACE}"

Row = dict[str, Any]


@dataclass(frozen=True)
class Series:
    """Marks of one colour. values: None where nothing is claimed. words: at each mark. colours: of single marks."""

    name: str
    values: tuple[float | None, ...]
    words: tuple[str, ...] = ()
    colour: str = TEAL
    colours: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plot:
    """A chart in values. percent: whether they are shares, 0 … 1. about: what of the table it shows, "" for all."""

    kind: Literal["bar", "line"]
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = True
    about: str = ""
    left_out: int = 0


def plots(table: Table) -> list[Plot]:
    """The charts that show a table: interviews and surveys apart where one chart could not show both; none for a list.

    At most a dozen lines each; how many rows stay behind is said in ``left_out``.
    """
    if table.measure not in _FORMS or not len(table.rows):
        return []
    found = _FORMS[table.measure](table)
    return [each for each in found if _claims(each)] or found[:1]


def _claims(plot: Plot) -> bool:
    """Whether anything is said: a value of enough people, and of lines at least two places."""
    known = [
        value
        for series in plot.series
        for n, value in enumerate(series.values)
        if value is not None and (not series.colours or series.colours[n] != GREY or "chance" in series.words[n])
    ]
    return bool(known) and (plot.kind == "bar" or len(plot.categories) > 1)


def _said(row: Row, low: str, high: str, *, intervals: bool) -> str:
    """A share in words at its mark: the count, and how far chance may move it."""
    n = row["n"]
    if n < FEWEST:
        return too_few(n)
    if is_corrected(row):
        return about(row)
    said = f"{row['k']} of {n}" if n < 30 else f"{percent(row['share'])} of {n:,}"
    if is_weighted(row):
        return f"{row['k']} of {n:,}, weighted {percent(row['share'])}"
    if not intervals or row.get(low) is None:
        return said
    return f"{said} ({100 * row[low]:.0f}–{percent(row[high])})"


def _shares(
    table: Table,
    *,
    value: str = "share",
    low: str = "low",
    high: str = "high",
    colour: Callable[[Row], str] | None = None,
    together: bool = True,
) -> list[Plot]:
    """Bars of shares: of one kind or of both side by side; groups of ``by`` are series where there are few."""
    found = []
    by_kind = {kind: [_with_share(best(row), value) for row in rows] for kind, rows in table.by_kind().items()}
    apart = not together or table.by is not None
    for kinds in [[kind] for kind in by_kind] if apart else [list(by_kind)]:
        rows = [row for kind in kinds for row in by_kind[kind]]
        group = table.keys[-1] if table.by and "source_kind" in table.keys else None
        groups = list(dict.fromkeys(row[group] for row in rows)) if group else []
        split = group is not None and 1 < len(groups) <= MOST_SERIES
        names: dict[str, float] = {}
        for row in rows:
            line = _line(table, row, without=group if split else None)
            counts = row["n"] >= FEWEST and row.get("source_kind") in (kinds[0], None)
            names[line] = max(names.get(line, -1.0), row["share"] if counts else -1.0)
        lines = sorted(names, key=lambda name: -names[name])
        shown = lines[: MOST_LINES if len(kinds) == 1 and not split else 8]
        series = []
        brief = table.intervals and not split  # with several bars a line there is no room for intervals
        for n, part in enumerate(groups if split else kinds):
            own = [row for row in rows if (row[group] if split and group else row.get("source_kind")) == part]
            at = {_line(table, row, without=group if split else None): row for row in own}
            cells = [at.get(name) for name in shown]
            base = _GROUPS[n % len(_GROUPS)] if split else _COLOURS.get(str(part), TEAL)
            series.append(
                Series(
                    str(part) if split else KIND_WORDS.get(str(part), "people"),
                    tuple(cell["share"] if cell else None for cell in cells),
                    tuple(_said(cell, low, high, intervals=brief) if cell else "" for cell in cells),
                    base,
                    tuple(_colour(cell, colour, base) for cell in cells),
                )
            )
        about = of_kind(kinds[0]) if len(by_kind) > 1 and apart else ""
        found.append(Plot("bar", tuple(shown), tuple(series), True, about, len(lines) - len(shown)))
    return found


def _with_share(row: Row, value: str) -> Row:
    return row if value == "share" else {**row, "share": row[value]}


def _line(table: Table, row: Row, *, without: str | None) -> str:
    if without is None:
        return line_of(table, row)
    return " · ".join(str(row[key]) for key in table.keys if key not in ("source_kind", without))


def _colour(row: Row | None, colour: Callable[[Row], str] | None, base: str) -> str:
    if row is None or row["n"] < FEWEST:
        return GREY
    return colour(row) if colour else base


def of_kind(kind: str | None) -> str:
    """What a chart of one kind of source is about; "" where it is about all.

    >>> of_kind("survey")
    'In the survey'
    """
    return {"interview": "In the interviews", "survey": "In the survey"}.get(kind or "", "")


def _contrasts(table: Table) -> list[Plot]:
    """Differences in percentage points, those that are most surely one first; grey where chance may be all of it."""
    found = []
    for kind, rows in table.by_kind().items():
        rows.sort(key=lambda row: (PLACE.get(row["verdict"], 3), row["p"] if row["p"] is not None else 1.0))
        shown = [row for row in rows if row["verdict"] in PLACE][:MOST_LINES] or rows[:MOST_LINES]
        words = tuple(
            f"{_points(row['difference'])} ({_points(row['difference_low'])} to {_points(row['difference_high'])})"
            f" · {row['verdict']}"
            for row in shown
        )
        colours = tuple(map(colour_of, shown))
        values = tuple(row["difference"] for row in shown)
        series = Series("difference in percentage points", values, words, BLUE, colours)
        lines = tuple(line_of(table, row) for row in shown)
        found.append(Plot("bar", lines, (series,), True, of_kind(kind), len(rows) - len(shown)))
    return found


def _points(share: float) -> str:
    return f"{100 * share:+.0f}".replace("-", "−")


def _scores(table: Table) -> list[Plot]:
    """Differences of a score between those who mention a theme and the others; one chart a score."""
    found = []
    records = table.records()
    for score in dict.fromkeys(row["score"] for row in records):
        rows = [row for row in records if row["score"] == score and row["difference"] is not None]
        rows.sort(key=lambda row: (PLACE.get(row["verdict"], 3), row["p"] if row["p"] is not None else 1.0))
        shown = rows[:MOST_LINES]
        words = tuple(f"{row['difference']:+.1f}, {row['k']} of {row['n']:,} · {row['verdict']}" for row in shown)
        colours = tuple(map(colour_of, shown))
        words = tuple(each.replace("-", "−") for each in words)
        series = Series("difference of means", tuple(row["difference"] for row in shown), words, BLUE, colours)
        if shown:
            lines = tuple(str(row["theme"]) for row in shown)
            found.append(Plot("bar", lines, (series,), False, str(score), len(rows) - len(shown)))
    return found


def _along(table: Table, value: str, across: str, *, name: str | None, percent: bool) -> list[Plot]:
    """Lines along an order: the few that are highest."""
    found = []
    for kind, rows in table.by_kind().items():
        given = dict.fromkeys(str(row[across]) for row in rows)
        places = tuple(dict.fromkeys([*(each for each in table.order.get(across, ()) if each in given), *given]))
        of: dict[str, dict[str, Row]] = {}
        for row in rows:
            of.setdefault(str(row[name]) if name else "people", {})[str(row[across])] = row
        most = sorted(of, key=lambda each: -max(row[value] or 0.0 for row in of[each].values()))
        series = []
        for n, each in enumerate(most[:MOST_SERIES]):
            cells = [of[each].get(place) for place in places]
            values = tuple(cell[value] if cell and cell.get("n", FEWEST) >= FEWEST else None for cell in cells)
            series.append(Series(each, values, (), _GROUPS[n]))
        found.append(Plot("line", places, tuple(series), percent, of_kind(kind), len(most) - len(series)))
    return found


def _feeling(table: Table) -> list[Plot]:
    """How people feel along the way, −1 to +1."""
    found = _along(table, "sentiment", "stage", name=None, percent=False)
    scale = "Feeling, from −1 (negative) to +1 (positive)"
    return [replace(each, about=f"{each.about}: {scale.lower()}" if each.about else scale) for each in found]


def _saturation(table: Table) -> list[Plot]:
    rows = table.records()
    places = tuple(str(row["position"]) for row in rows)
    heard = Series("themes so far", tuple(row["themes"] for row in rows))
    expected = Series("expected in any order", tuple(row["expected"] for row in rows), (), GREY)
    return [Plot("line", places, (heard, expected), False)]


def _counts(table: Table, value: str, *, percent: bool) -> list[Plot]:
    """Bars of what is counted, most first."""
    found = []
    for kind, rows in table.by_kind().items():
        rows = [row for row in rows if row[value] is not None]
        if table.measure == "interviews":
            rows.sort(key=lambda row: -row[value])
        shown = rows[:MOST_LINES]
        words = tuple(f"{100 * row[value]:.0f}{NO_BREAK}%" if percent else _planned(row, value) for row in shown)
        series = Series("people" if not percent else "share", tuple(row[value] for row in shown), words)
        lines = tuple(line_of(table, row) for row in shown)
        found.append(Plot("bar", lines, (series,), percent, of_kind(kind), len(rows) - len(shown)))
    return found


def _planned(row: Row, value: str) -> str:
    planned = row.get("planned")
    return f"{row[value]:,} of {planned:.0f} planned" if planned is not None else f"{row[value]:,}"


def _words(table: Table) -> list[Plot]:
    """The words that most surely set a group apart."""
    found = []
    for kind, rows in table.by_kind().items():
        rows = [row for row in rows if row["n"] >= FEWEST] or rows
        rows.sort(key=lambda row: -(row.get("z") or 0.0))
        shown = rows[:MOST_LINES]
        words = tuple(_said(row, "low", "high", intervals=False) for row in shown)
        colours = tuple(_colour(row, None, TEAL) for row in shown)
        series = Series("people who use it", tuple(row["share"] for row in shown), words, TEAL, colours)
        lines = tuple(line_of(table, row) for row in shown)
        found.append(Plot("bar", lines, (series,), True, of_kind(kind), len(rows) - len(shown)))
    return found


_COLOURS = {"interview": TEAL, "survey": TEAL_LIGHT, "None": TEAL}
_GROUPS = (TEAL, BLUE, ORANGE, "#7a5195")
_FORMS: dict[str, Callable[[Table], list[Plot]]] = {
    "prevalence": _shares,
    "differences": _contrasts,
    "churn": _contrasts,
    "friction": lambda table: _shares(
        table, value="reach", low="reach_low", high="reach_high", together=False,
        colour=lambda row: friction_colour(row["intensity"]) if row["intensity"] else GREY,
    ),
    "feeling": _feeling,
    "cooccurrence": lambda table: _shares(table, together=False),
    "needs": lambda table: _shares(table, together=False),
    "mix": lambda table: _counts(table, "n", percent=False),
    "saturation": _saturation,
    "words": _words,
    "agreement": lambda table: _counts(table, "agreement", percent=True),
    "scores": _scores,
    "trend": lambda table: _along(table, "share", "period", name="theme", percent=True),
    "interviews": lambda table: _counts(table, "talk_share", percent=True),
    "questions": lambda table: _shares(table, together=False),
}  # fmt: skip
