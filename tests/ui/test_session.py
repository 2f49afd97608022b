"""Problems meet a reader as one sentence, or as a number, and never with a customer's words in the log."""

import logging

import pytest
from streamlit.testing.v1 import AppTest

SECRET = "what Hanne said"


def _known() -> None:
    from dashboard.errors import NotFound
    from dashboard.ui import session

    with session.catching():
        raise NotFound("It is *gone*; look elsewhere.")


def _bug() -> None:
    from dashboard.ui import session

    with session.catching():
        raise ValueError(" ".join(["what", "Hanne", "said"]))


def _callback() -> None:
    import streamlit as st

    from dashboard.errors import Conflict
    from dashboard.ui import session

    def act() -> None:
        with session.doing("Saved."):
            if not session.kept("tried"):
                session.keep("tried", True)
                raise Conflict("Somebody was faster; look again.")

    session.show_notices()
    st.button("Act", key="act", on_click=act)


def _said(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_a_known_problem_is_its_own_sentence() -> None:
    assert "It is *gone*; look elsewhere." in _said(AppTest.from_function(_known).run())


def test_a_bug_is_a_number_and_its_text_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR, logger="dashboard.ui.session"):
        at = AppTest.from_function(_bug).run()
    assert not at.exception
    assert "report the reference" in _said(at)
    (record,) = [record for record in caplog.records if record.name == "dashboard.ui.session"]
    number = record.getMessage().split()[1].rstrip(":")
    assert number in _said(at)
    assert SECRET not in caplog.text


def test_what_a_callback_has_to_say_is_said_once_on_the_page_that_follows() -> None:
    at = AppTest.from_function(_callback).run()
    at.button(key="act").click().run()
    assert "Somebody was faster; look again." in _said(at)
    at.run()
    assert "Somebody was faster" not in _said(at)
    at.button(key="act").click().run()
    assert "Saved." in _said(at)
