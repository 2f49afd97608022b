"""The terms of a link: what is written stays, nobody is named by mistake, and a day ends when it is over."""

from datetime import UTC, date, datetime

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui.publish_terms import EVERYBODY, NAMED, Terms, usual

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)


def _page() -> None:
    from datetime import UTC, date, datetime

    import streamlit as st

    from dashboard.ui import session
    from dashboard.ui.publish_terms import Terms, done, terms, written

    first = Terms("Why they leave", ("ada@example.org",), date(2026, 6, 2))
    if not st.checkbox("away", key="away"):  # another step is open, whose widgets these are not
        terms("a", first, shared=True, now=datetime(2026, 3, 4, 12, tzinfo=UTC))
    st.button("Done", key="done", on_click=lambda: done("a"))
    with session.catching():
        st.text(repr(written("a", first)))


@pytest.fixture
def page() -> AppTest:
    return AppTest.from_function(_page).run()


def test_what_is_written_stays_while_another_step_is_open_and_begins_anew_when_done(page: AppTest) -> None:
    assert page.text[0].value == repr(Terms("Why they leave", ("ada@example.org",), date(2026, 6, 2)))
    page.text_input(key="publish:title:a").set_value(" Set-up ").run()
    page.text_area(key="publish:named:a").set_value("@example.com\n\n group:Sales ").run()
    page.date_input(key="publish:until:a").set_value(None).run()
    page.checkbox(key="away").check().run()
    page.checkbox(key="away").uncheck().run()
    assert page.text[0].value == repr(Terms("Set-up", ("@example.com", "group:Sales"), None))
    page.radio(key="publish:who:a").set_value(EVERYBODY).run()
    assert page.text[0].value == repr(Terms("Set-up", (), None))
    page.button(key="done").click().run()
    assert page.text[0].value == repr(Terms("Why they leave", ("ada@example.org",), date(2026, 6, 2)))


def test_only_those_named_are_nobody_where_nobody_is_named(page: AppTest) -> None:
    assert page.radio(key="publish:who:a").value == NAMED
    page.text_area(key="publish:named:a").set_value(" \n").run()
    assert not page.text
    assert "Name somebody who may open it" in page.get("html")[0].proto.body


def test_a_link_opens_to_the_end_of_its_last_day() -> None:
    ends = Terms("t", last=date(2026, 6, 2)).expires_at
    assert ends is not None
    assert ends.astimezone().date() == date(2026, 6, 2)
    assert ends.astimezone().hour == 23
    assert Terms("t").expires_at is None
    assert usual("t", NOW).last == date(2026, 6, 2)
