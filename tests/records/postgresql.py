"""A real PostgreSQL server for tests: in a folder of its own, reached over a socket in it, fast and forgetful."""

from __future__ import annotations

import glob
import os
import pwd
import shutil
import subprocess
import tempfile
from itertools import count
from pathlib import Path

import psycopg

from dashboard.records.store import open_records

OWNER = "owner"


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path, the newest version in the folder of the highest number."""
    found = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), key=lambda path: int(path.split("/")[4]))
    program = found[-1] if found else shutil.which(name)
    if program is None:
        raise RuntimeError("PostgreSQL is not installed, and the records are tested with it: run make .venv/.postgres")
    return os.path.realpath(program)


def _account() -> dict[str, object]:
    """PostgreSQL refuses to be run by root; then somebody without rights runs it."""
    if os.geteuid() != 0:
        return {}
    there = {each.pw_name: each for each in pwd.getpwall()}
    account = there.get("postgres") or there["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


class Server:
    """One server. databases are copies of one that was migrated once."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
        self._account = _account()
        if self._account:
            os.chown(self.folder, self._account["user"], self._account["group"])  # type: ignore[arg-type]
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", OWNER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
        # it stops the server and takes the folder away when its input ends: also when this process is killed
        ending = f"cat >/dev/null; {_program('pg_ctl')} -D {data} -w -m immediate stop; rm -rf {self.folder}"
        self._guardian = subprocess.Popen(
            ["sh", "-c", ending], cwd="/", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True,
            **self._account,  # type: ignore[call-overload]
        )  # fmt: skip
        self._numbers = count()
        self.start()
        self._sql("CREATE DATABASE migrated")
        open_records(self.url("migrated")).close()

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [_program(program), *arguments], cwd=self.folder, check=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, timeout=60, **self._account,  # type: ignore[call-overload]
        )  # fmt: skip

    def start(self) -> None:
        """Start, and come back when it answers."""
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c shared_buffers=16MB -c max_connections=60"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-l", log, "-w", "-o", options, "start")

    def stop(self) -> None:
        """Stop at once, whoever is connected."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", "fast", "stop")

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self._guardian.communicate(timeout=60)

    def url(self, database: str, *, role: str = OWNER) -> str:
        """The address of one of its databases."""
        return f"postgresql+psycopg://{role}@/{database}?host={self.folder}"

    def database(self, *, migrated: bool = True) -> str:
        """The address of a new database."""
        name = f"test_{next(self._numbers)}"
        self._sql(f"CREATE DATABASE {name}" + (" TEMPLATE migrated" if migrated else ""))
        return self.url(name)

    def role(self) -> str:
        """The name of a new role that may sign in."""
        name = f"server_{next(self._numbers)}"
        self._sql(f"CREATE ROLE {name} LOGIN")
        return name

    def _sql(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user={OWNER} dbname=postgres", autocommit=True) as connection:
            connection.execute(statement.encode())
