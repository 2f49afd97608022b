"""Words from outside stay words."""

import html

from streamlit.testing.v1 import AppTest

from dashboard.ui.frame import as_label

HOSTILE = "<script>alert(1)</script> <style>*{display:none}</style> $x$ :red[y] ![z](http://example.com/i.png)"


def _page(text: str) -> None:
    from dashboard.ui import frame

    frame.heading(text, text)
    frame.section(text)
    frame.study_name(text)
    frame.say(text, tone="wrong")
    frame.empty(text, action="Do it", key="x")


def test_whatever_is_said_is_escaped() -> None:
    at = AppTest.from_function(_page, args=(HOSTILE,)).run()
    assert not at.exception
    bodies = [element.proto.body for element in at.get("html")]
    assert len(bodies) == 6
    for body in bodies:
        assert html.escape(HOSTILE) in body
        assert "<script" not in body
        assert "<style" not in body
    assert not at.markdown


def test_a_hidden_label_cannot_fetch_or_format_anything() -> None:
    label = as_label(HOSTILE)
    assert not set("<>$![]():*_`{}#~|\\") & set(label)
    assert as_label("***") == "Choice"
    assert as_label("Größe der Firma") == "Größe der Firma"
