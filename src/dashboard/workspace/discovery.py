"""What the codebook leaves uncovered: groups of passages to make themes of, to put into one, or to dismiss for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.stop_words import STOP_WORDS
from dashboard.coding.cues import tokens
from dashboard.coding.discovery import Group, discover
from dashboard.errors import EngineError, InvalidStudy
from dashboard.evidence.parts import PartName
from dashboard.evidence.tables import Evidence
from dashboard.evidence.vectors import read as vectors_of
from dashboard.records import dismissed
from dashboard.study import Theme
from dashboard.workspace import studies
from dashboard.workspace.access import Workspace

COVERED_AT = 0.2
"""A suggestion of at least this confidence means that the codebook may cover a passage already."""
MOST = 30
"""Groups that are shown."""
ALIKE_AT = 0.75
"""Two themes whose names and definitions are at least so alike (cosine) may be one."""
_MOST_QUOTED = 3


@dataclass(frozen=True)
class Found:
    """A group as it can be read. passages: their ids, the most central first. quotes: the first of them in words."""

    label: str
    words: tuple[str, ...]
    passages: tuple[str, ...]
    people: int
    quotes: tuple[str, ...]


@dataclass(frozen=True)
class Uncovered:
    """groups: those of most people first. passages: how many the codebook does not cover. dismissed: groups left out.

    boilerplate: answers such as “n/a” that are never grouped.
    """

    groups: tuple[Found, ...]
    passages: int
    dismissed: int
    boilerplate: int


def uncovered(ws: Workspace, study_id: str, evidence: Evidence) -> Uncovered:
    """The groups of what no theme covers: no accepted coding, nothing decided, no suggestion that comes near."""
    whole = evidence.unfiltered()
    rows = whole.once("uncovered", lambda: _uncovered_rows(whole))
    found = whole.once("uncovered groups", lambda: _grouped(ws, study_id, rows, names=_names(whole)))
    with ws.records.read() as connection:
        gone = dismissed.passages(connection, study_id)
    kept = [group for group in found if len(gone & set(group.passages)) * 2 < len(group.passages)]
    return Uncovered(tuple(kept[:MOST]), len(rows), len(found) - len(kept), whole.once("n/a", lambda: _answers(whole)))


def dismiss(ws: Workspace, study_id: str, group: Found) -> None:
    """Never show this group again, nor one that is mostly made of it."""
    with ws.records.begin(by=ws.user) as transaction:
        dismissed.dismiss(transaction, study_id, group.passages)


def bring_back(ws: Workspace, study_id: str) -> None:
    """Show every dismissed group again."""
    with ws.records.begin(by=ws.user) as transaction:
        dismissed.bring_back(transaction, study_id)


def drafted(group: Found, name: str = "") -> Theme:
    """A theme made of a group's own words: name, definition, cues and examples to be edited."""
    said = ", ".join(group.words[:5])
    return Theme(
        name=name.strip() or group.label,
        definition=f"What people say about {said}." if said else "",
        cues=group.words[:6],
        include=tuple(quote[:200] for quote in group.quotes[:_MOST_QUOTED]),
    )


def accept(ws: Workspace, study_id: str, theme: Theme) -> None:
    """Put a drafted theme into the codebook. Raises InvalidStudy where there is one of that name already."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    if theme.name in study.themes:
        raise InvalidStudy(
            f"The codebook has a theme “{theme.name}” already; choose another name, or put this into it."
        )
    studies.save(ws, replace(study, codebook=(*study.codebook, theme)), version=version)


def put_into(ws: Workspace, study_id: str, group: Found, name: str) -> None:
    """Widen a theme by a group's words and quotes. Raises InvalidStudy where there is no such theme."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    if name not in study.themes:
        raise InvalidStudy(
            f"The codebook has no theme “{name}”; choose one of: {', '.join(study.themes) or 'none yet'}."
        )
    more = drafted(group)
    widened = tuple(
        replace(
            theme,
            cues=tuple(dict.fromkeys((*theme.cues, *more.cues))),
            include=tuple(dict.fromkeys((*theme.include, *more.include))),
        )
        if theme.name == name
        else theme
        for theme in study.codebook
    )
    studies.save(ws, replace(study, codebook=widened), version=version)


