"""What may be taken away, and by whom: a researcher takes everything, a viewer what a share shows and nothing more.

Every function asks anew what may be seen, so a link to a file opens nothing after the right to it has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import pandas as pd

from dashboard import study_file
from dashboard.analysis.quotes import quotes as quotes_behind
from dashboard.analysis.table import Table
from dashboard.charts.measures import MEASURES
from dashboard.errors import InvalidFilter, InvalidStudy, NotAllowed, UnreadableFile
from dashboard.evidence.reading import correction_of
from dashboard.evidence.tables import Evidence
from dashboard.filters import NO_FILTERS, Filters
from dashboard.records import bundled
from dashboard.records.files import Files
from dashboard.records.installation import set_setting, setting
from dashboard.sharing import bundle, quoting, report, spreadsheet
from dashboard.sharing.plots import plots
from dashboard.study import Identity, Study
from dashboard.workspace import findings, reporting, sources, studies
from dashboard.workspace.access import Workspace
from dashboard.workspace.evidence import built
from dashboard.workspace.people_and_roles import check

if TYPE_CHECKING:
    from dashboard.workspace.access import Published

    Taker: TypeAlias = Workspace | Published

TEMPLATE = "template"
"""The setting that holds the digest and the name of the company's own template."""

BY_PERSON = ("interviews", "saturation", "agreement", "questions", "codings")
"""Measures whose rows are single people's, or tell of those who work; a viewer takes none of them."""

Form = Literal["docx", "html"]
OUT_OF_REACH = "A share lets its charts, its quotes and its report be taken away, and nothing else."


@dataclass(frozen=True)
class Chart:
    """A measure as a page shows it."""

    measure: str
    by: str | None = None
    pool: bool = False


@dataclass(frozen=True)
class Brought:
    """A study that was brought in, and what became of each of its files."""

    study: str
    files: tuple[sources.Added, ...]


# ---------------------------------------------------------------- by researchers and viewers alike


def slides(taker: Taker, study_id: str, charts: Sequence[Chart], *, filters: Filters = NO_FILTERS) -> bytes:
    """Charts as a PowerPoint file, in the company's template where there is one; the quotes stand in the notes.

    study_id: of a researcher's study; a share knows its own. Raises NotAllowed, NotFound, InvalidFilter.
    """
    from dashboard.sharing.slides import Slide, deck  # takes a while to import, and few ask for it

    seen = _evidence(taker, study_id).where(filters)
    title = seen.study.name
    note = "Quotes as they were said: read them before you pass them on." if isinstance(taker, Workspace) else ""
    found = []
    for chart in charts:
        table = _table(taker, seen, chart)
        said = f"Filtered: {filters.to_words()}." if filters else ""
        made = Slide(
            MEASURES[chart.measure].headline(table),
            denominator=" ".join(filter(None, (f"Of {table.denominator}." if table.denominator else "", said))),
            caveats=table.notes,
            quotes=_quotes_of(seen, table),
            note=note,
            source=title,
        )
        drawn = plots(table)
        found += [replace(made, plot=plot) for plot in drawn] or [replace(made, lines=_lines(table))]
    return deck(found, title=title, template=_template(taker))


def figures(taker: Taker, study_id: str, chart: Chart, *, filters: Filters = NO_FILTERS) -> Table:
    """The table behind a chart, to be taken away. Raises NotAllowed, NotFound, InvalidFilter."""
    return _table(taker, _evidence(taker, study_id).where(filters), chart)


def quotes(
    taker: Taker,
    study_id: str,
    keys: Mapping[str, Any],
    *,
    measure: str = "prevalence",
    filters: Filters = NO_FILTERS,
) -> pd.DataFrame:
    """One row a quote behind a row of a measure (no keys: every quote), in words.

    A viewer is given what was said, and not by whom. Raises NotAllowed, NotFound, InvalidFilter.
    """
    seen = _evidence(taker, study_id).where(filters)
    if not isinstance(taker, Workspace) and (measure in BY_PERSON or "participant" in keys):
        raise NotAllowed(OUT_OF_REACH)
    found = quotes_behind(seen, keys, measure=measure)
    return quoting.rows(seen, found, persons=isinstance(taker, Workspace))


def quotes_csv(rows: pd.DataFrame) -> bytes:
    """Quotes for a spreadsheet, in which no cell can be taken for a formula."""
    return spreadsheet.csv_of(rows)


