"""A directory as a study: ``study.yaml`` and the files beside it, for the shell and for the sample study."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from dashboard.errors import NotFound, UnreadableFile
from dashboard.records.rows import User
from dashboard.settings import Settings
from dashboard.sharing.bundle import DECIDED, listed
from dashboard.study import Study
from dashboard.study_file import from_yaml
from dashboard.workspace import jobs, sources, studies, taking
from dashboard.workspace.access import Workspace, open_workspace

STUDY_FILE = "study.yaml"
NOT_SOURCES = ("readme", "licence", "license", "key.csv", "key-")
"""Beginnings of file names that are no sources: notes on the files, and keys that coding is measured against."""

SHELL = User("shell", role="researcher")
"""Who acts when the command line does."""


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """The files of a directory that can be sources, in order, named by their path within it."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        hidden = any(part.startswith((".", "~$")) for part in Path(name).parts)
        if (
            path.is_file()
            and not hidden
            and path.name not in (STUDY_FILE, DECIDED)
            and not path.name.lower().startswith(NOT_SOURCES)
        ):
            yield name, path


def study_of(folder: Path) -> Study:
    """The study that a directory describes: its ``study.yaml``, or a blank one of the directory's name."""
    if not folder.is_dir():
        raise NotFound(
            f"There is no directory “{folder}”; give the path of a directory with a study.yaml and its files."
        )
    path = folder / STUDY_FILE
    if not path.exists():
        return Study(name=folder.resolve().name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableFile(f"“{path}” cannot be read as UTF-8 text; save it as UTF-8 and try again.") from problem
    return from_yaml(text, name=str(path))


def take_in(ws: Workspace, folder: Path) -> tuple[str, list[sources.Added]]:
    """A new study made of a directory, and what became of each of its files; not built yet."""
    study = study_of(folder)
    with ws.records.begin(by=ws.user) as transaction:
        study_id = transaction.create_study(replace(study, id=""))
    outcomes: list[sources.Added] = []
    for name, path in files_of(folder):
        try:
            data = path.read_bytes()
        except OSError as problem:
            message = f"“{name}” cannot be opened ({problem.strerror}); permit reading it and try again."
            outcomes.append(sources.Added(name, None, "error", message))
            continue
        outcomes += sources.add(ws, study_id, [(name, data)])
    if (folder / DECIDED).is_file():  # a study that was taken away, unpacked
        taking.bring_decisions(ws, study_id, listed((folder / DECIDED).read_bytes(), DECIDED)[1])
    return study_id, outcomes


@contextmanager
def opened(settings: Settings, folder: Path) -> Iterator[tuple[Workspace, str, list[sources.Added]]]:
    """A directory as a built study: its own store where it has one, else a temporary one that is gone afterwards."""
    if (folder / "records.sqlite").exists():
        own = open_workspace(replace(settings, data_dir=folder, database_url="", mode="local"), SHELL)
        try:
            cards = studies.cards(own)
            if not cards:
                raise NotFound(f"The store in “{folder}” holds no study; import files into it first.")
            yield own, cards[0].id, []
        finally:
            own.records.close()
        return
    study_of(folder)  # a wrong study.yaml is said before anything is set up
    with tempfile.TemporaryDirectory(prefix="dashboard-") as temporary:
        own = open_workspace(replace(settings, data_dir=Path(temporary), database_url="", mode="local"), SHELL)
        try:
            study_id, outcomes = take_in(own, folder)
            jobs.build_now(own, study_id)
            yield own, study_id, outcomes
        finally:
            own.records.close()


def sample(ws: Workspace) -> str:
    """The id of the sample study, taken in if it is not there yet; its name is its study.yaml's."""
    name = study_of(studies.SAMPLE).name
    for card in studies.cards(ws):
        if card.name == name:
            return card.id
    study_id, _ = take_in(ws, studies.SAMPLE)
    return study_id
