"""Evidence: the tables of one revision and one decisions version, and how filters narrow them.

No store and no engine is known here: an engine hands in a function from a table's name to a lazy Narwhals frame, and
measures see frames only. Every column is named in this module and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias, TypeVar

import narwhals as nw

from dashboard.errors import InvalidFilter
from dashboard.filters import ATTRIBUTE_PREFIX, NO_FILTERS, Filters
from dashboard.study import Study

Frame: TypeAlias = nw.LazyFrame[Any]
T = TypeVar("T")

NO_STAGE = "no stage"
"""The stage of a passage that is placed at none; key columns hold no nulls."""

EVERYONE = "everyone"
"""The group of everybody, where a measure is not split."""

SEGMENT = "segment"
"""``by`` this splits by the study's named segments, which may overlap."""

TABLES: dict[str, tuple[str, ...]] = {
    # one row a source that was read
    "sources": ("source", "name", "kind", "format", "source_kind", "date", "recording"),
    # one row a turn or answer, of every role
    "turns": (
        "source", "turn", "document", "speaker", "role", "participant", "text", "start", "end", "question",
        "source_kind",
    ),
    # one row a passage of a participant; start, end: offsets into the turn's text. struggle: negative, effort or need.
    # stage_status, sentiment_status, need_status: suggested, confirmed or rejected
    "passages": (
        "passage", "source", "turn", "start", "end", "participant", "source_kind", "question", "text", "codable",
        "words", "stage", "stage_status", "sentiment", "sentiment_status", "effort", "need", "need_status", "struggle",
        "date",
    ),
    # the same rows as measures count them: without text, and quick to group by
    "placed": ("passage", "participant", "source_kind", "codable", "stage", "sentiment", "struggle"),
    # one row a (passage, theme, coder): suggestions from 0.05 confidence (by = "machine") and every person's decision
    "codings": ("passage", "theme", "by", "status", "confidence", "reason"),
    # one row a (passage, theme) with any coding: what all decisions together say
    "verdicts": ("passage", "theme", "accepted", "checked", "disputed", "confidence"),
    # one row an accepted (passage, theme), joined to what measures group by
    "accepted": ("passage", "participant", "source_kind", "theme", "stage", "sentiment", "struggle", "checked"),
    # one row a (participant, source kind, theme) with at least one accepted passage
    "voiced": ("participant", "source_kind", "theme", "passages", "checked"),
    # one row a (participant, source kind) who said or wrote anything; passages counts codable ones
    "said": ("participant", "source_kind", "passages", "uncodable"),
    # one row a participant; heard: said anything codable
    "participants": ("participant", "name", "heard", "consent"),
    # one row a (participant, named segment)
    "memberships": ("participant", "segment"),
    # one row a decision of a person, where it stands now; and those that fit nowhere any more
    "spans": ("source", "turn", "start", "end", "kind", "value", "status", "by", "decision"),
    "detached": ("source", "text", "kind", "value", "status", "by", "decision"),
    # one row a score that a participant gave
    "scores": ("participant", "score", "kind", "value", "date", "source"),
    # one row a (participant who said anything codable, source kind, theme of which a card was read). stratum: the
    # machine's word, frozen before the first card. card: see CARD
    "cards": ("participant", "source_kind", "theme", "stratum", "card"),
}  # fmt: skip
"""Table → its columns; those of WITH_ATTRIBUTES carry ``attr:NAME`` columns besides."""

MOST_KNOWN = 32
"""Results that evidence remembers; readers may filter by any text, and each filter is another result."""

WITH_ATTRIBUTES = ("participants", "said", "voiced", "accepted", "passages", "placed", "cards")

CARD = ("certain", "yes", "no", "missed", "absent", "nowhere", "unread")
"""What is known of one person and theme: a person confirmed a passage, whatever a card says; a card says yes; it says
no after five passages; five passages missed what the whole transcript says; the whole does not say it either; it says
no and held everything that the person said; no card was read."""


def attribute_column(name: str) -> str:
    """The column that holds an attribute.

    >>> attribute_column("plan")
    'attr:plan'
    """
    return ATTRIBUTE_PREFIX + name


