"""A small valid file in every form that is read: what the fuzzer changes, and what tests start from."""

# ruff: noqa: E501

from __future__ import annotations

import io
import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

SAID = (
    ("Mara Lind", "Why did you leave us in May?"),
    ("Jonas Falk", "It was too slow, and nobody told me about the price."),
    ("Mara Lind", "When did you notice it first?"),
    ("Jonas Falk", "On the second day – the invoice came twice."),
)
WHY = (
    "It was late and nobody knew why",
    "The price went up again without a word",
    "I like the app, most days of the week",
)


def files() -> dict[str, bytes]:
    """Name → bytes of every form."""
    return {name: build() for name, build in _FORMS.items()}


def lines(form: str) -> bytes:
    """The conversation with each turn in one form: {n}, {who}, {text}, {s} and {e} as hh:mm:ss, {m} as m:ss."""
    return "".join(
        form.format(n=n, who=who, text=text, s=f"00:00:{7 * n:02}", e=f"00:00:{7 * n + 5:02}", m=f"0:{7 * n:02}")
        for n, (who, text) in enumerate(SAID, start=1)
    ).encode()


def zipped(*members: tuple[str, bytes]) -> bytes:
    """A ZIP of these files."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def _survey(mark: str = ",") -> bytes:
    head = mark.join(["Respondent ID", "Date", "Plan", "How likely are you to recommend us?", "Why?"])
    rows = [
        mark.join([f"R{n}", f"2026-05-{n:02}", "Pro", str(n % 11), WHY[n % 3]]).replace(", most", " most")
        for n in range(1, 13)
    ]
    return "\n".join([head, *rows, ""]).encode()


def _qualtrics() -> bytes:
    ids = ["startDate", "status", "finished", "_recordId", "QID1", "QID2_TEXT"]
    import_ids = ",".join('"{""ImportId"":""' + each + '""}"' for each in ids)
    rows = [
        f"2026-05-{n:02} 10:00:00,IP Address,True,R_1aB2cD3eF4gH{n:03},{n % 11},{WHY[n % 3].split(',')[0]}"
        for n in range(1, 9)
    ]
    head = [
        "StartDate,Status,Finished,ResponseId,Q1,Q2",
        "Start Date,Response Type,Finished,Response ID,Recommend us?,Why?",
        import_ids,
    ]
    return "\n".join([*head, *rows, ""]).encode()


def _word() -> bytes:
    import docx

    document = docx.Document()
    for who, text in SAID:
        document.add_paragraph(f"{who}: {text}")
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Date", "4 May 2026"
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _workbook() -> bytes:
    import openpyxl

    workbook = openpyxl.Workbook()
    for line in _survey(";").decode().splitlines():
        workbook.active.append(line.split(";"))
    target = io.BytesIO()
    workbook.save(target)
    return target.getvalue()


def _opendocument() -> bytes:
    space = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    body = "".join(f"<text:p>{who}: {text}</text:p>" for who, text in SAID)
    content = f"<office:document-content {space}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    return zipped(("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.encode()))


def _pdf() -> bytes:
    said = b"".join(
        b"(%s: %s) Tj T*\n" % (who.encode("latin-1"), text.encode("latin-1", "replace")) for who, text in SAID
    )
    content = b"BT /F1 12 Tf 14 TL 50 700 Td\n" + said + b"ET"
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + b"xref\n0 6\n0000000000 65535 f \n%strailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(out),
    )


def _statistics(write: str, ending: str) -> bytes:
    import pandas as pd
    import pyreadstat

    frame = pd.DataFrame({"id": [1.0, 2.0, 3.0], "nps": [9.0, 3.0, None], "why": list(WHY)})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{ending}"
        getattr(pyreadstat, write)(frame, path)
        return path.read_bytes()


def _taguette() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.sqlite3"
        connection = sqlite3.connect(path)
        connection.executescript(
            "CREATE TABLE documents(id INTEGER PRIMARY KEY, name TEXT, contents TEXT);"
            "CREATE TABLE highlights(id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER);"
            "CREATE TABLE tags(id INTEGER PRIMARY KEY, path TEXT, description TEXT);"
            "CREATE TABLE highlight_tags(highlight_id INTEGER, tag_id INTEGER);"
            "INSERT INTO documents VALUES (1, 'p1', '<p>Mara: Why?</p><p>Jonas: It was slow.</p>');"
            "INSERT INTO highlights VALUES (1, 1, 10, 20); INSERT INTO tags VALUES (1, 'Speed', 'How fast');"
            "INSERT INTO highlight_tags VALUES (1, 1);"
        )
        connection.commit()
        connection.close()
        return path.read_bytes()


def _project() -> bytes:
    text = "\n".join(f"{who}: {said}" for who, said in SAID)
    guid = "00000000-0000-0000-0000-00000000000{}".format
    project = (
        f'<?xml version="1.0" encoding="utf-8"?><Project xmlns="urn:QDA-XML:project:1.0" name="x"><CodeBook><Codes>'
        f'<Code guid="{guid(1)}" name="Speed" isCodable="true"/></Codes></CodeBook><Sources>'
        f'<TextSource guid="{guid(2)}" name="p1" plainTextPath="internal://a.txt">'
        f'<PlainTextSelection guid="{guid(3)}" name="" startPosition="5" endPosition="20"><Coding guid="{guid(4)}">'
        f'<CodeRef targetGUID="{guid(1)}"/></Coding></PlainTextSelection></TextSource></Sources></Project>'
    )
    return zipped(("project.qde", project.encode()), ("sources/a.txt", text.encode()))


def _json(document: object) -> Callable[[], bytes]:
    return lambda: json.dumps(document).encode()


_SEGMENTS = [{"start": 7.0 * n, "end": 7.0 * n + 5, "text": text, "speaker": who} for n, (who, text) in enumerate(SAID)]
_RTF = r"{\rtf1\ansi\ansicpg1252 " + r"\par ".join(f"{who}: {text}" for who, text in SAID).replace("–", r"\'96") + "}"
_VTT = "WEBVTT - a recording\n\nNOTE made by hand\n\n"
_FORMS: dict[str, Callable[[], bytes]] = {
    "teams.vtt": lambda: _VTT.encode() + lines("3f2b-11/{n}-0\n{s}.000 --> {e}.000 align:start\n<v {who}>{text}</v>\n\n"),
    "zoom.vtt": lambda: b"WEBVTT\n\n" + lines("{n}\n{s}.000 --> {e}.000\n{who}: {text}\n\n"),
    "a.srt": lambda: lines("{n}\n{s},000 --> {e},000\n{who}: {text}\n\n"),
    "a.sbv": lambda: lines("{s}.000,{e}.000\n{who}: {text}\n\n"),
    "otter.txt": lambda: lines("{who}  {m}  \n{text}\n\n"),
    "prefix.txt": lambda: lines("{who}: {text}\n"),
    "utf-16.txt": lambda: lines("{who}: {text}\r\n").decode().encode("utf-16"),
    "stamps.txt": lambda: lines("[{s}] {who}: {text}\n\n"),
    "f4.txt": lambda: lines("{who}: {text} #{s}-3#\n\n"),
    "bold.md": lambda: b"---\ntitle: x\n---\n\n" + lines("**{who}:** [{s}] {text}\n\n"),
    "a.html": lambda: b"<!DOCTYPE html><html><body>" + lines("<p><b>{who}:</b> {text}</p>") + b"</body></html>",
    "a.rtf": lambda: _RTF.encode("latin-1"),
    "a.docx": _word,
    "a.odt": _opendocument,
    "a.pdf": _pdf,
    "whisper.json": _json({"text": "x", "language": "en", "segments": _SEGMENTS}),
    "assembly.json": _json({"utterances": [{**each, "start": 1, "end": 2, "words": []} for each in _SEGMENTS]}),
    "deepgram.json": _json({"results": {"utterances": [{**each, "transcript": each["text"], "speaker": 1} for each in _SEGMENTS]}}),
    "aws.json": _json({"results": {
        "transcripts": [{"transcript": "Why"}],
        "items": [{"type": "pronunciation", "start_time": "1", "end_time": "2", "speaker_label": "spk_0", "alternatives": [{"content": "Why"}]}],
        "speaker_labels": {"segments": [{"start_time": "1", "end_time": "2", "speaker_label": "spk_0", "items": []}]},
    }}),
    "talk.csv": lambda: b"start,speaker,text\n" + lines('{n}.5,{who},"{text}"\n'),
    "survey.csv": _survey,
    "semicolons.csv": lambda: _survey(";"),
    "qualtrics.csv": _qualtrics,
    "people.csv": lambda: b"Participant,Name,Plan\n" + b"".join(b"P%02d,Person %d,Pro\n" % (n, n) for n in range(12)),
    "codebook.csv": lambda: b"code,definition,parent\nSpeed,How fast,App\nPrice,What it costs,\n",
    "codings.csv": lambda: b"text,theme,document\nIt was too slow,Speed,p1\nThe price went up,Price,p2\n",
    "survey.xlsx": _workbook,
    "a.sav": lambda: _statistics("write_sav", ".sav"),
    "a.dta": lambda: _statistics("write_dta", ".dta"),
    "a.por": lambda: _statistics("write_por", ".por"),
    "a.sqlite3": _taguette,
    "a.qdpx": _project,
    "all.zip": lambda: zipped(("a/b.vtt", b"WEBVTT\n\n" + lines("{s}.000 --> {e}.000\n{who}: {text}\n\n")), ("c.csv", _survey())),
}  # fmt: skip
