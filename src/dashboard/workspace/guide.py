"""The interview guide of a study: read it from a document or from lines, and set it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dashboard.errors import UnreadableFile
from dashboard.intake import guides
from dashboard.study import GuideQuestion
from dashboard.workspace import studies
from dashboard.workspace.access import Workspace

FORMATS = guides.FORMATS
LARGEST_MB = 20


def guide(ws: Workspace, study_id: str) -> tuple[GuideQuestion, ...]:
    """The questions of the study's guide, in order."""
    return studies.get(ws, study_id).guide


def as_lines(questions: Sequence[GuideQuestion]) -> str:
    """The guide as lines to edit: one question a line, under ``# Stage`` where it is placed at one."""
    return guides.to_lines(questions)


def read(ws: Workspace, study_id: str, data: bytes, name: str) -> tuple[GuideQuestion, ...]:
    """The questions in a document (DOCX, ODT, RTF, PDF, HTML or text), not stored yet. Raises UnreadableFile."""
    if len(data) > LARGEST_MB * 1_000_000:
        raise UnreadableFile(
            f"“{name}” has {len(data) / 1_000_000:.0f} MB, more than a guide of {LARGEST_MB} MB; give the text alone."
        )
    found = guides.read(data, name, stages=studies.get(ws, study_id).stages)
    return guides.numbered(found, before=guide(ws, study_id))


def set_lines(ws: Workspace, study_id: str, text: str, *, version: int) -> int:
    """Make these lines the guide; how many questions it has now. Questions that stay keep their ids.

    version: of the study when the lines were shown. Raises Conflict where somebody saved it since.
    """
    study = studies.get(ws, study_id)
    questions = guides.from_lines(text, stages=study.stages, before=study.guide)
    studies.save(ws, replace(study, guide=questions), version=version)
    return len(questions)
