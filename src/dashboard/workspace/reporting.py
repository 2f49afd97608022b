"""What a report says, in the order a reader asks: objectives, findings, themes, friction, scores, method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dashboard.analysis.in_words import FEWEST, count, how_strongly, percent, too_few
from dashboard.analysis.table import Table
from dashboard.charts.bars import line_of
from dashboard.charts.card_words import about, best, is_corrected, is_weighted
from dashboard.charts.measures import MEASURES
from dashboard.evidence.tables import Evidence
from dashboard.sharing.learned import said_of
from dashboard.sharing.plots import of_kind
from dashboard.sharing.quoting import shown
from dashboard.sharing.report import Block, Heading, Points, Quote, Shares, Text
from dashboard.study import SOURCE_KINDS
from dashboard.workspace.findings import Learned, places

if TYPE_CHECKING:
    from dashboard.sharing.frozen import About

FEW_QUOTES = 2
MOST_QUOTED = 6


@dataclass(frozen=True)
class Told:
    """A finding as a report tells it. objective: its question, "" for none. said: its figure as it is now."""

    claim: str
    kind: str = "finding"
    objective: str = ""
    said: str = ""
    quotes: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()


def told_of(evidence: Evidence, learned: Learned) -> list[Told]:
    """The findings that were not set aside, with live figures and the pinned quotes that may be passed on."""
    questions = {objective.id: objective.question for objective in evidence.study.objectives}
    found = []
    for finding in learned.findings:
        if finding.status == "set aside":
            continue
        where = places(evidence, [pin.anchor for pin in learned.pinned_to(finding.id)])
        passages = tuple(place.passage for place in where if place is not None)
        actions = tuple(
            " · ".join(filter(None, (each.what, each.owner, each.due.isoformat() if each.due else "", each.status)))
            for each in learned.actions_of(finding.id)
        )
        found.append(
            Told(
                finding.claim,
                finding.kind,
                questions.get(finding.objective, ""),
                said_of(evidence, finding.figure),
                _pinned(evidence, passages),
                actions,
            )
        )
    return found


def told_of_published(evidence: Evidence, about: About) -> list[Told]:
    """The findings that were published, as they were."""
    return [
        Told(each.claim, each.kind, each.objective, each.said, _pinned(evidence, each.quotes))
        for each in about.findings
    ]


def _pinned(evidence: Evidence, passages: Sequence[str]) -> tuple[str, ...]:
    return shown(evidence.unfiltered(), {"passage": tuple(passages)}) if passages else ()


def blocks(
    evidence: Evidence,
    findings: Sequence[Told],
    *,
    verdicts: Mapping[str, str] | None = None,
    headline: str = "",
    method: Sequence[str] = (),
) -> list[Block]:
    """The report. verdicts: assumption in words → what was concluded. headline, method: the researcher's own words."""
    tables = {
        name: MEASURES[name].function(evidence, None, pool=False)
        for name in ("overview", "prevalence", "friction", "scores")
    }
    found: list[Block] = [Text(headline or MEASURES["overview"].headline(tables["overview"]), "lead")]
    found += _objectives(evidence, findings)
    found += _assumptions(verdicts or {})
    found += _shares(evidence, tables["prevalence"], "What do people talk about?", "share")
    found += _shares(evidence, tables["friction"], "Where do people struggle?", "reach")
    found += _scores(tables["scores"])
    found += _method(evidence, method)
    return found


def _objectives(evidence: Evidence, findings: Sequence[Told]) -> list[Block]:
    found: list[Block] = []
    if evidence.study.objectives:
        found.append(Heading("What the study asked"))
    for objective in evidence.study.objectives:
        found.append(Heading(objective.question, 2))
        answers = [each for each in findings if each.objective == objective.question]
        found += [block for each in answers for block in _finding(each)]
        if not answers:
            found.append(Text("No finding was written on this yet.", "quiet"))
    others = [each for each in findings if each.objective not in {each.question for each in evidence.study.objectives}]
    if others:
        found.append(Heading("What was found besides" if evidence.study.objectives else "What was found"))
        found += [block for each in others for block in _finding(each)]
    return found


def _finding(told: Told) -> list[Block]:
    found: list[Block] = [Heading(told.claim, 3)]
    if told.said:
        found.append(Text(f"{told.said[:1].upper()}{told.said[1:]}.", "quiet"))
    found += [Quote(text) for text in told.quotes]
    if told.actions:
        found += [Text("What will be done:", "quiet"), Points(told.actions)]
    return found


def _assumptions(verdicts: Mapping[str, str]) -> list[Block]:
    if not verdicts:
        return []
    return [Heading("What was believed"), Points(tuple(f"{belief} — {said}" for belief, said in verdicts.items()))]


