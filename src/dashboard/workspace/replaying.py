"""Doing again, in a store that a backup brought back, what happened after the backup was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime

from dashboard.records import erasing, ledgered
from dashboard.workspace import forgetting, ledger, tidying
from dashboard.workspace.access import Workspace

_WORDS = {
    "person": "forgotten",
    "study": "erased",
    "share": "link revoked",
    "version": "version taken back",
    "role": "role ended",
    "member": "membership ended",
}


def replay(ws: Workspace, entries: Sequence[ledger.Entry]) -> tuple[str, ...]:
    """Forget, erase, revoke and end again what the ledger says; what was done, in words."""
    done: Counter[str] = Counter()
    with ws.records.begin(by=ws.user) as transaction:
        for entry in entries:
            match entry["kind"]:
                case "study" if ledgered.has_study(transaction, entry["study"]):
                    erasing.erase_study(transaction, entry["study"])
                    done["study"] += 1
                case "share" | "version" | "role" | "member" as kind:
                    done[kind] += ledgered.end(transaction, kind, _is(entry), _at(entry))
        kept = [each for each in entries if each["kind"] in ("person", "study")]
        if kept:
            ledger.note(transaction, kept)
    for entry in entries:
        if entry["kind"] == "person" and forgetting.again(ws, entry):
            done["person"] += 1
    if sum(done.values()):
        tidying.tidy(ws)
        erasing.clean(ws.records)
    return tuple(_said(kind, n) for kind, n in done.items() if n)


def _is(entry: ledger.Entry) -> Callable[[str], bool]:
    marks = set(entry["marks"])
    return lambda secret: ledger.mark(entry["salt"], secret) in marks


def _at(entry: ledger.Entry) -> datetime:
    return datetime.fromisoformat(entry["at"])


def _said(kind: str, n: int) -> str:
    if kind in ("person", "study"):
        things = {"person": ("person", "people"), "study": ("study", "studies")}[kind]
        return f"{n} {things[n > 1]} {_WORDS[kind]}"
    noun, _, verb = _WORDS[kind].partition(" ")
    return f"{n} {noun}{'s' if n > 1 else ''} {verb}"
