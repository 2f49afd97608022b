"""What the records hand out: frozen rows, times in UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from dashboard.study import Correction

StudyState = Literal["active", "archived", "deleted"]
JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Taken = Literal["new", "same", "new version"]

STUDY_STATES: tuple[StudyState, ...] = ("active", "archived", "deleted")
UNFINISHED: tuple[JobState, ...] = ("queued", "running")

LEASE = timedelta(seconds=60)
"""A job that has not been heard of for longer than this counts as dead and may be claimed by another process."""


@dataclass(frozen=True)
class User:
    """Who acts. role: viewer, researcher or admin.

    issuer, subject: who signed in, as the provider of sign-in knows them; "" for whoever works on this machine itself.
    email: "" unless the provider says that it was verified. expires_at: when the sign-in ends.
    """

    name: str
    email: str = ""
    role: str = "researcher"
    issuer: str = ""
    subject: str = ""
    groups: tuple[str, ...] = ()
    expires_at: datetime | None = None

    @property
    def known_as(self) -> str:
        """What stands in the audit trail: the e-mail address where there is one, else the name."""
        return self.email or self.name


@dataclass(frozen=True)
class StudyRow:
    """One study in the list of studies.

    version: rises with every change to the study itself. decisions_version: rises with every transaction that touches
    decisions, people, corrections or the study.
    """

    id: str
    name: str
    state: StudyState
    version: int
    decisions_version: int
    created_at: datetime
    changed_at: datetime


@dataclass(frozen=True)
class SourceRow:
    """One source: an id of its own, and the digest and size (in bytes) of its newest version.

    correction: what was corrected on the pages; what the study's own file corrects stands in the study.
    """

    id: str
    study_id: str
    name: str
    digest: str
    size: int
    added_at: datetime
    removed_at: datetime | None = None
    correction: Correction = field(default_factory=Correction)


@dataclass(frozen=True)
class Revision:
    """The parts (file names) that the evidence of a study is made of.

    number: 1 for the first of a study. coder, inputs: digests of the coder, and of what it was all computed from.
    """

    id: str
    study_id: str
    number: int
    parts: tuple[str, ...]
    coder: str
    inputs: str
    created_at: datetime


@dataclass(frozen=True)
class JobRow:
    """One piece of long work. progress: 0 to 1. cancel: a person asked for it to stop. pid: the process that works."""

    id: str
    study_id: str
    kind: str
    state: JobState
    progress: float
    step: str
    error: str
    cancel: bool
    heartbeat_at: datetime
    created_at: datetime
    finished_at: datetime | None
    by: str
    pid: int | None

    def alive(self, now: datetime) -> bool:
        """Whether it is waiting or at work, and was heard of within the lease."""
        return self.state in UNFINISHED and now - self.heartbeat_at <= LEASE


@dataclass(frozen=True)
class AuditRow:
    """One line of the audit trail: who did what to which study and thing. It holds no customer's text."""

    id: int
    at: datetime
    by: str
    action: str
    study_id: str
    subject: str
