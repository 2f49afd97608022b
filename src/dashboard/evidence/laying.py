"""Decisions laid over a loaded revision: a few small tables in a schema of their own, and what they change."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from dashboard.evidence.loading import SAID, STRUGGLE, VOICED, Loaded, frame_of, quoted
from dashboard.evidence.overlay import Attached, card_rows, coder_mark, placements, theme_verdicts
from dashboard.evidence.tables import NO_STAGE, TABLES
from dashboard.records.cards import Card
from dashboard.study import Study

_numbers = itertools.count(1)
_UNTOUCHED = ("sources", "turns", "scores", "memberships")


class Laid:
    """One decisions version over one loaded revision; ``schema`` holds every table that measures read."""

    def __init__(
        self, loaded: Loaded, attached: Attached, study: Study, *, cards: Sequence[Card] = (), coder: str = ""
    ) -> None:
        self._loaded = loaded
        self.schema = f"decisions {next(_numbers)}"
        self._themes_known = study.themes
        loaded.connection.execute(f'CREATE SCHEMA "{self.schema}"')
        for table in _UNTOUCHED:
            self._view(table, f"SELECT * FROM main.{table}")
        self._decisions(attached, study)
        self._passages(study)
        self._themes()
        self._people()
        self._cards(cards, coder)

    def drop(self) -> None:
        """Forget this version; nobody looks at it any more."""
        self._loaded.connection.cursor().execute(f'DROP SCHEMA IF EXISTS "{self.schema}" CASCADE')

    def _make(self, table: str, sql: str) -> None:
        self._loaded.make(table, sql, schema=self.schema)

    def _view(self, table: str, sql: str) -> None:
        self._loaded.connection.execute(f'CREATE VIEW "{self.schema}"."{table}" AS {sql}')

    def _own(self, table: str) -> str:
        return f'"{self.schema}"."{table}"'

    def _decisions(self, attached: Attached, study: Study) -> None:
        rows = attached.rows
        themes = set(study.themes)
        judged = theme_verdicts(rows, study)
        decided = rows[(rows["kind"] == "theme") & rows["value"].isin(themes)]
        spans = [
            (s.source, s.turn, s.start, s.end, d.kind, d.value, d.status, d.coder, d.id) for d, s in attached.spans
        ]
        lost = [(d.anchor.source, d.anchor.text, d.kind, d.value, d.status, d.coder, d.id) for d in attached.detached]
        for table, frame in (
            ("decided", decided[["passage", "value", "coder", "status"]].astype(str)),
            ("judged", judged[judged["theme"].isin(themes)].astype({"passage": str, "theme": str})),
            ("placements", placements(rows).astype(str)),
            ("spans", frame_of(spans, TABLES["spans"])),
            ("detached", frame_of(lost, TABLES["detached"])),
        ):
            self._loaded.load(table, frame, schema=self.schema)

    def _passages(self, study: Study) -> None:
        """Passages whose placing a person decided, made anew; all others as they are."""
        stages = ", ".join("'" + name.replace("'", "''") + "'" for name in (*study.stages, NO_STAGE))
        self._make(
            "touched",
            f"""SELECT p.* REPLACE (
                p.codable OR p.passage IN (SELECT passage FROM {self._own("judged")} WHERE accepted) AS codable,
                CASE WHEN st.status = 'confirmed' AND st.value IN ({stages}) THEN st.value
                     WHEN st.status = 'confirmed' THEN '{NO_STAGE}'
                     WHEN st.status = 'rejected' AND st.value = p.stage THEN '{NO_STAGE}' ELSE p.stage END AS stage,
                coalesce(st.status, p.stage_status) AS stage_status,
                CASE WHEN se.status = 'confirmed' THEN CAST(se.value AS DOUBLE)
                     WHEN se.status = 'rejected' THEN 0.0 ELSE p.sentiment END AS sentiment,
                coalesce(se.status, p.sentiment_status) AS sentiment_status,
                CASE WHEN ne.status = 'confirmed' THEN true WHEN ne.status = 'rejected' THEN false
                     ELSE p.need END AS need,
                coalesce(ne.status, p.need_status) AS need_status)
                FROM main.passages p
                LEFT JOIN {self._own("placements")} st ON st.passage = p.passage AND st.kind = 'stage'
                LEFT JOIN {self._own("placements")} se ON se.passage = p.passage AND se.kind = 'sentiment'
                LEFT JOIN {self._own("placements")} ne ON ne.passage = p.passage AND ne.kind = 'need'
                WHERE p.passage IN (SELECT passage FROM {self._own("placements")}
                                    UNION SELECT passage FROM {self._own("judged")})""",
        )
        self._loaded.connection.execute(f"UPDATE {self._own('touched')} SET struggle = {STRUGGLE}")
        self._view(
            "passages",
            f"""SELECT * FROM main.passages WHERE passage NOT IN (SELECT passage FROM {self._own("touched")})
                UNION ALL SELECT * FROM {self._own("touched")}""",
        )
        self._make(
            "placed",
            f"""SELECT * FROM main.placed WHERE passage NOT IN (SELECT passage FROM {self._own("touched")})
                UNION ALL {self._loaded.placed(self._own("touched"))}""",
        )

    def _themes(self) -> None:
        """Verdicts of persons in the place of the machine's; what is accepted follows."""
        judged, touched = self._own("judged"), self._own("touched")
        self._view(
            "codings",
            f"""SELECT * FROM main.codings UNION ALL
                SELECT passage, value, coder, status, NULL, '' FROM {self._own("decided")}""",
        )
        self._make(
            "judged_verdicts",
            f"""SELECT j.passage, j.theme, j.accepted, true AS checked, j.disputed, v.confidence
                FROM {judged} j LEFT JOIN main.verdicts v ON v.passage = j.passage AND v.theme = j.theme""",
        )
        self._view(
            "verdicts",
            f"""SELECT v.* FROM main.verdicts v ANTI JOIN {judged} j ON j.passage = v.passage AND j.theme = v.theme
                UNION ALL SELECT * FROM {self._own("judged_verdicts")}""",
        )
        of_touched = f"(SELECT * FROM {self._own('verdicts')} WHERE passage IN (SELECT passage FROM {touched}))"
        self._make(
            "accepted",
            f"""SELECT * FROM main.accepted WHERE passage NOT IN (SELECT passage FROM {touched})
                UNION ALL {self._loaded.accepted(of_touched, self._own("placed"))}""",
        )
        self._make("voiced", f"SELECT {VOICED} {self._loaded.attributes} FROM {self._own('accepted')} GROUP BY ALL")

    def _people(self) -> None:
        """Who said anything: a passage that a person gave a theme is codable, whatever the machine thought of it."""
        changed = self._loaded.query(
            f"""SELECT count(*) AS n FROM {self._own("touched")} t JOIN main.passages p ON p.passage = t.passage
                WHERE t.codable <> p.codable"""
        )["n"][0]
        if not changed:
            self._view("said", "SELECT * FROM main.said")
            self._view("participants", "SELECT * FROM main.participants")
            return
        self._make("said", f"SELECT {SAID} {self._loaded.attributes} FROM {self._own('placed')} GROUP BY ALL")
        self._make(
            "participants",
            f"""SELECT * REPLACE (participant IN (SELECT participant FROM {self._own("said")} WHERE passages > 0)
                AS heard) FROM main.participants""",
        )

    def _cards(self, cards: Sequence[Card], coder: str) -> None:
        """What is known of each person by cards; who was not drawn is in the stratum of the machine's word of now.

        A confirmation is certain; a rejected passage leaves its person where the machine put it. What a person said in
        another kind of source than the card's passages is not read by it.
        """
        rows = card_rows(cards)
        now = coder_mark(coder)
        self._loaded.load("drawn", rows[rows["theme"].isin(self._themes_known)], schema=self.schema)
        attributes = "".join(f", s.{quoted(column)}" for column in self._loaded.columns)
        self._make(
            "cards",
            f"""SELECT s.participant, s.source_kind, t.theme::"theme_name type" AS theme,
                coalesce(d.stratum, '{now} ' || CASE WHEN m.participant IS NULL THEN 'no' ELSE 'yes' END) AS stratum,
                CASE WHEN v.participant IS NOT NULL THEN 'certain' ELSE coalesce(d.card, 'unread') END AS card
                {attributes}
                FROM {self._own("said")} s CROSS JOIN (SELECT DISTINCT theme FROM {self._own("drawn")}) t
                LEFT JOIN (SELECT d.*, k.source_kind FROM {self._own("drawn")} d JOIN main.sources k
                    ON k.source = d.source) d
                  ON d.participant = s.participant AND d.theme = t.theme AND d.source_kind = s.source_kind::VARCHAR
                LEFT JOIN main.voiced m
                  ON m.participant = s.participant AND m.source_kind = s.source_kind AND m.theme::VARCHAR = t.theme
                LEFT JOIN {self._own("voiced")} v ON v.participant = s.participant
                  AND v.source_kind = s.source_kind AND v.theme::VARCHAR = t.theme AND v.checked
                WHERE s.passages > 0""",
        )
