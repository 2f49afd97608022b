"""Opens a revision with its decisions laid over it, on an engine, as the tables that measures read.

DuckDB in memory: the tables are made once when (revision, decisions version) is opened.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import duckdb
import narwhals as nw
import pandas as pd

from dashboard.errors import EngineError
from dashboard.evidence.decided import Decided, attached_decisions, mention_key
from dashboard.evidence.overlay import Attached, placements, theme_verdicts
from dashboard.evidence.parts import PartName, Parts
from dashboard.evidence.people import People, people_of
from dashboard.evidence.reading import Reading, source_kind, summary_of
from dashboard.evidence.tables import NO_STAGE, TABLES, WITH_ATTRIBUTES, Evidence, Frame, attribute_column
from dashboard.records.rows import Revision
from dashboard.study import NEGATIVE_AT, Study

ENGINES = ("duckdb",)

MACHINE = "machine"
"""Who a suggestion is by."""


class _Opened:
    """One in-memory database; each thread reads it through a cursor of its own, and keeps that for all its frames.

    Frames of two cursors cannot be joined, and a cursor must not be shared between threads.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._of_thread = threading.local()

    def frame(self, table: str) -> Frame:
        """A table of the database, lazily."""
        cursor = getattr(self._of_thread, "cursor", None)
        if cursor is None:
            cursor = self._of_thread.cursor = self._connection.cursor()
        return nw.from_native(cursor.table(table)).lazy()


def open(
    revision: Revision, decided: Decided, study: Study, *, parts: Parts, engine: str = "duckdb", threads: int = 0
) -> Evidence:
    """The evidence of one revision and one decisions version.

    Raises EngineError where the engine is not known or a part is missing.
    """
    if engine not in ENGINES:
        raise EngineError(f"The engine “{engine}” is not available here; use one of: {', '.join(ENGINES)}.")
    names = [PartName.of(text) for text in revision.parts]
    readings = readings_of(names, parts)
    people = people_of(study, decided.who, readings, parts)
    connection = duckdb.connect(":memory:", config={"threads": threads} if threads else {})
    tables = _Tables(connection, parts, names)
    tables.read(readings)
    tables.persons(people, readings, parts)
    passages = tables.query('SELECT passage, source, turn, start, "end" FROM cut')
    attached = attached_decisions(study, decided, readings, passages, parts, people=people)
    tables.decisions(attached, study)
    tables.joined(people.attributes, study)
    return Evidence(
        revision=revision.id,
        decisions=decided.version,
        study=study,
        attributes=people.attributes,
        values=people.values,
        open_table=_Opened(connection).frame,
    )


def readings_of(names: Sequence[PartName], parts: Parts) -> list[Reading]:
    """The readings that a revision lists, in its order."""
    rows = {name.source: name.file for name in names if name.step == "rows"}
    turns = [(name.source, name.file) for name in names if name.step == "turns"]
    return [Reading(source, parts.note(file)["name"], file, rows[source]) for source, file in turns]


