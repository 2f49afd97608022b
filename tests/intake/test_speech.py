"""JSON of speech-to-text services, in small documents of the same form."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource


def parsed(document: Any) -> ParsedSource:
    return read(json.dumps(document, ensure_ascii=False).encode(), "a.json")


def turns(document: Any) -> list[tuple[str | None, str, float | None]]:
    return [(turn.speaker, turn.text, turn.start) for turn in parsed(document).turns]


def aws_item(text: str, start: float | None, **more: Any) -> dict[str, Any]:
    item: dict[str, Any] = {
        "alternatives": [{"confidence": "1.0", "content": text}],
        "type": "punctuation" if start is None else "pronunciation",
    }
    if start is not None:
        item |= {"start_time": str(start), "end_time": str(start + 0.4)}
    return item | more


AWS_ITEMS = [
    aws_item("Why", 0.5),
    aws_item("red", 1.0),
    aws_item("?", None),
    aws_item("By", 2.0),
    aws_item("chance", 2.5),
    aws_item(".", None),
]


def test_aws_speakers() -> None:
    segments = [
        {
            "start_time": "0.5",
            "end_time": "1.4",
            "speaker_label": "spk_0",
            "items": [{"start_time": "0.5", "speaker_label": "spk_0"}, {"start_time": "1.0", "speaker_label": "spk_0"}],
        },
        {"start_time": "2.0", "end_time": "2.9", "speaker_label": "spk_1", "items": []},
    ]
    document = {
        "results": {
            "transcripts": [{"transcript": "…"}],
            "speaker_labels": {"speakers": 2, "segments": segments},
            "items": AWS_ITEMS,
        }
    }
    assert turns(document) == [("spk_0", "Why red?", 0.5), ("spk_1", "By chance.", 2.0)]


def test_aws_labels_on_the_items() -> None:
    items = [dict(item, speaker_label="spk_0" if at < 3 else "spk_1") for at, item in enumerate(AWS_ITEMS)]
    document = {"results": {"speaker_labels": {"segments": []}, "items": items}}
    assert turns(document) == [("spk_0", "Why red?", 0.5), ("spk_1", "By chance.", 2.0)]


def test_aws_channels_and_plain() -> None:
    channels = [{"channel_label": "ch_1", "items": AWS_ITEMS[3:]}, {"channel_label": "ch_0", "items": AWS_ITEMS[:3]}]
    assert turns({"results": {"channel_labels": {"channels": channels}, "items": AWS_ITEMS}}) == [
        ("ch_0", "Why red?", 0.5),
        ("ch_1", "By chance.", 2.0),
    ]
    plain = parsed({"results": {"transcripts": [{"transcript": "Why red? By chance."}], "items": AWS_ITEMS}})
    assert [(turn.speaker, turn.text) for turn in plain.turns] == [(None, "Why red? By chance.")]
    assert plain.format == "JSON, AWS Transcribe, no speakers"


WORDS = [
    ("why", "Why", 0, 0.1),
    ("red", "red?", 0, 0.5),
    ("by", "By", 1, 1.0),
    ("chance", "chance.", 1, 1.5),
    ("oh", "Oh.", 0, 2.0),
]


def test_deepgram_words_and_utterances() -> None:
    words = [{"word": w, "punctuated_word": p, "speaker": s, "start": t, "end": t + 0.3} for w, p, s, t in WORDS]
    expected = [("0", "Why red?", 0.1), ("1", "By chance.", 1.0), ("0", "Oh.", 2.0)]
    assert (
        turns({"metadata": {}, "results": {"channels": [{"alternatives": [{"transcript": "…", "words": words}]}]}})
        == expected
    )
    utterances = [
        {"start": 0.1, "end": 1.0, "transcript": "Why red?", "speaker": 0},
        {"start": 1.0, "end": 1.9, "transcript": "By chance.", "speaker": 1},
        {"start": 2.0, "end": 2.5, "transcript": "Oh.", "speaker": 0},
    ]
    assert turns({"results": {"channels": [{"alternatives": []}], "utterances": utterances}}) == expected


def test_deepgram_channels_and_no_speakers() -> None:
    channels = [
        {"alternatives": [{"words": [{"word": "hello", "punctuated_word": "Hello.", "start": 3.0, "end": 3.2}]}]},
        {"alternatives": [{"words": [{"word": "hi", "punctuated_word": "Hi.", "start": 1.0, "end": 1.2}]}]},
    ]
    assert turns({"results": {"channels": channels}}) == [("channel 1", "Hi.", 1.0), ("channel 0", "Hello.", 3.0)]
    assert turns({"results": {"channels": channels[:1]}}) == [(None, "Hello.", 3.0)]


def test_assemblyai() -> None:
    utterances = [
        {"speaker": "A", "text": "Why red?", "start": 170, "end": 900},
        {"speaker": "B", "text": "By chance.", "start": 1000, "end": 1900},
    ]
    assert turns({"id": "x", "utterances": utterances, "words": [], "text": "…"}) == [
        ("A", "Why red?", 0.17),
        ("B", "By chance.", 1.0),
    ]
    words = [
        {"text": p, "start": int(t * 1000), "end": int(t * 1000) + 300, "speaker": "AB"[s]} for _, p, s, t in WORDS
    ]
    assert turns({"utterances": None, "words": words, "text": "…"}) == [
        ("A", "Why red?", 0.1),
        ("B", "By chance.", 1.0),
        ("A", "Oh.", 2.0),
    ]
    same = [dict(word, speaker="A") for word in words]
    assert [speaker for speaker, _, _ in turns({"utterances": None, "words": same, "text": "…"})] == [None]


def test_whisper_and_its_kin() -> None:
    segments = [
        {"id": 0, "start": 0.0, "end": 2.0, "text": " Why red?"},
        {"id": 1, "start": 2.0, "end": 3.0, "text": " By chance."},
    ]
    assert turns({"text": "…", "segments": segments, "language": "en"}) == [
        (None, "Why red?", 0.0),
        (None, "By chance.", 2.0),
    ]
    assert parsed({"text": "…", "segments": segments, "language": "de"}).language == "de"
    spoken = [dict(segment, speaker=f"SPEAKER_0{at}") for at, segment in enumerate(segments)]
    assert turns({"segments": spoken}) == [("SPEAKER_00", "Why red?", 0.0), ("SPEAKER_01", "By chance.", 2.0)]
    cpp = [
        {
            "timestamps": {"from": "00:00:01,000", "to": "00:00:02,000"},
            "offsets": {"from": 1000, "to": 2000},
            "text": " Why?",
        }
    ]
    assert turns({"transcription": cpp}) == [(None, "Why?", 1.0)]
    assert turns({"text": "Why red?", "language": "en"}) == [(None, "Why red?", None)]


def test_kaldi_turns_begin_with_their_segment() -> None:
    words = [{"start": t, "end": t + 0.3, "word": w, "punct": p, "index": at} for at, (w, p, _, t) in enumerate(WORDS)]
    segments = [
        {"@type": "Segment", "start": start, "duration": length, "speaker": {"@id": who}}
        for start, length, who in ((0, 0.9, "S1"), (0.9, 1.0, "S2"), (1.95, 1.0, "S1"), (4, 1, "S3"))
    ]
    document = {"retval": {"status": True, "words": words, "segmentation": {"speakers": [], "segments": segments}}}
    assert turns(document) == [("S1", "Why red?", 0), ("S2", "By chance.", 0.9), ("S1", "Oh.", 1.95)]


def test_rev() -> None:
    def element(kind: str, value: str, at: float | None = None) -> dict[str, Any]:
        return {"type": kind, "value": value} | ({} if at is None else {"ts": at, "end_ts": at + 0.3})

    monologues = [
        {
            "speaker": 0,
            "elements": [
                element("text", "Why", 0.5),
                element("punct", " "),
                element("text", "red", 1.0),
                element("punct", "?"),
            ],
        },
        {"speaker": 1, "elements": [element("text", "Chance", 2.0), element("punct", ".")]},
    ]
    assert turns({"monologues": monologues}) == [("0", "Why red?", 0.5), ("1", "Chance.", 2.0)]
    named = {"speakers": [{"id": 0, "name": "Mara"}, {"id": 1, "name": "Tom"}], "monologues": monologues}
    assert [speaker for speaker, _, _ in turns(named)] == ["Mara", "Tom"]


def test_google_azure_ibm() -> None:
    words = [{"word": p, "speakerTag": s + 1, "startTime": f"{t}s", "endTime": f"{t + 0.3}s"} for _, p, s, t in WORDS]
    google = {"results": [{"alternatives": [{"transcript": "…"}]}, {"alternatives": [{"words": words}]}]}
    assert [speaker for speaker, _, _ in turns(google)] == ["1", "2", "1"]
    azure = {
        "recognizedPhrases": [
            {"speaker": 1, "offsetInTicks": 5_000_000, "durationInTicks": 1, "nBest": [{"display": "Why red?"}]}
        ]
    }
    assert turns(azure) == [("1", "Why red?", 0.5)]
    ibm = {
        "results": [{"alternatives": [{"timestamps": [["why", 0.5, 0.7], ["red", 0.8, 0.9]]}]}],
        "speaker_labels": [{"from": 0.5, "to": 0.7, "speaker": 0}, {"from": 0.8, "to": 0.9, "speaker": 1}],
    }
    assert turns(ibm) == [("0", "why", 0.5), ("1", "red", 0.8)]


def test_plain_lists_of_segments() -> None:
    rows = [
        {"speaker": "Mara", "text": "Why?", "start": "00:00:05"},
        {"speaker": "Tom", "text": "So.", "start": "00:00:09"},
    ]
    assert turns(rows) == [("Mara", "Why?", 5.0), ("Tom", "So.", 9.0)]
    assert turns({"title": "Talk", "entries": rows}) == turns(rows)


@pytest.mark.parametrize(
    "source",
    [
        '{"results": {"items": [1, 2]}}',
        '{"results": {"channels": [7]}}',
        '{"monologues": [{"elements": 4}]}',
        '{"utterances": ["a"]}',
        '{"a": 1}',
        '{"segments": [[1]]}',
        '[{"x": 1}]',
        '{"unfinished": ',
        "{}",
        "[" * 200_000,
        '[{"a":' * 100_000,
        '{"results": [{"alternatives": 4}]}',
        '{"retval": {"words": [3], "segmentation": {"segments": [1]}}}',
        '{"recognizedPhrases": [1]}',
        '{"text": "a", "segments": [{"start": NaN}]}',
    ],
)
def test_other_json_is_refused_in_a_sentence(source: str) -> None:
    try:
        result = read(source.encode(), "a.json")
    except UnreadableFile as refusal:
        said = str(refusal)
    else:
        said = "a.json." if all(turn.text.strip() for turn in result.turns) else ""
    assert "a.json" in said
    assert said.endswith(".")
