"""What a study says, in a few lines: whom we heard, what comes up, where it hurts, who differs, what scores go with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import narrowing, of_people_only
from dashboard.analysis.differences import differences, kept_attributes
from dashboard.analysis.friction import friction
from dashboard.analysis.in_words import CLEAR, FEWEST, LOOK, count, how_strongly, in_the, percent, share_of
from dashboard.analysis.prevalence import BASE, prevalence
from dashboard.analysis.scores import NPS, scores
from dashboard.analysis.table import Table
from dashboard.evidence.tables import SEGMENT, Evidence, Frame
from dashboard.study import NOT_GIVEN, SOURCE_KINDS, Comparison

HEARD, THEME, FRICTION, DIFFERENCE, SCORE, OBJECTIVE = (
    "heard", "theme", "friction", "difference", "score", "objective",
)  # fmt: skip
ABOUT = (HEARD, THEME, FRICTION, DIFFERENCE, SCORE, OBJECTIVE)
"""What a line is about, in the order of the lines."""

OWN = "overview"
"""The measure of lines that open quotes of their own."""
KEYS = ("about", "line")

_THEMES, _STAGES, _DIFFERENCES, _SCORES, _REASONS = 4, 2, 3, 2, 2

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One line. measure and keys: the row of another table that it says, whose quotes it opens. share: 0 … 1.

    figure: the number that stands for it, as one would write it.
    """

    about: str
    line: str
    text: str
    measure: str
    keys: Mapping[str, Any]
    k: int
    n: int
    figure: str = ""
    share: float | None = None


