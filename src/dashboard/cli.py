"""The command line: arguments → workspace → JSON lines or a table; no logic of its own."""

from __future__ import annotations

import argparse
import os
import sys
import uuid
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from dashboard import cli_care
from dashboard.errors import ConfigurationError, DashboardError, NotFound
from dashboard.settings import VARIABLES, Settings, from_environment


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and leave with its exit status: 0 done, 1 a problem (said in one sentence), 2 wrong usage."""
    options = parser().parse_args(arguments)
    try:
        settings = from_environment(os.environ, data_dir=options.data_dir)
        status = options.run(settings, options)
        sys.stdout.flush()
    except DashboardError as problem:
        sys.exit(_said(str(problem)))
    except BrokenPipeError:  # `… | head` closed the pipe: nothing is wrong
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as bug:  # noqa: BLE001 -- the last line before the terminal: a bug shows as a reference number
        sys.exit(_bug(bug))
    sys.exit(status)


def parser() -> argparse.ArgumentParser:
    """The commands and their options; documentation and tests read them here."""
    top = argparse.ArgumentParser(
        prog="python -m dashboard",
        description="Customer research: themes by segment, friction along the journey, the quotes behind every number.",
    )
    top.add_argument(
        "--data-dir", type=Path, help=f"folder of the store (default: ${VARIABLES['data_dir'][0]}, data/local)"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Any, what: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=what, description=what)
        made.set_defaults(run=run)
        made.add_argument("--json", action="store_true", help="print one JSON object a line")
        return made

    inspect = command("inspect", _inspect, "Read files without storing them and say what they hold.")
    inspect.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="file, ZIP or folder")

    analyse = command(
        "analyse", _analyse, "Print the rows of one measure over a directory of files with its study.yaml."
    )
    analyse.add_argument("--study", type=Path, required=True, metavar="DIR", help="directory of the study")
    analyse.add_argument("--measure", required=True, help="prevalence, differences, friction, quotes, codings …")
    analyse.add_argument("--by", metavar="ATTRIBUTE", help="split by an attribute, or by “segment” for named segments")
    analyse.add_argument(
        "--where",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="filter, for example plan=pro; may be repeated",
    )
    analyse.add_argument("--pool", action="store_true", help="count interviews and surveys together")
    analyse.add_argument("--engine", default="duckdb", help="duckdb (default)")
    analyse.add_argument("--master", metavar="URL", help="address of the Spark cluster, with --engine spark")

    publish = command("publish", _publish, "Write the redacted snapshot of a directory as one HTML file.")
    publish.add_argument("--study", type=Path, required=True, metavar="DIR", help="directory of the study")
    publish.add_argument("--html", type=Path, required=True, metavar="FILE", help="the file to write")

    imported = command(
        "import", _import, "Take a directory (study.yaml and files), or files, into the store and build."
    )
    imported.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a directory, or files for --study-id")
    imported.add_argument("--study-id", metavar="ID", help="add the files to this study instead of making a new one")
    imported.add_argument("--no-build", action="store_true", help="only take the files in")

    built = command("build", _build, "Compute what is missing of a study's evidence.")
    built.add_argument("--study-id", metavar="ID", required=True, help="the study")
    built.add_argument("--job", metavar="ID", help="the job to report to (used by the dashboard itself)")

    command("studies", _studies, "List the studies in the store.")

    export = command("export-study", _export_study, "Print a study as the text of its study.yaml.")
    export.add_argument("--study-id", metavar="ID", required=True, help="the study")

    migrate = command("migrate", _migrate, "Bring the tables of the records up to date, before shared servers start.")
    migrate.add_argument("--grants", metavar="ROLE", help="give this role of PostgreSQL what a server needs, no more")

    sample = command("sample", _sample, "Take in and build the sample study, if it is not there yet.")
    sample.add_argument("--quiet", action="store_true", help="say nothing while working")
    cli_care.add(command, _print_rows)
    return top


# ---------------------------------------------------------------- commands


def _inspect(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import inspection

    status = 0
    for report in inspection.inspect(options.paths, settings=settings):
        status = max(status, 1 if report["error"] else 0)
        if options.json:
            _print_json(report)
        else:
            print(inspection.in_words(report))
    return status


def _analyse(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.filters import from_where
    from dashboard.workspace import analysis, directory

    filters = from_where(options.where)
    wanted = analysis.measure(options.measure, engine=options.engine)
    with directory.opened(settings, options.study) as (ws, study_id, outcomes):
        status = _problems(outcomes)
        rows = analysis.rows(
            ws, study_id, wanted, by=options.by, filters=filters, pool=options.pool, engine=options.engine
        )
        _print_rows(rows, as_json=options.json)
    return status


def _publish(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, publishing

    with directory.opened(settings, options.study) as (ws, study_id, outcomes):
        status = _problems(outcomes)
        text = publishing.publish_html(ws, study_id)
    try:
        options.html.write_text(text, encoding="utf-8")
    except OSError as problem:
        sentence = f"“{options.html}” cannot be written ({problem.strerror}); choose another file."
        raise ConfigurationError(sentence) from problem
    _print_rows([{"html": str(options.html), "bytes": len(text.encode())}], as_json=options.json)
    print("Rules replaced names and may have missed some: read the file before you pass it on.", file=sys.stderr)
    return status


def _import(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, jobs, open_workspace, sources

    ws = open_workspace(settings, directory.SHELL)
    first: Path = options.paths[0]
    if options.study_id:
        study_id = options.study_id
        outcomes = sources.add(ws, study_id, [(path.name, _bytes_of(path)) for path in options.paths])
    elif len(options.paths) == 1 and first.is_dir():
        study_id, outcomes = directory.take_in(ws, first)
    else:
        raise NotFound("Give one directory to make a study of, or name the study that files go to with --study-id.")
    status = _problems(outcomes)
    if not options.no_build:
        jobs.build_now(ws, study_id, progress=_progress(quiet=options.json))
    taken = sum(outcome.outcome != "error" for outcome in outcomes)
    _print_rows([{"study": study_id, "sources": taken, "built": not options.no_build}], as_json=options.json)
    return status


def _build(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, jobs, open_workspace

    ws = open_workspace(settings, directory.SHELL)
    if options.job is not None:
        return 0 if jobs.work(ws, options.study_id, options.job) else 1
    revision = jobs.build_now(ws, options.study_id, progress=_progress(quiet=options.json))
    _print_rows([{"study": options.study_id, "revision": revision.id}], as_json=options.json)
    return 0


def _studies(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, open_workspace, studies

    ws = open_workspace(settings, directory.SHELL)
    rows = [
        {"study": card.id, "name": card.name, "state": card.state, "sources": card.sources, "built": card.built}
        for state in ("active", "archived")
        for card in studies.cards(ws, state=state)
    ]
    _print_rows(rows, as_json=options.json)
    return 0


def _export_study(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, open_workspace, studies

    text = studies.export_yaml(open_workspace(settings, directory.SHELL), options.study_id)
    if options.json:
        _print_json({"study": options.study_id, "yaml": text})
    else:
        print(text, end="")
    return 0


def _migrate(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import migrating

    done = migrating.migrate(settings, grants=options.grants)
    if options.json:
        _print_json({"records": done.address, "version": done.version, "granted": list(done.granted)})
    else:
        print(f"The records at {done.address} are at version {done.version}.", *done.granted, sep="\n")
    return 0


def _sample(settings: Settings, options: argparse.Namespace) -> int:
    from dashboard.workspace import directory, jobs, open_workspace, studies

    ws = open_workspace(settings, directory.SHELL)
    study_id = directory.sample(ws)
    if studies.stale(ws, study_id):
        jobs.build_now(ws, study_id, progress=_progress(quiet=options.quiet or options.json))
    _print_rows([{"study": study_id, "url": f"http://127.0.0.1:8501/?study={study_id}"}], as_json=options.json)
    return 0


# ---------------------------------------------------------------- printing


def _print_json(row: Mapping[str, Any]) -> None:
    import json

    print(json.dumps(row, ensure_ascii=False))


def _print_rows(rows: Iterable[Mapping[str, Any]], *, as_json: bool) -> None:
    """Rows as JSON lines, or as columns for people."""
    listed = list(rows)
    if as_json:
        for row in listed:
            _print_json(row)
    elif listed:
        heads = list(listed[0])
        cells = [[_cell(row.get(head)) for head in heads] for row in listed]
        widths = [min(60, max(len(head), *(len(row[i]) for row in cells))) for i, head in enumerate(heads)]
        for line in [heads, *cells]:
            print("  ".join(cell[:60].ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    else:
        print("nothing to show")


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3g}" if isinstance(value, float) else " ".join(str(value).split())


def _problems(outcomes: Iterable[Any]) -> int:
    status = 0
    for outcome in outcomes:
        if outcome.outcome == "error":
            status = _said(outcome.message)
    return status


def _progress(*, quiet: bool) -> Any:
    def show(share: float, step: str) -> None:
        if not quiet:
            print(f"\r\x1b[K{share:4.0%}  {step[:70]}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)

    return show


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        sentence = f"“{path}” cannot be opened ({problem.strerror}); correct the path or permit reading it."
        raise NotFound(sentence) from problem


def _said(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 1


def _bug(bug: Exception) -> int:
    import logging

    reference = uuid.uuid4().hex[:8]
    log = Path(os.environ.get("DASHBOARD_LOG", "")) if os.environ.get("DASHBOARD_LOG") else None
    if log:
        logging.basicConfig(filename=log)
        logging.getLogger("dashboard").error("reference %s", reference, exc_info=bug)
    kind = type(bug).__name__
    return _said(
        f"Something went wrong inside the dashboard ({kind}, reference {reference}); "
        "set DASHBOARD_LOG to a file, run it again, and report what that file says."
    )