class _Tables:
    """Makes the tables of ``TABLES`` in a fresh database, step by step."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, parts: Parts, names: Sequence[PartName]) -> None:
        self._connection = connection
        self._parts = parts
        self._files = {
            step: [n for n in names if n.step == step] for step in ("turns", "passages", "placed", "suggestions")
        }

    def query(self, sql: str) -> pd.DataFrame:
        return self._connection.execute(sql).df()

    def _make(self, table: str, sql: str) -> None:
        self._connection.execute(f'CREATE OR REPLACE TABLE "{table}" AS {sql}')

    def _load(self, table: str, frame: pd.DataFrame) -> None:
        """A real table from a frame: what is registered is not seen from another cursor."""
        self._connection.register("_loading", frame)
        self._make(table, "SELECT * FROM _loading")
        self._connection.unregister("_loading")

    def _parquet(self, step: str, empty: str) -> str:
        """The rows of one step over all sources, with the column ``source``."""
        files = self._files[step]
        if not files:
            return f"(SELECT * FROM (SELECT '' AS source, {empty}) WHERE false)"
        paths = ", ".join("'" + str(self._parts.path(name.file)).replace("'", "''") + "'" for name in files)
        for name in files:
            self._parts.path(name.file).exists() or self._parts.note(name.file)
        of_source = pd.DataFrame(
            {"file": [str(self._parts.path(n.file)) for n in files], "source": [n.source for n in files]}
        )
        self._load(f"files_{step}", of_source)
        return (
            f"(SELECT f.source, r.* EXCLUDE (filename) FROM read_parquet([{paths}], filename = true) r "
            f"JOIN files_{step} f ON f.file = r.filename)"
        )

    def read(self, readings: Sequence[Reading]) -> None:
        rows = []
        for reading in readings:
            summary = summary_of(reading, self._parts)
            parsed = summary.parsed
            kind = source_kind(parsed)
            rows.append(
                (reading.source, reading.name, parsed.kind, parsed.format, kind, parsed.date, summary.recording)
            )
        self._load("sources", _frame(rows, TABLES["sources"]))
        passages = self._parquet(
            "passages",
            "0 AS turn, 0 AS start, 0 AS \"end\", '' AS text, '' AS question, true AS codable, 0 AS words",
        )
        self._make(
            "cut",
            f"""SELECT source || '.' || turn || '.' || start AS passage, source, turn, start, "end", text, question,
                codable, words, row_number() OVER (PARTITION BY source ORDER BY turn, start) - 1 AS n
                FROM {passages}""",
        )
        placed = self._parquet(
            "placed",
            "0 AS n, '' AS stage, 0.0 AS stage_confidence, '' AS stage_reason, 0.0 AS sentiment, false AS effort, "
            "false AS need, 0.0 AS need_confidence, '' AS need_reason",
        )
        self._make("placed", f"SELECT * FROM {placed}")
        suggestions = self._parquet("suggestions", "'' AS theme, 0.0 AS confidence, '' AS reason, 0 AS n")
        self._make(
            "suggested",
            f"""SELECT c.passage, s.theme, s.confidence, s.reason FROM {suggestions} s
                JOIN cut c ON c.source = s.source AND c.n = s.n""",
        )

    def persons(self, people: People, readings: Sequence[Reading], parts: Parts) -> None:
        """Turns with their participants; participants and scores."""
        turns = self._parquet(
            "turns",
            "0 AS turn, '' AS document, '' AS speaker, '' AS role, '' AS text, 0.0 AS start, 0.0 AS \"end\", "
            "'' AS question",
        )
        self._make(
            "spoken",
            f"SELECT t.*, k.source_kind, k.date FROM {turns} t JOIN sources k ON k.source = t.source",
        )
        labels = self.query("SELECT DISTINCT source, speaker, source_kind FROM spoken WHERE role = 'participant'")
        keys = [mention_key(k, s, label) for s, label, k in labels.itertuples(index=False)]
        labels["participant"] = [
            people.of.get(key, label) or label for key, label in zip(keys, labels["speaker"], strict=True)
        ]
        dates = []
        for reading in readings:
            for number, date in zip(
                *(parts.read(reading.rows)[column].to_pylist() for column in ("number", "date")), strict=True
            ):
                if date:
                    dates.append((reading.source, str(number), date))
        self._load("identified", labels[["source", "speaker", "participant"]].astype(str))
        self._load("row_dates", _frame(dates, ("source", "speaker", "date")))
        self._make(
            "turns",
            """SELECT t.source, t.turn, t.document, t.speaker, t.role, coalesce(i.participant, '') AS participant,
                t.text, t.start, t."end", t.question, t.source_kind, coalesce(d.date, t.date, '') AS date
                FROM spoken t
                LEFT JOIN identified i ON i.source = t.source AND i.speaker = t.speaker AND t.role = 'participant'
                LEFT JOIN row_dates d ON d.source = t.source AND d.speaker = t.speaker AND t.source_kind = 'survey'
                ORDER BY t.source, t.turn""",
        )
        self._load("persons", people.participants)
        self._load("scores", people.scores)
        self._load("memberships", people.memberships)

    def decisions(self, attached: Attached, study: Study) -> None:
        """Decisions as real tables: small, and laid over the suggestions by the joins that follow."""
        rows = attached.rows
        self._load("decided", rows.astype({"passage": str, "value": str, "coder": str}))
        self._load("judged", theme_verdicts(rows, study).astype({"passage": str, "theme": str}))
        self._load("placements", placements(rows).astype(str))
        spans = [
            (s.source, s.turn, s.start, s.end, d.kind, d.value, d.status, d.coder, d.id) for d, s in attached.spans
        ]
        lost = [(d.anchor.source, d.anchor.text, d.kind, d.value, d.status, d.coder, d.id) for d in attached.detached]
        self._load("spans", _frame(spans, TABLES["spans"]))
        self._load("detached", _frame(lost, TABLES["detached"]))
        self._load("themes", _frame([(name,) for name in study.themes], ("theme",)))
        self._load("stages", _frame([(name,) for name in study.stages], ("stage",)))

    def joined(self, attributes: Sequence[str], study: Study) -> None:
        """Everything measures read, joined once."""
        attribute_columns = "".join(f", a.{_quoted(attribute_column(name))}" for name in attributes)
        own_columns = "".join(f", {_quoted(attribute_column(name))}" for name in attributes)
        threshold = float(study.threshold)
        self._make(
            "verdicts",
            f"""SELECT coalesce(s.passage, j.passage) AS passage, coalesce(s.theme, j.theme) AS theme,
                coalesce(j.accepted, s.confidence >= {threshold}) AS accepted, j.passage IS NOT NULL AS checked,
                coalesce(j.disputed, false) AS disputed, s.confidence
                FROM suggested s FULL JOIN judged j ON j.passage = s.passage AND j.theme = s.theme
                WHERE coalesce(s.theme, j.theme) IN (SELECT theme FROM themes)""",
        )
        self._make(
            "placed_by_all",
            f"""SELECT c.*,
                CASE WHEN st.status = 'confirmed' AND (st.value = '' OR st.value NOT IN (SELECT stage FROM stages))
                          THEN '{NO_STAGE}'
                     WHEN st.status = 'confirmed' THEN st.value
                     WHEN st.status = 'rejected' AND st.value = p.stage THEN '{NO_STAGE}'
                     WHEN coalesce(p.stage, '') IN (SELECT stage FROM stages) THEN p.stage
                     ELSE '{NO_STAGE}' END AS stage,
                coalesce(st.status, 'suggested') AS stage_status,
                CASE WHEN se.status = 'confirmed' THEN CAST(se.value AS DOUBLE)
                     WHEN se.status = 'rejected' THEN 0.0 ELSE coalesce(p.sentiment, 0.0) END AS sentiment,
                coalesce(se.status, 'suggested') AS sentiment_status,
                coalesce(p.effort, false) AS effort,
                CASE WHEN ne.status = 'confirmed' THEN true WHEN ne.status = 'rejected' THEN false
                     ELSE coalesce(p.need, false) END AS need,
                coalesce(ne.status, 'suggested') AS need_status,
                c.codable OR c.passage IN (SELECT passage FROM judged WHERE accepted) AS said_something
                FROM cut c LEFT JOIN placed p ON p.source = c.source AND p.n = c.n
                LEFT JOIN placements st ON st.passage = c.passage AND st.kind = 'stage'
                LEFT JOIN placements se ON se.passage = c.passage AND se.kind = 'sentiment'
                LEFT JOIN placements ne ON ne.passage = c.passage AND ne.kind = 'need'""",
        )
        self._make(
            "passages",
            f"""SELECT c.passage, c.source, c.turn, c.start, c."end", t.participant, t.source_kind, c.question, c.text,
                c.said_something AS codable, c.words, c.stage, c.stage_status, c.sentiment, c.sentiment_status,
                c.effort, c.need, c.need_status, (c.sentiment <= {NEGATIVE_AT} OR c.effort OR c.need) AS struggle,
                t.date {attribute_columns}
                FROM placed_by_all c JOIN turns t ON t.source = c.source AND t.turn = c.turn
                LEFT JOIN persons a ON a.participant = t.participant
                ORDER BY c.source, c.turn, c.start""",
        )
        self._make(
            "codings",
            f"""SELECT passage, theme, '{MACHINE}' AS "by", 'suggested' AS status, confidence, reason FROM suggested
                WHERE theme IN (SELECT theme FROM themes)
                UNION ALL
                SELECT passage, value, coder, status, NULL, '' FROM decided
                WHERE kind = 'theme' AND value IN (SELECT theme FROM themes)""",
        )
        self._make(
            "accepted",
            f"""SELECT v.passage, a.participant, a.source_kind, v.theme, a.stage, a.sentiment, a.struggle, v.checked
                {attribute_columns}
                FROM verdicts v JOIN passages a ON a.passage = v.passage WHERE v.accepted""",
        )
        self._make(
            "voiced",
            f"""SELECT participant, source_kind, theme, count(*) AS passages, bool_or(checked) AS checked {own_columns}
                FROM accepted GROUP BY ALL""",
        )
        self._make(
            "said",
            f"""SELECT participant, source_kind, count(*) FILTER (codable) AS passages,
                count(*) FILTER (NOT codable) AS uncodable {own_columns} FROM passages GROUP BY ALL""",
        )
        self._make(
            "participants",
            f"""SELECT a.participant, a.name,
                a.participant IN (SELECT participant FROM said WHERE passages > 0) AS heard, a.consent
                {attribute_columns}
                FROM persons a""",
        )
        for table in (
            "cut",
            "placed",
            "suggested",
            "spoken",
            "identified",
            "row_dates",
            "persons",
            "placed_by_all",
            "placements",
        ):
            self._connection.execute(f'DROP TABLE "{table}"')


def _frame(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame whose text columns are text even when there are no rows."""
    frame = pd.DataFrame(rows, columns=list(columns))
    return frame if rows else frame.astype({name: str for name in columns if name not in ("turn", "start", "end")})


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def columns_of(table: str, attributes: Sequence[str]) -> tuple[str, ...]:
    """The columns of a table, attributes included where it carries them."""
    extra = tuple(map(attribute_column, attributes)) if table in WITH_ATTRIBUTES else ()
    return (*TABLES[table], *extra)
