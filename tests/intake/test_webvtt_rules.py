"""The rules of WebVTT (https://www.w3.org/TR/webvtt1/), one by one, each with a file of its own."""

# ruff: noqa: E501

from __future__ import annotations

import pytest

from dashboard.intake import read
from dashboard.intake.captions import cues

CUE = "00:01.000 --> 00:02.000\nSo it was.\n"


def said(text: str | bytes) -> list[tuple[str | None, str]]:
    data = text if isinstance(text, bytes) else text.encode()
    parsed = read(data, "x.vtt")
    assert parsed.kind == "transcript"
    assert parsed.format.startswith("WebVTT")
    return [(turn.speaker, turn.text) for turn in parsed.turns]


# ---------------------------------------------------------------- the file


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize(
    "header",
    ["WEBVTT", "WEBVTT ", "WEBVTT\t", "WEBVTT - a title", "WEBVTT\ta title", "WEBVTT\nKind: captions\nLanguage: en"],
)
def test_signature_with_and_without_a_mark_and_header_text(mark: bytes, header: str) -> None:
    assert said(mark + f"{header}\n\n{CUE}".encode()) == [(None, "So it was.")]


def test_the_signature_is_a_word_of_its_own() -> None:
    assert not read(f"WEBVTTX\n\n{CUE}".encode(), "x.vtt").format.startswith("WebVTT")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_none_at_the_end(end: str, last: bool) -> None:
    text = f"WEBVTT\n\n{CUE}\n00:03.000 --> 00:04.000\nAnd it is."
    assert said((text + ("\n" if last else "")).replace("\n", end)) == [(None, "So it was."), (None, "And it is.")]


def test_mixed_line_ends() -> None:
    assert said("WEBVTT\r\n\n00:01.000 --> 00:02.000\rSo it was.\r\n\n") == [(None, "So it was.")]


def test_several_blank_lines_and_lines_of_blanks() -> None:
    assert said(f"WEBVTT\n\n\n\n{CUE}\n \n\n00:03.000 --> 00:04.000\nAnd.\n\n\n") == [
        (None, "So it was."),
        (None, "And."),
    ]


# ---------------------------------------------------------------- blocks that are no cues


@pytest.mark.parametrize(
    "block",
    [
        "NOTE one line",
        "NOTE\nseveral\nlines",
        "NOTE\twith a tab",
        "STYLE\n::cue(v[voice=Mara]) { color: red }",
        "REGION\nid:left\nwidth:40%\nlines:3\nregionanchor:0%,100%\nviewportanchor:10%,90%\nscroll:up",
    ],
)
def test_blocks_before_and_between_cues_are_not_said(block: str) -> None:
    text = f"WEBVTT\n\n{block}\n\n{CUE}\n{block}\n\n00:03.000 --> 00:04.000\nAnd it is.\n\n{block}\n"
    assert said(text) == [(None, "So it was."), (None, "And it is.")]


