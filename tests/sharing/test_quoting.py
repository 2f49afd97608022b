from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.sharing.quoting import literal, markdown


@given(st.text())
def test_every_sign_of_markdown_is_escaped(text: str) -> None:
    written = literal(text)
    for sign in "`*_[]<>!|$#~":
        assert written.count(sign) == written.count("\\" + sign)


def test_a_quote_of_several_lines_stays_one_quote() -> None:
    rows = pd.DataFrame({"Quote": ["one\n# two"], "Themes": ["A, B"], "Stage": [""]})
    assert markdown(rows, title="All").decode().splitlines() == [
        "# All", "", "> one", "> \\# two", "", "— A, B",
    ]  # fmt: skip
