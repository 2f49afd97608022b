"""What the log says: where it went wrong, and nothing of what customers said."""

from __future__ import annotations

import json
import logging
import sys

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui.logs import Lines, scrubbed

SECRET = "we cancelled because of Anna Miller"


def line(name: str, said: str, *values: object, error: bool = False) -> dict[str, object]:
    try:
        raise ValueError(SECRET)
    except ValueError:
        caught = sys.exc_info() if error else None
    record = logging.LogRecord(name, logging.WARNING, __file__, 1, said, values, caught)
    written = Lines().format(record)
    assert "\n" not in written
    assert SECRET not in written
    found: dict[str, object] = json.loads(written)
    return found


def test_a_line_is_json_and_an_error_is_its_kind_and_its_places() -> None:
    found = line("dashboard.ui.session", "reference %s", "abcd", error=True)
    assert (found["level"], found["from"], found["said"]) == ("warning", "dashboard.ui.session", "reference abcd")
    assert found["error"] == "ValueError"
    assert "test_logs.py" in str(found["where"])


def test_of_others_the_values_are_left_out() -> None:
    assert line("streamlit.web", "Error: %s", SECRET)["said"] == "Error: %s"


def test_queries_and_addresses_of_persons_are_left_out() -> None:
    said = line("dashboard", "GET /quotes?share=abc&text=angry by ada@example.org")["said"]
    assert said == "GET /quotes?… by …@…"


@given(st.text(), st.text(alphabet="abc", min_size=1))
def test_whatever_stands_around_it(around: str, query: str) -> None:
    assert f"?{query}" not in scrubbed(f"{around}/quotes?{query}")
