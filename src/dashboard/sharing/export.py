"""A version as one HTML file: no network, filters in the browser, readable when printed."""

from __future__ import annotations

import json
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from dashboard.analysis.friction import LEAST
from dashboard.evidence.tables import NO_STAGE, Evidence, Frame, attribute_column
from dashboard.sharing.frozen import About
from dashboard.sharing.page import page
from dashboard.sharing.rewriting import UNQUOTED

MOST_QUOTES = 5_000

_STYLE = (Path(__file__).parent / "export.css").read_text(encoding="utf-8")

_SCRIPT = (Path(__file__).parent / "export.js").read_text(encoding="utf-8")


def embedded(value: object) -> str:
    """JSON that cannot end its script element, whatever it holds.

    >>> print(embedded("</script>\\u2028"))
    "\\u003c/script\\u003e\\u2028"
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def html(evidence: Evidence, about: About) -> str:
    """The frozen evidence as one self-contained page; its content security policy allows its own script alone."""
    data = contents(evidence, about)
    method = "".join(f"<li>{escape(line)}</li>" for line in about.method)
    lead = f'<p class="lead">{escape(about.headline)}</p>' if about.headline else ""
    when = f" · published {escape(about.published)}" if about.published else ""
    body = (
        f'<h1>{escape(about.title)}</h1><p class="soft">Version {about.number}{when}</p>{lead}{_findings(about)}'
        f'<p id="headline"></p><details open><summary>Method and limits</summary><ul>{method}</ul></details>'
        '<div id="linked"></div>'
        '<div class="choices" id="choices"></div><p id="state" class="soft" aria-live="polite"></p>'
        '<div class="both"><section><h2>What do people talk about?</h2><div class="wide" id="themes"></div>'
        '<h2>Where do people struggle?</h2><div class="wide" id="stages"></div></section>'
        '<section><h2>Quotes</h2><div id="quotes"></div></section></div>'
        f'<script type="application/json" id="data">{embedded(data)}</script>'
    )
    return page(about.title, body, style=_STYLE, script=_SCRIPT)


def contents(evidence: Evidence, about: About) -> dict[str, Any]:
    """What the page's script draws from: people in their groups, and quotes, each with the number of its group."""
    evidence = evidence.unfiltered()
    columns = [attribute_column(name) for name in evidence.attributes]
    keys = ["source_kind", *columns]
    said = _rows(evidence.said().filter(nw.col("passages") > 0).select("participant", *keys)).astype(str)
    groups = [tuple(key) for key in said[keys].drop_duplicates().sort_values(keys).itertuples(index=False)]
    number = {key: place for place, key in enumerate(groups)}
    of = {
        (row[0], row[1]): number[tuple(row[1:])] for row in said[["participant", *keys]].itertuples(index=False)
    }  # fmt: skip
    sizes = [0] * len(groups)
    for place in of.values():
        sizes[place] += 1
    segments: list[set[str]] = [set() for _ in groups]
    kinds = dict(zip(said["participant"], said["source_kind"], strict=True))
    members = _rows(evidence.open_table("memberships"))
    for participant, segment in zip(members["participant"], members["segment"], strict=True):
        if participant in kinds:
            segments[of[participant, kinds[participant]]].add(str(segment))
    themes, stages = _counts(evidence, of)
    return {
        "attributes": list(evidence.attributes),
        "values": [list(evidence.values_of(name)) for name in evidence.attributes],
        "segments": [segment.name for segment in evidence.study.segments],
        "themes": list(evidence.study.themes),
        "stages": list(evidence.study.stages),
        "groups": [
            [key[0], list(key[1:]), sizes[place], themes[place], stages[place], sorted(segments[place])]
            for place, key in enumerate(groups)
        ],
        "quotes": _quotes(evidence, of, about),
    }


def _rows(frame: Frame) -> pd.DataFrame:
    found: pd.DataFrame = frame.collect("pandas").to_pandas()
    return found


def _findings(about: About) -> str:
    if not about.findings:
        return ""
    listed = []
    for finding in about.findings:
        links = ", ".join(
            f'<a href="#{escape(quote)}">quote {place}</a>' for place, quote in enumerate(finding.quotes, 1)
        )
        below = " · ".join(part for part in (escape(finding.objective), escape(finding.said), links) if part)
        listed.append(f'<li id="finding-{finding.id}">{escape(finding.claim)}<small>{below}</small></li>')
    return f'<h2>What we learned</h2><ol class="findings">{"".join(listed)}</ol>'


Of = dict[tuple[Any, Any], int]


def _counts(
    evidence: Evidence, of: Of
) -> tuple[dict[int, dict[str, int]], dict[int, dict[str, tuple[int, int, float]]]]:
    """Group → theme → people; group → stage → (who talk about it, who struggle there, sum of their intensities)."""
    themes: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in _rows(evidence.voiced().select("participant", "source_kind", "theme")).astype(str).to_dict("records"):
        themes[of[row["participant"], row["source_kind"]]][row["theme"]] += 1
    stages: dict[int, dict[str, tuple[int, int, float]]] = defaultdict(dict)
    placed = _rows(evidence.placed().filter(nw.col("codable") & (nw.col("stage") != NO_STAGE)))
    placed["intensity"] = (-placed["sentiment"]).clip(lower=LEAST).where(placed["struggle"])
    for keys, each in placed.groupby(["participant", "source_kind", "stage"], observed=True):
        person, kind, stage = map(str, keys)
        n, k, total = stages[of[person, kind]].get(stage, (0, 0, 0.0))
        struggles = bool(each["struggle"].any())
        more = float(each["intensity"].mean()) if struggles else 0.0
        stages[of[person, kind]][stage] = (n + 1, k + struggles, round(total + more, 6))
    return themes, stages


def _quotes(evidence: Evidence, of: Of, about: About) -> list[list[Any]]:
    """[group, text, question, themes, stage, id, who] of each quote that may be shown; who only where that is shown."""
    themes: dict[str, list[str]] = defaultdict(list)
    for row in _rows(evidence.accepted().select("passage", "theme")).astype(str).to_dict("records"):
        themes[row["passage"]].append(row["theme"])
    shown = evidence.passages().filter(nw.col("codable"), nw.col("text") != UNQUOTED)
    columns = ("passage", "participant", "source_kind", "text", "question", "stage", "source", "turn", "start")
    rows = _rows(shown.select(*columns)).sort_values(["source", "turn", "start"])
    pinned = {quote for finding in about.findings for quote in finding.quotes}  # a finding leads to them
    found: list[list[Any]] = []
    for row in rows.to_dict("records"):
        stage = "" if row["stage"] == NO_STAGE else str(row["stage"])
        mine = sorted(themes.get(row["passage"], ()))
        if row["passage"] in pinned or ((mine or stage) and len(found) < MOST_QUOTES):
            group = of[row["participant"], str(row["source_kind"])]
            who = row["participant"] if about.links_quotes else ""
            found.append([group, row["text"], row["question"], mine, stage, row["passage"], who])
    return found
