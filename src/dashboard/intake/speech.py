"""JSON of speech-to-text services → turns.

AWS Transcribe, Deepgram, AssemblyAI, Whisper and its kin, BBC Kaldi, Rev.ai, Google, Azure, IBM, and plain lists of
segments. Labels stay as the service wrote them (``spk_0``, ``0``, ``A``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.errors import UnreadableFile
from dashboard.intake.given import Given, Reader
from dashboard.intake.parsed import ParsedSource
from dashboard.intake.turns import Utterance, transcript
from dashboard.intake.words import (
    Word,
    by_label,
    joined,
    label_of,
    labels_at,
    number_of,
    places_at,
    sentences,
    thousandth,
)
from dashboard.study import Correction

_OPENS = re.compile(r'\s{0,200}(?:\{\s{0,200}(?:"|\})|\[\s{0,200}(?:\{|\]))')
_TEXT_KEYS = ("text", "transcript", "content", "utterance", "sentence", "display", "words", "body", "message")
_SPEAKER_KEYS = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speakerDisplayName",
    "speaker_label",
    "speakerId",
    "speaker_id",
    "name",
    "author",
    "role",
)
_START_KEYS = (
    "start",
    "start_time",
    "startTime",
    "startOffset",
    "startTimestamp",
    "begin",
    "from",
    "ts",
    "timestamp",
    "time",
    "offset",
)
_END_KEYS = ("end", "end_time", "endTime", "endOffset", "endTimestamp", "stop", "to", "end_ts")


def sniff(given: Given) -> float:
    """High for the JSON of a known service, middling for any other JSON."""
    if given.text is None or not _OPENS.match(given.text):
        return 0.0
    try:
        document = json.loads(given.text)
    except (ValueError, RecursionError):
        return 0.5
    return 0.95 if _form(document) else 0.5


def read(given: Given, correction: Correction) -> ParsedSource:
    """The transcript that a service's JSON holds. Raises UnreadableFile."""
    try:
        document = json.loads(given.text or "")
    except (ValueError, RecursionError) as problem:
        raise UnreadableFile(
            f"“{given.name}” is damaged or incomplete JSON; export it again from the service."
        ) from problem
    form = _form(document)
    if form is None:
        raise UnreadableFile(
            f"“{given.name}” is JSON, but not of a speech-to-text service known here; export it as WebVTT or text."
        )
    name, take = form
    try:
        said = [utterance for utterance in take(document) if utterance.text.strip()]
    except (TypeError, AttributeError, KeyError, IndexError, ValueError) as problem:
        raise UnreadableFile(
            f"“{given.name}” looks like {name}, but its parts are not where they belong; export it again, or as WebVTT."
        ) from problem
    labels = any(utterance.speaker is not None for utterance in said)
    parsed = transcript(said, format=f"JSON, {name}{'' if labels else ', no speakers'}", joiner=" ")
    return replace(parsed, language=_language(document))


def _language(document: Any) -> str:
    found = document if isinstance(document, dict) else {}
    results = found.get("results")
    places = (found, results if isinstance(results, dict) else {})
    code = next(
        (place[key] for place in places for key in ("language_code", "language") if isinstance(place.get(key), str)), ""
    )
    return code[:2].casefold() if re.fullmatch(r"[A-Za-z]{2}(?:[-_]\w{1,8})?", code) else ""


Take = Callable[[Any], Iterable[Utterance]]


def _form(document: Any) -> tuple[str, Take] | None:
    """The service and the way to read it."""
    if isinstance(document, list):
        return ("list of segments", _listed) if _segments(document) else None
    if not isinstance(document, dict):
        return None
    results = document.get("results")
    if isinstance(results, dict):
        if "channels" in results or "utterances" in results:
            return "Deepgram", lambda d: _deepgram(d["results"])
        if "items" in results or "speaker_labels" in results or "channel_labels" in results or "transcripts" in results:
            return "AWS Transcribe", lambda d: _aws(d["results"])
    if isinstance(document.get("monologues"), list):
        return "Rev.ai", _rev
    retval = document.get("retval")
    kaldi = retval if isinstance(retval, dict) else document
    if isinstance(kaldi.get("segmentation"), dict) or (
        isinstance(retval, dict) and isinstance(retval.get("words"), list)
    ):
        return "BBC Kaldi", lambda d: _kaldi(d["retval"] if isinstance(d.get("retval"), dict) else d)
    if isinstance(document.get("recognizedPhrases"), list):
        return "Azure", _azure
    if isinstance(results, list):
        return ("IBM Watson", _ibm) if "speaker_labels" in document else ("Google", _google)
    if "utterances" in document or "audio_url" in document or "acoustic_model" in document:
        return "AssemblyAI", _assembly
    if isinstance(document.get("segments"), list):
        return "Whisper", _whisper
    if isinstance(document.get("transcription"), list):
        return "whisper.cpp", lambda d: _listed(d["transcription"])
    if any(isinstance(value, list) and _segments(value) for value in document.values()):
        return "list of segments", lambda d: _listed(
            next(v for v in d.values() if isinstance(v, list) and _segments(v))
        )
    if isinstance(document.get("text"), str) and set(document) <= {
        "text",
        "language",
        "duration",
        "task",
        "usage",
        "words",
    }:
        return "Whisper", _whisper
    return None


