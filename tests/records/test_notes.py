"""A memo is one person's word on one thing; a summary holds until the next."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dashboard.records import notes
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Anchor, Study, Theme

ADA, BEN = User("Ada"), User("Ben")
SAID = Anchor("s1", 3, 5, 9, "dear", "too ", " for")


@given(st.dictionaries(st.text(), st.text()))
def test_the_same_thing_is_the_same_text(what: dict[str, str]) -> None:
    backwards = dict(reversed(list(what.items())))
    assert notes.about_text(what) == notes.about_text(backwards)


def test_each_person_has_one_memo_on_a_thing(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    quote, theme = notes.about_text(SAID), notes.about_text({"theme": "Watering"})
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"),)))
        first = notes.note(transaction, study, "quote", quote, text="", starred=True)
        assert notes.note(transaction, study, "quote", quote, text="read again", starred=True) == first
        notes.note(transaction, study, "theme", theme, text="too broad", starred=False)
    with records.begin(by=BEN) as transaction:
        assert notes.note(transaction, study, "quote", quote, text="no", starred=False) != first
    version = records.decisions_version(study)
    with records.read() as connection:
        kept = notes.memos(connection, study)
    assert [(memo.by, memo.about_kind, memo.text, memo.starred) for memo in kept] == [
        ("Ben", "quote", "no", False),
        ("Ada", "theme", "too broad", False),
        ("Ada", "quote", "read again", True),
    ]
    assert kept[2].anchor == SAID
    assert (kept[1].anchor, kept[1].what) == (None, {"theme": "Watering"})
    with records.begin(by=ADA) as transaction:
        transaction.rename_value(study, "theme", "Watering", "Hoses")
        assert notes.note(transaction, study, "quote", quote, text="", starred=False) is None
        assert notes.note(transaction, study, "person", "{}", text="", starred=False) is None  # nothing there to remove
    with records.read() as connection:
        assert [(m.by, m.what.get("theme")) for m in notes.memos(connection, study)] == [
            ("Ben", None),
            ("Ada", "Hoses"),
        ]
    assert records.decisions_version(study) == version + 1  # by the renaming alone
    records.close()


def test_the_latest_summary_holds(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    with records.begin(by=ADA) as transaction:
        study = transaction.create_study(Study("Gardeners", codebook=(Theme("Watering"),)))
        notes.summarise(transaction, study, "P1", "Watering", "waters at noon")
        notes.summarise(transaction, study, "P1", "Watering", "waters at night")
        notes.summarise(transaction, study, "P2", "Watering", "never")
        notes.summarise(transaction, study, "P2", "Watering", "")
        transaction.rename_value(study, "theme", "Watering", "Hoses")
    with records.read() as connection:
        kept = notes.summaries(connection, study)
    assert {key: summary.text for key, summary in kept.items()} == {("P1", "Hoses"): "waters at night"}
    records.close()
