"""Guides: documents and lines as questions, and lines back again."""

from __future__ import annotations

import io

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.errors import UnreadableFile
from dashboard.intake import guides
from dashboard.study import GuideQuestion
from dashboard.study_tree import is_whole

MARKDOWN = """# Interview guide: the library app

Thank you for coming. I would like to record this, if you agree.

## 1. Getting to know the library (5 min)

1. Tell me about the last time you went to the library.
   - Probe: who came along?
   - Why that day?
2. How do you choose what to read
   next, and where do you look?

## Borrowing (10 min)

* **What happens when you borrow a book?**
* Walk me through reserving something.

**Closing**

- Is there anything I should have asked?
"""
WANTED = [
    "Tell me about the last time you went to the library.",
    "How do you choose what to read next, and where do you look?",
    "What happens when you borrow a book?",
    "Walk me through reserving something.",
    "Is there anything I should have asked?",
]


def _texts(questions: tuple[GuideQuestion, ...]) -> list[str]:
    return [each.question for each in questions]


def test_a_markdown_guide_with_sections_numbers_and_probes() -> None:
    found = guides.read(MARKDOWN.encode(), "guide.md", stages=("Borrow", "Borrowing"))
    assert _texts(found) == WANTED
    assert [each.id for each in found] == ["q1", "q2", "q3", "q4", "q5"]
    assert [each.stage for each in found] == [None, None, "Borrowing", "Borrowing", None]


def test_a_word_guide_with_headings_and_lists() -> None:
    document = docx.Document()
    document.add_heading("Guide", 0)
    document.add_paragraph("Welcome, and thank you for your time today, we have about an hour.")
    document.add_heading("Borrowing", 1)
    document.add_paragraph("Tell me about the last book you borrowed", style="List Number")
    document.add_paragraph("How did you find it?", style="List Number")
    document.add_heading("Bringing back", 1)
    document.add_paragraph("Describe how you return a book", style="List Bullet")
    held = io.BytesIO()
    document.save(held)
    found = guides.read(held.getvalue(), "guide.docx", stages=("Borrowing",))
    assert _texts(found) == [
        "Tell me about the last book you borrowed", "How did you find it?", "Describe how you return a book",
    ]  # fmt: skip
    assert [each.stage for each in found] == ["Borrowing", "Borrowing", None]


def test_plain_lines_and_letters_and_question_numbers() -> None:
    text = "WARM-UP\nQ1. Who are you?\nQ2: What do you do?\na) How long have you done it?\nBORROWING\n2.1 Why there?\n"
    assert _texts(guides.read(text.encode(), "guide.txt")) == [
        "Who are you?", "What do you do?", "How long have you done it?", "Why there?",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "empty.txt"),
        (b"Dear all,\nthe meeting is on Monday.\n", "letter.txt"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "guide.png"),
        (b"PK\x03\x04 broken", "guide.docx"),
        (b"%PDF-1.4 broken", "guide.pdf"),
        (b"How?\n" + "\n".join(f"How was day {n}?" for n in range(400)).encode(), "transcript.txt"),
    ],
)
def test_what_is_no_guide_is_said_in_one_sentence(data: bytes, name: str) -> None:
    with pytest.raises(UnreadableFile, match=name):
        guides.read(data, name)


def test_a_question_that_stays_keeps_its_id() -> None:
    before = guides.from_lines("How was it?\nWhat did you pay for the book?\nAnything else?")
    after = guides.from_lines("Anything else?\nWhat did you pay for that book?\nWho helped?", before=before)
    assert [each.id for each in after] == ["q3", "q2", "q4"]


def test_the_same_question_twice_stands_once() -> None:
    assert _texts(guides.from_lines("How was it?\n- how was it?\nWhy?")) == ["How was it?", "Why?"]


_WORDS = st.text(st.characters(categories=("Ll", "Lu")), min_size=2, max_size=9)
_ASKED = st.lists(_WORDS, min_size=2, max_size=6).map(lambda words: " ".join(words) + "?")


@given(st.lists(st.tuples(_ASKED, st.sampled_from(["Start", "Pay", None])), max_size=8))
def test_lines_are_read_back_as_they_were_written(given_questions: list[tuple[str, str | None]]) -> None:
    guide = guides.numbered([GuideQuestion("", text, stage) for text, stage in given_questions])
    read = guides.from_lines(guides.to_lines(guide), stages=("Start", "Pay"), before=guide)
    assert read == guide


@given(st.text(max_size=400))
def test_any_text_is_a_guide_or_refused(text: str) -> None:
    try:
        found = guides.read(text.encode("utf-8", "replace"), "any.txt")
    except UnreadableFile:
        return
    assert len({each.id for each in found}) == len(found)


def test_a_long_line_takes_no_long_time() -> None:
    with pytest.raises(UnreadableFile):
        guides.read(b"(" * 400_000 + b" 1." * 200_000, "long.txt")


def test_what_nothing_can_keep_is_marked() -> None:
    (found,) = guides.read(rb"{\rtf1 How was \'00it \u-10179? then?\par}", "guide.rtf")
    assert is_whole(found.question)
    assert guides.from_lines("How was\0 it?\ud800")[0].question == "How was� it?�"