@pytest.mark.parametrize("word", ["NOTEBOOK", "STYLES", "REGIONAL"])
def test_words_that_only_begin_like_a_block_are_text(word: str) -> None:
    assert said(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{word} prices rose.\n") == [(None, f"{word} prices rose.")]


# ---------------------------------------------------------------- cues


@pytest.mark.parametrize("identifier", ["1", "intro", "a cue with blanks", "3f2b-11/0-0", "#5", "NOTE-1", "10:05"])
def test_identifiers_are_not_said(identifier: str) -> None:
    assert said(f"WEBVTT\n\n{identifier}\n{CUE}") == [(None, "So it was.")]


@pytest.mark.parametrize(
    ("timing", "start", "end"),
    [
        ("00:01.000 --> 00:02.000", 1, 2),
        ("00:00:01.000 --> 00:00:02.500", 1, 2.5),
        ("59:59.999 --> 01:00:00.000", 3_599.999, 3_600),
        ("100:00:00.000 --> 100:00:01.000", 360_000, 360_001),
        ("00:01.000\t-->\t00:02.000", 1, 2),
        ("  00:01.000   -->   00:02.000  ", 1, 2),
        ("00:01.000-->00:02.000", 1, 2),
        ("00:01.000 --> 00:02.000 align:start position:10%,line-left size:35% line:0 vertical:rl region:left", 1, 2),
        ("00:01.000 --> 00:02.000\tline:-1", 1, 2),
        ("00:01.000 --> 00:02.000 unknown:setting", 1, 2),
    ],
)
def test_timings_and_settings(timing: str, start: float, end: float) -> None:
    ((cue,), warnings) = cues(f"WEBVTT\n\n{timing}\nSo it was.")
    assert (cue.start, cue.end, cue.lines, warnings) == (start, end, ("So it was.",), [])


@pytest.mark.parametrize("timing", ["00:01 -> 00:02", "1.000 --> 2.000", "00:aa.000 --> 00:02.000"])
def test_timings_that_are_none_are_said_to_be_broken_or_are_text(timing: str) -> None:
    parsed = read(f"WEBVTT\n\n{CUE}\n{timing}\nAnd.\n".encode(), "x.vtt")
    assert parsed.turns[0].text.startswith("So it was.")


def test_cues_may_overlap_and_stand_at_one_time() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:05.000\n<v A>One.\n\n00:01.000 --> 00:05.000\n<v B>Two.\n\n00:03.000 --> 00:06.000\n<v A>Three.\n"
    assert said(text) == [("A", "One."), ("B", "Two."), ("A", "Three.")]


def test_a_cue_without_text_is_nothing() -> None:
    assert said(f"WEBVTT\n\n00:00.000 --> 00:01.000\n\n{CUE}") == [(None, "So it was.")]


def test_lines_of_one_cue_are_one_text() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\nSo it\nwas\nlate.\n") == [(None, "So it was late.")]


# ---------------------------------------------------------------- text of cues


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("a &lt; b &gt; c", "a < b > c"),
        ("R&amp;D", "R&D"),
        ("so&nbsp;it", "so it"),
        ("so&lrm; it&rlm; is", "so\u200e it\u200f is"),
        ("&quot;so&quot; &#233; &#xE9;", '"so" é é'),
        ("R&D; A & B", "R&D; A & B"),
        ("&amp;lt;", "&lt;"),
        ("5 > 3 -> so", "5 > 3 -> so"),
        ("if a < b then", "if a < b then"),
        ("<b>so</b> <i>it</i> <u>was</u>", "so it was"),
        ("<c.red.bg_blue>so</c> it", "so it"),
        ("<lang en-GB>so</lang> it", "so it"),
        ("<ruby>so<rt>sō</rt></ruby>", "sosō"),
        ("so <00:01.200>it <00:00:01.500>was", "so it was"),
        ("<i.loud>so <b>it</b></i>", "so it"),
    ],
)
def test_tags_and_character_references(written: str, read_as: str) -> None:
    assert said(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{written}\n") == [(None, read_as)]


@pytest.mark.parametrize(
    ("written", "speaker"),
    [
        ("<v Mara>So.</v>", "Mara"),
        ("<v Mara>So.", "Mara"),
        ("<v Mara Lind>So.</v>", "Mara Lind"),
        ("<v.first.loud Mara>So.</v>", "Mara"),
        ("<v  Mara >So.</v>", "Mara"),
        ("<v\tMara>So.</v>", "Mara"),
        ("<v R&amp;D>So.</v>", "R&D"),
        ("<v Lind, Mara (Ext)>So.</v>", "Lind, Mara (Ext)"),
        ("<v Zoë>So.</v>", "Zoë"),
        ("<V Mara>So.</V>", "Mara"),
        ("<v>So.</v>", None),
    ],
)
def test_voices(written: str, speaker: str | None) -> None:
    assert said(f"WEBVTT\n\n00:01.000 --> 00:02.000\n{written}\n") == [(speaker, "So.")]


def test_two_voices_in_one_cue() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Why?</v> <v B>So.</v>\n") == [("A", "Why?"), ("B", "So.")]
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>Why?\n<v B>So.\n") == [("A", "Why?"), ("B", "So.")]


def test_an_arrow_in_the_text_is_no_cue_where_it_is_no_timing() -> None:
    parsed = read(b"WEBVTT\n\n00:01.000 --> 00:02.000\nFirst A --> B, so it was.\n", "x.vtt")
    assert [turn.text for turn in parsed.turns] == ["First A --> B, so it was."]


def test_nul_becomes_no_part_of_a_word_and_other_letters_stay() -> None:
    assert said("WEBVTT\n\n00:01.000 --> 00:02.000\nšö שלום 你好 🙂\n") == [(None, "šö שלום 你好 🙂")]