@dataclass(frozen=True)
class Evidence:
    """The tables of one revision and decisions version of a study, as far as the filters let them be seen.

    revision and decisions name it: the same names, the same rows. attributes: in the study's order.
    values: attribute → its values in display order. seed: for whatever a measure draws at random. known: see ``once``.
    """

    revision: str
    decisions: int
    study: Study
    attributes: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]
    open_table: Callable[[str], Frame] = field(compare=False, repr=False)
    filters: Filters = NO_FILTERS
    known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """What ``work`` finds, worked out once for these tables and filters: evidence never changes.

        ``key`` names the work; whoever asks with the same key gets the same value.
        """
        named = (key, self.filters)
        if named in self.known:
            known: T = self.known[named]
            return known
        found = work()
        self.known[named] = found
        for oldest in list(self.known)[:-MOST_KNOWN]:
            self.known.pop(oldest, None)
        return found

    @property
    def seed(self) -> int:
        """A seed that depends on the revision alone."""
        return int.from_bytes(self.revision.encode()[:7].ljust(7, b"0"), "big")

    def values_of(self, by: str) -> tuple[str, ...]:
        """The groups of ``by`` in display order. Raises InvalidFilter where the study has no such attribute."""
        if by == SEGMENT:
            return tuple(segment.name for segment in self.study.segments)
        for name, values in self.values:
            if name == by:
                return values
        known = ", ".join((*self.attributes, *([SEGMENT] if self.study.segments else []))) or "none so far"
        raise InvalidFilter(f"The study has no attribute “{by}”; its attributes are: {known}.")

    def where(self, filters: Filters) -> Evidence:
        """The same evidence, narrowed. Raises InvalidFilter where a filter names what the study does not have."""
        for name, _ in filters.attributes:
            self.values_of(name)
        _check("segment", filters.segments, (segment.name for segment in self.study.segments))
        _check("stage", filters.stages, (*self.study.stages, NO_STAGE))
        _check("theme", filters.themes, self.study.themes)
        _check("source kind", filters.source_kinds, ("interview", "survey"))
        return replace(self, filters=filters)

    def unfiltered(self) -> Evidence:
        """The whole of it."""
        return replace(self, filters=NO_FILTERS)

    # ------------------------------------------------------------ frames, filtered

    def people(self) -> Frame:
        """Participants that the filters leave, heard or not (source kinds leave out whom that kind did not hear)."""
        frame = self._of_people(self.open_table("participants"))
        if self.filters.source_kinds:
            kinds = self.open_table("said").filter(nw.col("source_kind").is_in(self.filters.source_kinds))
            frame = frame.join(kinds.select("participant").unique(), on="participant", how="semi")
        return frame

    def said(self) -> Frame:
        """One row a (participant, source kind) that the filters on people leave: the base of every share."""
        return self._of_kind(self._of_people(self.open_table("said")))

    def passages(self) -> Frame:
        """Passages that all filters leave, codable or not."""
        return self._of_passages(self._of_kind(self._of_people(self.open_table("passages"))), own_text=True)

    def placed(self) -> Frame:
        """The same passages without their text, as measures count them."""
        return self._of_passages(self._of_kind(self._of_people(self.open_table("placed"))), own_text=False)

    def accepted(self) -> Frame:
        """Accepted (passage, theme) pairs that all filters leave."""
        return self._of_passages(self._of_kind(self._of_people(self.open_table("accepted"))), own_text=False)

    def voiced(self) -> Frame:
        """One row a (participant, source kind, theme) with at least one accepted passage that all filters leave."""
        if not self.filters.narrows_passages:
            return self._of_kind(self._of_people(self.open_table("voiced")))
        keys = ["participant", "source_kind", "theme", *map(attribute_column, self.attributes)]
        accepted = self.accepted().with_columns(checked=nw.col("checked").cast(nw.Int64))
        return accepted.group_by(keys).agg(passages=nw.len(), checked=nw.col("checked").max())

    def cards(self) -> Frame:
        """What cards say of the people that the filters leave; a card speaks of all that a person said."""
        return self._of_kind(self._of_people(self.open_table("cards")))

    def codings(self) -> Frame:
        """Every coding of the passages that all filters leave."""
        return self.open_table("codings").join(self.passages().select("passage"), on="passage", how="semi")

    def verdicts(self) -> Frame:
        """What all decisions together say of each (passage, theme) that the filters leave."""
        return self.open_table("verdicts").join(self.passages().select("passage"), on="passage", how="semi")

    def turns(self) -> Frame:
        """Turns of every role, unfiltered: the conversation around a quote is never cut by a filter."""
        return self.open_table("turns")

    def sources(self) -> Frame:
        """Sources, unfiltered."""
        return self.open_table("sources")

    def scores(self) -> Frame:
        """Scores of the participants that the filters leave."""
        return self.open_table("scores").join(self.people().select("participant"), on="participant", how="semi")

    def group_column(self, by: str | None) -> str | None:
        """The key column that ``by`` gives a table: ``attr:NAME``, ``segment``, or None where nothing is split."""
        if by is None:
            return None
        self.values_of(by)
        return SEGMENT if by == SEGMENT else attribute_column(by)

    def grouped(self, frame: Frame, by: str | None) -> Frame:
        """A frame of people or passages with the key column of ``by``; one row a membership for named segments."""
        if self.group_column(by) == SEGMENT:
            return frame.join(self.open_table("memberships"), on="participant", how="inner")
        return frame

    # ------------------------------------------------------------ how filters act

    def _of_people(self, frame: Frame) -> Frame:
        for name, values in self.filters.attributes:
            frame = frame.filter(nw.col(attribute_column(name)).is_in(values))
        if self.filters.segments:
            chosen = self.open_table("memberships").filter(nw.col("segment").is_in(self.filters.segments))
            frame = frame.join(chosen.select("participant").unique(), on="participant", how="semi")
        return frame

    def _of_kind(self, frame: Frame) -> Frame:
        return (
            frame.filter(nw.col("source_kind").is_in(self.filters.source_kinds)) if self.filters.source_kinds else frame
        )

    def _of_passages(self, frame: Frame, *, own_text: bool) -> Frame:
        if self.filters.stages:
            frame = frame.filter(nw.col("stage").is_in(self.filters.stages))
        if self.filters.themes:
            themed = self.open_table("accepted").filter(nw.col("theme").is_in(self.filters.themes))
            frame = frame.join(themed.select("passage").unique(), on="passage", how="semi")
        if self.filters.text:
            # one fold for pattern and text: "İ".lower() is two characters in Python and must not differ by engine
            wanted = nw.col("text").str.to_lowercase().str.contains(self.filters.text.lower(), literal=True)
            if own_text:
                return frame.filter(wanted)
            found = self.open_table("passages").filter(wanted)
            frame = frame.join(found.select("passage"), on="passage", how="semi")
        return frame


def _check(what: str, asked: Sequence[str], known: Iterable[str]) -> None:
    names = tuple(known)
    for name in asked:
        if name not in names:
            raise InvalidFilter(f"The study has no {what} “{name}”; it has: {', '.join(names) or 'none so far'}.")
