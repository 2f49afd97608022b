"""Forget a person: out of every source, decision, computed file, snapshot and cache, in a study and its copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from dashboard.errors import DashboardError, NotFound
from dashboard.intake.kept import kept
from dashboard.records import erasing, schema, shares
from dashboard.records.transaction import Transaction
from dashboard.workspace import backups, jobs, ledger, people_and_roles, tidying
from dashboard.workspace.access import Workspace
from dashboard.workspace.forgetting_plan import Everybody, Plan, correction_left, everybody, person_of, planned

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class Somebody:
    """One participant who can be forgotten. files: names of the files they stand in."""

    participant: str
    name: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """One file that forgetting reaches. gone: wholly. turns, rows, codings: of theirs; names: places where others
    name them."""

    name: str
    gone: bool
    turns: int = 0
    rows: int = 0
    codings: int = 0
    names: int = 0


@dataclass(frozen=True)
class Reach:
    """What forgetting takes in one study. records: what → how many go; changed: how many are rewritten.

    versions: shared versions that are taken back, since they may hold the person; links: how many links they stand
    behind. unread: files nobody can look into; doubtful: names that are ordinary words or other people's too, which
    stay where they are, with how often they stand in what was said. named_after: files that bear the person's name,
    though nothing in them is known to be theirs: say who speaks in them first.
    """

    study: str
    study_name: str
    participants: tuple[str, ...]
    files: tuple[File, ...]
    records: Mapping[str, int]
    changed: Mapping[str, int]
    versions: int
    links: int
    unread: tuple[str, ...]
    doubtful: tuple[tuple[str, int], ...]
    named_after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Held:
    """A backup that still holds the person. until: the last day on which it is kept; None: nobody said."""

    name: str
    made: date
    until: date | None


@dataclass(frozen=True)
class Outcome:
    """What is, or was, forgotten. names: as they are looked for. files: deleted afterwards, 0 in a preview."""

    names: tuple[str, ...]
    reaches: tuple[Reach, ...]
    backups: tuple[Held, ...]
    files: int = 0


class _NotYet(Exception):
    """Ends the transaction of a preview."""


def everyone(ws: Workspace, study_id: str) -> list[Somebody]:
    """Everybody in the study who can be forgotten, by id."""
    people_and_roles.check(ws)
    there = everybody(ws, study_id)
    names: dict[str, str] = {}
    files: dict[str, dict[str, None]] = {}
    for each in there.mentions:
        person = there.of[each.key]
        if each.name or each.email:
            names.setdefault(person, each.name or each.email)
        files.setdefault(person, {})[each.file] = None
    return [Somebody(person, names.get(person, ""), tuple(files[person])) for person in sorted(files)]


def preview(ws: Workspace, study_id: str, participant: str, *, also: Sequence[str] = ()) -> Outcome:
    """What forgetting somebody would reach; nothing changes. also: other spellings of the name. Raises NotFound."""
    people_and_roles.check(ws)
    plans = _plans(ws, study_id, participant, also)
    reaches: list[Reach] = []
    sources = {plan.study.id: _contents(plan, put=None) for plan in plans}
    try:
        with ws.records.begin(by=ws.user) as transaction:
            reaches = [_erased(transaction, plan, sources[plan.study.id]) for plan in plans]
            raise _NotYet
    except _NotYet:
        return _outcome(ws, plans, reaches)


def forget(
    ws: Workspace,
    study_id: str,
    participant: str,
    *,
    also: Sequence[str] = (),
    progress: Progress = lambda share, step: None,
) -> Outcome:
    """Forget somebody for good, in this study and its copies; what was reached.

    Stopped at any moment, the records hold the person wholly or not at all, and what is left of files is deleted by
    ``python -m dashboard retain``. Raises NotFound, and Conflict while something is being built.
    """
    people_and_roles.check(ws)
    tidying.check_quiet(ws)
    progress(0.0, "finding what speaks of this person")
    plans = _plans(ws, study_id, participant, also)
    return carry_out(ws, plans, progress=progress)


def carry_out(ws: Workspace, plans: Sequence[Plan], *, progress: Progress = lambda share, step: None) -> Outcome:
    """Forget whom these plans are of. Raises NotAllowed for anybody but an administrator."""
    people_and_roles.check(ws)
    built = [plan.study.id for plan in plans if ws.records.revision(plan.study.id) is not None]
    progress(0.3, "rewriting what is kept")
    sources = {plan.study.id: _contents(plan, put=ws.files.put) for plan in plans}
    at = ws.records.now()
    with ws.records.begin(by=ws.user) as transaction:
        reaches = [_erased(transaction, plan, sources[plan.study.id]) for plan in plans]
        ledger.note(transaction, [ledger.person(plan.study.id, plan.mentions, plan.digests, at) for plan in plans])
    ledger.keep(ws)
    tidying.empty_caches()
    problem: DashboardError | None = None
    try:
        for study_id in built:
            progress(0.5, "computing without this person")
            jobs.build_now(ws, study_id)
    except DashboardError as failed:  # what was forgotten is cleared away before it is said
        problem = failed
    progress(0.9, "clearing away what is left")
    files = tidying.tidy(ws)
    erasing.clean(ws.records)
    if problem is not None:
        raise problem
    progress(1.0, "done")
    return replace(_outcome(ws, plans, reaches), files=files)


def in_words(of: Outcome, *, done: bool = False) -> list[str]:
    """What is to be known besides files and numbers, a sentence each: what was not reached, what cannot be sure."""
    said = [f"Looked for: {', '.join(of.names)}." if of.names else "No name of this person is known."]
    for reach in of.reaches:
        where = f"“{reach.study_name}”: " if len(of.reaches) > 1 else ""
        if reach.versions:
            verb = "were taken back" if done else "will be taken back"
            said.append(f"{where}{reach.versions} shared {_s(reach.versions, 'version')} {verb}; publish again.")
        if n := reach.records.get("source_version"):
            verb = "were deleted" if done else "will be deleted"
            said.append(f"{where}{n} earlier {_s(n, 'version')} of files, which nobody can look through, {verb}.")
        if reach.named_after:
            files = ", ".join(f"“{name}”" for name in reach.named_after)
            said.append(f"{where}{files} bears their name, yet nobody in it is known to be them: say who speaks first.")
        if reach.doubtful:
            words = ", ".join(f"“{word}” ({n})" for word, n in reach.doubtful)
            said.append(f"{where}{words}: an ordinary word or somebody else's name too, so it stays unless you add it.")
        if reach.unread:
            files = ", ".join(f"“{name}”" for name in reach.unread)
            said.append(
                f"{where}{files} cannot be read: deleted if the raw file names them, else look into it yourself."
            )
    said.append("Nicknames, misspelt names and descriptions of a person cannot be found; read what others say of them.")
    for held in of.backups:
        until = f"until {held.until.isoformat()}" if held.until else "until somebody deletes it"
        said.append(f"The backup “{held.name}” of {held.made.isoformat()} may hold them {until}.")
    return said


def _s(n: int, noun: str) -> str:
    return noun if n == 1 else noun + "s"


def again(ws: Workspace, entry: ledger.Entry) -> bool:
    """Forget whom an entry of the ledger is of, where a restored backup brought them back; whether it did."""
    if entry["study"] not in {row.id for row in ws.records.studies()}:
        return False
    there = everybody(ws, entry["study"])
    marks = set(entry["marks"])
    keys = [
        each.key
        for each in there.mentions
        if not marks.isdisjoint(ledger.marks_of(each, there.rows[each.source].digest, entry["salt"]))
    ]
    if not keys:
        return False
    carry_out(ws, [planned(ws, there, keys)])
    return True


def _plans(ws: Workspace, study_id: str, participant: str, also: Sequence[str]) -> list[Plan]:
    """The study first, then its copies: studies with some of the same files, in which the same mentions stand."""
    there = everybody(ws, study_id)
    keys = [key for key, person in there.of.items() if person == participant]
    known = {row.participant for row in (*ws.records.identities(study_id), *there.study.identities)}
    if not keys and participant not in known:
        raise NotFound(f"There is nobody called “{participant[:60]}” in this study; choose a person from the list.")
    first = planned(ws, there, keys, participants=[participant], also=also)
    marks = {_place(first.digests[each.source], each.kind, each.key) for each in first.mentions}
    names = (*also, *first.names.sure)
    found = [first]
    with ws.records.read() as connection:
        held = erasing.digests(connection)
    here = held.pop(study_id, set())
    for other in sorted(study for study in held if not here.isdisjoint(held[study])):
        copy = everybody(ws, other)
        same = _same(copy, marks)
        if same:
            found.append(planned(ws, copy, same, also=names))
    return found


def _same(copy: Everybody, marks: Collection[tuple[str, str, str]]) -> list[str]:
    return [
        each.key
        for each in copy.mentions
        if _place(copy.rows[each.source].digest, each.kind, each.key) in marks
    ]  # fmt: skip


def _place(digest: str, kind: str, key: str) -> tuple[str, str, str]:
    return digest, kind, key.partition("/")[2]


def _contents(plan: Plan, *, put: Callable[[bytes], str] | None) -> dict[str, erasing.NewBytes | None]:
    """What each changed source becomes. put: keeps bytes and returns their digest; None: nothing is kept."""
    found: dict[str, erasing.NewBytes | None] = {}
    for source, each in plan.changed.items():
        if each.left is None:
            found[source] = None
            continue
        data = kept(each.left.parsed)
        correction = correction_left(plan, each.row.correction, source)
        found[source] = erasing.NewBytes(each.name, put(data) if put else "", len(data), correction)
    return found


def _erased(transaction: Transaction, plan: Plan, sources: Mapping[str, erasing.NewBytes | None]) -> Reach:
    study_id = plan.study.id
    done = erasing.erase_person(transaction, study_id, person_of(plan, sources))
    table = schema.share_version
    there = sa.select(table.c.id, table.c.token).where(table.c.study_id == study_id, table.c.removed_at.is_(None))
    versions = transaction.connection.execute(there).all()
    for version, _ in versions:
        shares.remove_version(transaction, version)
    gone = Counter({what: n for what, n in done.items() if not what.endswith(" changed")})
    changed = {what.removesuffix(" changed"): n for what, n in done.items() if what.endswith(" changed")}
    files = []
    for each in plan.changed.values():
        left = each.left
        counts = (left.turns, left.rows, left.codings, left.names) if left else (0, 0, 0, 0)
        files.append(File(each.row.name, left is None, *counts))
    return Reach(
        study_id,
        plan.study.name,
        tuple(sorted(plan.participants)),
        tuple(sorted(files, key=lambda file: (not file.gone, file.name))),
        dict(gone),
        changed,
        len(versions),
        len({token for _, token in versions}),
        plan.unread,
        plan.names.doubtful,
        tuple(
            each.row.name
            for each in plan.changed.values()
            if each.left is not None
            and not (each.left.turns or each.left.rows)
            and each.left.parsed.turns
            and each.name != each.row.name
        ),
    )


def _outcome(ws: Workspace, plans: Sequence[Plan], reaches: Sequence[Reach]) -> Outcome:
    names = tuple(dict.fromkeys(name for plan in plans for name in (*plan.names.sure, *plan.names.parts)))
    held = tuple(Held(each.name, each.made.date(), each.until) for each in backups.known(ws))
    return Outcome(names, tuple(reaches), held)
