"""Corrections to what was read of a source ↔ plain dicts, as they stand under ``sources`` in the study file."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any, cast

from dashboard.study import (
    COLUMN_ROLES,
    ROLES,
    Correction,
    Piece,
    Role,
    SpeakerCorrection,
    TurnCorrection,
    WordCorrection,
)
from dashboard.study_tree import Book, Node, each_of, entries_of, text_of

SOURCE_KEYS = (
    "speakers", "columns", "date", "recording", "sheet", "header_row", "encoding", "language", "turns", "words",
    "leave_out",
)  # fmt: skip


def correction_from_mapping(mapping: Mapping[str, Any], *, name: str = "the correction") -> Correction:
    """The correction that ``correction_to_mapping`` wrote."""
    return correction_of_node(Node(dict(mapping), Book(name)))


def correction_of_node(node: Node) -> Correction:
    """The correction that one entry of ``sources`` holds. Raises InvalidStudy."""
    record = node.record(*SOURCE_KEYS)
    return Correction(
        speakers={label: _speaker(speaker) for label, speaker in entries_of(record, "speakers")},
        columns={header: column.choice(COLUMN_ROLES) for header, column in entries_of(record, "columns")},
        date=_date(record["date"]) if "date" in record else None,
        recording=_address(record["recording"]) if "recording" in record else None,
        sheet=text_of(record, "sheet") or None,
        header_row=record["header_row"].whole(1) if "header_row" in record else None,
        encoding=_encoding(record["encoding"]) if "encoding" in record else None,
        language=_language(record["language"]) if "language" in record else None,
        turns=each_of(record, "turns", _turn),
        words=each_of(record, "words", _word),
        left_out=each_of(record, "leave_out", _stretch),
    )


def _turn(node: Node) -> TurnCorrection:
    record = node.record("turn", "text", "becomes", "joined")
    becomes = each_of(record, "becomes", _piece)
    joined = record["joined"].flag() if "joined" in record else False
    return TurnCorrection(node.need(record, "turn").whole(0), node.need(record, "text").text(), becomes, joined)


def _piece(node: Node) -> Piece:
    record = node.record("speaker", "text")
    return Piece(node.need(record, "text").text(), text_of(record, "speaker") or None)


def _word(node: Node) -> WordCorrection:
    record = node.record("heard", "meant")
    return WordCorrection(node.need(record, "heard").text(), text_of(record, "meant"))


def _stretch(node: Node) -> tuple[float, float]:
    record = node.record("from", "to")
    first, last = (_seconds(node.need(record, key)) for key in ("from", "to"))
    if first >= last:
        raise node.problem("nothing lies between these two times; write the earlier one under “from”.")
    return first, last


def _seconds(node: Node) -> float:
    """A time as a clock reads it, in seconds."""
    seconds = seconds_of(node.text())
    if seconds is None:
        raise node.problem(f"“{node.text()[:40]}” is no time; write it as 03:10 or 1:03:10.")
    return seconds


def _language(node: Node) -> str:
    text = node.text().lower()
    if not (2 <= len(text) <= 3 and text.isascii() and text.isalpha()):
        raise node.problem(f"“{text[:40]}” is no language; write its code of two letters, for example de.")
    return text


def _speaker(node: Node) -> SpeakerCorrection:
    record = node.record("role", "participant", "name")
    role = cast(Role, record["role"].choice(ROLES)) if "role" in record else None
    return SpeakerCorrection(role, text_of(record, "participant") or None, text_of(record, "name") or None)


def _date(node: Node) -> str:
    text = node.text()
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise node.problem(f"“{text[:40]}” is no date; write it as 2026-06-30.") from None


def _address(node: Node) -> str:
    text = node.text()
    if not text.lower().startswith(("https://", "http://")):
        raise node.problem(f"“{text[:40]}” is no web address; write one that begins with https://.")
    return text


def _encoding(node: Node) -> str:
    text = node.text()
    try:
        b"?".decode(text)
    except UnicodeError:
        return text  # known, only not to its taste
    except (LookupError, ValueError):
        raise node.problem(f"the encoding “{text[:40]}” is not known; write for example utf-8 or cp1252.") from None
    return text


def seconds_of(text: str) -> float | None:
    """Seconds of a time as a clock reads it (minutes:seconds, or with hours before them); None where it is none.

    >>> seconds_of("03:10"), seconds_of("1:03:10.5"), seconds_of("ten")
    (190.0, 3790.5, None)
    """
    parts = text.strip().split(":")
    written = all(0 < len(part) <= 6 and set(part) <= set("0123456789.") for part in parts)
    if not 2 <= len(parts) <= 3 or not written or not "".join(parts[:-1]).isdecimal():
        return None
    try:
        numbers = [float(part) for part in parts]
    except ValueError:
        return None
    if any(number >= 60 for number in numbers[1:]):
        return None
    return sum(number * (1.0, 60.0, 3600.0)[power] for power, number in enumerate(reversed(numbers)))


def clock_of(seconds: float) -> str:
    """The time that ``seconds_of`` reads.

    >>> clock_of(190), clock_of(3790.5)
    ('03:10', '1:03:10.5')
    """
    minutes, rest = divmod(seconds, 60)
    hours, minute = divmod(int(minutes), 60)
    second = f"{int(rest):02}{f'{rest % 1:.3f}'[1:].rstrip('0').rstrip('.')}"
    return f"{hours}:{minute:02}:{second}" if hours else f"{minute:02}:{second}"


def filled(**entries: Any) -> dict[str, Any]:
    """The entries that say something; ``for_`` and ``is_`` stand for words that Python keeps for itself."""
    return {
        key.rstrip("_"): _plain(value) for key, value in entries.items() if value not in (None, "", (), [], {}, False)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, Collection) and not isinstance(value, str):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 1e15 else value


def correction_to_mapping(correction: Correction) -> dict[str, Any]:
    """A correction as it stands under ``sources`` in the study file."""
    speakers = {
        label: filled(role=speaker.role, participant=speaker.participant, name=speaker.name)
        for label, speaker in correction.speakers.items()
    }
    return filled(
        speakers=speakers,
        columns=correction.columns,
        date=correction.date,
        recording=correction.recording,
        sheet=correction.sheet,
        header_row=correction.header_row,
        encoding=correction.encoding,
        language=correction.language,
        turns=[
            {"turn": each.turn, "text": each.text}
            | filled(becomes=[filled(speaker=p.speaker, text=p.text) for p in each.becomes], joined=each.joined)
            for each in correction.turns
        ],
        words=[{"heard": each.heard, "meant": each.meant} for each in correction.words],
        leave_out=[{"from": clock_of(first), "to": clock_of(last)} for first, last in correction.left_out],
    )
