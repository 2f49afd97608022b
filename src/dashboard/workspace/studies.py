"""Studies: make, open, rename, duplicate, archive, delete, restore; the study file; the sample study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dashboard import study_file
from dashboard.errors import InvalidStudy
from dashboard.evidence.build import inputs_of
from dashboard.records import reading
from dashboard.records.rows import StudyState
from dashboard.study import Study
from dashboard.workspace.access import Workspace

DATA = Path(__file__).resolve().parents[3] / "data"
SAMPLE = DATA / "sample"


@dataclass(frozen=True)
class StudyCard:
    """One study in the list. built: it has evidence to look at."""

    id: str
    name: str
    state: str
    changed_at: datetime
    sources: int
    built: bool


@dataclass(frozen=True)
class Starter:
    """A codebook or a journey to begin with; items: names of its themes or stages."""

    key: str
    name: str
    description: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Starters:
    """What a new study can begin with."""

    codebooks: tuple[Starter, ...]
    journeys: tuple[Starter, ...]


def cards(ws: Workspace, *, state: StudyState = "active") -> list[StudyCard]:
    """The studies in one state, the last changed first."""
    rows = sorted(ws.records.studies(state), key=lambda row: row.changed_at, reverse=True)
    return [
        StudyCard(
            row.id,
            row.name,
            row.state,
            row.changed_at,
            len(ws.records.sources(row.id)),
            ws.records.revision(row.id) is not None,
        )
        for row in rows
    ]


def create(ws: Workspace, name: str, *, codebook: str | None = None, journey: str | None = None) -> str:
    """The id of a new study, blank or with a starter codebook and journey. Raises InvalidStudy without a name."""
    study = Study(name=_name(name))
    if codebook:
        study = replace(study, codebook=_starter("codebooks", codebook).codebook)
    if journey:
        study = replace(study, journey=_starter("journeys", journey).journey)
    with ws.records.begin(by=ws.user) as transaction:
        return transaction.create_study(study)


def starters() -> Starters:
    """The starter codebooks and journeys that ship with the product."""

    def of(folder: str) -> tuple[Starter, ...]:
        found = []
        for path in sorted((DATA / folder).glob("*.yaml")):
            starter = study_file.codebook_from_yaml(path.read_text(encoding="utf-8"), name=path.name)
            items = (*(theme.name for theme in starter.codebook), *(stage.name for stage in starter.journey))
            found.append(Starter(path.stem, starter.name, starter.description, items))
        return tuple(found)

    return Starters(of("codebooks"), of("journeys"))


def get(ws: Workspace, study_id: str) -> Study:
    """The study. Raises NotFound."""
    return ws.records.study(study_id)


def version(ws: Workspace, study_id: str) -> int:
    """The study's version, to be handed to ``save`` so that two people who edit at once lose nothing."""
    return ws.records.study_row(study_id).version


def save(ws: Workspace, study: Study, *, version: int) -> None:
    """Store an edited study. Raises Conflict where somebody saved it since this version was read, and InvalidStudy."""
    _checked(study)
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(study, version=version)


def rename(ws: Workspace, study_id: str, name: str) -> None:
    """Give a study another name."""
    study = ws.records.study(study_id)
    save(ws, replace(study, name=_name(name)), version=version(ws, study_id))


def duplicate(ws: Workspace, study_id: str, name: str) -> str:
    """The id of a copy: the same sources, corrections, codebook and decisions."""
    with ws.records.begin(by=ws.user) as transaction:
        return transaction.duplicate_study(study_id, _name(name))


def set_state(ws: Workspace, study_id: str, state: StudyState) -> None:
    """Make a study active, archived or deleted; deleting can be undone by making it active again."""
    with ws.records.begin(by=ws.user) as transaction:
        transaction.set_state(study_id, state)


def export_yaml(ws: Workspace, study_id: str) -> str:
    """The study as the text of a study.yaml, with corrections under the names of their files, and who is who."""
    study = ws.records.study(study_id)
    corrections = dict(study.corrections)
    names: dict[str, str] = {}
    for source in ws.records.sources(study_id):
        names[source.id] = source.name
        if source.correction != type(source.correction)():
            corrections[source.name] = source.correction
    identities = tuple(
        replace(identity, mentions=tuple(_by_name(mention, names) for mention in identity.mentions))
        for identity in (*study.identities, *ws.records.identities(study_id))
    )
    return study_file.to_yaml(replace(study, corrections=corrections, identities=identities))


def import_yaml(ws: Workspace, study_id: str, text: str, *, name: str = "study.yaml") -> None:
    """Replace what frames the study by a study.yaml; sources and decisions stay. Raises InvalidStudy."""
    study = study_file.from_yaml(text, name=name)
    save(ws, replace(study, id=study_id), version=version(ws, study_id))


def stale(ws: Workspace, study_id: str) -> bool:
    """Whether sources, corrections or the codebook changed since the evidence was built, or it never was."""
    with ws.records.read() as connection:
        revision, sources = reading.latest(connection, study_id), reading.sources(connection, study_id)
        if revision is None:
            return bool(sources)
        return revision.inputs != inputs_of(reading.study(connection, study_id), sources)


def _by_name(mention: str, names: Mapping[str, str]) -> str:
    kind, _, rest = mention.partition(" ")
    source, _, label = rest.partition("/")
    return f"{kind} {names.get(source, source)}/{label}"


def _name(name: str) -> str:
    if not name.strip():
        raise InvalidStudy("A study needs a name; write one and try again.")
    return name.strip()


def _starter(folder: str, key: str) -> study_file.Starter:
    path = DATA / folder / f"{key}.yaml"
    if path not in set((DATA / folder).glob("*.yaml")):
        raise InvalidStudy(f"There is no starter “{key}” among the {folder}; choose one of the list.")
    return study_file.codebook_from_yaml(path.read_text(encoding="utf-8"), name=path.name)


def _checked(study: Study) -> None:
    """A study that its own file could not hold is refused before it is stored."""
    study_file.check(study)
