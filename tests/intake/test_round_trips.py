"""A conversation written in any form and read back is the same conversation, however the form cuts it into pieces."""

# ruff: noqa: E501

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from itertools import cycle, groupby, islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.intake import read

Talk = list[tuple[str, str]]

NAMES = (
    "Mara Lind",
    "Tom Okafor",
    "O'Neil, Sam (Ext)",
    "P7",
    "Speaker 1",
    "Zoë-Ann van der Berg",
    "Interviewer",
    "Dr. Ada Byron",
    "Jean-Luc (he/him)",
    "R&D",
    "Łukasz Żak",
    "王芳",
    "Ann < Ben",
)
PLAIN = NAMES[:9]
WORDS = ("so", "the", "Note: it", "price,", "“fine”", "17:30", "said: no", "why?", "https://example.org/a:b", "(laughs)", "—", "e.g. tea", "100 %", "C#", "A", "R&D", "5 < 6 > 4", "#00", "[sic]", "left.", "0:21", "&amp;", "=1+1", "a;b,c", "\"quoted\"", "价格", "שלום", "🙂", "\\back", "{curly}", "-> there")  # fmt: skip
SAFE = tuple(word for word in WORDS if not any(mark in word for mark in '#[<>&{}=\\-"'))


def talks(names: tuple[str, ...], words: tuple[str, ...], *, lines: int = 1) -> st.SearchStrategy[Talk]:
    """Two to four people, nobody twice in a row, each at least twice; what they say may have line ends."""
    sentence = st.lists(st.sampled_from(words), min_size=1, max_size=9).map(
        lambda said: "It was " + " ".join(said) + " indeed."
    )
    text = st.lists(sentence, min_size=1, max_size=lines).map("\n".join)
    people = st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True)
    return people.flatmap(
        lambda who: st.lists(text, min_size=2 * len(who), max_size=4 * len(who)).map(
            lambda said: list(zip(islice(cycle(who), len(said)), said, strict=False))
        )
    )


def stamp(seconds: float, mark: str = ".") -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}{mark}{round(1000 * (seconds - whole)):03}"


def cues(talk: Talk, form: str, *, mark: str = ".") -> str:
    """One cue a turn: {n}, {s} and {e}, {who}, {text}."""
    return "".join(
        form.format(n=n, s=stamp(5 + 400 * n, mark), e=stamp(9 + 400 * n, mark), who=who, text=text)
        for n, (who, text) in enumerate(talk)
    )


def clean(talk: Talk) -> Talk:
    return [(escape(who, quote=False), escape(text, quote=False)) for who, text in talk]


def table(talk: Talk, mark: str) -> str:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=mark)
    writer.writerow(["start", "speaker", "text"])
    writer.writerows([5 + 400 * n, who, text] for n, (who, text) in enumerate(talk))
    return target.getvalue()