def overview(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """The lines one would say first; one row a line, each built from the table of another measure.

    about: heard, theme, friction, difference, score or objective; line: what it is about; text: what is said of it;
    measure and of: the table and the keys of the row that it says; k of n people, share = k ÷ n (of friction: who
    struggle, of those who talk about the stage). Themes and stages with at least five people behind their share, the
    differences that are clear or worth a look, of a score what goes with it where the interval leaves out nothing at
    all, and for each objective the strongest of the comparisons that it declared. by and pool change nothing.
    """
    rows = pd.DataFrame(
        [
            (each.about, each.line, each.text, each.measure, dict(each.keys), each.k, each.n, each.figure, each.share)
            for each in _found(evidence)
        ],
        columns=["about", "line", "text", "measure", "of", "k", "n", "figure", "share"],
    )
    return Table(
        measure=OWN,
        rows=rows.astype(
            {"about": "str", "line": "str", "figure": "str", "k": "int64", "n": "int64", "share": "float64"}
        ),
        keys=KEYS,
        counted="k",
        unit="participants",
        denominator=BASE + narrowing(evidence.filters),
        order={"about": ABOUT},
        intervals=False,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The passages behind a line that says no other table's row: all that these people said, as they are counted."""
    frame = of_people_only(evidence).passages().filter(nw.col("codable"))
    line = _find(evidence, keys)
    if line is None:
        return frame.filter(nw.col("passage") == "")  # of no passage
    if line.about == HEARD:
        return frame.filter(nw.col("source_kind").is_in([kind for kind in SOURCE_KINDS if in_the(kind) == line.line]))
    gave = evidence.open_table("scores").filter(nw.col("score") == line.line).select("participant").unique()
    return frame.join(gave, on="participant", how="semi")


def said_by(evidence: Evidence, keys: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """The measure and the keys of the row that the line with these keys says; what else they ask of it stays."""
    line = _find(evidence, keys)
    if line is None or line.measure == OWN:
        return OWN, dict(keys)
    return line.measure, {**line.keys, **{name: value for name, value in keys.items() if name not in KEYS}}


def _find(evidence: Evidence, keys: Mapping[str, Any]) -> Line | None:
    return next((each for each in _found(evidence) if all(getattr(each, name) == keys[name] for name in KEYS)), None)


def _found(evidence: Evidence) -> tuple[Line, ...]:
    return evidence.once(OWN, lambda: tuple(_lines(evidence)))


# ---------------------------------------------------------------- the lines


def _lines(evidence: Evidence) -> Iterator[Line]:
    yield from _heard(evidence)
    if evidence.study.themes:
        yield from _themes(evidence)
    if evidence.study.stages:
        yield from _friction(evidence)
    if evidence.study.themes:
        yield from _differences(evidence)
    yield from _scores(evidence)
    if evidence.study.themes:
        yield from _objectives(evidence)


def _heard(evidence: Evidence) -> Iterator[Line]:
    said = evidence.said().filter(nw.col("passages") > 0).group_by("source_kind").agg(people=nw.len())
    found = said.collect("pandas").to_pandas()
    sizes = {str(kind): int(people) for kind, people in zip(found["source_kind"], found["people"], strict=True)}
    for kind in SOURCE_KINDS:
        if n := sizes.get(kind, 0):
            keys = {"about": HEARD, "line": in_the(kind)}
            yield Line(HEARD, in_the(kind), f"{count(n, 'person', 'people')} {in_the(kind)}", OWN, keys, n, n, f"{n:,}")


def _themes(evidence: Evidence) -> Iterator[Line]:
    table, broad = prevalence(evidence), _parents(evidence)
    for kind, rows in table.by_kind().items():
        sure = [row for row in rows if row["n"] >= FEWEST and row["k"] and row["theme"] not in broad]
        for row in sorted(sure, key=lambda row: -row["share"])[:_THEMES]:
            text = share_of(row["k"], row["n"], kind=kind)
            yield _line(THEME, table, row, _name(row["theme"], kind), text, row["share"])


def _friction(evidence: Evidence) -> Iterator[Line]:
    table = friction(evidence)
    for kind, rows in table.by_kind().items():  # ranked, the worst first
        for row in [row for row in rows if row["n"] >= FEWEST and row["k"]][:_STAGES]:
            text = f"{row['k']:,} of {row['n']:,} who talk about it struggle, {how_strongly(row['intensity'])}"
            yield _line(FRICTION, table, row, _name(row["stage"], kind), text, row["reach"])


def _differences(evidence: Evidence) -> Iterator[Line]:
    found: list[tuple[tuple[bool, float], Line]] = []
    broad = _parents(evidence)
    for by in (*kept_attributes(evidence), *([SEGMENT] if evidence.study.segments else [])):
        table = differences(evidence, by)
        for row in table.records():
            known = row[table.keys[-1]] != NOT_GIVEN and row["theme"] not in broad
            if known and row["verdict"] in (CLEAR, LOOK) and row["difference"] > 0:
                found.append(((row["verdict"] != CLEAR, row["p"]), _difference(DIFFERENCE, table, row)))
    found.sort(key=lambda each: each[0])
    yield from [line for _, line in found[:_DIFFERENCES]]


def _scores(evidence: Evidence) -> Iterator[Line]:
    table = scores(evidence)
    ranked = table.rows.assign(_nps=table.rows["kind"] != NPS).sort_values(["_nps", "score"], kind="stable")
    names = list(dict.fromkeys(ranked["score"]))[:_SCORES]
    short = {name: _short(name, table) for name in names}
    if len(set(short.values())) < len(names):
        short = {name: name for name in names}
    for score in names:
        rows = [row for row in table.records() if row["score"] == score]
        first = rows[0]
        yield Line(
            SCORE,
            score,
            _score(first, short[score]),
            OWN,
            {"about": SCORE, "line": score},
            first["n"],
            first["n"],
            _value(first),
        )
        broad = _parents(evidence)
        telling = [
            row for row in rows if row["difference_low"] is not None and _apart(row) and row["theme"] not in broad
        ]
        for row in sorted(telling, key=lambda row: (row["impact"], row["theme"]))[:_REASONS]:
            text = f"{row['k']:,} speak of it and give {row['mean_with']:.1f}, the others {row['mean_without']:.1f}"
            yield _line(SCORE, table, row, f"{row['theme']} and {short[score]}", text, None)


def _objectives(evidence: Evidence) -> Iterator[Line]:
    for objective in evidence.study.objectives:
        found = [each for comparison in objective.comparisons for each in _declared(evidence, comparison)]
        if found:
            table, row = min(found, key=lambda each: each[1]["p"])
            yield _difference(OBJECTIVE, table, row, of=objective.question)


def _declared(evidence: Evidence, comparison: Comparison) -> list[tuple[Table, Row]]:
    """The rows of a comparison that an objective declared, where the study has its attribute by now."""
    there = {*evidence.attributes, *([SEGMENT] if evidence.study.segments else [])}
    if comparison.by not in there:
        return []
    table = differences(evidence, comparison.by)
    return [
        (table, row)
        for row in table.records()
        if row["theme"] == comparison.theme and row["p"] is not None and row["difference"] > 0
    ]


# ---------------------------------------------------------------- in words


def _line(about: str, table: Table, row: Row, line: str, text: str, share: float | None) -> Line:
    keys = {key: row[key] for key in table.keys}
    return Line(
        about, line, text, table.measure, keys, row["k"], row["n"], "" if share is None else percent(share), share
    )


def _difference(about: str, table: Table, row: Row, *, of: str = "") -> Line:
    value = row[table.keys[-1]]
    group = f"“{value}”" if table.by == SEGMENT else f"{table.by} {value}"
    who = _name(f"{row['theme']}, {group}", row["source_kind"])
    text = f"{row['k']:,} of {row['n']:,}, of the others {row['rest_k']:,} of {row['rest_n']:,}: {row['verdict']}"
    return _line(about, table, row, of or who, f"{who}: {text}" if of else text, row["share"])


def _parents(evidence: Evidence) -> set[str]:
    """Themes that only gather others: what they say, one of those says more exactly."""
    return {theme.parent for theme in evidence.study.codebook if theme.parent is not None}


def _short(score: str, table: Table) -> str:
    """A score's name as one would say it."""
    kinds = set(table.rows.loc[table.rows["score"] == score, "kind"])
    return "NPS" if kinds == {NPS} else shorten(score, 36, placeholder=" …")


def _score(row: Row, name: str) -> str:
    who = f"of {count(row['n'], 'person', 'people')} who also said something"
    what = name if row["kind"] == NPS else f"on average, “{name}”,"
    if not _value(row):
        return f"{what} {who}: too few to say"
    low, high = (row["nps_low"], row["nps_high"]) if row["kind"] == NPS else (row["mean_low"], row["mean_high"])
    return f"{_value(row)} {what} {who}, 95 % interval {_number(row, low)} to {_number(row, high)}"


def _value(row: Row) -> str:
    """The score as one would write it; "" where too few people gave it."""
    value, low = (row["nps"], row["nps_low"]) if row["kind"] == NPS else (row["mean"], row["mean_low"])
    return "" if row["n"] < FEWEST or value is None or low is None else _number(row, value)


def _number(row: Row, value: float) -> str:
    shown = f"{round(value):+d}" if row["kind"] == NPS else f"{value:.1f}"
    return "0" if shown == "+0" else shown.replace("-", "−")


def _apart(row: Row) -> bool:
    """Whether the interval of the difference leaves out nothing at all."""
    return bool(row["difference_low"] > 0 or row["difference_high"] < 0)


def _name(name: str, kind: str | None) -> str:
    return f"{name}, {in_the(kind)}"
