"""Reading files without storing them, to say what they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from dashboard.errors import UnreadableFile
from dashboard.evidence.reading import common_interviewers
from dashboard.intake.corrected import corrected, who_interviews
from dashboard.intake.isolated import limits_of, read, unpack
from dashboard.intake.parsed import ParsedSource
from dashboard.settings import Settings
from dashboard.study import Correction, Turn


def inspect(paths: Iterable[Path], *, settings: Settings) -> list[dict[str, Any]]:
    """One report a file; a folder or a ZIP is its files. A file that cannot be read has its sentence in ``error``."""
    found: list[tuple[str, ParsedSource]] = []
    reports: dict[str, dict[str, Any]] = {}
    limits = limits_of(settings)
    for name, data in _files(paths, settings, reports):
        try:
            parsed = read(data, name, limits=limits)
        except UnreadableFile as problem:
            reports[name] = _report(name, None, error=str(problem))
            continue
        reports[name] = _report(name, parsed)
        found.append((name, parsed))
    common = common_interviewers(parsed.speakers for _, parsed in found)
    for name, parsed in found:
        if who := who_interviews(parsed, Correction(), common):
            reports[name] = _report(name, corrected(parsed, Correction(), interviewers=who).parsed)
    return list(reports.values())


def in_words(report: dict[str, Any]) -> str:
    """A report as one paragraph for a terminal."""
    if report["error"]:
        return str(report["error"])
    parts = [f"{report['file']}: {report['kind']}, {report['format']}"]
    parts += [f"{report['turns']} turns"] if report["turns"] else []
    parts += [
        f"{s['name']} ({s['role']}, {s['turns']} turns, {s['words']} words)" for s in report["speakers"] if s["name"]
    ]
    parts += [f"{report['respondents']} respondents, {report['responses']} open answers"] if report["columns"] else []
    parts += [f"{report['codings']} codings of {report['themes']} themes"] if report["codings"] else []
    return "; ".join(parts) + "".join(f"\n  ! {warning}" for warning in report["warnings"])


def _files(
    paths: Iterable[Path], settings: Settings, reports: dict[str, dict[str, Any]]
) -> Iterator[tuple[str, bytes]]:
    for path in paths:
        for file in _within(path):
            name = str(file)
            try:
                if file.stat().st_size > settings.max_file_mb * 1_000_000:
                    raise UnreadableFile(
                        f"“{name}” is larger than the {settings.max_file_mb} MB that one file may have; "
                        "split it, or raise DASHBOARD_MAX_FILE_MB."
                    )
                yield from unpack(
                    file.read_bytes(),
                    name,
                    limits=limits_of(settings),
                    max_mb=settings.max_unpacked_mb,
                    max_files=settings.max_files,
                )
            except UnreadableFile as problem:
                reports[name] = _report(name, None, error=str(problem))
            except OSError as problem:
                sentence = f"“{name}” cannot be opened ({problem.strerror}); correct the path or permit reading it."
                reports[name] = _report(name, None, error=sentence)


def _within(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    return [
        file
        for file in sorted(path.rglob("*"))
        if file.is_file() and file.name != "study.yaml" and not file.name.startswith(".")
    ]


def _report(name: str, parsed: ParsedSource | None, *, error: str | None = None) -> dict[str, Any]:
    if parsed is None:
        return {
            "file": name, "kind": None, "format": None, "turns": 0, "speakers": [], "responses": 0, "respondents": 0,
            "themes": 0, "codings": 0, "documents": 0, "columns": [], "first_turn": None, "last_turn": None,
            "warnings": [], "error": error,
        }  # fmt: skip
    spoken = parsed.turns if parsed.kind != "survey" else ()
    return {
        "file": name,
        "kind": parsed.kind,
        "format": parsed.format,
        "turns": len(spoken),
        "speakers": [{"name": s.name, "role": s.role, "turns": s.turns, "words": s.words} for s in parsed.speakers],
        "responses": parsed.responses,
        "respondents": parsed.respondents,
        "themes": len(parsed.themes),
        "codings": len(parsed.codings),
        "documents": len(parsed.documents),
        "columns": [{"name": column.name, "role": column.role} for column in parsed.columns],
        "first_turn": _turn(spoken[0]) if spoken else None,
        "last_turn": _turn(spoken[-1]) if spoken else None,
        "warnings": [*parsed.warnings, *parsed.left_out],
        "error": error,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    return {"speaker": turn.speaker, "text": turn.text, "start": turn.start}