def quotes_markdown(rows: pd.DataFrame, *, title: str) -> bytes:
    """Quotes for a document or a wiki."""
    return quoting.markdown(rows, title=title)


def written_report(taker: Taker, study_id: str, form: Form) -> bytes:
    """The report over everybody, as DOCX or HTML. Raises NotAllowed, NotFound."""
    seen = _evidence(taker, study_id)
    if isinstance(taker, Workspace):
        learned = findings.learned(taker, study_id)
        beliefs = {each.id: each.belief for each in seen.study.assumptions}
        verdicts = {
            belief: f"{verdict.verdict}: {verdict.why}" if verdict.why else verdict.verdict
            for number, belief in beliefs.items()
            if (verdict := learned.verdict_on(number)) is not None
        }
        made = reporting.blocks(seen, reporting.told_of(seen, learned), verdicts=verdicts)
        title, day = seen.study.name, taker.records.now()
        _audit(taker, study_id, f"take away report as {form}")
    else:
        from dashboard.workspace import published

        about = published.about(taker)
        told = reporting.told_of_published(seen, about)
        made = reporting.blocks(seen, told, headline=about.headline, method=about.method)
        title, day = about.title, taker.records.now()
    subtitle = f"Customer research · {day:%d %B %Y}".replace(" 0", " ")
    if form == "docx":
        return report.docx(title, subtitle, made, at=day)
    return report.html(title, subtitle, made)


# ---------------------------------------------------------------- by researchers alone


def project(ws: Workspace, study_id: str, *, suggested: bool = True) -> bytes:
    """The study as REFI-QDA (.qdpx), for NVivo, MAXQDA, ATLAS.ti and others. Raises NotFound.

    suggested: with the suggestions that count and nobody checked, under a user of their own.
    """
    from dashboard.sharing.qdpx import of_evidence as written

    _researcher(ws)
    made = written(_evidence(ws, study_id), suggested=suggested)
    _audit(ws, study_id, "take away REFI-QDA project")
    return made


def whole_study(ws: Workspace, study_id: str) -> bytes:
    """Study, files and what people decided, as one ZIP that ``bring_in`` makes the same study of."""
    _researcher(ws)
    rows = ws.records.sources(study_id)
    names = {row.id: row.name for row in rows}
    with ws.records.read() as connection:
        decided = bundled.carried(connection, study_id, names)
    text = study_file.to_yaml(_written(ws, study_id))
    made = bundle.write(text, ((row.name, ws.files.get(row.digest)) for row in rows), decided)
    _audit(ws, study_id, "take away study")
    return made


def bring_in(
    ws: Workspace, name: str, data: bytes, *, progress: Callable[[int, str], None] = lambda done, name: None
) -> Brought:
    """A new study made of such a ZIP; not built yet. Raises UnreadableFile and InvalidStudy."""
    _researcher(ws)
    found = bundle.read(data, name, max_mb=ws.settings.max_unpacked_mb, max_files=ws.settings.max_files)
    with ws.records.begin(by=ws.user) as transaction:
        study_id = transaction.create_study(replace(found.study, id=""))
    added: list[sources.Added] = []
    for each in found.files:
        progress(len(added), each[0])
        added += sources.add(ws, study_id, [each])
    try:
        bring_decisions(ws, study_id, found.decided)
    except InvalidStudy:
        studies.set_state(ws, study_id, "deleted")
        raise
    return Brought(study_id, tuple(added))


def bring_decisions(ws: Workspace, study_id: str, decided: Mapping[str, Any]) -> None:
    """Lay what people decided elsewhere over a study with the same files. Raises InvalidStudy."""
    _researcher(ws)
    ids = {row.name: row.id for row in ws.records.sources(study_id)}
    with ws.records.begin(by=ws.user) as transaction:
        bundled.bring(transaction, study_id, dict(decided), ids)


def _written(ws: Workspace, study_id: str) -> Study:
    """The study as its file says it: every correction under the name of its file, and who is who."""
    study = ws.records.study(study_id)
    rows = ws.records.sources(study_id)
    names = {row.id: row.name for row in rows}
    corrections = {name: each for name, each in study.corrections.items() if name not in names}
    spoken = []
    for row in rows:
        whole = correction_of(study, row.name, row.id, row.correction)
        given = study.corrections.get(row.id) or study.corrections.get(row.name)
        for label, speaker in given.speakers.items() if given else ():
            if speaker.participant:
                spoken.append(Identity(speaker.participant, (f"speaker {row.name}/{speaker.name or label}",)))
        if whole != type(whole)():
            corrections[row.name] = whole
    said = tuple(
        replace(identity, mentions=tuple(_named(mention, names) for mention in identity.mentions))
        for identity in (*study.identities, *spoken, *ws.records.identities(study_id))
    )
    return replace(study, corrections=corrections, identities=said)


