"""REFI-QDA projects as other programs write them; every project here was written for these tests."""

import io
import zipfile
from html import escape

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read, unpack

TALK = "I: Why did you leave?\nP: It was too dear. 😀 Really.\nI: Since when?\nP: Since the spring, I think.\n"
CODES = """<CodeBook><Codes>
 <Code guid="c1" name="Reasons" isCodable="true"><Description>why people leave</Description>
  <Code guid="c2" name="Price" isCodable="true"/><Code guid="c3" name="Other" isCodable="true"/></Code>
 <Code guid="c4" name="Time" isCodable="true"><Code guid="c5" name="Other" isCodable="true"/></Code>
</Codes></CodeBook>"""


def selection(start: int, end: int, code: str, *, name: str = "") -> str:
    return (
        f'<PlainTextSelection guid="s{start}{code}" name="{escape(name)}" startPosition="{start}" endPosition="{end}">'
        f'<Coding guid="x{start}{code}" creatingUser="u1"><CodeRef targetGUID="{code}"/></Coding></PlainTextSelection>'
    )


def qdpx(selections: str, *, text: bytes = TALK.encode(), more: str = "") -> bytes:
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="n" origin="Some Tool 2">'
        f'<Users><User guid="u1" name="Ada"/></Users>{CODES}<Sources>'
        f'<TextSource guid="t1" name="talk one" plainTextPath="internal://t1.txt">{selections}</TextSource>{more}'
        "</Sources></Project>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("project.qde", xml)
        archive.writestr("sources/t1.txt", text)
    return out.getvalue()


def at(words: str, code: str, *, shift: int = 0, name: str = "") -> str:
    start = TALK.index(words) + shift
    return selection(start, start + len(words), code, name=name)


def test_a_project_with_its_codebook_and_codings() -> None:
    data = qdpx(at("too dear", "c2") + at("Really", "c3") + at("the spring", "c4"))
    assert unpack(data, "p.qdpx") == [("p.qdpx", data)]
    parsed = read(data, "p.qdpx")
    assert parsed.kind == "project"
    assert [(theme.name, theme.parent) for theme in parsed.themes] == [
        ("Reasons", None), ("Price", "Reasons"), ("Other (Reasons)", "Reasons"), ("Time", None),
        ("Other (Time)", "Time"),
    ]  # fmt: skip
    assert parsed.themes[0].definition == "why people leave"
    assert [(coding.text, coding.theme, coding.coder) for coding in parsed.codings] == [
        ("too dear", "Price", "Ada"), ("Really", "Other (Reasons)", "Ada"), ("the spring", "Time", "Ada"),
    ]  # fmt: skip
    assert parsed.documents == ("talk one",)
    assert [turn.role for turn in parsed.turns] == ["interviewer", "participant"] * 2


@pytest.mark.parametrize("shift", [-3, 2, 9])
def test_positions_that_are_off_are_mended_by_the_quoted_words(shift: int) -> None:
    words = "Since the spring, I think"
    parsed = read(qdpx(at(words, "c4", shift=shift, name=words)), "p.qdpx")
    assert parsed.codings[0].text == words
    assert "mended by these: 1" in parsed.warnings[0]


@pytest.mark.parametrize("counted_as", [1, 2])
def test_line_ends_counted_as_one_or_as_two(counted_as: int) -> None:
    text = TALK.replace("\n", "\r\n") if counted_as == 2 else TALK
    words = "Since the spring"
    start = text.index(words)
    marked = selection(start, start + len(words), "c4", name=words)
    parsed = read(qdpx(marked, text=TALK.replace("\n", "\r\n").encode()), "p.qdpx")
    assert parsed.codings[0].text == words
    assert not any("mended" in warning for warning in parsed.warnings)


def test_codings_of_whole_documents_and_pictures_are_counted_out() -> None:
    whole = '<Coding guid="w" creatingUser="u1"><CodeRef targetGUID="c4"/></Coding>'
    picture = (
        f'<PictureSource guid="p1" name="pic"><PictureSelection guid="q">{whole}</PictureSelection></PictureSource>'
    )
    parsed = read(qdpx(at("too dear", "c2") + whole, more=picture), "p.qdpx")
    assert len(parsed.codings) == 1
    assert parsed.left_out[0].endswith("quote no text: 2.")


def test_text_inside_the_project_and_a_text_that_is_missing() -> None:
    content = f"<PlainTextContent>{escape(TALK)}</PlainTextContent>"
    inside = f'<TextSource guid="t2" name="two">{content}{at("too dear", "c2")}</TextSource>'
    missing = '<TextSource guid="t3" name="three" plainTextPath="internal://none.txt"/>'
    parsed = read(qdpx("", more=inside + missing), "p.qdpx")
    assert parsed.documents == ("talk one", "two")
    assert parsed.codings[0].document == "two"
    assert "three" in parsed.left_out[0]


def test_a_codebook_alone() -> None:
    data = f'<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0">{CODES[10:-11]}</CodeBook>'.encode()
    parsed = read(data, "codes.qdc")
    assert parsed.kind == "codebook"
    assert len(parsed.themes) == 5


def test_hostile_and_damaged_projects_are_unreadable() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><Project xmlns="urn:QDA-XML:project:1.0">&b;</Project>'
    )
    for xml in (bomb, b"<Project", b""):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("project.qde", xml)
        with pytest.raises(UnreadableFile, match=r"“p\.qdpx”"):
            read(out.getvalue(), "p.qdpx")
