"""The overview: what a study says, in a few lines, each of which opens its quotes."""

from __future__ import annotations

from typing import Any

from dashboard.analysis.in_words import count, in_the, percent
from dashboard.analysis.overview import DIFFERENCE, FRICTION, HEARD, OBJECTIVE, SCORE, THEME
from dashboard.evidence.tables import Evidence
from dashboard.sharing.groups import TOGETHER
from dashboard.study import NOT_GIVEN, SOURCE_KINDS
from dashboard.ui import cached
from dashboard.ui.lines import Group, Line, lines

_MOST_VALUES = 6
_NO_DIFFERENCE = "No difference between groups stands out: each could be chance."
_NO_COMPARISON = "No comparison declared for it yet."
Row = dict[str, Any]


def overview(of: Evidence) -> None:
    """Draw whom we heard and the score, what comes up most, where it hurts, who differs, and what the study asks."""
    lines(of, groups(of), key="overview", page="overview")


def groups(of: Evidence) -> list[Group]:
    """The groups of lines, as far as there is anything to say."""
    rows = cached.table(of, "overview", None).records()
    named = {
        about: [row for row in rows if row["about"] == about] for about in (HEARD, THEME, FRICTION, DIFFERENCE, SCORE)
    }
    score = next((row["line"] for row in named[SCORE]), None)  # of several the first; a page of its own has all
    figures = [*named[HEARD], *named[SCORE][:1]]
    why = [row for row in named[SCORE][1:] if row["of"].get("score") == score]
    mixes = _mixes(of)
    found = [Group("", tuple(_large(row, mixes.get(row["line"], "")) for row in figures), tone="figures")]
    for kind in SOURCE_KINDS:
        of_kind = [row for row in named[THEME] if row["of"]["source_kind"] == kind]
        found.append(Group(f"What comes up most {in_the(kind)}", tuple(_theme(row) for row in of_kind), column=1))
    found.append(Group("Where people struggle most", tuple(map(_friction, named[FRICTION])), tone="friction", column=2))
    found.append(Group("What goes with the score", tuple(_plain(row, row["text"]) for row in why), column=2))
    different = tuple(_plain(row, row["text"], figure=row["figure"]) for row in named[DIFFERENCE])
    if of.study.themes:
        found.append(Group("Who says it more often", different, "" if different else _NO_DIFFERENCE, column=3))
    found.append(Group("What the study asks", _objectives(of, rows), column=3))
    return [group for group in found if group.lines or group.note]


def whom_we_heard(of: Evidence) -> str:
    """How many people said anything, and where; the sentence under the page's question.

    "We heard 175 people: 12 in the interviews, 169 in the survey, 6 of them in both."
    """
    rows = [row for row in cached.table(of, "overview", None).records() if row["about"] == HEARD]
    people = cached.people_heard(of)
    parts = [f"{row['k']:,} {row['line']}" for row in rows]
    both = sum(row["k"] for row in rows) - people
    if len(rows) == len(SOURCE_KINDS) and both > 0:
        parts.append(f"{both:,} of them in both")
    return f"We heard {count(people, 'person', 'people')}{': ' if parts else ''}{', '.join(parts)}."


def _mixes(of: Evidence) -> dict[str, str]:
    """Where they were heard → who they are, by the first attribute that people were chosen by.

    ``{"in the interviews": "4 new, 4 loyal, 4 churned"}``
    """
    attribute = next((name for name in of.study.plan if name in of.attributes), None)
    if attribute is None or len(of.values_of(attribute)) > _MOST_VALUES:
        return {}
    found: dict[str, list[str]] = {}
    for row in cached.table(of, "mix", attribute).records():
        if row["n"] and row["value"] != TOGETHER:
            value = f"{attribute} {row['value']}" if row["value"] == NOT_GIVEN else row["value"]
            found.setdefault(in_the(row.get("source_kind")), []).append(f"{row['n']:,} {value}")
    return {where: ", ".join(each) for where, each in found.items()}


def _large(row: Row, mix: str = "") -> Line:
    """A line whose number comes first, with what it is of."""
    text = row["text"].removeprefix(row["figure"] + " ")
    return Line(f"{text}: {mix}" if mix else text, row["measure"], row["of"], figure=row["figure"])


def _theme(row: Row) -> Line:
    detail = f"{row['k']:,} of {row['n']:,}"
    figure = detail if row["n"] < 30 else percent(row["share"])
    theme = row["of"]["theme"]
    title = f"{theme}, {in_the(row['of']['source_kind'])}"
    return Line(theme, row["measure"], row["of"], "", row["share"], figure, title=title)


def _friction(row: Row) -> Line:
    return _plain(row, row["text"], share=row["share"])


def _plain(row: Row, detail: str, *, share: float | None = None, figure: str = "") -> Line:
    return Line(row["line"], row["measure"], row["of"], detail, share, figure)


def _objectives(of: Evidence, rows: list[Row]) -> tuple[Line, ...]:
    """Every objective: with the strongest of its comparisons, or to read alone."""
    spoken = {row["line"]: row for row in rows if row["about"] == OBJECTIVE}
    found = []
    for objective in of.study.objectives:
        row = spoken.get(objective.question)
        none = "" if objective.comparisons else _NO_COMPARISON
        found.append(_plain(row, row["text"]) if row else Line(objective.question, "", {}, none))
    return tuple(found)
