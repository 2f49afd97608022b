"""What a component says is heard once, in order."""

from streamlit.testing.v1 import AppTest


def _page() -> None:
    import streamlit as st

    from dashboard.ui import deciding

    st.text(" ".join(str(event["number"]) for event in deciding.heard("list")))
    st.text(str(deciding.counted("list")))


def test_each_event_is_heard_once_however_often_it_is_sent() -> None:
    at = AppTest.from_function(_page)
    at.session_state["list"] = {"said": [{"number": 1}, {"number": 2}]}
    at.run()
    assert [text.value for text in at.text] == ["1 2", "2"]
    at.session_state["list"] = {"said": [{"number": 2}, {"number": 3}, "nonsense"]}
    at.run()
    assert [text.value for text in at.text] == ["3", "3"]
    at.session_state["list"] = None
    at.run()
    assert [text.value for text in at.text] == ["", "3"]
