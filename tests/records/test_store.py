"""The records as a resource: one transaction or nothing, for several writers at once and through a kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dashboard.errors import Conflict, EngineError, NotFound
from dashboard.records.rows import User
from dashboard.records.store import Records, open_records
from dashboard.study import Anchor, Decision, Study, Theme

ADA = User("Ada", email="ada@example.org")
ROOT = Path(__file__).resolve().parents[2]


def create(records: Records, name: str = "Gardeners") -> str:
    with records.begin(by=ADA) as transaction:
        return transaction.create_study(Study(name, codebook=(Theme("Watering"),)))


def decision(n: int, *, status: str = "confirmed", coder: str = "Ada") -> Decision:
    return Decision(Anchor("s1", n, 0, 4, "text"), "theme", "Watering", status, coder)  # type: ignore[arg-type]


def test_a_new_study_is_read_back_with_its_id(records: Records) -> None:
    study = create(records)
    assert records.study(study) == Study("Gardeners", id=study, codebook=(Theme("Watering"),))
    row = records.study_row(study)
    assert (row.id, row.name, row.state, row.version, row.decisions_version) == (study, "Gardeners", "active", 1, 1)
    assert [each.id for each in records.studies()] == [each.id for each in records.studies("active")] == [study]
    assert records.studies("deleted") == []
    assert records.sources(study) == records.decisions(study) == records.revisions(study) == records.jobs() == []
    assert records.identities(study) == ()
    assert records.parted(study) == frozenset()
    assert records.revision(study) is None
    assert records.current_job(study) is None


def test_what_is_not_there_is_not_found(records: Records) -> None:
    for read in (records.study, records.study_row, records.source, records.job, records.decisions_version):
        with pytest.raises(NotFound):
            read("nothing")


def test_the_clock_is_an_argument_and_times_are_in_utc(url: str) -> None:
    now = datetime(2026, 3, 29, 3, 30, tzinfo=UTC)
    records = open_records(url, now=lambda: now)
    study = create(records)
    assert records.study_row(study).created_at == now
    assert records.study_row(study).created_at.utcoffset() == timedelta(0)
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, decision(0))
    assert records.decisions(study)[0].at == "2026-03-29T03:30:00+00:00"
    records.close()


def test_the_same_study_made_again_has_the_same_ids(tmp_path: Path) -> None:
    made = []
    for place in ("one", "two"):
        records = open_records(f"sqlite:///{tmp_path / place / 'r.sqlite'}")
        study = create(records)
        with records.begin(by=ADA) as transaction:
            made.append((study, transaction.add_source(study, "a.vtt", "0" * 64, 3)))
        records.close()
    assert made[0] == made[1]


def test_two_studies_of_one_name_are_two(records: Records) -> None:
    assert create(records) != create(records)


def test_a_transaction_that_fails_leaves_nothing(records: Records) -> None:
    study = create(records)

    def write() -> None:
        with records.begin(by=ADA) as transaction:
            transaction.decide(study, decision(0))
            transaction.add_source(study, "a.vtt", "0" * 64, 3)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write()
    assert records.decisions(study) == []
    assert records.sources(study) == []
    assert records.study_row(study).decisions_version == 1
    assert [row.action for row in records.audit()] == ["create study"]


def test_a_reader_sees_the_old_state_until_the_writer_is_done(records: Records) -> None:
    study = create(records)
    with records.begin(by=ADA) as transaction:
        transaction.decide(study, decision(0))
        assert records.decisions(study) == []
    assert len(records.decisions(study)) == 1


def test_a_damaged_database_is_said_so(tmp_path: Path) -> None:
    path = tmp_path / "records.sqlite"
    records = open_records(f"sqlite:///{path}")
    create(records)
    records.close()
    path.write_bytes(b"not a database any more" * 1_000)
    with pytest.raises(EngineError, match="damaged"):
        records.studies()
    path.write_bytes(b"")
    with pytest.raises(EngineError):
        records.studies()


def test_threads_that_write_at_once_lose_nothing(records: Records) -> None:
    study = create(records)

    def work(worker: int) -> None:
        for n in range(10):
            with records.begin(by=User(f"coder {worker}")) as transaction:
                transaction.decide(study, decision(n, coder=f"coder {worker}"))
                transaction.add_source(study, f"{worker}-{n}.vtt", f"{worker:032}{n:032}", 1)

    threads = [threading.Thread(target=work, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert len(records.decisions(study)) == len(records.sources(study)) == 60
    assert records.study_row(study).decisions_version == 61


def test_two_people_who_save_the_same_version_do_not_overwrite_each_other(records: Records) -> None:
    study = create(records)
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def save(worker: int) -> None:
        ready.wait(timeout=30)
        try:
            with records.begin(by=ADA) as transaction:
                transaction.save_study(Study(f"by {worker}", id=study), version=1)
            outcomes.append(f"by {worker}")
        except Conflict:
            outcomes.append("conflict")

    threads = [threading.Thread(target=save, args=(worker,)) for worker in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert outcomes.count("conflict") == 3
    assert records.study(study).name in outcomes


WRITER = """
import sys
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Anchor, Decision

url, study, worker, count, stop_after = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5])
records = open_records(url)
for n in range(count):
    with records.begin(by=User(worker)) as transaction:
        transaction.decide(study, Decision(Anchor("s1", n, 0, 4, "text"), "theme", "Watering", "confirmed", worker))
        if n == stop_after:
            print("in the middle", flush=True)
            sys.stdin.read()
print("done", flush=True)
"""


def writer(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    script = folder / "writer.py"
    script.write_text(textwrap.dedent(WRITER))
    command = [sys.executable, str(script), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    return subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_once_lose_nothing(records: Records, url: str, tmp_path: Path) -> None:
    study = create(records)
    processes = [writer(tmp_path, url, study, f"coder {n}", 25, -1) for n in range(3)]
    for process in processes:
        out, _ = process.communicate(timeout=120)
        assert out == "done\n"
    assert len(records.decisions(study)) == 75
    assert records.decisions_version(study) == 76


def test_a_writer_killed_in_the_middle_leaves_the_state_before(records: Records, url: str, tmp_path: Path) -> None:
    study = create(records)
    process = writer(tmp_path, url, study, "coder", 10, 4)
    assert process.stdout is not None
    assert process.stdout.readline() == "in the middle\n"
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert [each.anchor.turn for each in records.decisions(study)] == [0, 1, 2, 3]
    assert records.decisions_version(study) == 5
    assert len(records.audit(study)) == 5
    with records.begin(by=ADA) as transaction:  # and the next one can write
        transaction.decide(study, decision(4))
    assert len(records.decisions(study)) == 5
