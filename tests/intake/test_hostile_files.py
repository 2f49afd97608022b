"""Office files, databases, PDFs and tables that wish harm: read or refused in one sentence, soon, with little memory."""

# ruff: noqa: E501

from __future__ import annotations

import io
import sqlite3
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import isolated, read, unpack
from dashboard.intake.parsed import ParsedSource

SECONDS = 12.0
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;">]><x>&c;</x>'
)
ELSEWHERE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><x>&a;</x>'
TALK = b"I: Why did you leave?\nR: It was too slow.\nI: When?\nR: In May.\n"


def soon(work: Callable[[], ParsedSource]) -> ParsedSource | str:
    """What comes of it: a parsed source, or the one sentence that refuses it."""
    begin = time.process_time()
    try:
        return work()
    except UnreadableFile as refusal:
        sentence = str(refusal)
        assert sentence.endswith(".")
        assert "\n" not in sentence
        return sentence
    finally:
        assert time.process_time() - begin < SECONDS


def zipped(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


# ---------------------------------------------------------------- XML in containers


def workbook(sheet: bytes, strings: bytes = b"") -> bytes:
    """An XLSX of one sheet, with the parts that a reader asks for."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    package = b'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
    kind = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    return zipped(
        ("[Content_Types].xml", b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'),
        ("_rels/.rels", b'<Relationships %s><Relationship Id="a" Type="%sofficeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, kind)),
        ("xl/workbook.xml", b'<workbook %s %s><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>' % (space, relations)),
        ("xl/_rels/workbook.xml.rels", b'<Relationships %s><Relationship Id="r1" Type="%sworksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="%ssharedStrings" Target="sharedStrings.xml"/></Relationships>' % (package, kind, kind)),
        ("xl/sharedStrings.xml", strings or b"<sst %s/>" % space),
        ("xl/worksheets/sheet1.xml", sheet),
    )  # fmt: skip


def rows(*cells: bytes) -> bytes:
    """A sheet of one row of text cells under the headers A, B, C …, and an answer below."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    head = b"".join(b'<c t="inlineStr"><is><t>Why %d?</t></is></c>' % at for at in range(len(cells)))
    body = b"".join(b'<c t="inlineStr"><is><t>%s</t></is></c>' % cell for cell in cells)
    return b'<worksheet %s><sheetData><row r="1">%s</row><row r="2">%s</row></sheetData></worksheet>' % (
        space,
        head,
        body,
    )


@pytest.mark.parametrize("xml", [LAUGHS, ELSEWHERE])
@pytest.mark.parametrize(
    "build",
    [
        lambda xml: zipped(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", xml)),
        lambda xml: zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", xml)),
        lambda xml: zipped(("project.qde", xml)),
        lambda xml: workbook(xml),
        lambda xml: workbook(rows(b"It was late."), xml),
        lambda xml: xml,
    ],
    ids=["docx", "odt", "qdpx", "xlsx sheet", "xlsx strings", "bare"],
)
def test_entities_neither_grow_nor_reach_elsewhere(build: Callable[[bytes], bytes], xml: bytes) -> None:
    found = soon(lambda: read(build(xml), "x.bin"))
    shown = found if isinstance(found, str) else repr(found)
    assert Path("/etc/hostname").read_text(encoding="utf-8").strip() not in shown
    assert shown.count("ha") < 40


def test_a_workbook_that_is_sound_is_read() -> None:
    parsed = read(workbook(rows(b"It was late.", b"And dear.")), "x.xlsx")
    assert [column.name for column in parsed.columns] == ["Why 0?", "Why 1?"]


@pytest.mark.parametrize("path", ["word/document.xml", "content.xml", "project.qde", "xl/worksheets/sheet1.xml"])
def test_parts_that_grow_out_of_all_measure(path: str) -> None:
    large = b"<x>" + b" " * 40_000_000 + b"</x>"
    members = [("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<workbook/>"), (path, large)]
    assert isinstance(
        soon(lambda: read(zipped(*(members[:1] if "xl" not in path else members[:2]), members[2]), "x.docx")), str
    )


# ---------------------------------------------------------------- ZIPs


def test_zips_in_zips_and_bombs() -> None:
    bomb = zipped(("a.txt", b"a" * 30_000_000))
    with pytest.raises(UnreadableFile, match=r"too tightly|more than"):
        unpack(bomb, "x.zip")
    nested = zipped(("b.txt", TALK))
    for _ in range(12):
        nested = zipped(("inner.zip", nested))
    with pytest.raises(UnreadableFile, match="ZIP in a ZIP"):
        unpack(nested, "x.zip")
    many = zipped(*((f"{n}.zip", zipped(*((f"{m}.txt", b"") for m in range(60)))) for n in range(60)))
    with pytest.raises(UnreadableFile, match="more than the 1000"):
        unpack(many, "x.zip")


@pytest.mark.parametrize(
    "path",
    ["../../etc/x.txt", "/etc/x.txt", "C:\\x.txt", "..\\..\\x.txt", "a/../../x.txt", "./././x.txt", "a\0b/x.txt"],
)
def test_members_stay_inside_their_archive(path: str) -> None:
    entry = zipfile.ZipInfo("placeholder")
    entry.filename = path
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(entry, TALK)
    ((name, data),) = unpack(target.getvalue(), "a.zip")
    assert name.startswith("a.zip/")
    assert ".." not in name.split("/")
    assert name.isprintable()
    assert data == TALK


# ---------------------------------------------------------------- tables


def test_one_very_large_cell() -> None:
    said = b"It was late and nobody knew. " * 60_000
    parsed = soon(lambda: read(b'id,why\n1,"' + said + b'"\n2,So.\n', "x.csv"))
    assert isinstance(parsed, ParsedSource)
    assert parsed.respondents == 2
    parsed = soon(lambda: read(workbook(rows(said)), "x.xlsx"))
    assert isinstance(parsed, (ParsedSource, str))


@pytest.mark.parametrize("mark", [b",", b";", b"\t"])
def test_16_384_columns(mark: bytes) -> None:
    data = b"\n".join(mark.join(b"%d" % at for at in range(16_384)) for _ in range(20))
    assert "columns" in str(soon(lambda: read(data, "x.csv")))


def test_16_384_columns_of_a_workbook() -> None:
    assert "columns" in str(soon(lambda: read(workbook(rows(*[b"1"] * 16_384)), "x.xlsx")))


def test_columns_within_the_limit_are_read_in_time() -> None:
    data = b"\n".join(b",".join(b"%d" % (at % 7) for at in range(1_500)) for _ in range(20))
    assert isinstance(soon(lambda: read(data, "x.csv")), (ParsedSource, str))


@pytest.mark.parametrize(
    "formula", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1"]
)
def test_formulas_are_text(formula: str) -> None:
    quoted = formula.replace('"', '""')
    parsed = read(f'id,why\n1,"{quoted}"\n2,"It was late, and nobody knew why."\n'.encode(), "x.csv")
    values = [turn.text for turn in parsed.turns] + [v for row in parsed.rows for v in row.attributes.values()]
    assert formula.strip() in values


@pytest.mark.parametrize("name", ["x.csv", "x.txt", "x.vtt"])
def test_nul_bytes(name: str) -> None:
    for data in (
        b"I: Why?\0\nR: S\0o.\n" * 9,
        b"id,why\n1,a\0b\n",
        b"\0" * 5_000,
        b"WEBVTT\n\n00:01.000 --> 00:02.000\nA\0B\n",
    ):
        found = soon(lambda data=data: read(data, name))  # type: ignore[misc]
        assert found


@pytest.mark.parametrize("surrogate", [b"\xed\xa0\x80", b"\xed\xb0\x80", b"\xed\xa0\xbd\xed\xb8\x80"])
def test_lone_surrogates(surrogate: bytes) -> None:
    for data, name in (
        ((b"I: Why " + surrogate + b"?\nR: So.\n") * 9, "x.txt"),
        (b"id,why\n1,a" + surrogate + b"\n2,b\n", "x.csv"),
    ):
        found = soon(lambda data=data, name=name: read(data, name))  # type: ignore[misc]
        if isinstance(found, ParsedSource):
            repr(found).encode("utf-8")
            assert isolated.read(data, name) == found


def test_surrogates_in_utf_16_and_in_json() -> None:
    for data, name in (
        ("I: Why\ud800?\nR: So.\n" * 9).encode("utf-16", "surrogatepass"), "x.txt"), (
        b'{"segments": [{"start": 0, "end": 1, "text": "a\\ud800b", "speaker": "A\\udc00"}]}', "x.json",
    ):  # fmt: skip
        found = soon(lambda data=data, name=name: read(data, name))  # type: ignore[misc]
        if isinstance(found, ParsedSource):
            for turn in found.turns:
                (turn.text + (turn.speaker or "")).encode("utf-8")


# ---------------------------------------------------------------- files that are two things


VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mara>Why?\n\n00:02.000 --> 00:03.000\n<v Jo>So.\n\n"
HALVES = {
    "captions": VTT * 3,
    "a table": b"id,nps,why\n1,9,It was late.\n2,3,Too dear.\n" * 3,
    "talk": TALK * 3,
    "a web page": b"<html><body><p>I: Why?</p><p>R: So.</p></body></html>",
    "JSON": b'{"segments": [{"start": 0, "end": 1, "text": "So."}]}',
    "RTF": b"{\\rtf1\\ansi I: Why?\\par R: So.\\par}",
    "a ZIP": zipped(("a.txt", TALK)),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
    "UTF-16": TALK.decode().encode("utf-16"),
    "a database": b"SQLite format 3\0" + b"\0" * 600,
}


@pytest.mark.parametrize("first", HALVES)
@pytest.mark.parametrize("second", HALVES)
def test_a_file_that_changes_its_kind_half_way(first: str, second: str) -> None:
    found = soon(lambda: read(HALVES[first] + HALVES[second], "x.dat"))
    if isinstance(found, ParsedSource):
        assert [turn.index for turn in found.turns] == list(range(len(found.turns)))


# ---------------------------------------------------------------- PDFs that loop


def pdf(*objects: bytes) -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalogue."""
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s%s" % (len(objects) + 1, table, trailer)


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)


PAGE = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"
LOOPS = {
    "pages that hold themselves": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [2 0 R] >>"),
    "a form that draws itself": pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, stream(b"/X Do"),
        stream(b"/X Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /X 5 0 R >> >>"),
    ),
    "a parent that is its own child": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 3 0 R >>"),
    "a length that is itself": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>", PAGE, b"<< /Length 4 0 R >>\nstream\nBT\nendstream"),
    "a table that goes back to itself": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>").replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev 9"),
    "an object that is a reference to itself": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"2 0 R"),
    "a page count out of all measure": pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 2000000000 /Kids [3 0 R] >>", b"<< /Type /Page /Parent 2 0 R >>"),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("loop", LOOPS)
def test_a_pdf_that_loops_is_left_in_time(loop: str) -> None:
    begin = time.monotonic()
    found = soon(lambda: isolated.read(LOOPS[loop], "x.pdf", limits=isolated.Limits(seconds=10, memory_mb=500)))
    assert isinstance(found, str)
    assert time.monotonic() - begin < 60


# ---------------------------------------------------------------- databases


TABLES = (
    "CREATE TABLE documents(id INTEGER PRIMARY KEY, name TEXT, contents TEXT)",
    "CREATE TABLE highlights(id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER)",
    "CREATE TABLE tags(id INTEGER PRIMARY KEY, path TEXT, description TEXT)",
    "CREATE TABLE highlight_tags(highlight_id INTEGER, tag_id INTEGER)",
)
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id, i AS path, i AS description FROM n"
)
ATTACKS = {
    "a view in place of a table": [*TABLES[:2], TABLES[3], f"CREATE VIEW tags AS {ENDLESS}"],
    "a trigger": [*TABLES, "CREATE TRIGGER t AFTER INSERT ON tags BEGIN SELECT load_extension('x'); END", "INSERT INTO documents VALUES (1, 'a', '<p>So.</p>')"],
    "a view beside the tables": [*TABLES, f"CREATE VIEW other AS {ENDLESS}", "INSERT INTO documents VALUES (1, 'a', '<p>So.</p>')"],
    "a column that computes": [*TABLES[:2], TABLES[3], "CREATE TABLE tags(id INTEGER PRIMARY KEY, path TEXT, description TEXT AS (hex(zeroblob(4000000))))", "INSERT INTO tags(id, path) VALUES (1, 'a')"],
    "a text in place of a number": [*TABLES, "INSERT INTO highlight_tags VALUES ('x', x'00')", "INSERT INTO documents VALUES (1, x'ff', x'ff')"],
}  # fmt: skip


@pytest.mark.parametrize("attack", ATTACKS)
def test_databases(attack: str, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    connection = sqlite3.connect(path)
    for statement in ATTACKS[attack]:
        connection.execute(statement)
    connection.commit()
    connection.close()
    data = path.read_bytes()
    found = soon(lambda: isolated.read(data, "x.sqlite3", limits=isolated.Limits(seconds=20, memory_mb=600)))
    assert isinstance(found, str) or found.kind == "project"
