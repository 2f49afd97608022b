"""Encodings of transcripts: found, or said by a person."""

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake.encoding import given

FRENCH = "I: Où était-ce, déjà ?\r\nR: À l’hôtel — « très cher », j’ai payé 40 €. Ça m’a gênée, même après l’été.\r\n"
GERMAN = "I: Wie fühlten Sie sich dabei?\nB: Müde – „sehr müde“, ich hätte früher gehen müssen. Größer wäre schöner.\n"
JAPANESE = "司会：どうでしたか。\n参加者：とても高いと思いました。また使いたいです。\n"
ENGLISH = "I: How was it?\nR: It didn’t work – “really” not.\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-16-be"),
        (FRENCH, "cp1252"),
        (FRENCH.replace("€", "Euro"), "mac_roman"),
        (FRENCH.replace("’", "'").replace("—", "-").replace("€", "E"), "latin-1"),
        (GERMAN, "cp1252"),
        (GERMAN, "mac_roman"),
        (JAPANESE, "cp932"),
        (JAPANESE, "utf-8"),
        (JAPANESE, "utf-16"),
        (JAPANESE, "euc_jp"),
        (ENGLISH, "cp1252"),
        (ENGLISH, "mac_roman"),
        (ENGLISH, "utf-32"),
    ],
)
def test_found(text: str, encoding: str) -> None:
    result = given(text.encode(encoding), "a.txt")
    assert result.text == text.replace("\r\n", "\n")


@pytest.mark.parametrize(
    "text", ["Вопрос: почему вы ушли от нас?\nОтвет: было очень дорого и неудобно, честно говоря.\n" * 3]
)
def test_cyrillic(text: str) -> None:
    assert given(text.encode("cp1251"), "a.txt").text == text


def test_a_person_decides() -> None:
    assert given("Ä".encode("cp850"), "a.txt", encoding="cp850").text == "Ä"
    with pytest.raises(UnreadableFile, match=r"a\.txt.*utf-8"):
        given(b"\xff\xfe\xfa", "a.txt", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        given(b"a", "a.txt", encoding="klingon")


def test_damaged_utf_8_keeps_the_rest() -> None:
    result = given(FRENCH.encode("utf-8") + b"\xc3", "a.txt")
    assert result.encoding == "utf-8, damaged"
    assert result.text is not None
    assert result.text.startswith("I: Où")


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\0\1\2\3" * 100, b"\x80\0\0\x81" * 99])
def test_binary_is_no_text(data: bytes) -> None:
    assert given(data, "a.bin").text is None


@everywhere(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]),
)
def test_unicode_with_a_mark_comes_back(text: str, encoding: str) -> None:
    text = text.replace("\u2028", " ").replace("\u2029", " ").lstrip("\ufeff")
    if encoding == "utf-8" and text.encode().startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    assert given(text.encode(encoding), "a.txt").text == text


@everywhere(st.binary(max_size=400))
def test_any_bytes_are_text_or_not(data: bytes) -> None:
    assert given(data, "a").data == data
