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

MIME = "text/markdown"
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def may_be_quoted(evidence: Evidence) -> frozenset[str] | None:
    """The participants whose words may be passed on as they were said; None where nobody said what they allow.

    Where any consent is known, those who allow a paraphrase or nothing are left out, and so is who said nothing of it
    is not: a study that asks some people only has no word from the others.
    """
    people = evidence.unfiltered().people().select("participant", "consent").collect("pandas").to_pandas()
    consent = people["consent"].fillna("").astype(str)
    if not (consent != "").any():
        return None
    return frozenset(people["participant"][consent.isin(["quote", ""])])


def shown(
    evidence: Evidence, keys: Mapping[str, Any], *, measure: str = "prevalence", limit: int = 30
) -> tuple[str, ...]:
    """Texts of the clearest quotes behind a row, of people who allow it; one of each person before a second."""
    allowed = may_be_quoted(evidence)
    found = quotes(evidence, keys, measure=measure, sort="clearest", limit=limit * 4).rows
    if allowed is not None:
        found = found[found["participant"].isin(allowed)]
    turn = found.groupby("participant").cumcount()
    return tuple(" ".join(str(text).split()) for text in found.iloc[turn.argsort(kind="stable")]["text"][:limit])


def rows(evidence: Evidence, table: Table, *, persons: bool) -> pd.DataFrame:
    """One row a quote, in words. persons: with whom and what it is of, which nobody but a researcher may take away."""
    of = table.rows
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


def markdown(found: pd.DataFrame, *, title: str, about: str = "") -> bytes:
    """Quotes as Markdown that shows every letter as it was given, and brings nothing to life.

    >>> markdown(pd.DataFrame({"Quote": ["Too *dear*"], "Themes": ["Price"]}), title="Quotes").decode().splitlines()[2]
    '> Too \\\\*dear\\\\*'
    """
    lines = [f"# {literal(title)}", ""]
    if about:
        lines += [literal(about), ""]
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
