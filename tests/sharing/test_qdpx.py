from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from dashboard.intake import read
from dashboard.sharing.qdpx import Case, Coding, Said, Text, qdpx
from dashboard.study import Theme

SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("refi_qda.xsd")))
BOOK = (
    Theme("Money", "What it <costs> & why"),
    Theme("Price", parent="Money"),
    Theme("Speed", parent="Running"),
    Theme('Say "no"'),
)


def xml(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("project.qde"))


def test_what_is_written_follows_the_standard() -> None:
    text = Text("s1", "a <b>.vtt", (Said(0, "Ana", "Why?"), Said(1, "Ben", "Too dear.\x0b")), (
        Coding(1, 0, 9, "Price", "ana"), Coding(1, 0, 9, "Price", "ben"), Coding(1, 4, 8, 'Say "no"', "ana"),
    ))  # fmt: skip
    survey = Text(
        "s2", "survey.csv", tuple(Said(n, f"R{n}", "slow") for n in range(9)), (Coding(5, 0, 4, "Speed", "ana"),)
    )
    cases = [Case("Ben", {"plan": "pro & more"}, {"s1": frozenset({1})}), Case("R5", {}, {"s2": frozenset({5})})]
    root = xml(qdpx("A study", BOOK, [text, survey], cases))
    SCHEMA.assertValid(root)
    assert [case.xpath("count(*[local-name()='SourceRef'])") for case in root.iter("{*}Case")] == [1, 0]
    assert [case.xpath("count(*[local-name()='SelectionRef'])") for case in root.iter("{*}Case")] == [0, 1]
    flags = {code.get("name"): code.get("isCodable") for code in root.iter("{*}Code")}
    assert flags == {"Money": "true", "Price": "true", "Running": "false", "Speed": "true", 'Say "no"': "true"}


def test_an_empty_study_follows_the_standard_too() -> None:
    SCHEMA.assertValid(xml(qdpx("", (), ())))


def test_positions_are_code_points_of_a_text_with_one_letter_a_line_end() -> None:
    said = "👩‍👩‍👧 first\r\nthen 😀 too dear\r\nand slow"
    start = said.index("too dear")
    coded = (Coding(0, start, start + 8, "Price", "ana"), Coding(0, len(said) - 4, len(said), "Speed", "ben"))
    data = qdpx("Emoji", BOOK, [Text("s1", "a.vtt", (Said(0, "Ana", said),), coded)])
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        plain = archive.read(next(name for name in archive.namelist() if name.endswith(".txt"))).decode()
    places = [(int(s.get("startPosition")), int(s.get("endPosition"))) for s in xml(data).iter("{*}PlainTextSelection")]
    assert [plain[start:end] for start, end in places] == ["too dear", "slow"]
    found = read(data, "a.qdpx").codings
    assert [(each.text, each.theme, each.coder) for each in found] == [
        ("too dear", "Price", "ana"),
        ("slow", "Speed", "ben"),
    ]


def test_a_stretch_or_theme_that_is_not_there_is_left_out() -> None:
    coded = (Coding(0, 0, 99, "Price", "ana"), Coding(7, 0, 1, "Price", "ana"), Coding(0, 0, 2, "Gone", "ana"))
    data = qdpx("A", BOOK, [Text("s1", "a.vtt", (Said(0, "Ana", "hello"),), coded)])
    SCHEMA.assertValid(xml(data))
    assert not list(xml(data).iter("{*}Coding"))


WORDS = st.lists(
    st.sampled_from(["dear", "slow", "😀", "naïve", "👩‍👧", "e\u0301té", "price", "日本", "R&D", "<b>", "\r\n", "\n"]),
    min_size=1, max_size=8,
)  # fmt: skip


def seen(text: str) -> str:
    """Without the letter that joins emoji, which a transcript is read without."""
    return text.replace("\u200d", "")


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_no_coding_is_shifted_by_writing_and_reading(turns: list[list[str]], data: st.DataObject) -> None:
    said = [Said(n, ("Ana", "Ben")[n % 2], " ".join(["Well", *words])) for n, words in enumerate(turns)]
    coded, wanted = [], []
    for each in said:
        start = data.draw(st.integers(0, len(each.text) - 1))
        end = data.draw(st.integers(start + 1, len(each.text)))
        if words := each.text[start:end].split():
            coded.append(Coding(each.turn, start, end, "Price", "ana"))
            wanted.append(seen("".join(words)))
    written = qdpx("A", BOOK, [Text("s1", "a.vtt", tuple(said), tuple(coded))])
    SCHEMA.assertValid(xml(written))
    assert sorted(seen("".join(each.text.split())) for each in read(written, "a.qdpx").codings) == sorted(wanted)


@pytest.mark.parametrize("name", ["plain", "\ud800 half"])
def test_the_same_study_gives_the_same_bytes(name: str) -> None:
    text = Text("s1", name, (Said(0, "Ana", "hello \ud800"),), (Coding(0, 0, 5, "Price", "ana"),))
    assert qdpx(name, BOOK, [text]) == qdpx(name, BOOK, [text])
