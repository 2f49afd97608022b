"""Files that are not what they say, are broken, or wish harm: one sentence each, soon, and nothing else."""

# ruff: noqa: E501

from __future__ import annotations

import io
import time
import zipfile

import pytest
from hypothesis import given as everywhere
from hypothesis import settings
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake import read

SECONDS = 12.0
"""Far more than any of these takes; a reader that is not linear takes minutes."""


def refused(data: bytes, name: str) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(data, name)
    sentence = str(caught.value)
    assert name in sentence
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def office(path: str, content: bytes, **others: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        if path == "content.xml":
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(path, content)
        for name, other in others.items():
            archive.writestr(name, other)
    return target.getvalue()


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]><x>&c;</x>'
ELSEWHERE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize("path", ["word/document.xml", "content.xml"])
@pytest.mark.parametrize("content", [LAUGHS, ELSEWHERE])
def test_entities_are_refused(path: str, content: bytes) -> None:
    assert "entities" in refused(office(path, content), "x.docx")


@pytest.mark.parametrize("path", ["word/document.xml", "content.xml"])
@pytest.mark.parametrize(
    "content", [b"", b"<x", b"<x></y>", b"\xff\xfe\0", b'<?xml version="1.0" encoding="klingon"?><x/>', b"<x/>"]
)
def test_broken_xml(path: str, content: bytes) -> None:
    refused(office(path, content), "x.docx")


def test_parts_that_unpack_to_far_too_much() -> None:
    assert "far more" in refused(office("word/document.xml", b" " * 60_000_000), "x.docx")


def test_xml_nested_too_deeply() -> None:
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    content = b"<w:document %s><w:body>%s%s</w:body></w:document>" % (space, b"<w:sdt>" * 20_000, b"</w:sdt>" * 20_000)
    refused(office("word/document.xml", content), "x.docx")


LONG = 1_000_000
PATTERNS = {
    "one paragraph": b"word " * (2 * LONG // 5),
    "one letter": b"a" * LONG,
    "colons": b"a:" * (LONG // 2),
    "colons and spaces": b"A: " * (LONG // 3),
    "digits and colons": b"1:" * (LONG // 2),
    "stamps": b"00:00:01 " * (LONG // 9),
    "stamps without a space": b"00:00:01" * (LONG // 8),
    "brackets": b"[" * LONG,
    "round brackets": b"(" * LONG,
    "stars": b"*" * LONG,
    "stars and spaces": b"* " * (LONG // 2),
    "hashes": b"#" * LONG,
    "hash stamps": b"#00:00:01-1" * (LONG // 11),
    "quotes": b"> " * (LONG // 2),
    "spaces": b" " * LONG + b"x",
    "tabs": b"x" + b"\t" * LONG,
    "tags": b"<v A" * (LONG // 4),
    "open tags": b"<" * LONG,
    "comments": b"<html><!--" * (LONG // 10),
    "declarations": b"<html><!DOCTYPE" * (LONG // 15),
    "arrows": b"-->" * (LONG // 3),
    "timings": b"00:00:01.000 --> 00:00:02.000" * (LONG // 29),
    "timing and spaces": b"00:00:01.000 -->" + b" " * LONG,
    "voice tag and spaces": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v" + b" " * LONG,
    "voice tags": b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v.a" * (LONG // 4),
    "numbers": b"1\n" * (LONG // 10),
    "header": b"WEBVTT" + b" x" * (LONG // 2),
    "marked sections": b"<html><![CDATA[" * (LONG // 15),
    "instructions": b"<html><?php " * (LONG // 12),
    "end tags": b"<html></p " * (LONG // 10),
    "attributes": b"<html><p a='" * (LONG // 12),
    "scripts": b"<html><script>" + b"</scr" * (LONG // 5),
    "html in html": b"<html><div>" * (LONG // 11),
    "rtf groups": b"{\\rtf1" + b"{" * LONG,
    "rtf words": b"{\\rtf1 " + b"\\a" * (LONG // 2),
    "rtf fields": b"{\\rtf1 " + b'{\\field{\\*\\fldinst HYPERLINK "a' * (LONG // 33),
    "rtf bytes": b"{\\rtf1 " + b"\\'e9" * (LONG // 4),
    "commas": b"a," * (LONG // 2),
    "quotation marks": b'"' * LONG,
    "json numbers": b'{"a": ' + b"9" * 4_000 + b"}",
    "json lists": b'{"segments": ' + b"[" * LONG,
    "names": b"Mara Lind " * (LONG // 10),
    "names with times": b"Mara Lind 0:01 " * (LONG // 15),
    "many lines": b"A: x\n" * (LONG // 10),
    "many names": b"".join(b"N%d: x\n" % n for n in range(30_000)),
    "many cues": b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nx\n\n" * 20_000,
    "control characters": b"I: a\x1b[31mred\x1b[0m\x07\n" * 50_000,
    "front matter": b"---\n" + b"a: b\n" * (LONG // 10),
    "entities": b"&" * LONG + b"&#" * 10,
}


@pytest.mark.parametrize("pattern", PATTERNS)
@pytest.mark.parametrize("name", ["x.txt"])
def test_long_patterns_are_read_in_time(pattern: str, name: str) -> None:
    begin = time.process_time()
    try:
        result = read(PATTERNS[pattern], name)
    except UnreadableFile as refusal:
        said = str(refusal)
    else:
        said = f"{name} {result.kind}"
    assert name in said
    assert time.process_time() - begin < SECONDS


def test_one_paragraph_of_two_megabytes_is_one_turn() -> None:
    result = read(b"I: Why?\n\nR: " + b"It was late and I went home. " * 70_000 + b"\n\nI: So?\n\nR: So.", "x.txt")
    assert [turn.speaker for turn in result.turns] == ["I", "R", "I", "R"]
    assert len(result.turns[1].text) > 2_000_000


STARTS = (
    b"",
    b"WEBVTT\n\n00:01.000 --> 00:02.000\n",
    b"1\n00:00:01,000 --> 00:00:02,000\n",
    b"{\\rtf1\\ansi ",
    b"<html><body>",
    b"%PDF-1.4\n",
    b'{"results": {"items": [',
    b"I: Why?\nR: ",
    b"PK\x03\x04",
    b"---\n",
    b"Mara  0:01  \n",
    b"\xff\xfe",
    b"\xfe\xff",
    b"SQLite format 3\0",
    b"$FL2",
    b"name,score\n",
)


@settings(max_examples=300, deadline=None)
@everywhere(
    st.sampled_from(STARTS),
    st.binary(max_size=300),
    st.sampled_from(["x.vtt", "x.txt", "x.rtf", "x.json", "x.docx", "x.pdf", "x"]),
)
def test_any_bytes_are_read_or_refused(start: bytes, rest: bytes, name: str) -> None:
    try:
        said = f"{name} {read(start + rest, name).kind}"
    except UnreadableFile as refusal:
        said = str(refusal)
    assert name in said


@settings(max_examples=300, deadline=None)
@everywhere(
    st.sampled_from(STARTS[:9]),
    st.text(st.sampled_from("IRQ:. \n\t[]()<>#*-–0123456789ab?!&;{}\\'\"→éדあ"), max_size=200),
)
def test_any_text_is_read_or_refused(start: bytes, rest: str) -> None:
    try:
        result = read(start + rest.encode(), "x.txt")
    except UnreadableFile:
        return
    assert [turn.index for turn in result.turns] == list(range(len(result.turns)))
    assert all(turn.text.strip() for turn in result.turns)