def _shares(evidence: Evidence, table: Table, question: str, value: str) -> list[Block]:
    """A table a source kind, and of the first lines what people said."""
    if not len(table.rows):
        return []
    found: list[Block] = [Heading(question), Text(MEASURES[table.measure].headline(table), "lead")]
    head = "Theme" if table.measure == "prevalence" else "Stage"
    for kind, rows in table.by_kind().items():
        if len(table.by_kind()) > 1:
            found.append(Heading(of_kind(kind) or "People", 2))
        rows = [best(row) for row in rows] if value == "share" else rows
        rows.sort(key=lambda row: (row["n"] < FEWEST, -row[value]))
        lines = [
            ((line_of(table, row), *_figures(table, row, value)), row[value] if row["n"] >= FEWEST else None)
            for row in rows
        ]
        heads = (head, "People", "Likely between" if value == "share" else "How strongly")
        found.append(Shares(heads, tuple(lines)))
        for row in [row for row in rows if row["k"] and row["n"] >= FEWEST][: MOST_QUOTED // 2]:
            keys = {key: row[key] for key in table.keys}
            said = shown(evidence, keys, measure=table.measure, limit=FEW_QUOTES)
            if said:
                found.append(Heading(line_of(table, row), 3))
                found += [Quote(text) for text in said]
    found.append(Text(" ".join([f"Of {table.denominator}.", *table.notes]), "quiet"))
    return found


def _figures(table: Table, row: dict[str, object], value: str) -> tuple[str, str]:
    """A share as people of people, and beside it its interval, or how strong a struggle is."""
    k, n = int(str(row["k"])), int(str(row["n"]))
    if n < FEWEST:
        return too_few(n), ""
    said = about(row) if is_corrected(row) else f"{k:,} of {n:,} ({percent(k / n)})"
    if value != "share":
        return said, how_strongly(float(str(row["intensity"]))) if row["intensity"] else ""
    if is_weighted(row):
        said += f", weighted {percent(float(str(row['share'])))}"
    if row["low"] is None or not (table.intervals or is_corrected(row) or is_weighted(row)):
        return said, ""
    return said, f"{percent(float(str(row['low'])))} and {percent(float(str(row['high'])))}"


def _scores(table: Table) -> list[Block]:
    if not len(table.rows):
        return []
    found: list[Block] = [Heading("What goes with a score?"), Text(MEASURES["scores"].headline(table), "lead")]
    records = table.records()
    for score in dict.fromkeys(row["score"] for row in records):
        rows = [row for row in records if row["score"] == score and row["difference"] is not None]
        rows.sort(key=lambda row: row["p"] if row["p"] is not None else 1.0)
        lines = tuple(
            (
                (
                    str(row["theme"]), f"{row['k']:,} of {row['n']:,}",
                    f"{row['mean_with']:.1f} against {row['mean_without']:.1f}", str(row["verdict"]),
                ),
                None,
            )
            for row in rows
        )  # fmt: skip
        if lines:
            found += [
                Heading(str(score), 2),
                Shares(("Theme", "Mention it", "Mean with and without", "Said of it"), lines),
            ]
    found.append(Text(" ".join([f"Of {table.denominator}.", *table.notes]), "quiet"))
    return found


def _method(evidence: Evidence, method: Sequence[str]) -> list[Block]:
    found: list[Block] = [Heading("Method and limits")]
    if method:
        return [*found, Points(tuple(method))]
    rows = evidence.unfiltered().said().select("participant", "source_kind", "passages").collect("pandas").to_pandas()
    rows = rows[rows["passages"] > 0]
    told = {kind: int((rows["source_kind"] == kind).sum()) for kind in SOURCE_KINDS}
    verdicts = evidence.unfiltered().verdicts().select("accepted", "checked").collect("pandas").to_pandas()
    counted = verdicts[verdicts["accepted"]]
    checked = int(counted["checked"].sum())
    return [
        *found,
        Points(
            (
                f"We heard {count(told['interview'], 'person', 'people')} in the interviews and "
                f"{count(told['survey'], 'person', 'people')} in the survey; the two are never added up.",
                "Shares are of those we heard, not of all customers; an interval says how far chance in whom we heard "
                "may move them, at 95 %.",
                f"Of {count(len(counted), 'place', 'places')} where a theme counts, a person checked {checked:,}; "
                "the others are suggestions.",
                "Quotes are of people whose consent allows it, where consent is known; they are as they were said, and "
                "a person should read them before this is passed on.",
            )
        ),
    ]
