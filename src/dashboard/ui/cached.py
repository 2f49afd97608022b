"""Everything that is cached between runs and sessions: all ``st.cache_*`` calls of the product.

Evidence is named by its revision, decisions version and filters, so nothing here goes stale or is cleared by hand. The
evidence comes from the workspace in the very run that asks: that is the access check, and the cache comes second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager

from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import Evidence
from dashboard.settings import Settings

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

    from dashboard.analysis.table import Table
    from dashboard.charts.words import Placed
    from dashboard.workspace.access import Published, User, Workspace
    from dashboard.workspace.participants import Person


@st.cache_resource(max_entries=64, show_spinner=False)
def workspace(settings: Settings, user: User) -> Workspace:
    """The workspace of a person, in the role they have now, under these settings."""
    from dashboard.workspace import open_workspace

    return open_workspace(settings, user)


@st.cache_resource(max_entries=256, show_spinner=False)
def published(settings: Settings, user: User, token: str) -> Published:
    """What this person may ask of a share: a handle alone; every question put to it is a check of its own."""
    from dashboard.workspace.access import open_published

    return open_published(settings, user, token)


def _name(of: Evidence) -> tuple[str, int, str, str]:
    return of.revision, of.decisions, of.study.id, repr(of.filters)


_OF_EVIDENCE: dict[str | type[Any], Callable[[Any], Any]] = {Evidence: _name}


@st.cache_resource(max_entries=500, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def table(of: Evidence, measure: str, by: str | None = None, options: tuple[tuple[str, Any], ...] = ()) -> Table:
    """The table of a measure over this evidence; the same names, the same table, so it is computed once.

    The evidence comes from the workspace in this very run, so nobody is handed what he may not see.
    """
    from dashboard.charts.measures import MEASURES

    return MEASURES[measure].function(of, by, **dict(options))


@st.cache_resource(max_entries=300, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def figure(of: Evidence, measure: str, by: str | None = None, options: tuple[tuple[str, Any], ...] = ()) -> Figure:
    """The chart of the same table."""
    from dashboard.charts.measures import MEASURES

    chart = MEASURES[measure].chart
    if chart is None:
        raise InvalidFilter(f"“{measure}” is a list to read and has no chart.")
    return chart(table(of, measure, by, options))


@st.cache_resource(max_entries=300, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def quotes(
    of: Evidence, keys: tuple[tuple[str, Any], ...], measure: str, sort: str = "order", limit: int = 10, offset: int = 0
) -> Table:
    """A page of the quotes behind the row with these keys, and how many there are on all pages."""
    from dashboard import analysis

    return analysis.quotes(of, dict(keys), measure=measure, sort=cast("Any", sort), limit=limit, offset=offset)


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def people(of: Evidence) -> pd.DataFrame:
    """The participants that the filters leave, with their attributes; not to be changed."""
    from dashboard.workspace.evidence import participants

    return participants(of)


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def everybody(of: Evidence) -> pd.DataFrame:
    """Everybody the filters leave, with how much they said; not to be changed."""
    from dashboard.workspace.participants import everybody as found

    return found(of)


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def person(of: Evidence, participant: str) -> Person | None:
    """One person's own view."""
    from dashboard.workspace.participants import person as found

    return found(of, participant)


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def voiced(of: Evidence, participants: tuple[str, ...]) -> pd.DataFrame:
    """Who of these people says what; not to be changed."""
    from dashboard.workspace.participants import voiced as found

    return found(of, participants)


@st.cache_resource(max_entries=1000, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def people_heard(of: Evidence) -> int:
    """How many participants the filters leave who said anything that could be coded."""
    import narwhals as nw

    return int(of.people().filter(nw.col("heard")).select(nw.len()).collect("pandas").item())


@st.cache_resource(max_entries=1000, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def heard_by_kind(of: Evidence) -> dict[str, int]:
    """The same by source kind; not to be changed."""
    import narwhals as nw

    said = of.said().filter(nw.col("passages") > 0).group_by("source_kind").agg(people=nw.len())
    rows = said.collect("pandas").to_pandas()
    return {str(kind): int(people) for kind, people in zip(rows["source_kind"], rows["people"], strict=True)}


@st.cache_resource(max_entries=20, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def segments(of: Evidence) -> dict[str, tuple[str, ...]]:
    """Participant → the named segments it is in, in the study's order; not to be changed."""
    if not of.study.segments:
        return {}
    rows = of.open_table("memberships").select("participant", "segment").collect("pandas").to_pandas()
    found: dict[str, set[str]] = {}
    for participant, segment in rows.itertuples(index=False, name=None):
        found.setdefault(participant, set()).add(segment)
    order = [segment.name for segment in of.study.segments]
    return {participant: tuple(name for name in order if name in names) for participant, names in found.items()}


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def mentions(of: Evidence) -> pd.DataFrame:
    """theme, source_kind, mentions (quotes), people: the most mentioned first."""
    import narwhals as nw

    counted = (
        of.accepted().group_by("theme", "source_kind").agg(mentions=nw.len(), people=nw.col("participant").n_unique())
    )
    rows: pd.DataFrame = counted.collect("pandas").to_pandas()
    return rows.sort_values(["mentions", "theme", "source_kind"], ascending=[False, True, True], ignore_index=True)


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def scores(of: Evidence) -> tuple[str, ...]:
    """The names of the scores that anybody gave: NPS first, then those that most people gave."""
    import narwhals as nw

    counted = of.scores().group_by("score", "kind").agg(people=nw.col("participant").n_unique())
    rows = counted.collect("pandas").to_pandas()
    rows = rows.assign(other=rows["kind"] != "nps")
    rows = rows.sort_values(["other", "people", "score"], ascending=[True, False, True])
    return tuple(dict.fromkeys(rows["score"]))


@st.cache_resource(max_entries=100, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def distribution(of: Evidence, score: str) -> Table:
    """How many people gave each value of a score."""
    from dashboard.analysis.scores import distribution as found

    return found(of, score)


@st.cache_resource(max_entries=200, show_spinner=False)
def cloud(weights: tuple[tuple[str, float], ...], width: int, height: int, seed: int) -> tuple[Placed, ...]:
    """Where the words of a cloud stand."""
    from dashboard.charts.words import cloud as laid

    return laid(weights, width=width, height=height, seed=seed)


@st.cache_resource(max_entries=60, show_spinner=False, hash_funcs=_OF_EVIDENCE)
def answers(of: Evidence, question: str) -> pd.DataFrame:
    """What each participant answered to a question of the guide or a survey; not to be changed."""
    from dashboard.analysis.guide import answers as answers_to

    return answers_to(of, question)


@st.cache_resource(show_spinner=False)
def warm() -> bool:
    """Load what the next page needs, and take it out of the collector's sight: Streamlit collects after every run."""
    import gc

    import plotly.graph_objects  # noqa: F401  slow to import, and the first chart needs it

    PagesManager.uses_pages_directory = False  # the menu is ours from the first visitor on: see _after_app
    gc.collect()
    gc.freeze()
    return True


def forget() -> None:
    """Let the caches hold nothing of what was said: after somebody was forgotten, names alone do not free memory.

    A tab that stands open holds what it shows until it is closed or drawn again.
    """
    st.cache_resource.clear()
    st.cache_data.clear()
