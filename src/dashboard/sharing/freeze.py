"""Freezing: evidence and a policy → the redacted, anonymous tables of one version. Pure; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from dashboard.evidence.loading import MACHINE
from dashboard.evidence.tables import NO_STAGE, TABLES, WITH_ATTRIBUTES, Evidence, attribute_column
from dashboard.records.findings import Finding, Pin
from dashboard.records.redactions import Redaction
from dashboard.records.views import SavedView
from dashboard.sharing.chosen import Found, found_in, rows_of
from dashboard.sharing.documents import Names, Segments, names_of, segments_of, study_of
from dashboard.sharing.excerpts import Excerpts, excerpts
from dashboard.sharing.frozen import About, Frozen
from dashboard.sharing.groups import MONTH, Earlier, Grouped
from dashboard.sharing.learned import published_findings, published_views
from dashboard.sharing.method import method, warnings_of
from dashboard.sharing.policy import Policy
from dashboard.sharing.redaction import redact

CODER = "a person"
"""Who decided, where one person did; of several, "coder 1", "coder 2" …"""


def freeze(
    evidence: Evidence,
    policy: Policy,
    *,
    redactions: Sequence[Redaction] = (),
    unrevoked: Sequence[Earlier] = (),
    findings: Sequence[Finding] = (),
    pins: Sequence[Pin] = (),
    views: Sequence[SavedView] = (),
    secret: bytes = b"",
    seed: int = 0,
    published: str = "",
) -> Frozen:
    """The version that this policy makes of the whole evidence.

    redactions: what persons decided of words. unrevoked: versions that viewers may still have. findings, pins, views:
    those of the study, of which the policy's are published. secret: by which people are known from version to version,
    see ``groups``. seed: for ids and order; unpredictable where it is published. published: ISO date.
    """
    found = found_in(evidence, policy, redactions=redactions, unrevoked=unrevoked, secret=secret, seed=seed)
    evidence, policy, groups = found.evidence, found.policy, found.groups
    draw = np.random.default_rng([seed, 1])
    segments = segments_of(evidence, groups)

    def safe(text: str) -> str:
        return redact(text, found.written.own, keep=found.written.keep).text

    names = names_of(evidence, groups, segments, safe)
    study = study_of(evidence, groups, names, safe)
    cut = excerpts(
        found.turns, found.passages, policy, wordings=found.wordings, by_hand=found.by_hand, ids=found.ids,
        quoted=found.quoted, allowed=found.allowed, draw=draw,
    )  # fmt: skip
    tables = _tables(found, cut, names, segments, draw)
    passage_of = dict(zip(cut.passages["original"], cut.passages["passage"], strict=True))
    values = tuple(
        (names.attributes[name], tuple(names.values[name, value] for value in groups.values(evidence, name)))
        for name in groups.kept
    )
    counted = {str(kind): int(n) for kind, n in groups.rows["source_kind"].value_counts().sort_index().items()}
    about = About(
        title=study.name,
        headline=safe(policy.headline),
        method=method(
            evidence, policy, groups, counted, cut.quotes, segments, safe, allowed=len(found.allowed)
        ),
        k=policy.k,
        published=published,
        persons=policy.persons,
        pseudonyms=policy.pseudonyms or policy.persons,
        transcripts=policy.transcripts,
        attributes_left_out=tuple(map(safe, _left_out(evidence, groups))),
        findings=published_findings(
            evidence, findings, pins, policy, names, passages=found.passages, turns=found.turns,
            passage_of={o: n for o, n in passage_of.items() if o in found.quoted}, safe=safe,
        ),
        views=published_views(views, policy, names, safe),
        people=counted,
        quotes=cut.quotes,
        links_quotes=policy.links_quotes,
        scores=policy.scores,
        months=policy.months,
    )  # fmt: skip
    private = groups.rows[["person", "class"]].assign(
        id=[found.ids[p, k] for p, k in zip(groups.rows["participant"], groups.rows["source_kind"], strict=True)]
    )
    attributes = tuple(names.attributes[name] for name in groups.kept)
    warned = warnings_of(evidence, groups, tables["voiced"], tables["said"], names, segments)
    return Frozen(tables, study, attributes, values, about, private.reset_index(drop=True), warned)


def _left_out(evidence: Evidence, groups: Grouped) -> list[str]:
    return [name for name in evidence.attributes if name not in groups.kept]


# ---------------------------------------------------------------- the tables


def _tables(
    found: Found, cut: Excerpts, names: Names, segments: Segments, draw: np.random.Generator
) -> dict[str, pd.DataFrame]:
    evidence, groups = found.evidence, found.groups
    columns = {attribute_column(names.attributes[name]): name for name in groups.kept}
    people = groups.rows[["participant", "source_kind", "class"]].copy()
    for column, name in columns.items():
        people[column] = [names.values[name, str(value)] for value in groups.rows[name]]
    people["id"] = [found.ids[p, k] for p, k in zip(people["participant"], people["source_kind"], strict=True)]
    people = people.astype({"participant": str, "source_kind": str, "id": str, **dict.fromkeys(columns, str)})
    of_person = people[["id", *columns]].rename(columns={"id": "participant"})
    passages = _passages(found, cut, names, of_person)
    codings, verdicts = _codings(found, cut, names)
    placed = passages[[*TABLES["placed"], *columns]]
    accepted = verdicts.loc[verdicts["accepted"], ["passage", "theme", "checked"]].merge(placed, on="passage")
    accepted = accepted[[*TABLES["accepted"], *columns]]
    keys = ["participant", "source_kind", "theme"]
    voiced = accepted.groupby(keys, as_index=False, sort=True).agg(
        passages=("passage", "size"), checked=("checked", "max")
    )
    said = rows_of(evidence.said().select("participant", "source_kind", "passages", "uncodable"))
    said = said.merge(people[["participant", "source_kind", "id"]], on=["participant", "source_kind"])
    said = said.assign(participant=said["id"]).drop(columns="id")
    cards = rows_of(evidence.cards().select(*TABLES["cards"]))
    cards = cards.merge(people[["participant", "source_kind", "id"]], on=["participant", "source_kind"])
    cards = cards.assign(participant=cards["id"], theme=cards["theme"].astype(str).map(dict(names.themes))).drop(
        columns="id"
    )
    cards = cards[cards["theme"].notna()]
    given = {
        "sources": cut.sources,
        "turns": cut.turns,
        "passages": passages,
        "placed": placed,
        "codings": codings,
        "verdicts": verdicts,
        "accepted": accepted,
        "voiced": voiced.merge(of_person, on="participant"),
        "said": said.merge(of_person, on="participant"),
        "participants": of_person.assign(name="", heard=True, consent=""),
        "memberships": pd.DataFrame(
            [
                (row["id"], names.segments[segment])
                for row in people.to_dict("records")
                for segment in segments.of_class.get(int(row["class"]), ())
            ],
            columns=["participant", "segment"],
        ),
        "spans": _spans(passages, verdicts),
        "detached": pd.DataFrame(columns=list(TABLES["detached"])),
        "scores": pd.DataFrame(columns=list(TABLES["scores"])),
        "cards": cards.merge(of_person, on="participant"),
    }
    return {
        name: _typed(given[name], [*TABLES[name], *(columns if name in WITH_ATTRIBUTES else ())], draw)
        for name in TABLES
    }


_WHOLE = {"turn", "start", "end", "passages", "uncodable", "words", "decision"}
_MEASURED = {"sentiment", "confidence"}
_SIGNS = {"codable", "effort", "need", "struggle", "accepted", "checked", "disputed", "heard"}


def _typed(frame: pd.DataFrame, columns: Sequence[str], draw: np.random.Generator) -> pd.DataFrame:
    """The columns of a table, each of its type, rows in random order."""
    kinds: dict[str, Any] = {}
    for name in columns:
        # seconds in turns, characters elsewhere; a number in scores, a theme's name elsewhere
        turns = (name in ("start", "end") and "speaker" in columns) or (name == "value" and "score" in columns)
        kinds[name] = (
            "float64" if name in _MEASURED or turns else "int64" if name in _WHOLE else bool if name in _SIGNS else str
        )
    made = frame.reindex(columns=list(columns)) if not len(frame) else frame[list(columns)]
    return made.iloc[draw.permutation(len(made))].reset_index(drop=True).astype(kinds)


def _passages(found: Found, cut: Excerpts, names: Names, of_person: pd.DataFrame) -> pd.DataFrame:
    told = found.passages.rename(columns={"passage": "original"})
    told = told[
        ["original", "source_kind", "codable", "stage", "stage_status", "sentiment", "sentiment_status", "effort",
         "need", "need_status", "struggle"]
    ]  # fmt: skip
    rows = cut.passages.merge(told, on="original")
    stages = {**names.stages, NO_STAGE: NO_STAGE}
    rows["stage"] = [stages.get(str(stage), NO_STAGE) for stage in rows["stage"]]
    rows["source_kind"] = rows["source_kind"].astype(str)
    rows["date"] = _dates(found, rows)
    return rows.merge(of_person, on="participant").drop(columns="original")


def _dates(found: Found, rows: pd.DataFrame) -> list[str]:
    """The first of the month in which somebody was heard, where that is kept; "" where it is not."""
    if MONTH not in found.groups.kept or not found.policy.months:
        return [""] * len(rows)
    people = found.groups.rows
    months = {
        found.ids[p, k]: f"{month}-01" if month[:4].isdigit() else ""
        for p, k, month in zip(people["participant"], people["source_kind"], people[MONTH], strict=True)
    }
    return [months[participant] for participant in rows["participant"]]


def _codings(found: Found, cut: Excerpts, names: Names) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Codings without reasons and coders' names, and what they say together."""
    passages = cut.passages[["original", "passage"]].rename(columns={"passage": "new", "original": "passage"})
    made = []
    for table in ("codings", "verdicts"):
        rows = rows_of(found.evidence.open_table(table)).merge(passages, on="passage")
        rows["passage"], rows["theme"] = rows["new"], rows["theme"].astype(str).map(dict(names.themes))
        made.append(rows[rows["theme"].notna()].drop(columns="new"))
    codings, verdicts = made
    coders = sorted(set(codings["by"].astype(str)) - {MACHINE})
    called = {coder: CODER if len(coders) == 1 else f"coder {number}" for number, coder in enumerate(coders, 1)}
    codings = codings.assign(reason="", by=codings["by"].astype(str).map({**called, MACHINE: MACHINE}))
    return codings, verdicts


def _spans(passages: pd.DataFrame, verdicts: pd.DataFrame) -> pd.DataFrame:
    """What a reader of a conversation sees marked: themes that a person confirmed, on the quote as a whole."""
    checked = verdicts.loc[verdicts["accepted"] & verdicts["checked"], ["passage", "theme"]]
    shown = passages.loc[passages["end"] > passages["start"], ["passage", "source", "turn", "start", "end"]]
    rows = shown.merge(checked, on="passage").rename(columns={"theme": "value"})
    return rows.assign(kind="theme", status="confirmed", by=CODER, decision=0)
