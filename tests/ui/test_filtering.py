"""Filters of a link that is older than the study."""

from conftest import Opened

from dashboard.filters import Filters
from dashboard.ui.filtering import known
from dashboard.workspace.evidence import evidence


def test_what_a_study_does_not_have_is_no_filter(sample: Opened) -> None:
    whole = evidence(sample.ws, sample.study)
    assert whole is not None
    theme = whole.study.themes[0]
    asked = Filters(attributes=(("gone", ("a",)),), segments=("gone",), themes=("gone", theme), text="invoice")
    assert known(asked, whole) == Filters(themes=(theme,), text="invoice")
