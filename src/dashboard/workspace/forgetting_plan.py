"""What forgetting a person takes, study by study: which sources change and how, and what becomes of every anchor."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.errors import DashboardError, NotFound
from dashboard.evidence.build import read_all
from dashboard.evidence.people import WhoIsWho, all_mentions, identities_of, is_of
from dashboard.evidence.reading import Reading, rows_of, summary_of, turns_of
from dashboard.intake.isolated import limits_of
from dashboard.intake.names import is_code, is_full_name, is_generic
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.people import Mention, assign
from dashboard.intake.taken_out import Left, taken_out
from dashboard.intake.traces import Traces, moved, runs_of
from dashboard.records import anchors, erasing
from dashboard.records.rows import SourceRow
from dashboard.sharing.ordinary import is_english
from dashboard.study import Anchor, Correction, SpeakerCorrection, Study
from dashboard.study_mapping import from_mapping, to_mapping
from dashboard.workspace.access import Workspace

_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_FIXED_KEY = re.compile(r"[a-z_]+")
_MOST_MEMBER = 200_000_000


@dataclass(frozen=True)
class Names:
    """How a person is named. sure: whole names, e-mail addresses. parts: single names. doubtful: single names that are
    ordinary words or somebody else's as well, with how often they stand in the study: left as they are.
    """

    sure: tuple[str, ...]
    parts: tuple[str, ...]
    doubtful: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Changed:
    """A source that speaks of the person. left: what remains, None: nothing does. texts: turn → its text before."""

    row: SourceRow
    left: Left | None
    name: str
    texts: Mapping[int, str]


@dataclass(frozen=True)
class Plan:
    """What forgetting takes in one study. mentions: of the person. unread: sources nobody can look into."""

    study: Study
    participants: frozenset[str]
    mentions: tuple[Mention, ...]
    names: Names
    traces: Traces
    written: Traces
    loose: Traces
    changed: Mapping[str, Changed]
    unread: tuple[str, ...]
    digests: Mapping[str, str]


@dataclass(frozen=True)
class Everybody:
    """All sources of a study, removed ones too, as they are read, and who is who in them."""

    study: Study
    rows: Mapping[str, SourceRow]
    readings: tuple[Reading, ...]
    mentions: tuple[Mention, ...]
    of: Mapping[str, str]


def everybody(ws: Workspace, study_id: str) -> Everybody:
    """Everybody that any source of a study speaks of."""
    study = ws.records.study(study_id)
    rows = ws.records.sources(study_id, removed=None)
    readings = tuple(read_all(study, rows, parts=ws.parts, files=ws.files, limits=limits_of(ws.settings)))
    mentions = tuple(all_mentions(readings, ws.parts))
    who = WhoIsWho(ws.records.identities(study_id), ws.records.parted(study_id))
    of = assign(mentions, identities=identities_of(study, who, readings, ws.parts), parted=who.parted)
    return Everybody(study, {row.id: row for row in rows}, readings, mentions, of)


def planned(
    ws: Workspace,
    there: Everybody,
    keys: Collection[str],
    *,
    participants: Collection[str] = (),
    also: Sequence[str] = (),
) -> Plan:
    """What forgetting the person of these mentions takes. also: further spellings of their name."""
    ids = {there.of[key] for key in keys if key in there.of} | set(participants)
    mentions = tuple(each for each in there.mentions if there.of.get(each.key) in ids)
    if not mentions and not ids:
        raise NotFound("There is nobody of this id in the study (any more); choose a person from the list.")
    parsed = {
        each.source: replace(
            summary_of(each, ws.parts).parsed, turns=turns_of(each, ws.parts), rows=rows_of(each, ws.parts)
        )
        for each in there.readings
    }
    theirs, others = _said(mentions, parsed)
    names = _names(there, mentions, ids, also, [*theirs, *others])
    traces = Traces(names.sure, names.parts, runs_of(theirs, but=others) if theirs else frozenset())
    codes = tuple(each for each in ids if is_code(each))
    written = replace(traces, names=(*names.sure, *codes))
    loose = replace(traces, names=(*names.sure, *names.parts))
    changed: dict[str, Changed] = {}
    unread = []
    for row in there.rows.values():
        own = [each for each in mentions if each.source == row.id]
        name = loose.unnamed(row.name)
        if row.id not in parsed:
            unread.append(row.name)
            if loose.named(row.name) or _bytes_say(ws, row, loose):
                changed[row.id] = Changed(row, None, name, {})
            continue
        before = parsed[row.id]
        left = _left(before, own, traces, [each.id for each in mentions])
        if left.parsed == before and name == row.name and not own and not _bytes_say(ws, row, traces):
            continue
        texts = {turn.index: turn.text for turn in before.turns}
        changed[row.id] = Changed(row, None if left.empty else left, name, texts)
    digests = {row.id: row.digest for row in there.rows.values()}
    return Plan(
        there.study, frozenset(ids), mentions, names, traces, written, loose, changed, tuple(unread), digests
    )  # fmt: skip


def person_of(plan: Plan, sources: Mapping[str, erasing.NewBytes | None]) -> erasing.Person:
    """What erasing in the records needs. sources: what the changed sources become."""
    return erasing.Person(
        plan.participants,
        frozenset(each.key for each in plan.mentions),
        sources,
        _study(plan),
        lambda anchor: _anchor(plan, anchor),
        plan.written.without,
        lambda passage: _passage(plan, passage),
    )


def correction_left(plan: Plan, correction: Correction, source: str) -> Correction:
    """What still is to be corrected in a source whose corrections were kept with what was read of it."""
    theirs = {each.label for each in plan.mentions if each.source == source and each.kind == "speaker"}
    speakers = {
        plan.loose.unnamed(each.name or label): SpeakerCorrection(each.role, each.participant)
        for label, each in correction.speakers.items()
        if (each.name or label) not in theirs and each.participant not in plan.participants
    }
    kept = {label: each for label, each in speakers.items() if each != SpeakerCorrection()}
    return Correction(
        speakers=kept,
        date=correction.date,
        recording=plan.loose.unnamed(correction.recording) if correction.recording else None,
        language=correction.language,
    )


# ---------------------------------------------------------------- names and words


def _said(mentions: Iterable[Mention], parsed: Mapping[str, ParsedSource]) -> tuple[list[str], list[str]]:
    """What they said, and what everybody else did."""
    mine = {
        (each.source, each.kind, each.label if each.kind == "speaker" else each.key.rpartition("/")[2])
        for each in mentions
    }
    theirs: list[str] = []
    others: list[str] = []
    for source, of in parsed.items():
        kind = "row" if of.kind == "survey" else "speaker"
        for turn in of.turns:
            own = turn.role == "participant" and (source, kind, turn.speaker or "") in mine
            (theirs if own else others).append(turn.text)
    return theirs, others


def _names(
    there: Everybody, mentions: Sequence[Mention], ids: Collection[str], also: Sequence[str], texts: Sequence[str]
) -> Names:
    full = [name for each in mentions for name in (each.name, each.label, each.id) if name and is_full_name(name)]
    full += [each for each in ids if is_full_name(each)]
    single = [each.label for each in mentions if each.label and not is_generic(each.label) and not is_code(each.label)]
    single += [each.name for each in mentions if each.name]
    mails = [each.email for each in mentions if each.email] + [each for each in ids if "@" in each]
    named = [each.strip() for each in also if each.strip()]
    own = {each.key for each in mentions}
    others = {
        word.casefold()
        for each in there.mentions
        if each.key not in own
        for name in (each.name, each.label)
        for word in _WORD.findall(name)
    }
    candidates = [
        word for name in [*full, *single] for word in _WORD.findall(name) if len(word) > 1 and word[0].isupper()
    ]
    parts: list[str] = []
    doubtful: dict[str, int] = {}
    counts = Counter(word for text in texts for word in _WORD.findall(text))
    for word in dict.fromkeys(candidates):
        if any(word.casefold() == each.casefold() for each in named):
            continue
        ordinary = is_english(word) and counts[word.casefold()] > 0
        if word.casefold() in others or ordinary:
            doubtful[word] = counts[word] + counts[word.casefold()]
        else:
            parts.append(word)
    sure = tuple(dict.fromkeys([*full, *mails, *named]))
    return Names(sure, tuple(parts), tuple((word, n) for word, n in doubtful.items() if n))


def _left(parsed: ParsedSource, own: Sequence[Mention], traces: Traces, ids: Sequence[str]) -> Left:
    labels = [each.label for each in own if each.kind == "speaker"]
    numbers = [int(each.key.rpartition("/")[2]) for each in own if each.kind == "row"]
    return taken_out(parsed, traces, labels=labels, numbers=numbers, ids=ids)


def _bytes_say(ws: Workspace, row: SourceRow, traces: Traces) -> bool:
    """Whether the bytes of a source name the person where no reader looks: a note in a margin, another sheet."""
    try:
        data = ws.files.get(row.digest)
    except DashboardError:
        return False
    if traces.in_bytes(data):
        return True
    if not data.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [each for each in archive.infolist() if each.file_size <= _MOST_MEMBER]
            return any(traces.in_bytes(archive.read(each)) for each in members)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        return False


# ---------------------------------------------------------------- what stands where


def _anchor(plan: Plan, anchor: Anchor) -> Anchor | None:
    source = plan.changed.get(anchor.source)
    if source is None and anchor.source in plan.digests:
        return anchor
    span = anchors.attach(anchor, source.texts) if source else None
    if span is None:  # detached before, and so it stays
        if plan.traces.quoted(anchor.text) or (source is not None and source.left is None):
            return None
        text = plan.traces.unnamed(anchor.text)
        return replace(
            anchor, text=text, before=plan.traces.without(anchor.before), after=plan.traces.without(anchor.after)
        )
    assert source is not None
    if source.left is None or span.turn not in source.left.moved:
        return None
    turn, marks = source.left.moved[span.turn], source.left.marks.get(span.turn, ())
    start, end = moved(span.start, marks), moved(span.end, marks, end=True)
    return anchors.make(anchor.source, turn, source.left.parsed.turns[turn].text, start, end)


def _passage(plan: Plan, passage: str) -> str | None:
    source, turn, start = passage.rsplit(".", 2)
    changed = plan.changed.get(source)
    if changed is None:
        return passage
    if changed.left is None or int(turn) not in changed.left.moved:
        return None
    marks = changed.left.marks.get(int(turn), ())
    return f"{source}.{changed.left.moved[int(turn)]}.{moved(int(start), marks)}"


def _study(plan: Plan) -> Study:
    """The study without the person: who is who, corrections, examples, and every text."""
    study, traces = plan.study, plan.written
    keys = {each.key for each in plan.mentions}
    ids = {each.row.name: each.row.id for each in plan.changed.values()}
    renamed = {each.row.name: each.name for each in plan.changed.values()}
    identities = tuple(
        replace(each, mentions=tuple(_renamed(key, renamed) for key in each.mentions if not is_of(key, keys, ids)))
        for each in study.identities
        if each.participant not in plan.participants
    )
    corrections = {}
    for name, correction in study.corrections.items():
        source = ids.get(name, name)
        own = plan.changed.get(source)
        if own is not None and own.left is None:
            continue
        corrections[renamed.get(name, name)] = correction_left(plan, correction, source) if own else correction
    codebook = tuple(
        replace(
            theme,
            cues=tuple(cue for cue in theme.cues if not traces.named(cue)),
            include=tuple(each for each in theme.include if traces.without(each) == each),
            exclude=tuple(each for each in theme.exclude if traces.without(each) == each),
        )
        for theme in study.codebook
    )
    interviewers = tuple(each for each in study.interviewers if not traces.named(each))
    changed = replace(
        study, identities=identities, corrections=corrections, codebook=codebook, interviewers=interviewers
    )
    return replace(from_mapping(_without(to_mapping(changed), traces), name=study.name), id=study.id)


def _without(value: Any, traces: Traces) -> Any:
    """The document without the person; its own words, which are its keys, stay."""
    if isinstance(value, str):
        return traces.without(value)
    if isinstance(value, Mapping):
        return {
            key if _FIXED_KEY.fullmatch(str(key)) else traces.without(str(key)): _without(item, traces)
            for key, item in value.items()
        }
    return [_without(item, traces) for item in value] if isinstance(value, list | tuple) else value


def _renamed(mention: str, names: Mapping[str, str]) -> str:
    kind, _, rest = mention.partition(" ")
    for old, new in names.items():
        if rest.startswith(old + "/"):
            return f"{kind} {new}{rest[len(old) :]}"
    return mention