def word(talk: Talk, *, in_table: bool) -> bytes:
    import docx

    document = docx.Document()
    if in_table:
        grid = document.add_table(rows=0, cols=2)
        for who, text in talk:
            row = grid.add_row()
            row.cells[0].text, row.cells[1].text = who, text
    else:
        for who, text in talk:
            document.add_paragraph(f"{who}: {text}")
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def workbook(talk: Talk) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["start", "speaker", "text"])
    for n, (who, text) in enumerate(talk):
        book.active.append([5 + 400 * n, who, text])
        book.active.cell(n + 2, 3).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def opendocument(talk: Talk) -> bytes:
    space = " ".join(f'xmlns:{each}="urn:oasis:names:tc:opendocument:xmlns:{each}:1.0"' for each in ("office", "text"))
    body = "".join(
        f"<text:p>{who}: {text.replace(chr(10), '<text:line-break/>')}</text:p>" for who, text in clean(talk)
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {space}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return target.getvalue()


def rich(talk: Talk) -> bytes:
    def letters(text: str) -> Iterator[str]:
        for letter in text:
            if letter in "\\{}":
                yield f"\\{letter}"
            elif letter == "\n":
                yield "\\line "
            elif letter < "\x80":
                yield letter
            else:
                units = letter.encode("utf-16-le")
                for at in range(0, len(units), 2):
                    yield f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?"

    return ("{\\rtf1\\ansi " + "\\par ".join("".join(letters(f"{who}: {text}")) for who, text in talk) + "}").encode(
        "ascii"
    )


def segments(talk: Talk) -> list[dict[str, object]]:
    return [
        {"start": 5.0 + 400 * n, "end": 9.0 + 400 * n, "speaker": who, "text": text}
        for n, (who, text) in enumerate(talk)
    ]


def encoded(render: Callable[[Talk], str]) -> Callable[[Talk], bytes]:
    return lambda talk: render(talk).encode()


FORMS: dict[str, tuple[str, Callable[[Talk], bytes], st.SearchStrategy[Talk], bool]] = {
    # name of the file, how it is written, what may be said, whether it has times
    "WebVTT, voices": ("x.vtt", encoded(lambda t: "WEBVTT\n\n" + cues(clean(t), "{s} --> {e}\n<v {who}>{text}</v>\n\n")), talks(NAMES, WORDS, lines=3), True),
    "WebVTT, voices left open, Windows": ("x.vtt", encoded(lambda t: ("WEBVTT\n\n" + cues(clean(t), "{n}\n{s} --> {e}\n<v {who}>{text}\n\n")).replace("\n", "\r\n")), talks(NAMES, WORDS, lines=3), True),
    "WebVTT, names before the text": ("x.vtt", encoded(lambda t: "WEBVTT\n\n" + cues(clean(t), "{n}\n{s} --> {e}\n{who}: {text}\n\n")), talks(PLAIN, WORDS, lines=2), True),
    "SRT": ("x.srt", encoded(lambda t: cues(t, "{n}\n{s} --> {e}\n{who}: {text}\n\n", mark=",")), talks(PLAIN, SAFE), True),
    "SBV": ("x.sbv", encoded(lambda t: cues(t, "{s},{e}\n{who}: {text}\n\n")), talks(PLAIN, SAFE), True),
    "old Teams": ("x.txt", encoded(lambda t: cues(t, "{s} --> {e}\n{who}\n{text}\n\n")), talks(PLAIN[:4], SAFE), True),
    "DOCX": ("x.docx", lambda t: word(t, in_table=False), talks(PLAIN, SAFE), False),
    "DOCX, table": ("x.docx", lambda t: word(t, in_table=True), talks(PLAIN, SAFE), False),
    "ODT": ("x.odt", opendocument, talks(PLAIN, SAFE), False),
    "RTF": ("x.rtf", rich, talks(PLAIN, SAFE), False),
    "HTML": ("x.html", encoded(lambda t: "<!DOCTYPE html><html><body>" + "".join(f"<p><b>{who}:</b> {text}</p>\n" for who, text in clean(t)) + "</body></html>"), talks(PLAIN, SAFE), False),
    "JSON, segments": ("x.json", encoded(lambda t: json.dumps({"language": "en", "segments": segments(t)})), talks(NAMES, WORDS, lines=2), True),
    "JSON, utterances": ("x.json", encoded(lambda t: json.dumps({"utterances": [{**each, "start": 1000 * int(5 + 400 * n), "end": 1000 * int(9 + 400 * n), "words": []} for n, each in enumerate(segments(t))]})), talks(NAMES, WORDS, lines=2), True),
    "CSV": ("x.csv", encoded(lambda t: table(t, ",")), talks(NAMES, WORDS, lines=3), True),
    "CSV, semicolons": ("x.csv", encoded(lambda t: table(t, ";")), talks(NAMES, WORDS, lines=3), True),
    "TSV": ("x.tsv", encoded(lambda t: table(t, "\t")), talks(NAMES, WORDS, lines=3), True),
    "XLSX": ("x.xlsx", workbook, talks(NAMES, WORDS, lines=2), True),
}  # fmt: skip


def words_of(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_back(form: str) -> None:
    name, render, said, timed = FORMS[form]

    @settings(max_examples=12, deadline=None)
    @given(said)
    def same(talk: Talk) -> None:
        parsed = read(render(talk), name)
        assert parsed.kind == "transcript"
        found = [(turn.speaker, words_of(turn.text)) for turn in parsed.turns]
        assert found == [(who, words_of(text)) for who, text in talk], parsed.format
        if timed:
            assert [turn.start for turn in parsed.turns] == [5.0 + 400 * at for at in range(len(talk))]

    same()


# ---------------------------------------------------------------- pieces


@settings(max_examples=40, deadline=None)
@given(talks(NAMES, WORDS), st.lists(st.integers(1, 9), min_size=1, max_size=12), st.booleans())
def test_cues_may_cut_a_turn_anywhere(talk: Talk, lengths: list[int], named: bool) -> None:
    """Whatever the lengths of its cues: the same people say the same words, and a turn begins where its first cue does."""
    whole = [(who, text) for who, text in clean(talk)]
    length, at, text = cycle(lengths), 0, "WEBVTT\n\n"
    starts = []
    for who, said in whole:
        starts.append(float(at))
        left = said.split()
        while left:
            piece, left = left[: (n := next(length))], left[n:]
            text += f"{stamp(at)} --> {stamp(at + 1)}\n<v {who}>{' '.join(piece)}{'</v>' if named else ''}\n\n"
            at += 2
    parsed = read(text.encode(), "x.vtt")
    assert [(turn.speaker, words_of(turn.text)) for turn in parsed.turns] == [
        (who, words_of(said)) for who, said in talk
    ]
    assert [turn.start for turn in parsed.turns] == starts


@settings(max_examples=40, deadline=None)
@given(talks(PLAIN, SAFE), st.lists(st.integers(3, 9), min_size=1, max_size=12))
def test_cues_without_a_label_go_on_with_the_speaker_before(talk: Talk, lengths: list[int]) -> None:
    length, at, text = cycle(lengths), 0, "WEBVTT\n\n"
    for who, said in talk:
        left, label = said.replace(":", "").split(), f"{who}: "
        while left:
            piece, left = left[: (n := next(length))], left[n:]
            text += f"{stamp(at)} --> {stamp(at + 1)}\n{label}{' '.join(piece)}\n\n"
            at, label = at + 2, ""
    parsed = read(text.encode(), "x.vtt")
    found = [(turn.speaker, words_of(turn.text)) for turn in parsed.turns]
    assert found == [(who, words_of(said.replace(":", ""))) for who, said in talk]


@settings(max_examples=40, deadline=None)
@given(talks(NAMES, WORDS), st.integers(0, 3))
def test_what_stands_before_does_not_change_what_stands_after(talk: Talk, more: int) -> None:
    """Cues put before others leave the turns of those as they were."""
    before = [("Somebody Else", f"Number {n} came first.") for n in range(more)]
    parsed = read(("WEBVTT\n\n" + cues(clean(before + talk), "{s} --> {e}\n<v {who}>{text}</v>\n\n")).encode(), "x.vtt")
    found = [(turn.speaker, words_of(turn.text)) for turn in parsed.turns]
    joined = [
        (who, words_of(" ".join(text for _, text in group)))
        for who, group in groupby(before + talk, lambda each: each[0])
    ]
    assert found == joined
