"""The study and what it is made of: frozen records, no input or output.

``study_file`` turns a Study into the text of ``study.yaml`` and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

NOT_GIVEN = "not given"
"""What stands in a key column where nothing was given: a null there would break the way from a number to its quotes."""

NEGATIVE_AT, POSITIVE_AT = -0.25, 0.25
"""A passage is negative at or below the first, positive at or above the second."""

Role = Literal["interviewer", "participant", "observer"]
SourceKind = Literal["interview", "survey"]
Status = Literal["suggested", "confirmed", "rejected"]
DecisionKind = Literal["theme", "stage", "sentiment", "need"]

ROLES: tuple[Role, ...] = ("interviewer", "participant", "observer")
SOURCE_KINDS: tuple[SourceKind, ...] = ("interview", "survey")
COLUMN_ROLES: tuple[str, ...] = (
    "participant", "name", "email", "date", "attribute", "nps", "csat", "ces", "rating", "open", "choice", "stage",
    "metadata", "ignored",
)  # fmt: skip
SCORE_ROLES: tuple[str, ...] = ("nps", "csat", "ces", "rating")


# ---------------------------------------------------------------- what was said, and where


@dataclass(frozen=True)
class Turn:
    """One uninterrupted stretch of one speaker, or one answer to one open question of a survey.

    index: position within its source, over all of its documents. start, end: seconds, where known.
    speaker: the label as written, or the respondent's row key; None where the file names no speaker.
    question: what it answers: the interviewer's turn before it, or the survey column; "" where unknown.
    """

    index: int
    speaker: str | None
    text: str
    role: Role = "participant"
    start: float | None = None
    end: float | None = None
    question: str = ""
    document: str = ""


@dataclass(frozen=True)
class Span:
    """A stretch of one turn: character offsets into the turn's text, end exclusive."""

    source: str
    turn: int
    start: int
    end: int


@dataclass(frozen=True)
class Anchor:
    """Where something was said, by position and by quote, so that it survives a better reader."""

    source: str
    turn: int
    start: int
    end: int
    text: str
    before: str = ""
    after: str = ""

    @property
    def span(self) -> Span:
        """The position alone."""
        return Span(self.source, self.turn, self.start, self.end)


@dataclass(frozen=True)
class Decision:
    """What one person said of one span.

    kind and value: ("theme", the theme's name), ("stage", its name, or "" for none), ("sentiment", "-1", "0" or "1"),
    ("need", "yes"). The latest decision of a coder on a span, kind and value holds. For stage and sentiment a
    confirmation of one value rejects the others by itself.
    participant: set only while a decision that came as text has not been anchored yet.
    adjudicated: settles a dispute between persons.
    """

    anchor: Anchor
    kind: DecisionKind
    value: str
    status: Status
    coder: str
    adjudicated: bool = False
    at: str = ""
    id: int = 0


# ---------------------------------------------------------------- the frame of the study


@dataclass(frozen=True)
class Theme:
    """A code: what it means, the cues that point at it, and examples for and against."""

    name: str
    definition: str = ""
    cues: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    parent: str | None = None


@dataclass(frozen=True)
class Stage:
    """One step of the customer journey."""

    name: str
    definition: str = ""
    cues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A comparison declared beforehand: this theme, between the values of this attribute."""

    theme: str
    by: str


@dataclass(frozen=True)
class Objective:
    """A question that the study must answer."""

    id: str
    question: str
    comparisons: tuple[Comparison, ...] = ()


@dataclass(frozen=True)
class Assumption:
    """A belief to be tested, with the themes that speak for it and against it."""

    id: str
    belief: str
    supports: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class GuideQuestion:
    """One question of the interview guide."""

    id: str
    question: str
    stage: str | None = None


@dataclass(frozen=True)
class AttributeRule:
    """How one attribute is ordered or grouped; ``cluster`` marks one that groups people who are not independent.

    groups: name → (from, to): from ≤ value < to; None is open.
    """

    name: str
    order: tuple[str, ...] = ()
    groups: Mapping[str, tuple[float | None, float | None]] = field(default_factory=dict)
    cluster: bool = False


@dataclass(frozen=True)
class Segment:
    """A named group of participants, given by a rule such as ``status = 'churned' and tenure = 'under 1 year'``."""

    name: str
    rule: str


# ---------------------------------------------------------------- corrections to what was read


@dataclass(frozen=True)
class SpeakerCorrection:
    """What a person said of one label of one file: its role, whose label it is, or how it should read."""

    role: Role | None = None
    participant: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Piece:
    """One stretch of a corrected turn: its words, and the label that says them (None: the turn's own)."""

    text: str
    speaker: str | None = None


@dataclass(frozen=True)
class TurnCorrection:
    """What a person made of one turn of the file.

    turn: its number as the file is read, counted from 0; text: its words there. Both find it again in a later reading.
    becomes: the pieces that stand in its place; none: as it was. joined: its first piece goes on with the turn before.
    """

    turn: int
    text: str
    becomes: tuple[Piece, ...] = ()
    joined: bool = False


@dataclass(frozen=True)
class WordCorrection:
    """A word or phrase that was misheard, and what was meant; whole words, upper and lower case alike."""

    heard: str
    meant: str


@dataclass(frozen=True)
class Correction:
    """What a person corrected in what was read of one source; kept as a record, applied again by every reader.

    columns: header as written (a repeated header as ``Header#2``, ``Header#3`` …) → role.
    date: ISO date of the interview. recording: address of the recording. header_row: 1-based row of the header.
    language: two-letter code. turns, words: what was heard or cut wrongly. left_out: (from, to) in seconds; turns that
    begin there are left out.
    """

    speakers: Mapping[str, SpeakerCorrection] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    date: str | None = None
    recording: str | None = None
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    language: str | None = None
    turns: tuple[TurnCorrection, ...] = ()
    words: tuple[WordCorrection, ...] = ()
    left_out: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Identity:
    """A person's word on who is who: these mentions are one participant.

    mentions: keys such as ``speaker p07.vtt/Speaker 2`` or ``row people.csv/7`` (file name or source id).
    consent: quote, paraphrase or nothing.
    """

    participant: str
    mentions: tuple[str, ...] = ()
    consent: str | None = None


@dataclass(frozen=True)
class Study:
    """One research project."""

    name: str
    id: str = ""
    objectives: tuple[Objective, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    guide: tuple[GuideQuestion, ...] = ()
    attributes: tuple[AttributeRule, ...] = ()
    segments: tuple[Segment, ...] = ()
    plan: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    population: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    journey: tuple[Stage, ...] = ()
    codebook: tuple[Theme, ...] = ()
    threshold: float = 0.5
    interviewers: tuple[str, ...] = ()
    corrections: Mapping[str, Correction] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()

    @property
    def themes(self) -> tuple[str, ...]:
        """Names of the themes, in the order of the codebook."""
        return tuple(theme.name for theme in self.codebook)

    @property
    def stages(self) -> tuple[str, ...]:
        """Names of the stages, in the order of the journey."""
        return tuple(stage.name for stage in self.journey)

    def attribute(self, name: str) -> AttributeRule:
        """The rule of one attribute; an empty rule where the study has none."""
        return next((rule for rule in self.attributes if rule.name == name), AttributeRule(name))
