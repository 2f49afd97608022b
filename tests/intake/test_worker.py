"""What the reading process answers; that it starts, ends and is limited is tested with ``isolated``."""

from __future__ import annotations

import io

from dashboard.intake import worker

QUESTION = {
    "task": "read",
    "name": "x.txt",
    "data": b"I: Why?\nR: So.\n",
    "options": {},
}


def test_it_answers_with_what_was_read_or_why_not() -> None:
    assert worker.answer(QUESTION)[0] == worker.READ
    assert worker.answer({**QUESTION, "data": b""})[0] == worker.REFUSED
    assert worker.answer({**QUESTION, "task": "unpack"})[0] == worker.UNPACKED


def test_a_mistake_of_the_reader_is_named_by_its_place_without_a_word_of_the_file() -> None:
    letter, said = worker.answer({**QUESTION, "options": {"unknown": 1}})
    assert letter == worker.BROKEN
    assert said.startswith(b"TypeError at worker.py:")


def test_a_question_that_ends_early_is_the_last() -> None:
    assert worker._next(io.BytesIO(b"\0\0")) is None
    assert worker._next(io.BytesIO(worker.LENGTH.pack(9) + b"12")) is None