# ---------------------------------------------------------------- one function a service


def _aws(results: dict[str, Any]) -> Iterable[Utterance]:
    channels = (results.get("channel_labels") or {}).get("channels") or []
    if channels:
        words = [
            word
            for channel in channels
            for word in _aws_words(channel.get("items") or [], channel.get("channel_label"))
        ]
        # Each channel has its own order; together they stand by their times, punctuation with its word.
        timed: list[tuple[float, int, Word]] = []
        latest = 0.0
        for place, word in enumerate(words):
            latest = word[1] if word[1] is not None else latest
            timed.append((latest, place, word))
        return by_label(word for _, _, word in sorted(timed, key=lambda entry: entry[:2]))
    items = results.get("items") or []
    segments = (results.get("speaker_labels") or {}).get("segments") or []
    if not items:
        if results.get("audio_segments"):
            return _listed(results["audio_segments"])
        return [Utterance(None, str(entry.get("transcript") or "")) for entry in results.get("transcripts") or []]
    by_time = {
        item.get("start_time"): item.get("speaker_label")
        for segment in segments
        for item in segment.get("items") or []
    }  # fmt: skip
    spans = [(number_of(s.get("start_time")), number_of(s.get("end_time")), s.get("speaker_label")) for s in segments]
    at = labels_at(spans)
    words = []
    for word, item in zip(_aws_words(items, None), items, strict=True):
        label = label_of(item.get("speaker_label") or by_time.get(item.get("start_time")))
        words.append((*word[:3], label or at(word[1]), word[4]))
    return by_label(words) if segments or any(word[3] for word in words) else sentences(words)


def _aws_words(items: Sequence[dict[str, Any]], label: Any) -> list[Word]:
    words: list[Word] = []
    for item in items:
        alternatives = item.get("alternatives") or [{}]
        clings = item.get("type") == "punctuation"
        words.append(
            (
                str(alternatives[0].get("content") or ""),
                number_of(item.get("start_time")),
                number_of(item.get("end_time")),
                label_of(label),
                clings,
            )
        )
    return words


def _deepgram(results: dict[str, Any]) -> Iterable[Utterance]:
    channels = results.get("channels") or []
    several = len(channels) > 1
    utterances = results.get("utterances") or []
    if utterances:
        return [
            Utterance(
                _deepgram_label(entry, several),
                str(entry.get("transcript") or ""),
                number_of(entry.get("start")),
                number_of(entry.get("end")),
            )
            for entry in utterances
        ]
    words: list[tuple[float, Word]] = []
    for number, channel in enumerate(channels):
        alternative = (channel.get("alternatives") or [{}])[0]
        entries = alternative.get("words") or []
        if not entries and alternative.get("transcript"):
            words.append(
                (0.0, (str(alternative["transcript"]), None, None, f"channel {number}" if several else None, False))
            )
        for entry in entries:
            text = str(entry.get("punctuated_word") or entry.get("word") or "")
            label = _deepgram_label({**entry, "channel": number}, several)
            start = number_of(entry.get("start"))
            words.append((start or 0.0, (text, start, number_of(entry.get("end")), label, False)))
    ordered = [word for _, word in sorted(words, key=lambda pair: pair[0])]
    return by_label(ordered) if any(word[3] for word in ordered) else sentences(ordered)


def _deepgram_label(entry: dict[str, Any], several: bool) -> str | None:
    speaker = label_of(entry.get("speaker"))
    if not several:
        return speaker
    channel = f"channel {entry.get('channel', 0)}"
    return f"{channel} speaker {speaker}" if speaker is not None and speaker != "0" else channel


def _assembly(document: dict[str, Any]) -> Iterable[Utterance]:
    utterances = document.get("utterances") or []
    if utterances:
        return [
            Utterance(
                label_of(entry.get("speaker")),
                str(entry.get("text") or ""),
                thousandth(entry.get("start")),
                thousandth(entry.get("end")),
            )
            for entry in utterances
        ]
    words: list[Word] = [
        (
            str(entry.get("text") or ""),
            thousandth(entry.get("start")),
            thousandth(entry.get("end")),
            label_of(entry.get("speaker")),
            False,
        )
        for entry in document.get("words") or []
    ]
    if not words:
        return [Utterance(None, str(document.get("text") or ""))]
    # Without utterances nobody asked for speakers, and then every word carries one and the same letter.
    if len({word[3] for word in words}) > 1:
        return by_label(words)
    return sentences([(text, start, end, None, clings) for text, start, end, _, clings in words])


def _whisper(document: dict[str, Any]) -> Iterable[Utterance]:
    segments = document.get("segments") or []
    if not segments:
        return [Utterance(None, str(document.get("text") or ""))]
    return _listed(segments)


