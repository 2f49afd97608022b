"""A codebook as a whole: brought in and taken away as a file, themes merged and split, its history, undo."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal
from xml.etree import ElementTree

import pandas as pd

from dashboard import study_file
from dashboard.coding.cues import compile_cues, find, tokens
from dashboard.errors import InvalidStudy
from dashboard.intake.isolated import limits_of, read
from dashboard.records import changes
from dashboard.records.changes import Change as Change
from dashboard.sharing import spreadsheet
from dashboard.study import Study, Theme
from dashboard.workspace import references, studies
from dashboard.workspace.access import Workspace

Form = Literal["yaml", "csv", "qdc"]
_QDC = "urn:QDA-XML:codebook:1.0"
_COLUMNS = ("theme", "parent", "definition", "cues", "include", "exclude")


def taken_away(ws: Workspace, study_id: str, form: Form) -> bytes:
    """The codebook as a file: YAML as in a study file, CSV with one theme a row, or REFI-QDA for other programs.

    REFI-QDA knows names, definitions and parents alone.
    """
    study = studies.get(ws, study_id)
    return {"yaml": _yaml, "csv": _csv, "qdc": _qdc}[form](study)


def bring_in(ws: Workspace, study_id: str, name: str, data: bytes) -> tuple[int, int]:
    """Add the themes of a file to the codebook; how many are new, and how many there were already.

    A theme that is there keeps what it has and takes over what it lacks. Raises UnreadableFile and InvalidStudy.
    """
    themes = _themes_of(ws, name, data)
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    given = {theme.name: theme for theme in themes}
    kept = tuple(_filled(theme, given.get(theme.name)) for theme in study.codebook)
    new = tuple(theme for theme in given.values() if theme.name not in study.themes)
    studies.save(ws, replace(study, codebook=(*kept, *new)), version=version)
    return len(new), len(given) - len(new)


def merge(ws: Workspace, study_id: str, name: str, into: str) -> None:
    """Put one theme into another: cues, examples, children, comparisons and decisions follow. Raises InvalidStudy."""
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    gone, target = _theme(study, name), _theme(study, into)
    if name == into or target.parent == name:
        raise InvalidStudy(f"“{name}” cannot be put into “{into}”; choose a theme that is neither itself nor below it.")
    wider = replace(
        target,
        cues=_both(target.cues, gone.cues),
        include=_both(target.include, gone.include),
        exclude=_both(target.exclude, gone.exclude),
    )
    study = references.renamed(study, "theme", name, into)
    kept = (wider if theme.name == into else theme for theme in study.codebook if theme.name != name)
    study = replace(study, codebook=tuple(kept))
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(study, version=version)
        transaction.rename_value(study_id, "theme", name, into)


def split(ws: Workspace, study_id: str, name: str, new: str, cues: Sequence[str]) -> int:
    """Make a theme of its own of some of another's cues; how many decisions went with it.

    A person's decision goes along where its words hold one of these cues. Raises InvalidStudy.
    """
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    whole, new = _theme(study, name), new.strip()
    taken = tuple(cue for cue in whole.cues if cue in cues)
    if not new or new in study.themes:
        raise InvalidStudy(f"The new theme needs a name that no other has; “{new}” is none.")
    if not taken:
        raise InvalidStudy(f"Choose at least one cue of “{name}” that the new theme takes along.")
    part = Theme(new, cues=taken, parent=whole.parent)
    left = replace(whole, cues=tuple(cue for cue in whole.cues if cue not in taken))
    at = study.codebook.index(whole)
    codebook = (*study.codebook[:at], left, part, *study.codebook[at + 1 :])
    decisions = [d for d in ws.records.decisions(study_id) if d.kind == "theme" and d.value == name]
    hits = find([tokens(decision.anchor.text) for decision in decisions], compile_cues([taken]))
    numbers = sorted({decisions[hit.text].id for hit in hits})
    with ws.records.begin(by=ws.user) as transaction:
        transaction.save_study(replace(study, codebook=codebook), version=version)
        changes.follow(transaction, study_id, name, new, numbers=numbers)
    return len(numbers)


def history(ws: Workspace, study_id: str) -> list[Change]:
    """Every change of the codebook that holds; the latest first."""
    with ws.records.read() as connection:
        return changes.changes(connection, study_id)


def undo(ws: Workspace, study_id: str) -> str:
    """Undo the latest change of the codebook; what it was, in words. Raises InvalidStudy where there is none."""
    found = history(ws, study_id)
    if not found:
        raise InvalidStudy("The codebook was not changed yet; there is nothing to undo.")
    change = found[0]
    study, version = studies.get(ws, study_id), studies.version(ws, study_id)
    there = {theme.name for theme in change.before}
    for name in study.themes:  # comparisons and assumptions named after a theme that was renamed go back with it
        before = {theme for _, theme in change.moved} | (there - set(study.themes))
        if name not in there and len(before) == 1:
            study = references.renamed(study, "theme", name, next(iter(before)))
    with ws.records.begin(by=ws.user) as transaction:
        restored = replace(references.without(study, "theme", set(study.themes) - there), codebook=change.before)
        transaction.save_study(restored, version=version)
        changes.undone(transaction, study_id, change)
    return change.what


# ---------------------------------------------------------------- beneath


def _themes_of(ws: Workspace, name: str, data: bytes) -> tuple[Theme, ...]:
    if name.casefold().endswith((".yaml", ".yml")):
        return study_file.from_yaml(data.decode("utf-8-sig", "replace"), name=name).codebook
    found = read(data, name, limits=limits_of(ws.settings)).themes
    if not found:
        raise InvalidStudy(
            f"“{name}” holds no themes; give a codebook as YAML, as a table with the columns theme and definition, or "
            "as REFI-QDA (.qdc)."
        )
    return tuple(_as_given(theme) for theme in found)


def _as_given(theme: Theme) -> Theme:
    """The theme without the apostrophes that keep a spreadsheet from computing its cells."""
    given = spreadsheet.as_given
    cues, include, exclude = (tuple(map(given, texts)) for texts in (theme.cues, theme.include, theme.exclude))
    return Theme(given(theme.name), given(theme.definition), cues, include, exclude, given(theme.parent or "") or None)


def _theme(study: Study, name: str) -> Theme:
    found = next((theme for theme in study.codebook if theme.name == name), None)
    if found is None:
        raise InvalidStudy(f"The codebook has no theme “{name}”; reload the page and choose again.")
    return found


def _filled(theme: Theme, given: Theme | None) -> Theme:
    if given is None:
        return theme
    return replace(
        theme,
        definition=theme.definition or given.definition,
        cues=_both(theme.cues, given.cues),
        include=_both(theme.include, given.include),
        exclude=_both(theme.exclude, given.exclude),
    )


def _both(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _yaml(study: Study) -> bytes:
    return study_file.to_yaml(Study(study.name, codebook=study.codebook)).encode()


def _csv(study: Study) -> bytes:
    rows = [
        (theme.name, theme.parent or "", theme.definition, *map("; ".join, (theme.cues, theme.include, theme.exclude)))
        for theme in study.codebook
    ]
    return spreadsheet.csv_of(pd.DataFrame(rows, columns=_COLUMNS))


def _qdc(study: Study) -> bytes:
    ElementTree.register_namespace("", _QDC)
    root = ElementTree.Element(f"{{{_QDC}}}CodeBook", origin="Customer research dashboard")
    codes = ElementTree.SubElement(root, f"{{{_QDC}}}Codes")
    elements: dict[str, ElementTree.Element] = {}
    left = list(study.codebook)
    while left:  # a parent is written before what stands below it
        ready = [theme for theme in left if theme.parent not in {each.name for each in left}]
        for theme in ready or left:
            above = elements.get(theme.parent or "", codes)
            guid = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{_QDC}/{theme.name}"))
            code = ElementTree.SubElement(above, f"{{{_QDC}}}Code", guid=guid, name=theme.name, isCodable="true")
            if theme.definition:
                ElementTree.SubElement(code, f"{{{_QDC}}}Description").text = theme.definition
            elements[theme.name] = code
        left = [theme for theme in left if theme.name not in elements]
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
