"""A saved view is a page with its choices; of one name there is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.errors import NotFound
from dashboard.records import views
from dashboard.records.rows import User
from dashboard.records.store import open_records
from dashboard.study import Stage, Study, Theme


def test_views_are_saved_replaced_followed_and_removed(tmp_path: Path) -> None:
    records = open_records(f"sqlite:///{tmp_path / 'r.sqlite'}")
    with records.begin(by=User("Ada")) as transaction:
        study = transaction.create_study(Study("G", codebook=(Theme("Watering"),), journey=(Stage("Dig"),)))
        views.save(transaction, study, "pros", "themes", "attr%3Aplan=pro&theme=Watering&theme=Other")
        number = views.save(transaction, study, "Digging", "journey", "at=Dig&stage=Dig&text=Dig")
        assert views.save(transaction, study, "Digging", "journey", "at=Dig&stage=Dig", pinned=True) == number
        transaction.rename_value(study, "theme", "Watering", "Hoses & taps")
        transaction.rename_value(study, "stage", "Dig", "Plant")
    with records.read() as connection:
        kept = views.views(connection, study)
    assert [(view.name, view.page, view.query, view.pinned) for view in kept] == [
        ("Digging", "journey", "at=Plant&stage=Plant", True),
        ("pros", "themes", "attr%3Aplan=pro&theme=Hoses+%26+taps&theme=Other", False),
    ]
    with records.begin(by=User("Ada")) as transaction:
        views.remove(transaction, study, number)
    with pytest.raises(NotFound), records.begin(by=User("Ada")) as transaction:
        views.remove(transaction, study, number)
    with records.read() as connection:
        assert [view.name for view in views.views(connection, study)] == ["pros"]
    records.close()
