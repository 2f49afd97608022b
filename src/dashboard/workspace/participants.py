"""Whom we heard, person by person: everybody with how much they said, one person's own view, who says what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from dashboard.analysis.counting import of_people_only
from dashboard.analysis.scores import DETRACTOR_AT, PROMOTER_AT
from dashboard.evidence.tables import SEGMENT, Evidence, attribute_column
from dashboard.study import NOT_GIVEN

_NUMBER = re.compile(r"([0-9]+)")


@dataclass(frozen=True)
class Score:
    """One score that a person gave. value as it was given, such as "4"."""

    name: str
    kind: str
    value: str
    date: str

    @property
    def group(self) -> str:
        """Promoter, passive or detractor for an NPS answer; "" for any other score."""
        if self.kind != "nps":
            return ""
        number = float(self.value)
        return "promoter" if number >= PROMOTER_AT else "detractor" if number <= DETRACTOR_AT else "passive"


@dataclass(frozen=True)
class Voiced:
    """One theme that a person voices: in how many quotes, and how many of them a person checked."""

    theme: str
    quotes: int
    checked: int


@dataclass(frozen=True)
class Person:
    """What is known of one participant, as far as the filters leave it.

    attributes: name and value, without those not given. quotes: passages that could be coded; uncodable: those that
    could not. sources: file name and date, interviews first. themes: in the order of the codebook.
    """

    participant: str
    attributes: tuple[tuple[str, str], ...]
    segments: tuple[str, ...]
    quotes: int
    uncodable: int
    sources: tuple[tuple[str, str], ...]
    scores: tuple[Score, ...]
    themes: tuple[Voiced, ...]


def everybody(of: Evidence) -> pd.DataFrame:
    """One row a participant: attributes, interview and survey (quotes that could be coded in each), quotes (in both).

    Who was interviewed comes first, then who answered a survey, then who is only known; within each by id, "P2" before
    "P10".
    """
    people: pd.DataFrame = of.people().collect("pandas").to_pandas()
    said: pd.DataFrame = of.said().select("participant", "source_kind", "passages").collect("pandas").to_pandas()
    for kind in ("interview", "survey"):
        of_kind = said[said["source_kind"].astype("str") == kind].groupby("participant")["passages"].sum()
        people[kind] = people["participant"].map(of_kind).fillna(0).astype("int64")
    people["quotes"] = people["interview"] + people["survey"]
    order = sorted(
        range(len(people)),
        key=lambda i: (
            people["interview"].iloc[i] == 0,
            people["quotes"].iloc[i] == 0,
            natural(str(people["participant"].iloc[i])),
        ),
    )
    return people.iloc[order].reset_index(drop=True)


def person(of: Evidence, participant: str) -> Person | None:
    """One person's own view; None where the filters do not leave them, or there is nobody of this id."""
    mine = nw.col("participant") == participant
    found: pd.DataFrame = of.people().filter(mine).collect("pandas").to_pandas()
    if not len(found):
        return None
    row = found.iloc[0]
    given = [(name, str(row[attribute_column(name)])) for name in of.attributes]
    members = of.open_table("memberships").filter(mine).select(SEGMENT).collect("pandas").to_pandas()[SEGMENT]
    passages = of_people_only(of).passages().filter(mine).select("source", "source_kind", "codable", "date")
    said: pd.DataFrame = passages.collect("pandas").to_pandas()
    names: pd.DataFrame = of.sources().select("source", "name").collect("pandas").to_pandas()
    where = said.drop_duplicates("source").merge(names, on="source").astype("str")
    where = where.sort_values(["source_kind", "date", "name"], kind="stable")
    scores: pd.DataFrame = of.scores().filter(mine).collect("pandas").to_pandas()
    scores = scores.sort_values(["date", "score"], kind="stable")
    codable = int(said["codable"].sum()) if len(said) else 0
    return Person(
        participant,
        tuple((name, value) for name, value in given if value != NOT_GIVEN),
        tuple(segment.name for segment in of.study.segments if segment.name in set(members)),
        codable,
        len(said) - codable,
        tuple(zip(where["name"], where["date"], strict=True)),
        tuple(
            Score(str(each["score"]), str(each["kind"]), f"{each['value']:g}", str(each["date"] or ""))
            for each in scores.to_dict("records")
        ),
        tuple(
            Voiced(str(each["theme"]), int(each["quotes"]), int(each["checked"]))
            for each in voiced(of, [participant]).to_dict("records")
        ),
    )


def voiced(of: Evidence, participants: Sequence[str]) -> pd.DataFrame:
    """participant, theme, quotes, checked: who of these says what, in their order and that of the codebook."""
    accepted = of.accepted().filter(nw.col("participant").is_in([*participants, ""]))
    counted = (
        accepted.with_columns(checked=nw.col("checked").cast(nw.Int64))
        .group_by("participant", "theme")
        .agg(quotes=nw.len(), checked=nw.col("checked").sum())
    )
    rows: pd.DataFrame = counted.collect("pandas").to_pandas()
    rows = rows.astype({"participant": "str", "theme": "str", "quotes": "int64", "checked": "int64"})
    people = {name: place for place, name in enumerate(participants)}
    themes = {name: place for place, name in enumerate(of.study.themes)}
    place = rows.assign(person=rows["participant"].map(people), of_theme=rows["theme"].map(themes))
    return place.sort_values(["person", "of_theme"], ignore_index=True)[["participant", "theme", "quotes", "checked"]]


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts numbers in names by their size.

    >>> sorted(["P10", "P2", "anna"], key=natural)
    ['anna', 'P2', 'P10']
    """
    pieces = [piece for piece in _NUMBER.split(name.casefold()) if piece]
    return tuple(
        (1, int(piece[:18]), piece) if piece.isascii() and piece.isdigit() else (0, 0, piece) for piece in pieces
    )
