from __future__ import annotations

import io
from datetime import UTC, datetime

from docx import Document

from dashboard.sharing.report import Heading, Points, Quote, Shares, Text, docx, html

BLOCKS = (
    Heading("<script>alert(1)</script>"),
    Text("“Price” is said by 6 of 12 (50 %).", "lead"),
    Shares(("Theme", "People"), ((("Price & cost", "6 of 12"), 0.5), (("Speed", "too few people (4)"), None))),
    Quote("too <b>dear</b> \x0b \ud800", "interviews"),
    Points(("one", "two")),
    Text("Of 12 people.", "quiet"),
)


def test_a_page_brings_nothing_to_life_and_fetches_nothing() -> None:
    page = html("A <i>", "today", BLOCKS).decode()
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert "too &lt;b&gt;dear" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_document_holds_the_same_in_headings_tables_and_lists() -> None:
    paper = Document(io.BytesIO(docx("A", "today", BLOCKS, at=datetime(2026, 1, 2, tzinfo=UTC))))
    assert [each.text for each in paper.paragraphs if each.style.name == "Heading 1"] == ["<script>alert(1)</script>"]
    assert [cell.text for cell in paper.tables[0].rows[1].cells][:2] == ["Price & cost", "6 of 12"]
    assert [each.text for each in paper.paragraphs if each.style.name == "List Bullet"] == ["one", "two"]
    assert paper.core_properties.author == ""
