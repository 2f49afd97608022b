"""Memos and stars on quotes, themes and persons, and summaries of what one person says of one theme."""

from __future__ import annotations

from dashboard.errors import InvalidStudy
from dashboard.evidence.tables import Evidence
from dashboard.records import notes as kept
from dashboard.records.notes import Memo as Memo
from dashboard.records.notes import Summary as Summary
from dashboard.workspace import coding
from dashboard.workspace.access import Workspace

LONGEST = 5_000
"""Characters of a memo or a summary, at most."""


def memos(ws: Workspace, study_id: str) -> list[Memo]:
    """Every memo and star of a study; the latest first."""
    with ws.records.read() as connection:
        return kept.memos(connection, study_id)


def on_quotes(ws: Workspace, study_id: str) -> dict[str, tuple[bool, str]]:
    """Passage → whether this person starred it, and her memo on it; by its place at the time, which is quick."""
    return {
        f"{memo.anchor.source}.{memo.anchor.turn}.{memo.anchor.start}": (memo.starred, memo.text)
        for memo in memos(ws, study_id)
        if memo.anchor and memo.by == ws.user.name
    }


def note_quote(ws: Workspace, evidence: Evidence, passage: str, *, text: str, starred: bool) -> None:
    """Keep this person's memo and star on a quote, in place of those before; empty and not starred: neither."""
    about = kept.about_text(coding.anchor_of(evidence, passage))
    _note(ws, evidence.study.id, "quote", about, text=text, starred=starred)


def note_theme(ws: Workspace, study_id: str, theme: str, *, text: str, starred: bool) -> None:
    """The same for a theme. Raises InvalidStudy where the study has none of this name."""
    if theme not in ws.records.study(study_id).themes:
        raise InvalidStudy(f"The study has no theme “{theme}”; choose one of the codebook.")
    _note(ws, study_id, "theme", kept.about_text({"theme": theme}), text=text, starred=starred)


def note_person(ws: Workspace, study_id: str, participant: str, *, text: str, starred: bool) -> None:
    """The same for a participant."""
    _note(ws, study_id, "person", kept.about_text({"participant": participant}), text=text, starred=starred)


def write(ws: Workspace, study_id: str, memo: Memo, *, text: str, starred: bool) -> None:
    """Keep this person's word on the very thing that a memo is about."""
    _note(ws, study_id, memo.about_kind, memo.about, text=text, starred=starred)


def _note(ws: Workspace, study_id: str, kind: kept.MemoKind, about: str, *, text: str, starred: bool) -> None:
    with ws.records.begin(by=ws.user) as transaction:
        kept.note(transaction, study_id, kind, about, text=_short(text, "memo"), starred=starred)


def summaries(ws: Workspace, study_id: str) -> dict[tuple[str, str], Summary]:
    """(participant, theme) → the summary that holds."""
    with ws.records.read() as connection:
        return kept.summaries(connection, study_id)


def summarise(ws: Workspace, study_id: str, participant: str, theme: str, text: str) -> None:
    """Keep what a participant says of a theme in a researcher's words; empty: no summary any more."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.summarise(transaction, study_id, participant, theme, _short(text, "summary"))


def _short(text: str, what: str) -> str:
    if len(text.strip()) > LONGEST:
        raise InvalidStudy(f"This {what} has more than {LONGEST:,} characters; write a shorter one.")
    return text.strip()
