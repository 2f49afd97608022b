"""Taguette's databases; every one here was made for these tests."""

import sqlite3

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import read

HTML = (
    "<h1>Talk</h1><p>I: Wie geht’s?</p><p>P: It was <b>too dear</b> for me.</p>"
    "<p>I: Since when?</p><p>P: Since spring.</p>"
)
FLAT = "TalkI: Wie geht’s?P: It was too dear for me.I: Since when?P: Since spring."
SCHEMA = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, name TEXT);
CREATE TABLE documents (id INTEGER PRIMARY KEY, name TEXT, contents TEXT);
CREATE TABLE tags (id INTEGER PRIMARY KEY, path TEXT, description TEXT);
CREATE TABLE highlights (
    id INTEGER PRIMARY KEY, document_id INTEGER, start_offset INTEGER, end_offset INTEGER, snippet TEXT
);
CREATE TABLE highlight_tags (highlight_id INTEGER, tag_id INTEGER);
"""


def database(*statements: str, schema: str = SCHEMA, wal: bool = False) -> bytes:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    data = bytearray(connection.serialize())
    connection.close()
    if wal:
        data[18] = data[19] = 2
    return bytes(data)


def offsets(words: str) -> str:
    start = len(FLAT[: FLAT.index(words)].encode())
    return f"{start}, {start + len(words.encode())}"


FILLED = (
    f"INSERT INTO documents VALUES (1, 'talk one', '{HTML}')",
    "INSERT INTO tags VALUES (1, 'price', 'what it costs'), (2, 'time', '')",
    f"INSERT INTO highlights VALUES (1, 1, {offsets('too dear')}, ''), (2, 1, {offsets('Since spring')}, '')",
    "INSERT INTO highlights VALUES (3, 1, 0, 4, '')",
    "INSERT INTO highlight_tags VALUES (1, 1), (2, 2), (2, 1)",
)


@pytest.mark.parametrize("wal", [False, True])
def test_offsets_are_bytes_of_the_text(wal: bool) -> None:
    parsed = read(database(*FILLED, wal=wal), "project.sqlite3")
    assert parsed.kind == "project"
    assert [(coding.text, coding.theme) for coding in parsed.codings] == [
        ("too dear", "price"),
        ("Since spring", "price"),
        ("Since spring", "time"),
    ]
    assert [(theme.name, theme.definition) for theme in parsed.themes] == [("price", "what it costs"), ("time", "")]
    assert [turn.speaker for turn in parsed.turns] == ["I", "P", "I", "P"]
    assert parsed.left_out == ("Highlights without a tag, which were not taken: 1.",)


def test_views_are_not_read() -> None:
    views = SCHEMA.replace("CREATE TABLE tags (id INTEGER PRIMARY KEY, path TEXT, description TEXT);", "")
    views += "CREATE VIEW tags AS SELECT 1 AS id, 'x' AS path, '' AS description;"
    with pytest.raises(UnreadableFile, match="not one of Taguette"):
        read(database(schema=views), "project.sqlite3")


def test_damaged_databases_are_unreadable() -> None:
    data = database(*FILLED)
    zeros = data[:4096] + b"\0" * (len(data) - 4096)
    unspeakable = data.replace(b"CREATE TABLE tags", b"CREATE \xff\xffBLE tags")  # SQLite quotes it in what it says
    for broken in (data[:5000], zeros, unspeakable):
        if b"highlight_tags" in broken:
            with pytest.raises(UnreadableFile, match="database"):
                read(broken, "project.sqlite3")
