"""A snapshot: what a viewer may know of a study, redacted, counted by anonymous groups, frozen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import kinds_in
from dashboard.analysis.friction import LEAST
from dashboard.evidence.tables import Evidence, Frame, attribute_column
from dashboard.sharing.anonymity import Anonymised, anonymise
from dashboard.sharing.gazetteer import AMBIGUOUS, GIVEN
from dashboard.sharing.redaction import RECALL, OwnNames, Person, capitalises_nouns, redact

MOST_QUOTES = 5_000
TOGETHER = "too few to tell apart"
"""The one value of an attribute in a source kind in which it would leave fewer than k people together."""


@dataclass(frozen=True)
class Group:
    """People of one source kind who share every kept attribute: at least k of them.

    themes: theme → how many voice it. stages: stage → (who talk about it, who struggle there, sum of intensities).
    """

    kind: str
    values: tuple[str, ...]
    n: int
    themes: dict[str, int]
    stages: dict[str, tuple[int, int, float]]


@dataclass(frozen=True)
class Quote:
    """One redacted passage that may be shown, and the number of its group."""

    group: int
    text: str
    question: str
    themes: tuple[str, ...]
    stage: str


@dataclass(frozen=True)
class Snapshot:
    """All that a viewer can see. No names, ids, file names; every group has at least k people."""

    title: str
    k: int
    attributes: tuple[str, ...]
    values: tuple[tuple[str, ...], ...]
    themes: tuple[str, ...]
    stages: tuple[str, ...]
    groups: tuple[Group, ...]
    quotes: tuple[Quote, ...]
    method: tuple[str, ...]


def snapshot(evidence: Evidence, *, k: int = 5, seed: int | None = None) -> Snapshot:
    """What may be seen of the whole evidence.

    A person who was interviewed and surveyed stands in a group of each, unlinked: the two are never pooled. Quotes are
    shown of those whose consent is "quote"; where a source kind has no consent recorded of anybody, of all of them.
    """
    evidence = evidence.unfiltered()
    seed = evidence.seed if seed is None else seed
    study = evidence.study
    people = _rows(evidence.people())
    own = _own_names(evidence, people)
    keep = (*study.themes, *study.stages, *evidence.attributes)

    def safe(text: str, *more: str) -> str:
        return redact(text, own, keep=more).text

    said = _rows(evidence.said().filter(nw.col("passages") > 0))
    columns = {attribute_column(name): name for name in evidence.attributes}
    rows = said[["participant", "source_kind", *columns]].rename(columns=columns)
    rows = rows.sort_values(["participant", "source_kind"], ignore_index=True)
    found = _by_kind(rows, evidence.attributes, k=k, seed=seed)
    group_of = {(r["participant"], r["source_kind"]): int(r["class"]) for r in found.rows.to_dict("records")}
    themes, stages = _counts(evidence, group_of)
    groups = []
    for number, members in found.rows.groupby("class", sort=True):
        first = members.iloc[0]
        values = tuple(safe(str(first[name])) for name in found.kept)
        at = int(str(number))
        groups.append(Group(str(first["source_kind"]), values, len(members), themes[at], stages[at]))
    texts = _rows(evidence.turns().select("source", "text"))
    ordinary = frozenset({*keep, *_ordinary(texts["text"])})
    nouns = {str(source) for source, each in texts.groupby("source")["text"] if capitalises_nouns(each)}

    def strictly(text: str, source: str) -> str:
        return redact(text, own, keep=ordinary, strict=True, capitals=source not in nouns).text

    quotes = _quotes(evidence, people, group_of, strictly, safe, seed)
    shown = {safe(name): name for name in study.themes}
    named = [
        Group(g.kind, g.values, g.n, {safe(t): c for t, c in g.themes.items()},
              {safe(s): c for s, c in g.stages.items()})
        for g in groups
    ]  # fmt: skip
    ordered = tuple(
        tuple(dict.fromkeys(
            [v for v in map(safe, evidence.values_of(name)) if any(g.values[place] == v for g in groups)]
            + sorted({g.values[place] for g in groups})
        ))
        for place, name in enumerate(found.kept)
    )  # fmt: skip
    return Snapshot(
        title=safe(study.name), k=k, attributes=tuple(safe(name) for name in found.kept), values=ordered,
        themes=tuple(shown), stages=tuple(safe(name) for name in study.stages), groups=tuple(named), quotes=quotes,
        method=_method(evidence, groups, len(quotes), k, bool(found.hidden), [safe(name) for name in found.dropped]),
    )  # fmt: skip


def _by_kind(rows: pd.DataFrame, attributes: Sequence[str], *, k: int, seed: int) -> Anonymised:
    """Interviews and surveys made anonymous each by itself: they are never pooled, so twelve interviews need not decide
    what thousands who answered a survey keep. An attribute that one of the two does not keep has one value there."""
    parts = [
        anonymise(rows[rows["source_kind"] == kind].reset_index(drop=True), attributes, k=k, seed=seed)
        for kind in kinds_in(rows["source_kind"])
    ]
    kept = tuple(name for name in attributes if any(name in part.kept for part in parts))
    shown, classes = [], 0
    for part in parts:
        whole = {name: TOGETHER for name in kept if name not in part.kept}
        shown.append(part.rows.assign(**whole, **{"class": part.rows["class"] + classes}))
        classes += part.classes
    together = pd.concat(shown, ignore_index=True) if shown else rows.assign(**{"class": 0})
    return Anonymised(
        together, kept, {}, tuple(name for name in attributes if name not in kept),
        sum(part.hidden for part in parts), classes,
    )  # fmt: skip


def _rows(frame: Frame) -> pd.DataFrame:
    found: pd.DataFrame = frame.collect("pandas").to_pandas()
    return found


def _own_names(evidence: Evidence, people: pd.DataFrame) -> OwnNames:
    """Everybody the study knows by name: participants, their labels, and whoever else speaks."""
    found = [
        Person("participant", tuple(name for name in (str(row["name"]), str(row["participant"])) if _is_name(name)))
        for row in people.sort_values("participant").to_dict("records")
    ]
    turns = _rows(evidence.turns().select("speaker", "role").unique())
    roles = sorted({(str(s), str(r)) for s, r in zip(turns["speaker"], turns["role"], strict=True) if _is_name(str(s))})
    found += [Person("interviewer" if role != "participant" else "participant", (name,)) for name, role in roles]
    found += [Person("interviewer", (name,)) for name in evidence.study.interviewers if _is_name(name)]
    return OwnNames.of(found)


def _ordinary(texts: Iterable[str]) -> set[str]:
    """Words that stand in small letters somewhere in the study: capitalised, they are no names of their own."""
    return (
        {word for text in texts for word in re.findall(r"[^\W\d_]+", str(text)) if word.islower()} - AMBIGUOUS - GIVEN
    )


def _is_name(written: str) -> bool:
    """Whether a label names somebody: it has letters and no digits ("P07", "Speaker 2" do not)."""
    return any(c.isalpha() for c in written) and not any(c.isdigit() for c in written)


Themes = dict[int, dict[str, int]]
Stages = dict[int, dict[str, tuple[int, int, float]]]


def _counts(evidence: Evidence, group_of: dict[tuple[str, str], int]) -> tuple[Themes, Stages]:
    themes: Themes = defaultdict(lambda: defaultdict(int))
    for row in _rows(evidence.voiced().select("participant", "source_kind", "theme")).to_dict("records"):
        if (row["participant"], row["source_kind"]) in group_of:
            themes[group_of[row["participant"], row["source_kind"]]][row["theme"]] += 1
    stages: Stages = defaultdict(dict)
    placed = _rows(evidence.placed().filter(nw.col("codable") & nw.col("stage").is_in(evidence.study.stages)))
    placed["intensity"] = (-placed["sentiment"]).clip(lower=LEAST).where(placed["struggle"])
    for keys, each in placed.groupby(["participant", "source_kind", "stage"]):
        person, kind, stage = map(str, keys)
        if (person, kind) not in group_of:
            continue
        group = group_of[person, kind]
        n, k, total = stages[group].get(stage, (0, 0, 0.0))
        struggles = bool(each["struggle"].any())
        more = float(each["intensity"].mean()) if struggles else 0.0
        stages[group][stage] = (n + 1, k + struggles, round(total + more, 6))
    return themes, stages


def _quotes(
    evidence: Evidence, people: pd.DataFrame, group_of: dict[tuple[str, str], int], strictly: Any, safe: Any, seed: int
) -> tuple[Quote, ...]:
    consent = dict(zip(people["participant"], people["consent"].fillna("").astype(str), strict=True))
    kinds = {kind: any(consent.get(p) for p, of in group_of if of == kind) for _, kind in group_of}
    of_passage: dict[str, list[str]] = defaultdict(list)
    for row in _rows(evidence.accepted().select("passage", "theme")).to_dict("records"):
        of_passage[row["passage"]].append(row["theme"])
    columns = ("passage", "participant", "source", "source_kind", "text", "question", "stage")
    rows = _rows(evidence.passages().filter(nw.col("codable")).select(*columns)).sort_values("passage")
    found: list[Quote] = []
    for row in rows.sample(frac=1, random_state=seed % 2**32).to_dict("records"):
        group = group_of.get((row["participant"], row["source_kind"]))
        given = consent.get(row["participant"], "")
        allowed = given == "quote" or (not given and not kinds.get(row["source_kind"], True))
        if group is None or not allowed or not of_passage.get(row["passage"]):
            continue
        if len(found) == MOST_QUOTES:
            break
        named = tuple(redacted for redacted in (safe(t) for t in sorted(of_passage[row["passage"]])))
        said, asked = strictly(row["text"], row["source"]), strictly(row["question"], row["source"])
        found.append(Quote(group, said, asked, named, safe(row["stage"])))
    return tuple(found)


def _method(
    evidence: Evidence, groups: list[Group], quotes: int, k: int, hidden: bool, dropped: list[str]
) -> tuple[str, ...]:
    interview = sum(g.n for g in groups if g.kind == "interview")
    survey = sum(g.n for g in groups if g.kind == "survey")
    days = sorted(day[:7] for day in map(str, _rows(evidence.sources())["date"].dropna()) if day[:4].isdigit())
    months = "" if not days else f" in {days[0]}" if days[0] == days[-1] else f" between {days[0]} and {days[-1]}"
    notes = [
        f"We spoke to {interview} people and {survey} answered a survey{months}; the two are never added up.",
        "A share counts people, of those we heard, not of all customers; the interval is Wilson's 95 % and covers "
        "chance in who was heard, not mistakes in coding.",
        f"Every group that can be chosen here has at least {k} people; rare answers are “other”.",
        f"{quotes} quotes are shown: only of people whose consent allows it. Names and contact details were replaced "
        "by rules; some may have been missed, so a person should read this before it is passed on. On texts that the "
        f"rules were not written on they found {RECALL['names']:.0%} of names of persons, {RECALL['numbers']:.0%} of "
        f"numbers and e-mail addresses and {RECALL['addresses']:.0%} of postal addresses.",
    ]
    if hidden:
        notes.append("A few people are left out because their group was too small.")
    if dropped:
        notes.append(f"Left out because they could single somebody out: {', '.join(dropped)}.")
    return tuple(notes)
