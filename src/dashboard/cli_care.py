"""Commands that keep an installation: forget, retain, backup, restore, users, audit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboard.errors import ConfigurationError
from dashboard.settings import Settings

if TYPE_CHECKING:
    from dashboard.workspace.access import Workspace

Command = Callable[[str, Any, str], argparse.ArgumentParser]
Print = Callable[..., None]


def add(command: Command, show: Print) -> None:
    """Add these commands. show: prints rows, as JSON lines or in columns."""

    def care(name: str, run: Any, what: str) -> argparse.ArgumentParser:
        made = command(name, run, what)
        made.set_defaults(show=show)
        return made

    forget = care(
        "forget",
        _forget,
        "Say what forgetting a person would reach; with --yes, forget them in a study and its copies.",
    )
    forget.add_argument("--study-id", metavar="ID", required=True, help="the study")
    forget.add_argument("--participant", metavar="ID", required=True, help="the person, by the id on the pages")
    forget.add_argument("--also", metavar="NAME", action="append", default=[], help="another spelling of their name")
    forget.add_argument("--yes", action="store_true", help="do it; it cannot be undone")

    retain = care(
        "retain", _retain, "Erase studies and delete backups whose last day is past, and clear away the rest."
    )
    retain.add_argument("--dry-run", action="store_true", help="only say what would be done, and what comes soon")
    retain.add_argument("--study-id", metavar="ID", help="set until when this study is kept, with --until")
    retain.add_argument("--until", metavar="DATE", help="the last day, such as 2027-06-30, or never")

    backup = care("backup", _backup, "Write everything into one file, while others work.")
    backup.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    backup.add_argument("--parts", action="store_true", help="take computed files in too, which a build makes again")
    backup.add_argument("--keep-days", type=int, default=30, metavar="N", help="days it is kept (default: 30; 0: ever)")

    restore = care("restore", _restore, "Make a store of a backup, then forget, revoke and end again what was since.")
    restore.add_argument("file", type=Path, metavar="FILE", help="the backup")
    restore.add_argument("--into", type=Path, metavar="DIR", help="make a store of its own there (default: this one)")
    restore.add_argument("--replace", action="store_true", help="put it in place of the store that is there")

    users = care("users", _users, "List people, domains and groups with their roles; grant, end, or set members.")
    users.add_argument("--grant", nargs=2, metavar=("WHO", "ROLE"), help="ada@example.org researcher")
    users.add_argument("--end", metavar="WHO", help="take the role of a person, domain or group away")
    users.add_argument("--study-id", metavar="ID", help="list the members of this study, or set them with --members")
    users.add_argument("--members", nargs="*", metavar="WHO", help="exactly these; none: every researcher")

    audit = care("audit", _audit, "Print who did what when, the latest first.")
    audit.add_argument("--study-id", metavar="ID", help="of this study alone")
    audit.add_argument("--since", metavar="DATE", help="from this day on")
    audit.add_argument("--limit", type=int, default=1_000, metavar="N", help="at most so many lines (default: 1000)")
    audit.add_argument("--csv", action="store_true", help="print CSV")


def _opened(settings: Settings) -> Workspace:
    """Whoever has a shell on the machine has the machine."""
    from dashboard.workspace import User, open_workspace

    return open_workspace(settings, User("shell", role="admin"))


def _forget(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import forgetting

    ws = _opened(settings)
    about = (options.study_id, options.participant)
    found = (
        forgetting.forget(ws, *about, also=options.also)
        if options.yes
        else forgetting.preview(ws, *about, also=options.also)
    )
    rows = [
        {
            "study": reach.study,
            "done": options.yes,
            "file": file.name,
            "gone": file.gone,
            "turns": file.turns,
            "rows": file.rows,
            "codings": file.codings,
            "names": file.names,
        }
        for reach in found.reaches
        for file in reach.files
    ]
    options.show(rows, as_json=options.json)
    for sentence in forgetting.in_words(found, done=options.yes):
        print(sentence, file=sys.stderr)
    if not options.yes:
        print("Nothing was changed; say --yes to forget them.", file=sys.stderr)
    return 0


def _retain(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import retention

    ws = _opened(settings)
    if options.study_id:
        if not options.until:
            raise ConfigurationError("Say until when the study is kept, with --until 2027-06-30 or --until never.")
        retention.keep_until(ws, options.study_id, None if options.until == "never" else _day(options.until))
        options.show([{"study": options.study_id, "until": options.until}], as_json=options.json)
        return 0
    done = retention.retain(ws, dry_run=options.dry_run)
    what = "would be erased" if options.dry_run else "erased"
    rows: list[Mapping[str, Any]] = [_kept(each, what) for each in done.erased]
    rows += [_kept(each, "soon") for each in done.soon]
    gone = "would be deleted" if options.dry_run else "deleted"
    rows += [{"what": gone, "study": "", "name": f"backup {path}", "until": ""} for path in done.backups]
    options.show(rows, as_json=options.json)
    for each in done.erased:
        if each.copies:
            print(f"Copies of “{each.name}” are kept longer: {', '.join(each.copies)}.", file=sys.stderr)
    if done.problem:
        print(done.problem, file=sys.stderr)
    return 1 if done.problem else 0


def _kept(each: Any, what: str) -> dict[str, Any]:
    return {"what": what, "study": each.study, "name": each.name, "until": each.until.isoformat()}


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import backup

    made = backup.backup(_opened(settings), options.file, parts=options.parts, keep_days=options.keep_days)
    until = made.until.isoformat() if made.until else ""
    row = {"file": str(made.path), "bytes": made.size, "studies": made.studies, "sources": made.sources, "until": until}
    options.show([row], as_json=options.json)
    for digest in made.missing:
        print(f"The bytes of a source ({digest[:12]}…) are not in the store, nor in the backup.", file=sys.stderr)
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import backup

    if options.into is not None:
        settings = replace(settings, data_dir=options.into, database_url="")
    made = backup.restore(settings, options.file, replace_store=options.replace)
    row = {"into": str(made.folder), "made": made.made.isoformat(timespec="seconds"), "studies": made.studies}
    options.show([{**row, "sources": made.sources, "again": "; ".join(made.again)}], as_json=options.json)
    return 0


def _users(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import people_and_roles

    ws = _opened(settings)
    if options.grant:
        people_and_roles.grant(ws, *options.grant)
    if options.end:
        people_and_roles.end(ws, options.end)
    if options.study_id:
        if options.members is not None:
            people_and_roles.set_members(ws, options.study_id, options.members)
        of_study = [each for each in people_and_roles.memberships(ws) if each.study == options.study_id]
        rows = [
            {"study": each.study, "name": each.name, "member": member} for each in of_study for member in each.members
        ]
        options.show(rows, as_json=options.json)
        return 0
    granted = people_and_roles.grants(ws)
    listed = [
        {"who": each.subject, "role": each.role, "by": each.by, "at": each.at.date().isoformat()} for each in granted
    ]
    options.show(listed, as_json=options.json)
    return 0


def _audit(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import audit

    since = _day(options.since) if options.since else None
    found = audit.lines(_opened(settings), study_id=options.study_id, since=since, limit=max(1, options.limit))
    if options.csv:
        print(audit.to_csv(found), end="")
    elif options.json:
        print(audit.to_json(found), end="")
    else:
        rows: Iterable[Mapping[str, Any]] = [audit.as_mapping(line) for line in found]
        options.show(rows, as_json=False)
    return 0


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"“{text[:40]}” is no date; write it as 2027-06-30.") from None
