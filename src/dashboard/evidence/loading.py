"""The parts of a revision as tables in a fresh database, joined as far as no decision is needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pandas as pd

from dashboard.evidence.decided import mention_key
from dashboard.evidence.parts import PartName, Parts
from dashboard.evidence.people import People
from dashboard.evidence.reading import Reading, source_kind, summary_of
from dashboard.evidence.tables import NO_STAGE, TABLES, attribute_column
from dashboard.study import NEGATIVE_AT, NOT_GIVEN, SOURCE_KINDS, Study

MACHINE = "machine"
"""Who a suggestion is by."""

# step → the columns of its parts, as SQL that makes none of them, for a revision without sources
_EMPTY = {
    "turns": "0 AS turn, '' AS document, '' AS speaker, '' AS role, '' AS text, 0.0 AS start, 0.0 AS \"end\", "
    "'' AS question",
    "passages": "0 AS turn, 0 AS start, 0 AS \"end\", '' AS text, '' AS question, true AS codable, 0 AS words",
    "placed": "0 AS n, '' AS stage, 0.0 AS stage_confidence, '' AS stage_reason, 0.0 AS sentiment, false AS effort, "
    "false AS need, 0.0 AS need_confidence, '' AS need_reason",
    "suggestions": "'' AS theme, 0.0 AS confidence, '' AS reason, 0 AS n",
}

SAID = "participant, source_kind, count(*) FILTER (codable) AS passages, count(*) FILTER (NOT codable) AS uncodable"
VOICED = "participant, source_kind, theme, count(*) AS passages, bool_or(checked) AS checked"
STRUGGLE = f"(sentiment <= {NEGATIVE_AT} OR effort OR need)"


class Loaded:
    """One revision in memory: the schema ``main`` holds every table as it is with no decision laid over it."""

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        parts: Parts,
        names: Sequence[PartName],
        readings: Sequence[Reading],
        people: People,
        study: Study,
    ) -> None:
        self.connection = connection
        self._parts = parts
        self._files = {step: [name for name in names if name.step == step] for step in _EMPTY}
        self.columns = tuple(map(attribute_column, people.attributes))
        self.attributes = "".join(f", {quoted(column)}" for column in self.columns)
        self._sources(readings)
        self._turns(people, readings)
        self._enums(study, people)
        self._passages()
        self._themes(study)

    # ------------------------------------------------------------ what laying decisions over it needs

    def make(self, table: str, sql: str, *, schema: str = "main") -> None:
        """A real table: what is registered or temporary is not seen from another cursor."""
        self.connection.execute(f'CREATE OR REPLACE TABLE "{schema}"."{table}" AS {sql}')

    def load(self, table: str, frame: pd.DataFrame, *, schema: str = "main") -> None:
        """A real table from a frame."""
        self.connection.register("_loading", frame)
        self.make(table, "SELECT * FROM _loading", schema=schema)
        self.connection.unregister("_loading")

    def query(self, sql: str) -> pd.DataFrame:
        """The rows of a query."""
        return self.connection.execute(sql).df()

    def texts_at(self, turns: pd.DataFrame) -> pd.DataFrame:
        """source, turn, text of these turns."""
        self.load("_wanted", turns)
        return self.query("SELECT t.source, t.turn, t.text FROM turns t JOIN _wanted USING (source, turn)")

    def passages_at(self, turns: pd.DataFrame) -> pd.DataFrame:
        """passage, source, turn, start, end of the passages of these turns."""
        self.load("_wanted", turns)
        return self.query('SELECT passage, source, turn, start, "end" FROM cut JOIN _wanted USING (source, turn)')

    # ------------------------------------------------------------ loading

    def _parquet(self, step: str) -> str:
        """The rows of one step over all sources, with the column ``source``."""
        files = self._files[step]
        if not files:
            return f"(SELECT * FROM (SELECT '' AS source, {_EMPTY[step]}) WHERE false)"
        paths = [str(self._parts.there(name.file)) for name in files]
        self.load(f"files_{step}", pd.DataFrame({"file": paths, "source": [name.source for name in files]}))
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        return (
            f"(SELECT f.source, r.* EXCLUDE (filename) FROM read_parquet([{listed}], filename = true) r "
            f"JOIN files_{step} f ON f.file = r.filename)"
        )

    def _sources(self, readings: Sequence[Reading]) -> None:
        rows = []
        for reading in readings:
            summary = summary_of(reading, self._parts)
            parsed = summary.parsed
            kind = source_kind(parsed)
            rows.append(
                (reading.source, reading.name, parsed.kind, parsed.format, kind, parsed.date, summary.recording)
            )
        self.load("sources", frame_of(rows, TABLES["sources"]))

    def _turns(self, people: People, readings: Sequence[Reading]) -> None:
        """Turns with their participants, and everybody's attributes, scores and segments."""
        self.make(
            "spoken",
            f"SELECT t.*, k.source_kind, k.date FROM {self._parquet('turns')} t JOIN sources k ON k.source = t.source",
        )
        labels = self.query("SELECT DISTINCT source, speaker, source_kind FROM spoken WHERE role = 'participant'")
        keys = map(mention_key, labels["source_kind"], labels["source"], labels["speaker"])
        labels["participant"] = [
            people.of.get(key, label) or NOT_GIVEN for key, label in zip(keys, labels["speaker"], strict=True)
        ]
        dates = []
        for reading in readings:
            rows = self._parts.read(reading.rows)
            for number, date in zip(rows["number"].to_pylist(), rows["date"].to_pylist(), strict=True):
                if date:
                    dates.append((reading.source, str(number), date))
        self.load("identified", labels[["source", "speaker", "participant"]].astype(str))
        self.load("row_dates", frame_of(dates, ("source", "speaker", "date")))
        self.load("sheet_dates", frame_of(list(people.dates.items()), ("participant", "date")))
        self.make(
            "turns",
            """SELECT t.source, t.turn, t.document, t.speaker, t.role, coalesce(i.participant, '') AS participant,
                t.text, t.start, t."end", t.question, t.source_kind,
                coalesce(d.date, nullif(t.date, ''), s.date, '') AS date
                FROM spoken t
                LEFT JOIN identified i ON i.source = t.source AND i.speaker = t.speaker AND t.role = 'participant'
                LEFT JOIN row_dates d ON d.source = t.source AND d.speaker = t.speaker AND t.source_kind = 'survey'
                LEFT JOIN sheet_dates s ON s.participant = i.participant AND t.source_kind = 'interview'""",
        )
        self.load("persons", people.participants)
        self.load("scores", people.scores)
        self.load("memberships", people.memberships)
        for table in ("spoken", "identified", "row_dates", "sheet_dates"):
            self.connection.execute(f'DROP TABLE "{table}"')

    def _enums(self, study: Study, people: People) -> None:
        """Types for the columns that measures group by: counting by a small number beats counting by a text."""
        values = {
            "theme_name": study.themes,
            "stage_name": (*study.stages, NO_STAGE),
            "source_kind_name": SOURCE_KINDS,
            **{column: of for column, (_, of) in zip(self.columns, people.values, strict=True)},
        }
        for name, known in values.items():
            listed = ", ".join("'" + value.replace("'", "''") + "'" for value in known) or "''"
            self.connection.execute(f"CREATE TYPE {quoted(name + ' type')} AS ENUM ({listed})")

    @property
    def typed_attributes(self) -> str:
        """The attribute columns, each as its enumerated type."""
        return "".join(f", {quoted(c)}::{quoted(c + ' type')} AS {quoted(c)}" for c in self.columns)

    def _passages(self) -> None:
        """Passages as the coder placed them."""
        self.make(
            "cut",
            f"""SELECT source || '.' || turn || '.' || start AS passage, source, turn, start, "end", text, question,
                codable, words, row_number() OVER (PARTITION BY source ORDER BY turn, start) - 1 AS n
                FROM {self._parquet("passages")}""",
        )
        self.make(
            "coded",
            f"""SELECT source, n, coalesce(nullif(stage, ''), '{NO_STAGE}') AS stage,
                coalesce(sentiment, 0.0) AS sentiment, coalesce(effort, false) AS effort, coalesce(need, false) AS need
                FROM {self._parquet("placed")}""",
        )
        attributes = "".join(f", a.{quoted(column)}" for column in self.columns)
        self.make(
            "passages",
            f"""SELECT c.passage, c.source, c.turn, c.start, c."end", t.participant, t.source_kind, c.question, c.text,
                c.codable, c.words, p.stage, 'suggested' AS stage_status, p.sentiment, 'suggested' AS sentiment_status,
                p.effort, p.need, 'suggested' AS need_status, {STRUGGLE} AS struggle, t.date {attributes}
                FROM cut c JOIN turns t ON t.source = c.source AND t.turn = c.turn
                JOIN coded p ON p.source = c.source AND p.n = c.n
                LEFT JOIN persons a ON a.participant = t.participant""",
        )
        self.make("placed", self.placed("passages"))
        self.make("said", f"SELECT {SAID} {self.attributes} FROM placed GROUP BY ALL")
        self.make(
            "participants",
            f"""SELECT participant, name, participant IN (SELECT participant FROM said WHERE passages > 0) AS heard,
                consent {self.attributes} FROM persons""",
        )
        self.connection.execute("DROP TABLE coded")

    def placed(self, passages: str) -> str:
        """Passages as measures count them: no text, enumerated columns."""
        return (
            'SELECT passage, participant, source_kind::"source_kind_name type" AS source_kind, codable, '
            f'stage::"stage_name type" AS stage, sentiment, struggle {self.typed_attributes} FROM {passages}'
        )

    def _themes(self, study: Study) -> None:
        """Suggestions, and what they say with no decision laid over them."""
        self.load("themes", frame_of([(name,) for name in study.themes], ("theme",)))
        self.make(
            "codings",
            f"""SELECT c.passage, s.theme, '{MACHINE}' AS "by", 'suggested' AS status, s.confidence, s.reason
                FROM {self._parquet("suggestions")} s JOIN cut c ON c.source = s.source AND c.n = s.n
                WHERE s.theme IN (SELECT theme FROM themes)""",
        )
        self.make(
            "verdicts",
            f"""SELECT passage, theme, max(confidence) >= {float(study.threshold)} AS accepted, false AS checked,
                false AS disputed, max(confidence) AS confidence FROM codings GROUP BY passage, theme""",
        )
        self.make("accepted", self.accepted("verdicts", "placed"))
        self.make("voiced", f"SELECT {VOICED} {self.attributes} FROM accepted GROUP BY ALL")

    def accepted(self, verdicts: str, placed: str) -> str:
        """Accepted (passage, theme) pairs as measures count them."""
        return f"""SELECT a.passage, a.participant, a.source_kind, v.theme::"theme_name type" AS theme, a.stage,
            a.sentiment, a.struggle, v.checked {self.attributes}
            FROM {verdicts} v JOIN {placed} a ON a.passage = v.passage WHERE v.accepted"""


def frame_of(rows: Sequence[tuple[Any, ...]], columns: Sequence[str]) -> pd.DataFrame:
    """Rows as a frame whose text columns are text even when there are no rows."""
    frame = pd.DataFrame(rows, columns=list(columns))
    numbers = ("turn", "start", "end", "decision")
    return frame if rows else frame.astype({name: int if name in numbers else str for name in columns})


def quoted(name: str) -> str:
    """A name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
