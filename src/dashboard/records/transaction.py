"""One transaction on the records: every write there is, each with its line in the audit trail."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from dashboard.errors import Conflict, NotFound
from dashboard.records import cards, changes, copying, findings, notes, reading, schema, views, who, work
from dashboard.records.anchors import anchor_to_mapping
from dashboard.records.rows import (
    STUDY_STATES,
    UNFINISHED,
    JobRow,
    JobState,
    Revision,
    SourceRow,
    StudyRow,
    StudyState,
    Taken,
    User,
)
from dashboard.study import Correction, Decision, DecisionKind, Identity, Study
from dashboard.study_file import check
from dashboard.study_mapping import correction_from_mapping, correction_to_mapping, to_mapping

_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Transaction:
    """What can be written; made by ``Records.begin`` alone.

    The first write to a study locks its row, so that two writers of one study follow each other. The first write that
    touches decisions, people, corrections or the study itself raises its decisions version, once.
    """

    def __init__(self, connection: sa.Connection, *, by: User, at: datetime) -> None:
        self._connection, self._by, self._at = connection, by, at
        self._raised: set[str] = set()

    # ------------------------------------------------------------ studies

    def create_study(self, study: Study) -> str:
        """The id of a new study. Raises InvalidStudy where it does not hold together."""
        check(study)
        study_id = self._new_id(schema.study, "study", study.name)
        values = {"id": study_id, "name": study.name, "state": "active", "document": to_mapping(study)}
        times = {"created_at": self._at, "changed_at": self._at}
        self._connection.execute(sa.insert(schema.study).values(**values, **times, version=1, decisions_version=1))
        self._raised.add(study_id)
        self.audit("create study", study_id)
        return study_id

    def save_study(self, study: Study, *, version: int) -> int:
        """The study's new version. version: the one that the changes were made on.

        Raises Conflict where that is not the present one any more, InvalidStudy where the study does not hold together.
        """
        check(study)
        row = self.touch(study.id)
        if row.version != version:
            raise Conflict(
                f"The study “{row.name}” was changed by somebody else in the meantime; reload it and make your "
                "changes again."
            )
        changes.record(self, study.id, reading.study(self._connection, study.id).codebook, study.codebook)
        self._set_study(study.id, name=study.name, document=to_mapping(study), version=version + 1)
        self.audit("change study", study.id)
        return version + 1

    def set_state(self, study_id: str, state: StudyState) -> None:
        """Archive, delete (nothing is erased) or restore a study."""
        if state not in STUDY_STATES:
            raise ValueError(state)
        self.touch(study_id)
        self._set_study(study_id, state=state)
        self.audit(f"study {state}", study_id)

    def duplicate_study(self, study_id: str, name: str) -> str:
        """The id of a copy: the study, its sources with their corrections, who is who, the decisions that hold, and
        what was learned.
        """
        reading.study_row(self._connection, study_id, lock=True)
        document = reading.study(self._connection, study_id)
        copy_id = self.create_study(copying.renamed(document, name))
        ids: dict[str, str] = {}
        for source in reading.sources(self._connection, study_id):
            ids[source.id] = self._insert_source(copy_id, source)
        copying.copy_document(self._connection, copy_id, ids)
        copying.copy_people(self._connection, study_id, copy_id, ids)
        copying.copy_decisions(self._connection, study_id, copy_id, ids)
        copying.copy_learned(self._connection, study_id, copy_id, ids)
        self.audit("duplicate study", study_id, copy_id)
        return copy_id

    # ------------------------------------------------------------ sources

    def add_source(self, study_id: str, name: str, digest: str, size: int) -> tuple[str, Taken]:
        """The source that these bytes are now, and whether it is new, there already, or a new version of one.

        The same bytes are the same source, whatever their name. Other bytes under the name of a source are its new
        version. The bytes of a source that was removed bring it back.
        """
        reading.study_row(self._connection, study_id, lock=True)
        self._set_study(study_id, changed_at=self._at)
        name = name.encode("utf-8", "replace").decode()  # a file name may hold what is no text
        rows = reading.sources_like(self._connection, study_id, name=name, digest=digest)
        there = [row for row in rows if row.removed_at is None]
        if same := next((row for row in there if row.digest == digest), None):
            return same.id, "same"
        if older := next((row for row in there if row.name == name), None):
            self._set_source(older.id, digest=digest, size=size)
            self._add_version(older.id, digest, size)
            self.audit("new version of source", study_id, older.id)
            return older.id, "new version"
        gone = [row for row in rows if row.removed_at is not None and row.digest == digest]
        if gone:
            back = next((row for row in gone if row.name == name), gone[-1])
            self.restore_source(study_id, back.id)
            return back.id, "new"
        source_id = self._insert_source(study_id, SourceRow("", study_id, name, digest, size, self._at))
        self.audit("add source", study_id, source_id)
        return source_id, "new"

    def remove_source(self, study_id: str, source_id: str) -> None:
        """Take a source out of the study; it can be restored with everything that was decided on it."""
        self.touch(study_id)
        self._source(study_id, source_id)
        self._set_source(source_id, removed_at=self._at)
        self.audit("remove source", study_id, source_id)

    def restore_source(self, study_id: str, source_id: str) -> None:
        """Put a removed source back. Raises Conflict where its name or bytes have been added again since."""
        self.touch(study_id)
        source = self._source(study_id, source_id)
        alike = reading.sources_like(self._connection, study_id, name=source.name, digest=source.digest)
        for other in alike:
            if other.id != source_id and other.removed_at is None:
                raise Conflict(
                    f"The source “{other.name}” has been added again since; remove it before restoring this one."
                )
        self._set_source(source_id, removed_at=None)
        self.audit("restore source", study_id, source_id)

    def correct(self, study_id: str, source_id: str, correction: Correction) -> None:
        """Put a correction in place of what was corrected in this source before. Raises InvalidStudy."""
        mapping = correction_to_mapping(correction)
        correction_from_mapping(mapping)  # nothing is kept that could not be read again
        self.touch(study_id)
        self._source(study_id, source_id)
        self._set_source(source_id, correction=mapping)
        self.audit("correct source", study_id, source_id)

    # ------------------------------------------------------------ people

    def identify(self, study_id: str, identity: Identity) -> None:
        """Say that these mentions are this participant, besides those that are; consent, where given, is replaced.

        A mention that was somebody else's is not any more; pairs among the participant's mentions are parted no longer.
        """
        self.touch(study_id)
        number = who.identify(self._connection, study_id, identity)
        self.audit("identify participant", study_id, str(number))

    def part(self, study_id: str, keys: Sequence[str]) -> None:
        """Say that these mentions, taken for one person, are each another; identities that join two of them end."""
        self.touch(study_id)
        who.part(self._connection, study_id, keys)
        self.audit("part participants", study_id)

    def forget(self, study_id: str, keys: Sequence[str]) -> None:
        """Take back what persons said of these mentions; they are matched as if nobody had spoken."""
        self.touch(study_id)
        who.forget(self._connection, study_id, keys)
        self.audit("forget who is who", study_id)

    # ------------------------------------------------------------ decisions

    def decide(self, study_id: str, decision: Decision) -> int:
        """The id of what a person decided, now."""
        self.touch(study_id)
        values = {
            "study_id": study_id, **anchor_to_mapping(decision.anchor), "kind": decision.kind,
            "value": decision.value, "status": decision.status, "coder": decision.coder,
            "adjudicated": decision.adjudicated, "at": self._at,
        }  # fmt: skip
        number = self.insert(schema.decision, values)
        self.audit("decide", study_id, str(number))
        return number

    def withdraw(self, study_id: str, decision_id: int) -> None:
        """Take one decision back: what its coder said before on the same span, kind and value holds again."""
        self.touch(study_id)
        table = schema.decision.c
        mine = sa.and_(table.id == decision_id, table.study_id == study_id, table.withdrawn_at.is_(None))
        changed = self._connection.execute(sa.update(schema.decision).where(mine).values(withdrawn_at=self._at))
        if not changed.rowcount:
            raise NotFound("This decision is not there any more; reload the page.")
        self.audit("withdraw decision", study_id, str(decision_id))

    def rename_value(self, study_id: str, kind: DecisionKind, old: str, new: str) -> None:
        """Let decisions, findings, memos and cards follow a theme or stage to its new name."""
        self.touch(study_id)
        if kind == "theme":
            changes.follow(self, study_id, old, new)
        else:
            table = schema.decision.c
            mine = sa.and_(table.study_id == study_id, table.kind == kind, table.value == old)
            self._connection.execute(sa.update(schema.decision).where(mine).values(value=new))
        self.follow(study_id, kind, old, new)
        self.audit(f"rename {kind}", study_id)

    def follow(self, study_id: str, kind: str, old: str, new: str) -> None:
        """Let findings, memos, saved views and cards follow a theme, stage or segment to its new name."""
        for rename in (findings.rename, notes.rename, views.rename, cards.rename):
            rename(self._connection, study_id, kind, old, new)

    # ------------------------------------------------------------ what was computed

    def add_revision(self, study_id: str, *, parts: Sequence[str], coder: str, inputs: str) -> Revision:
        """The study's next revision, made of these parts."""
        reading.study_row(self._connection, study_id, lock=True)
        latest = reading.latest(self._connection, study_id)
        number = latest.number + 1 if latest else 1
        revision = Revision(uuid4().hex, study_id, number, tuple(parts), coder, inputs, self._at)
        self._connection.execute(sa.insert(schema.revision).values(**{**vars(revision), "parts": list(parts)}))
        self.audit("add revision", study_id, str(number))
        return revision

    # ------------------------------------------------------------ long work

    def add_job(self, study_id: str, kind: str) -> str:
        """The id of a new job, or of the living one of this kind: waiting or at work, and heard of within its lease."""
        if running := self.running_job(study_id, kind):
            return running.id
        job_id = work.add(self._connection, study_id, kind, by=self._by.known_as, at=self._at)
        self.audit(f"start {kind}", study_id, job_id)
        return job_id

    def running_job(self, study_id: str, kind: str) -> JobRow | None:
        """The living job of this kind; until this transaction ends, no other adds one."""
        reading.study_row(self._connection, study_id, lock=True)
        jobs = reading.jobs(self._connection, *UNFINISHED, study_id=study_id)
        return next((job for job in jobs if job.kind == kind and job.alive(self._at)), None)

    def claim_job(self, job_id: str, pid: int) -> JobRow:
        """The job, now this process's. Raises Conflict where it is finished or another process works on it."""
        job = work.claim(self._connection, job_id, pid, at=self._at)
        self.audit(f"claim {job.kind}", job.study_id, job_id)
        return job

    def beat(self, job_id: str, progress: float, step: str, *, pid: int | None = None) -> JobRow:
        """The job, heard of now; not audited. Raises Conflict where it is not this process's (pid) any more."""
        return work.beat(self._connection, job_id, progress, step, pid=pid, at=self._at)

    def finish_job(self, job_id: str, state: JobState, error: str = "", *, pid: int | None = None) -> JobRow:
        """The job, finished. Raises Conflict where it was finished before, or is not this process's (pid) any more."""
        job = work.finish(self._connection, job_id, state, error, pid=pid, at=self._at)
        self.audit(f"{job.kind} {state}", job.study_id, job_id)
        return job

    def request_cancel(self, job_id: str) -> None:
        """Ask a job to stop; one that no process works on is cancelled at once."""
        job = work.request_cancel(self._connection, job_id, at=self._at)
        self.audit(f"cancel {job.kind}", job.study_id, job_id)

    # ------------------------------------------------------------ beneath

    @property
    def connection(self) -> sa.Connection:
        """What the modules beside this one write over."""
        return self._connection

    @property
    def at(self) -> datetime:
        """The time of everything that is written in this transaction."""
        return self._at

    @property
    def by(self) -> str:
        """Who writes, as it stands beside what is written."""
        return self._by.name

    def audit(self, action: str, study_id: str, subject: str = "") -> None:
        """Leave a line in the audit trail. subject: an id or a number, never a customer's words."""
        values = {"at": self._at, "by": self._by.known_as, "action": action, "study_id": study_id, "subject": subject}
        self._connection.execute(sa.insert(schema.audit).values(**values))

    def touch(self, study_id: str) -> StudyRow:
        """Lock the study and raise its decisions version, once in this transaction."""
        row = reading.study_row(self._connection, study_id, lock=True)
        if study_id not in self._raised:
            self._raised.add(study_id)
            self._set_study(study_id, decisions_version=row.decisions_version + 1, changed_at=self._at)
        return row

    def lock(self, study_id: str) -> None:
        """Lock the study and mark it as changed, where no number changes: its decisions version stays."""
        reading.study_row(self._connection, study_id, lock=True)
        self._set_study(study_id, changed_at=self._at)

    def _set_study(self, study_id: str, **values: Any) -> None:
        self._connection.execute(sa.update(schema.study).where(schema.study.c.id == study_id).values(**values))

    def _source(self, study_id: str, source_id: str) -> SourceRow:
        source = reading.source(self._connection, source_id)
        if source.study_id != study_id:
            raise NotFound("This source is not in the study any more; reload the list of sources.")
        return source

    def _set_source(self, source_id: str, **values: Any) -> None:
        self._connection.execute(sa.update(schema.source).where(schema.source.c.id == source_id).values(**values))

    def _insert_source(self, study_id: str, source: SourceRow) -> str:
        source_id = self._new_id(schema.source, study_id, source.name)
        values = {
            **vars(source),
            "id": source_id,
            "study_id": study_id,
            "correction": correction_to_mapping(source.correction),
        }
        self._connection.execute(sa.insert(schema.source).values(**values))
        self._add_version(source_id, source.digest, source.size)
        return source_id

    def _add_version(self, source_id: str, digest: str, size: int) -> None:
        values = {"source_id": source_id, "digest": digest, "size": size, "added_at": self._at}
        self._connection.execute(sa.insert(schema.source_version).values(**values))

    def insert(self, table: sa.Table, values: dict[str, Any]) -> int:
        """The number of a new row."""
        key = self._connection.execute(sa.insert(table).values(**values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def number_of(self, table: sa.Table, key: Mapping[str, Any]) -> int | None:
        """The number of the row with these values in these columns that was not removed; None where there is none."""
        same = [table.c[name] == value for name, value in key.items()]
        same += [table.c.removed_at.is_(None)] if "removed_at" in table.c else []
        return self._connection.execute(sa.select(table.c.id).where(*same)).scalar()

    def put(
        self, table: sa.Table, key: Mapping[str, Any], values: Mapping[str, Any], *, once: Mapping[str, Any] = _NOTHING
    ) -> int:
        """The number of the row of this key, in which the values now stand; where there is none, of a new one.

        once: what a new row holds besides, and what never changes in it.
        """
        number = self.number_of(table, key)
        if number is None:
            return self.insert(table, {**key, **once, **values})
        self._connection.execute(sa.update(table).where(table.c.id == number).values(**values))
        return number

    def remove(self, table: sa.Table, study_id: str, number: int, *, what: str) -> None:
        """Mark one row as removed. Raises NotFound."""
        self.lock(study_id)
        mine = sa.and_(table.c.id == number, table.c.study_id == study_id, table.c.removed_at.is_(None))
        if not self._connection.execute(sa.update(table).where(mine).values(removed_at=self._at)).rowcount:
            raise NotFound(f"This {what} is not there any more; reload the page.")
        self.audit(f"remove {what}", study_id, str(number))

    def _new_id(self, table: sa.Table, *parts: str) -> str:
        """An id that the same study made again gets again, so that passages keep their names from run to run."""
        for n in range(1_000_000):
            name = hashlib.sha256("\n".join([*parts, str(n)]).encode("utf-8", "surrogatepass")).hexdigest()[:12]
            if self._connection.execute(sa.select(table.c.id).where(table.c.id == name)).first() is None:
                return name
        raise Conflict("There are too many studies or sources of this name; choose another name.")
