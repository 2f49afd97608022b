"""Who was forgotten, what was revoked, which roles ended: remembered outside of backups, as digests without a name.

A backup that was made before knows nothing of it. What is kept here is done again when one is restored, before it
serves. It stands in a file in the data folder and, of who was forgotten and what was erased, in the records too; where
two of them differ, everything that either says holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from dashboard.errors import ConfigurationError
from dashboard.intake.names import id_key, is_code, name_key
from dashboard.intake.people import Mention
from dashboard.records import installation, schema
from dashboard.records.store import Records
from dashboard.records.transaction import Transaction
from dashboard.workspace.access import Workspace

FILE = "ledger.json"
SETTING = "forgotten"
_ROUNDS = 2_000
Entry = dict[str, Any]
"""kind (person, study, share, version, role, member), study, at (ISO), salt, marks (digests)."""


def mark(salt: str, *what: str) -> str:
    """The digest of something, which nobody can read back."""
    text = "\n".join(what).encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha256", text, bytes.fromhex(salt), _ROUNDS).hex()[:32]


def marks_of(mention: Mention, digest: str, salt: str) -> set[str]:
    """The digests by which one mention of a person is known again. digest: of the bytes it stands in."""
    label = mention.label if mention.kind == "speaker" else mention.key.rpartition("/")[2]
    found = {mark(salt, digest, mention.kind, label)}
    names = [mention.name, mention.email.casefold(), *([] if is_code(mention.label) else [mention.label])]
    if mention.kind == "row" and id_key(mention.id) and not id_key(mention.id).isdecimal():
        found.add(mark(salt, "id", id_key(mention.id)))
    return found | {
        mark(salt, "name", name_key(name)) for name in names if len(name_key(name).split()) > 1 or "@" in name
    }


def person(study_id: str, mentions: Iterable[Mention], digests: Mapping[str, str], at: datetime) -> Entry:
    """The entry of a person who was forgotten. digests: source → the digest of its bytes before."""
    salt = secrets.token_hex(16)
    marks = sorted({each for one in mentions for each in marks_of(one, digests.get(one.source, ""), salt)})
    return {"kind": "person", "study": study_id, "at": at.isoformat(), "salt": salt, "marks": marks}


def study(study_id: str, at: datetime) -> Entry:
    """The entry of a study that was erased."""
    return {"kind": "study", "study": study_id, "at": at.isoformat(), "salt": "", "marks": []}


def note(transaction: Transaction, entries: Iterable[Entry]) -> None:
    """Keep who was forgotten in the records themselves."""
    there = installation.setting(transaction.connection, SETTING, [])
    installation.set_setting(transaction, SETTING, [*there, *entries])


def of_records(records: Records) -> list[Entry]:
    """Everything that one database says."""
    with records.read() as connection:
        entries = list(installation.setting(connection, SETTING, []))
        share, version, role, member = schema.share, schema.share_version, schema.role, schema.member
        for row in connection.execute(sa.select(share).where(share.c.revoked_at.is_not(None))):
            entries.append(_hidden("share", row.study_id, row.revoked_at, row.token))
        for row in connection.execute(sa.select(version).where(version.c.removed_at.is_not(None))):
            entries.append(_hidden("version", row.study_id, row.removed_at, row.id))
        for row in connection.execute(sa.select(role).where(role.c.removed_at.is_not(None))):
            entries.append(_hidden("role", "", row.removed_at, row.subject))
        for row in connection.execute(sa.select(member).where(member.c.removed_at.is_not(None))):
            entries.append(_hidden("member", row.study_id, row.removed_at, row.subject))
    return entries


def _hidden(kind: str, study_id: str, at: datetime, secret: str) -> Entry:
    salt = hashlib.sha256(f"{kind} {study_id} {at.isoformat()}".encode()).hexdigest()[:32]  # the same entry, twice
    return {"kind": kind, "study": study_id, "at": at.isoformat(), "salt": salt, "marks": [mark(salt, secret)]}


def of_folder(folder: Path) -> list[Entry]:
    """What the file in a data folder says; nothing where there is none. Raises ConfigurationError if damaged."""
    path = folder / FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as problem:
        raise ConfigurationError(
            f"“{path}” cannot be read, so nobody can say who was forgotten; put the file back or delete it knowingly."
        ) from problem
    return _united(found if isinstance(found, list) else [])


def keep(ws: Workspace) -> list[Entry]:
    """Write everything that file and records say into the file; what it says now."""
    return write(ws.settings.data_dir, [*of_folder(ws.settings.data_dir), *of_records(ws.records)])


def write(folder: Path, entries: Iterable[Entry]) -> list[Entry]:
    """Put these entries in place of the file."""
    found = _united(entries)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=".new-")  # readable by its owner alone
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(found, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, folder / FILE)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return found


def missing(entries: Iterable[Entry], there: Iterable[Entry]) -> list[Entry]:
    """What these say and those do not. By no time: what began before a backup may have ended after it."""
    known = {_key(each) for each in _united(there)}
    return [each for each in _united(entries) if _key(each) not in known]


def _united(entries: Iterable[Entry]) -> list[Entry]:
    wanted = {"kind", "study", "at", "salt", "marks"}
    good = [each for each in entries if isinstance(each, dict) and wanted <= each.keys()]
    unique = {_key(each): each for each in good}
    return sorted(unique.values(), key=lambda each: (each["at"], each["kind"], each["marks"]))


def _key(entry: Entry) -> tuple[Any, ...]:
    return entry["kind"], entry["study"], entry["at"], tuple(entry["marks"])
