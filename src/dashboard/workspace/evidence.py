"""Evidence of a study as it stands now, held once for everybody who looks at it; and conversations to read in."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

import narwhals as nw
import pandas as pd

from dashboard.errors import EngineError, NotFound
from dashboard.evidence import engines
from dashboard.evidence.decided import decided_of
from dashboard.evidence.loading import MACHINE
from dashboard.evidence.tables import Evidence
from dashboard.records import reading
from dashboard.workspace.access import Workspace

MOST_OPEN = 4
"""Evidence kept open at once; more studies than this in use only cost opening them again."""

_open: OrderedDict[tuple[str, str, str, int, str], Evidence] = OrderedDict()
_lock = threading.Lock()


def evidence(ws: Workspace, study_id: str, *, engine: str = "duckdb") -> Evidence | None:
    """The evidence of the latest revision with every decision laid over it; None where nothing was built yet.

    Opened once for each (revision, decisions version): asking on every rerun costs two look-ups in the records.
    """
    with ws.records.read() as connection:
        revision = reading.latest(connection, study_id)
        if revision is None:
            return None
        version = reading.study_row(connection, study_id).decisions_version
    key = (ws.settings.records_url, study_id, revision.id, version, engine)
    with _lock:  # two sessions that ask at once wait for one opening instead of doing it twice
        if key in _open:
            _open.move_to_end(key)
            return _open[key]
        decided = decided_of(ws.records, study_id)
        study = ws.records.study(study_id)
        opened = engines.open(revision, decided, study, parts=ws.parts, engine=engine, threads=ws.settings.threads)
        _open[(*key[:3], decided.version, engine)] = opened
        while len(_open) > MOST_OPEN:
            _open.popitem(last=False)
        return opened


def built(ws: Workspace, study_id: str, *, engine: str = "duckdb") -> Evidence:
    """The same of a study that must have been built. Raises EngineError where it was not."""
    opened = evidence(ws, study_id, engine=engine)
    if opened is None:
        raise EngineError("The study has no evidence yet; build it first with: python -m dashboard build.")
    return opened


@dataclass(frozen=True)
class Mark:
    """One coding to be shown in a conversation. start, end: offsets into the turn. decision: 0 for the machine's."""

    start: int
    end: int
    kind: str
    value: str
    status: str
    by: str
    confidence: float | None
    decision: int


@dataclass(frozen=True)
class SpokenTurn:
    """One turn with the marks on it."""

    turn: int
    speaker: str
    role: str
    participant: str
    text: str
    start: float | None
    question: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Conversation:
    """A whole source to read: an interview, or the answers of one survey."""

    source: str
    name: str
    date: str
    recording: str
    source_kind: str
    turns: tuple[SpokenTurn, ...]


MOST_ANSWERS = 400
"""Of a survey, this many answers around the one asked for are shown; an interview is shown whole."""


def conversation(evidence: Evidence, source: str, *, around: int = 0) -> Conversation:
    """What was said in a source, in order, with its codings. around: the turn that must be among a survey's answers.

    Raises NotFound where the evidence has no such source.
    """
    about = evidence.sources().filter(nw.col("source") == source).collect("pandas").to_native()
    if about.empty:
        raise NotFound("That source is not part of the study any more; go back to the quotes and open another.")
    turns = _of_source(evidence, "turns", source)
    if about["source_kind"].iloc[0] == "survey":
        turns = turns[(turns["turn"] - around).abs() <= MOST_ANSWERS // 2]
    marks = _marks(evidence, source)
    said = tuple(
        SpokenTurn(
            turn=row["turn"],
            speaker=row["speaker"],
            role=row["role"],
            participant=row["participant"],
            text=row["text"],
            start=None if pd.isna(row["start"]) else row["start"],
            question=row["question"],
            marks=tuple(marks.get(row["turn"], ())),
        )
        for row in turns.sort_values("turn").to_dict("records")
    )
    first = about.iloc[0]
    return Conversation(
        source, str(first["name"]), str(first["date"]), str(first["recording"]), str(first["source_kind"]), said
    )


def participants(evidence: Evidence) -> pd.DataFrame:
    """The participants that the filters leave, with their attributes."""
    frame: pd.DataFrame = evidence.people().collect("pandas").to_native()
    return frame.sort_values("participant", ignore_index=True)


def _of_source(evidence: Evidence, table: str, source: str) -> pd.DataFrame:
    frame: pd.DataFrame = evidence.open_table(table).filter(nw.col("source") == source).collect("pandas").to_native()
    return frame


def _marks(evidence: Evidence, source: str) -> dict[int, list[Mark]]:
    """Turn → marks: persons' decisions on exactly their spans, and accepted suggestions nobody judged on passages."""
    marks: dict[int, list[Mark]] = {}
    for span in _of_source(evidence, "spans", source).to_dict("records"):
        what = (span["kind"], span["value"], span["status"], span["by"])
        marks.setdefault(span["turn"], []).append(Mark(span["start"], span["end"], *what, None, span["decision"]))
    passages = evidence.open_table("passages").filter(nw.col("source") == source)
    verdicts = evidence.open_table("verdicts").filter(nw.col("accepted"), ~nw.col("checked"))
    joined = passages.select("passage", "turn", "start", "end").join(verdicts, on="passage", how="inner")
    for row in joined.collect("pandas").to_native().to_dict("records"):
        what = ("theme", row["theme"], "suggested", MACHINE)
        marks.setdefault(row["turn"], []).append(Mark(row["start"], row["end"], *what, row["confidence"], 0))
    for of_turn in marks.values():
        of_turn.sort(key=lambda mark: (mark.start, mark.end, mark.kind, mark.value))
    return marks
