"""WebVTT, SRT and SBV as meeting tools, subtitlers and recognisers write them, in fixtures of our own."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake import captions
from dashboard.intake.captions import is_timing
from dashboard.intake.encoding import given


def said(source: str) -> list[tuple[str | None, str]]:
    return [(turn.speaker, turn.text) for turn in captions.parsed(source).turns]


def times(source: str) -> list[tuple[float | None, float | None]]:
    return [(turn.start, turn.end) for turn in captions.parsed(source).turns]


TEAMS = """WEBVTT

3f0c/12-0
00:00:03.120 --> 00:00:05.000
<v Lind, Mara (Ext)>So how did you
choose the kettle &amp; the lid?</v>

3f0c/12-1
00:00:05.000 --> 00:00:07.500
<v Lind, Mara (Ext)>Was it the price?</v>

3f0c/15-0
00:00:08.000 --> 00:00:09.000
<v Tom Okafor>Yes &lt;laughs&gt;

3f0c/15-1
00:00:09.000 --> 00:00:11.250
<v Tom Okafor>it was: cheap."""


def test_teams() -> None:
    assert said(TEAMS) == [
        ("Lind, Mara (Ext)", "So how did you choose the kettle & the lid? Was it the price?"),
        ("Tom Okafor", "Yes <laughs> it was: cheap."),
    ]
    assert times(TEAMS) == [(3.12, 7.5), (8.0, 11.25)]
    assert captions.parsed(TEAMS).format == "WebVTT, voice tags"


def test_zoom_goes_on_with_the_speaker_before() -> None:
    source = (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nMara (SL): Hello.\n\n2\n00:00:02.000 --> 00:00:03.000\nHow are you?\n\n"
        "3\n00:10:00.000 --> 00:10:01.000\nTom Okafor: Fine. Note: tired.\n\n4\n00:10:02.000 --> 00:10:03.000\nMara (SL): Good.\n\n"
        "5\n00:10:04.000 --> 00:10:05.000\nTom Okafor: Bye.\n"
    )
    assert said(source) == [
        ("Mara (SL)", "Hello. How are you?"),
        ("Tom Okafor", "Fine. Note: tired."),
        ("Mara (SL)", "Good."),
        ("Tom Okafor", "Bye."),
    ]


def test_header_alone_is_a_transcript_without_turns() -> None:
    result = captions.parsed("WEBVTT")
    assert result.kind == "transcript"
    assert result.turns == ()
    assert any("without a cue" in warning for warning in result.warnings)


def test_blocks_settings_tags_and_classes() -> None:
    source = (
        "WEBVTT - Talk\nKind: captions\nLanguage: en\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:a\n\nNOTE a comment\n00:00 no cue\n\n"
        "first\n01:02.000 --> 01:03.500 align:start position:0%\n<v.loud.first Mara Lind><c.red>Hello</c> <i>you</i>, <01:02.500>friend</v>\n\n"
        "NOTE\nanother\n\n01:00:00.000 --> 01:00:75.000\n<v Tom>Hi</v> <v Mara Lind>Hey\n"
    )
    assert said(source) == [("Mara Lind", "Hello you, friend"), ("Tom", "Hi"), ("Mara Lind", "Hey")]
    assert times(source)[0] == (62.0, 63.5)
    assert times(source)[1] == (3600.0, 3675.0)


def test_rolling_captions_count_each_line_once() -> None:
    lines = ["so we went there", "and it was closed", "which was a pity", "because of the rain", "we came from far"]
    cues = []
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else " "
        cues.append(
            f"00:00:{at * 2:02}.000 --> 00:00:{at * 2 + 2:02}.000\n{before}\n{line[:3]}<00:00:{at * 2:02}.500><c>{line[3:]}</c>"
        )
        cues.append(f"00:00:{at * 2 + 2:02}.000 --> 00:00:{at * 2 + 2:02}.010\n{line}\n ")
    text = " ".join(text for _, text in said("WEBVTT\n\n" + "\n\n".join(cues)))
    assert text == " ".join(lines)


def test_repeated_answers_are_no_rolling_captions() -> None:
    cues = "\n\n".join(
        f"00:00:0{at}.000 --> 00:00:0{at + 1}.000\n{word}"
        for at, word in enumerate(["Yes.", "Yes.", "No.", "Well.", "Go."])
    )
    assert " ".join(text for _, text in said(f"WEBVTT\n\n{cues}")) == "Yes. Yes. No. Well. Go."


@pytest.mark.parametrize("dash", ["", "- ", ">> "])
def test_srt_with_names_in_capitals(dash: str) -> None:
    source = (
        f"1\n00:00:01,000 --> 00:00:02,000\n{dash}MARA: Hello?\n\n2\n00:00:02,000 --> 00:00:03,000\n{dash}TOM: Hi.\n\n"
        f"3\n00:00:03,500 --> 00:00:04,000\n{dash}MARA: Bye.\n{dash}TOM: Bye.\n"
    )
    assert said(source) == [("MARA", "Hello?"), ("TOM", "Hi."), ("MARA", "Bye."), ("TOM", "Bye.")]


def test_srt_without_speakers_and_without_a_time() -> None:
    source = (
        "1\n00:00:01,000 --> 00:00:02,000\nFirst.\n\n2\nSecond.\n\n3\n00:00:05,000 --> 00:00:06,000\nThird: last.\n"
    )
    result = captions.parsed(source)
    assert [turn.text for turn in result.turns] == ["First.", "Second.", "Third: last."]
    assert {turn.speaker for turn in result.turns} == {None}
    assert any(warning.startswith("line 5:") for warning in result.warnings)


def test_dialogue_dashes_and_sounds_are_no_speakers() -> None:
    source = "WEBVTT\n\n00:01.000 --> 00:02.000\n- Take a cup.\n- No.\n\n00:02.000 --> 00:03.000\n[Alma] <i>In those days,</i>\n"
    assert {who for who, _ in said(source)} == {None}


def test_sbv() -> None:
    source = "0:00:01.000,0:00:03.500\nMara: How was it?\n\n0:00:04.000,0:00:06.000\nTom: Fine.\n\n0:00:07.000,0:00:08.000\nMara: Good.\n\n0:00:08.000,0:00:09.000\nTom: Yes.\n"
    assert [who for who, _ in said(source)] == ["Mara", "Tom", "Mara", "Tom"]
    assert times(source)[0] == (1.0, 3.5)
    assert captions.parsed(source).format.startswith("SBV")


def test_old_teams_text() -> None:
    source = "0:0:0.0 --> 0:0:3.60\nMara Lind\nHow was it?\n0:0:3.61 --> 0:0:5.0\nTom Okafor\nFine.\nReally.\n0:0:6.0 --> 0:0:7.0\nMara Lind\nGood.\n"
    assert said(source) == [("Mara Lind", "How was it?"), ("Tom Okafor", "Fine. Really."), ("Mara Lind", "Good.")]
    assert times(source)[1] == (3.61, 5.0)


def test_timing_inside_a_text_begins_a_cue() -> None:
    source = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nOne.\n\n00:00:03.000 --> 00:00:04.000\n00:00:03.000 --> 00:00:04.000\nTwo.\n"
    assert [text for _, text in said(source)] == ["One.", "Two."]


def test_cues_without_header_and_without_blank_lines() -> None:
    source = "1\n00:01 --> 00:02\n<v A>One.\n2\n00:03 --> 00:04\n<v B>Two.\n"
    assert said(source) == [("A", "One."), ("B", "Two.")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("00:00:01.000 --> 00:00:02.000 line:0", (1.0, 2.0)),
        ("59:59.000 --> 01:00:01.000", (3599.0, 3601.0)),
        ("0:01 -> 0:02", (1.0, 2.0)),
        ("a --> b", None),
        ("1:00", None),
        ("", None),
        ("00:00:01,000 --> 00:00:02,000", (1.0, 2.0)),
    ],
)
def test_timing_lines(line: str, expected: tuple[float, float] | None) -> None:
    assert is_timing(line) == expected


def test_sniffs_by_content() -> None:
    assert captions.sniff(given(TEAMS.encode(), "x.md")) > 0.9
    assert captions.sniff(given(TEAMS.replace("WEBVTT\n\n", "").encode(), "x.md")) > 0.8
    assert captions.sniff(given(b"I: Why --> how?\nR: Because.", "x.vtt")) == 0.0


# ---------------------------------------------------------------- the way back

names = st.sampled_from(
    ["Mara Lind", "O'Neil, Sam (Ext)", "דנה כהן", "P7", "Speaker 1", "Zoë-Ann van der Berg", "佐藤 花子", "IT & Co"]
)
texts = st.lists(
    st.text(
        st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cf", "Zs"), include_characters=" "),
        min_size=1,
        max_size=40,
    )
    .map(lambda text: " ".join(text.split()))
    .filter(
        lambda text: (
            bool(text)
            and "-->" not in text
            and "->" not in text
            and not text.isdecimal()
            and not text.startswith(("NOTE", "STYLE", "REGION"))
        )
    ),
    min_size=1,
    max_size=3,
).map("\n".join)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@everywhere(st.lists(st.tuples(names, texts), min_size=1, max_size=8), st.integers(0, 10_000))
def test_voice_tags_give_back_the_conversation(talk: list[tuple[str, str]], begin: int) -> None:
    def clock(at: int) -> str:
        return f"{at // 3600:02}:{at // 60 % 60:02}:{at % 60:02}.000"

    cues = [
        f"id-{at}\n{clock(begin + 2 * at)} --> {clock(begin + 2 * at + 2)}\n<v {escaped(who)}>{escaped(what)}</v>"
        for at, (who, what) in enumerate(talk)
    ]
    expected: list[tuple[str, str]] = []
    for who, what in talk:
        what = " ".join(what.split())
        if expected and expected[-1][0] == who:
            expected[-1] = (who, f"{expected[-1][1]} {what}")
        else:
            expected.append((who, what))
    result = captions.parsed("WEBVTT\n\n" + "\n\n".join(cues))
    assert [(turn.speaker, " ".join(turn.text.split())) for turn in result.turns] == expected
    assert result.turns[0].start == begin