def _kaldi(document: dict[str, Any]) -> Iterable[Utterance]:
    words: list[Word] = [
        (
            str(entry.get("punct") or entry.get("word") or ""),
            number_of(entry.get("start")),
            number_of(entry.get("end")),
            None,
            False,
        )
        for entry in document.get("words") or []
    ]
    segments = (document.get("segmentation") or {}).get("segments") or []
    spans: list[tuple[float, float, Any]] = []
    for segment in segments:
        start, length = number_of(segment.get("start")) or 0.0, number_of(segment.get("duration")) or 0.0
        speaker = segment.get("speaker")
        spans.append((start, start + length, speaker.get("@id") if isinstance(speaker, dict) else speaker))
    spans.sort(key=lambda span: span[:2])
    if not spans:
        return sentences(words)
    # Each word belongs to the segment it begins in; a turn begins where its first segment does.
    found: list[list[Word]] = [[] for _ in spans]
    at = places_at(spans)
    for word in words:
        found[at(word[1])].append(word)
    return [
        replace(utterance, speaker=label_of(label), start=start, end=end)
        for group, (start, end, label) in zip(found, spans, strict=True)
        if group
        for utterance in (joined(group),)
    ]


def _rev(document: dict[str, Any]) -> Iterable[Utterance]:
    names = {entry.get("id"): entry.get("name") for entry in document.get("speakers") or [] if isinstance(entry, dict)}
    for monologue in document["monologues"]:
        elements = monologue.get("elements") or []
        times = [(number_of(e.get("ts")), number_of(e.get("end_ts"))) for e in elements if e.get("type") == "text"]
        speaker = monologue.get("speaker")
        yield Utterance(
            label_of(names.get(speaker) or monologue.get("speaker_name") or speaker),
            "".join(str(element.get("value") or "") for element in elements),
            next((start for start, _ in times if start is not None), None),
            next((end for _, end in reversed(times) if end is not None), None),
        )


def _azure(document: dict[str, Any]) -> Iterable[Utterance]:
    for phrase in document["recognizedPhrases"]:
        best = (phrase.get("nBest") or [{}])[0]
        start, length = number_of(phrase.get("offsetInTicks")), number_of(phrase.get("durationInTicks"))
        ticks = 10_000_000
        yield Utterance(
            label_of(phrase.get("speaker")),
            str(best.get("display") or best.get("lexical") or ""),
            None if start is None else start / ticks,
            None if start is None or length is None else (start + length) / ticks,
        )


def _google(document: dict[str, Any]) -> Iterable[Utterance]:
    best = [(result.get("alternatives") or [{}])[0] for result in document["results"]]
    tagged = [entry for entry in best if any(word.get("speakerTag") for word in entry.get("words") or [])]
    if tagged:  # the last result repeats all words, now with speakers
        return by_label(
            (
                str(word.get("word") or ""),
                number_of(word.get("startTime")),
                number_of(word.get("endTime")),
                label_of(word.get("speakerTag")),
                False,
            )
            for word in tagged[-1]["words"]
        )
    return [
        Utterance(None, str(entry.get("transcript") or ""), number_of((entry.get("words") or [{}])[0].get("startTime")))
        for entry in best
    ]


def _ibm(document: dict[str, Any]) -> Iterable[Utterance]:
    labels = {number_of(entry.get("from")): label_of(entry.get("speaker")) for entry in document["speaker_labels"]}
    return by_label(
        (str(text), number_of(start), number_of(end), labels.get(number_of(start)), False)
        for result in document["results"]
        for text, start, end in (result.get("alternatives") or [{}])[0].get("timestamps") or []
    )


def _segments(entries: Sequence[Any]) -> bool:
    """Whether a list is one of segments: text, and a speaker or a time."""
    few = [entry for entry in entries[:20] if isinstance(entry, dict)]
    return bool(few) and len(few) == len(entries[:20]) and all(
        any(isinstance(entry.get(key), str) for key in _TEXT_KEYS)
        and any(key in entry for key in (*_SPEAKER_KEYS[:7], *_START_KEYS, "timestamps"))
        for entry in few
    )  # fmt: skip


def _listed(entries: Iterable[dict[str, Any]]) -> Iterable[Utterance]:
    for entry in entries:
        text = next((entry[key] for key in _TEXT_KEYS if isinstance(entry.get(key), str)), "")
        speaker = next((entry[key] for key in _SPEAKER_KEYS if entry.get(key) not in (None, "")), None)
        if isinstance(speaker, dict):
            speaker = speaker.get("name") or speaker.get("id") or speaker.get("@id")
        inner = entry.get("timestamps")
        times: dict[str, Any] = inner if isinstance(inner, dict) else entry
        start = next((number_of(times[key]) for key in _START_KEYS if key in times), None)
        end = next((number_of(times[key]) for key in _END_KEYS if key in times), None)
        yield Utterance(label_of(speaker), text, start, end)


READERS: tuple[Reader, ...] = (Reader("speech", sniff, read),)
