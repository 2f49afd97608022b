"""Quotes to take away: whose words may be passed on, as rows for a spreadsheet and as Markdown."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard.analysis.quotes import quotes
from dashboard.analysis.table import Table
from dashboard.charts.bars import KIND_WORDS
from dashboard.evidence.tables import NO_STAGE, Evidence, attribute_column
from dashboard.sharing.consent import Heard, may_be_quoted
from dashboard.sharing.rewriting import UNQUOTED

_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def shown(
    evidence: Evidence, keys: Mapping[str, Any], *, measure: str = "prevalence", limit: int = 30
) -> tuple[str, ...]:
    """Texts of the clearest quotes behind a row, of people who allow it; one of each person before a second."""
    allowed = _allowed(evidence)
    found = quotes(evidence, keys, measure=measure, sort="clearest", limit=limit * 4).rows
    found = found[found["text"] != UNQUOTED]  # in a version: counted, and not to be quoted
    heard = zip(found["participant"], found["source_kind"].astype(str), strict=True)
    found = found[pd.Series([each in allowed for each in heard], index=found.index, dtype=bool)]
    turn = found.groupby("participant").cumcount()
    return tuple(" ".join(str(text).split()) for text in found.iloc[turn.argsort(kind="stable")]["text"][:limit])


def _allowed(evidence: Evidence) -> frozenset[Heard]:
    whole = evidence.unfiltered()
    people = whole.people().select("participant", "consent").collect("pandas").to_pandas()
    said = whole.said().select("participant", "source_kind").collect("pandas").to_pandas().astype(str)
    return may_be_quoted(people, list(said.itertuples(index=False, name=None)))


def rows(evidence: Evidence, table: Table, *, persons: bool) -> pd.DataFrame:
    """One row a quote, in words. persons: with whom and what it is of, which nobody but a researcher may take away."""
    of = table.rows if persons else table.rows[table.rows["text"] != UNQUOTED]
    stages = of["stage"].astype(str)
    found = pd.DataFrame({
        "Quote": of["text"].astype(str),
        "Themes": [", ".join(each["theme"] for each in themes if each["accepted"]) for themes in of["themes"]],
        "Stage": stages.where(stages != NO_STAGE, ""),
        "Question": of["question"].fillna("").astype(str),
        "Said in": of["source_kind"].astype(str).map(lambda kind: KIND_WORDS.get(kind, kind)),
    })  # fmt: skip
    if not persons:
        return found
    people = evidence.unfiltered().people().select("participant", "consent").collect("pandas").to_pandas()
    consent = dict(zip(people["participant"], people["consent"].fillna("").astype(str), strict=True))
    found["Participant"] = of["participant"].astype(str)
    found["May be quoted"] = [consent.get(person, "") for person in of["participant"]]
    found["Source"] = of["source_name"].astype(str)
    found["Date"] = of["date"].fillna("").astype(str)
    for name in evidence.attributes:
        head = name if name not in found else f"{name} (attribute)"
        found[head] = of[attribute_column(name)].astype(str)
    return found


def markdown(found: pd.DataFrame, *, title: str) -> bytes:
    """Quotes as Markdown that shows every letter as it was given, and brings nothing to life.

    >>> markdown(pd.DataFrame({"Quote": ["Too *dear*"], "Themes": ["Price"]}), title="Quotes").decode().splitlines()[2]
    '> Too \\\\*dear\\\\*'
    """
    lines = [f"# {literal(title)}", ""]
    for row in found.to_dict("records"):
        lines += [f"> {literal(line)}" for line in str(row["Quote"]).splitlines() or [""]]
        said = [literal(str(value)) for name, value in row.items() if name != "Quote" and str(value)]
        lines += ["", f"— {' · '.join(said)}" if said else "", ""]
    return "\n".join(lines).encode("utf-8", "replace")


def literal(text: str) -> str:
    """Text in which Markdown finds no sign of its own.

    >>> literal("![x](http://a) $1")
    '\\\\!\\\\[x\\\\]\\\\(http\\\\://a\\\\) \\\\$1'
    """
    return _ACTIVE.sub(r"\\\1", " ".join(text.split()))