def near_duplicates(ws: Workspace, study_id: str) -> list[tuple[str, str, float]]:
    """Pairs of themes that may be one, by the meaning of their names and definitions; the most alike first."""
    from dashboard.coding.meaning import sentences

    themes = studies.get(ws, study_id).codebook
    if len(themes) < 2:
        return []
    vectors = sentences(ws.settings.threads).embed_kept([f"{theme.name}. {theme.definition}" for theme in themes])
    alike = vectors @ vectors.T
    pairs = [
        (one.name, other.name, round(float(alike[i, j]), 2))
        for (i, one), (j, other) in combinations(enumerate(themes), 2)
        # a theme is like the one it stands below, by design
        if alike[i, j] >= ALIKE_AT and one.name != other.parent and other.name != one.parent
    ]
    return sorted(pairs, key=lambda pair: (-pair[2], pair))


# ---------------------------------------------------------------- beneath


def _uncovered_rows(whole: Evidence) -> pd.DataFrame:
    """passage, source, participant, text of what nothing covers; in an order of their own."""
    near = whole.open_table("codings").filter(nw.col("confidence") >= COVERED_AT).select("passage")
    decided = whole.open_table("verdicts").filter(nw.col("accepted") | nw.col("checked")).select("passage")
    frame = whole.passages().filter(nw.col("codable"))
    for covered in (near, decided):
        frame = frame.join(covered.unique(), on="passage", how="anti")
    rows: pd.DataFrame = frame.select("passage", "source", "participant", "text").collect("pandas").to_pandas()
    return rows.sort_values("passage", ignore_index=True)


def _answers(whole: Evidence) -> int:
    """How many answers say nothing that could be coded."""
    return int(whole.passages().filter(~nw.col("codable")).select(nw.len()).collect("pandas").item())


def _names(whole: Evidence) -> frozenset[str]:
    """The words that people of the study are called by: nobody's name is a cue."""
    names = whole.people().select("name").collect("pandas").to_pandas()["name"].dropna()
    return frozenset(word for name in names for word in tokens(str(name)))


def _grouped(ws: Workspace, study_id: str, rows: pd.DataFrame, *, names: frozenset[str]) -> list[Found]:
    vectors = _vectors(ws, study_id, rows)
    texts = rows["text"].tolist()
    ignore = names.union(*STOP_WORDS.values())
    groups = discover(texts, vectors, rows["participant"].tolist(), ignore=ignore)
    return [_found(group, rows["passage"].tolist(), texts) for group in groups]


def _found(group: Group, passages: Sequence[str], texts: Sequence[str]) -> Found:
    quotes = tuple(texts[place] for place in group.members[: 2 * _MOST_QUOTED])
    return Found(group.label, group.words, tuple(passages[place] for place in group.members), group.people, quotes)


def _vectors(ws: Workspace, study_id: str, rows: pd.DataFrame) -> np.ndarray:
    """The sentence vectors of these passages, from the parts that the build left; (n, width)."""
    revision = ws.records.revision(study_id)
    if revision is None:
        raise EngineError("The study has no evidence yet; build it first with: python -m dashboard build.")
    wanted = {passage: place for place, passage in enumerate(rows["passage"])}
    found: np.ndarray | None = None
    for part in map(PartName.of, revision.parts):
        if part.step != "passages" or not (rows["source"] == part.source).any():
            continue
        frame = ws.parts.read(part.file).select(["turn", "start", "text", "codable"]).to_pandas()
        of_source = vectors_of(ws.parts, frame)
        if found is None:
            found = np.zeros((len(rows), of_source.shape[1]), dtype=np.float32)
        ids = [f"{part.source}.{turn}.{start}" for turn, start in zip(frame["turn"], frame["start"], strict=True)]
        for position, passage in enumerate(ids):
            if passage in wanted:
                found[wanted[passage]] = of_source[position]
    return np.zeros((len(rows), 1), dtype=np.float32) if found is None else found
