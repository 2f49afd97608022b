"""Rows and fields: what they are given to show, and that each thing done in them is told once."""

from streamlit.testing.v1 import AppTest
from ui.shown import data, tell, texts


def _page() -> None:
    from dashboard.errors import InvalidStudy
    from dashboard.ui import frame, session
    from dashboard.ui.rows import Action, Ask, Column, Line, Row, Tag, fields, rows

    def heard(event):  # type: ignore[no-untyped-def]
        session.keep("heard", [*session.kept("heard", []), (event["do"], event["id"], event.get("value"))])
        if event["do"] == "fail":
            raise InvalidStudy("It does not hold together; change it.")

    session.show_notices()
    ask = Ask("New name", "Rename", value="<b>:red[One]</b>")
    item = Row(
        "1", "<b>:red[One]</b>", ("a line",), (Tag("new", "good"),), (Action("rename", "Rename", ask),), indent=1
    )
    rows([item], heard, key="rows", label="Things", opens="open", current="1")
    role = Column("role", "Role", "choice", options=(("a", "first"), ("b", "second")))
    fields([Line("x", "Name of x", {"role": "a"})], (role,), heard, key="fields", label="Fields")
    frame.say(repr(session.kept("heard", [])))


def _opened() -> AppTest:
    at = AppTest.from_function(_page, default_timeout=60).run()
    assert not at.exception
    return at


def test_a_row_is_handed_on_word_for_word_with_what_can_be_done() -> None:
    shown = data(_opened(), "rows")
    (row,) = shown["rows"]
    assert (row["title"], row["lines"], row["indent"]) == ("<b>:red[One]</b>", ["a line"], 1)
    assert row["tags"] == [{"text": "new", "tone": "good"}]
    assert row["actions"][0]["ask"]["value"] == "<b>:red[One]</b>"
    assert (shown["opens"], shown["current"], shown["counted"]) == ("open", "1", 0)


def test_what_is_done_is_told_once_and_in_order() -> None:
    at = tell(_opened(), "rows", do="open", id="1")
    tell(at, "fields", do="set", id="x", column="role", value="b")
    assert "[('open', '1', None), ('set', 'x', 'b')]" in texts(at)
    at.session_state["rows"] = {
        "said": [{"number": 1, "do": "open", "id": "1"}, {"number": 2, "do": "rename", "id": "1"}]
    }
    at.run()
    assert "[('open', '1', None), ('set', 'x', 'b'), ('rename', '1', None)]" in texts(at)
    assert data(at, "rows")["counted"] == 2


def test_what_cannot_be_done_is_said_at_the_top_of_the_next_run() -> None:
    at = tell(_opened(), "rows", do="fail", id="1")
    assert texts(at).startswith("It does not hold together; change it.")


def test_a_field_offers_its_choices_in_words() -> None:
    shown = data(_opened(), "fields")
    assert shown["columns"][0]["options"] == [["a", "first"], ["b", "second"]]
    assert shown["rows"][0]["cells"] == {"role": "a"}