def _named(mention: str, names: Mapping[str, str]) -> str:
    kind, _, rest = mention.partition(" ")
    source, slash, label = rest.partition("/")
    return f"{kind} {names.get(source, source)}{slash}{label}"


# ---------------------------------------------------------------- the company's template


def template(ws: Workspace) -> str:
    """The name of the company's own template, "" where there is none."""
    with ws.records.read() as connection:
        return str((setting(connection, TEMPLATE, None) or {}).get("name", ""))


def set_template(ws: Workspace, name: str, data: bytes) -> None:
    """Let slides stand in this template from now on; macros and outside links are taken out before it is kept.

    Raises UnreadableFile for what is no PowerPoint file, NotAllowed where it is an administrator's to change.
    """
    from dashboard.sharing.slides import Slide, deck
    from dashboard.sharing.template import cleaned

    _may_set(ws)
    if len(data) > ws.settings.max_file_mb * 1_000_000:
        raise UnreadableFile(f"“{name}” has more than {ws.settings.max_file_mb} MB; make its pictures smaller.")
    plain = cleaned(data, name)
    try:  # one slide is made of it now, so that none fails later
        deck([Slide("Title")], title="", template=plain)
    except (KeyError, ValueError, AttributeError, IndexError, TypeError) as problem:
        raise UnreadableFile(
            f"“{name}” has no layout that slides can stand in; save it again in PowerPoint as .potx and give that."
        ) from problem
    digest = ws.files.put(plain)
    with ws.records.begin(by=ws.user) as transaction:
        set_setting(transaction, TEMPLATE, {"digest": digest, "name": name})


def forget_template(ws: Workspace) -> None:
    """Let slides stand on plain white again. Raises NotAllowed where it is an administrator's to change."""
    _may_set(ws)
    with ws.records.begin(by=ws.user) as transaction:
        set_setting(transaction, TEMPLATE, None)


def _may_set(ws: Workspace) -> None:
    _researcher(ws)
    check(ws)


def _template(taker: Taker) -> bytes | None:
    with taker.records.read() as connection:
        kept = setting(connection, TEMPLATE, None)
    return Files(taker.settings.sources_dir).get(kept["digest"]) if kept else None


# ---------------------------------------------------------------- beneath


def _evidence(taker: Taker, study_id: str) -> Evidence:
    """All that this person may see. Raises EngineError before a study is built, NotFound, NotAllowed."""
    if isinstance(taker, Workspace):
        return built(taker, study_id)
    from dashboard.workspace import published

    return published.evidence(taker)


def _table(taker: Taker, seen: Evidence, chart: Chart) -> Table:
    if chart.measure not in MEASURES:
        raise InvalidFilter(f"There is no measure “{chart.measure}”; choose one of: {', '.join(MEASURES)}.")
    if chart.measure in BY_PERSON and not isinstance(taker, Workspace):
        raise NotAllowed(OUT_OF_REACH)
    found: Table = MEASURES[chart.measure].function(seen, chart.by, pool=chart.pool and isinstance(taker, Workspace))
    return found


def _quotes_of(seen: Evidence, table: Table) -> tuple[str, ...]:
    """What stands behind the first lines of a chart."""
    if table.measure in BY_PERSON or table.unit != "participants":
        return ()
    found: list[str] = []
    for position in range(min(4, len(table.rows))):
        found += quoting.shown(seen, table.keys_of(position), measure=table.measure, limit=5)
    return tuple(dict.fromkeys(found))


def _lines(table: Table) -> tuple[str, ...]:
    """What a table without a chart says, in words."""
    if "text" not in table.rows:
        return ()
    rows = [row for row in table.records() if row["text"]]
    return tuple(str(row["text"]) if row["about"] == "heard" else f"{row['line']}: {row['text']}" for row in rows)[:14]


def _researcher(ws: Workspace) -> None:
    if not isinstance(ws, Workspace):
        raise NotAllowed(OUT_OF_REACH)


def _audit(ws: Workspace, study_id: str, action: str) -> None:
    with ws.records.begin(by=ws.user) as transaction:
        transaction.audit(action, study_id)
