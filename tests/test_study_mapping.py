"""The study as JSON in the records: without its id, without what is empty."""

from __future__ import annotations

import pytest

from dashboard.errors import InvalidStudy
from dashboard.study import AttributeRule, Correction, SpeakerCorrection, Study, Theme
from dashboard.study_mapping import correction_from_mapping, correction_to_mapping, from_mapping, to_mapping


def test_what_is_empty_is_left_out() -> None:
    assert to_mapping(Study("A", id="x")) == {"name": "A"}
    assert correction_to_mapping(Correction()) == {}
    assert correction_to_mapping(Correction(speakers={"S": SpeakerCorrection()})) == {"speakers": {"S": {}}}
    assert correction_from_mapping({}) == Correction()


def test_whole_numbers_are_written_without_a_point() -> None:
    rule = AttributeRule("seats", groups={"small": (0.0, 2.5), "huge": (1e300, None)})
    assert to_mapping(Study("A", attributes=(rule,)))["attributes"]["seats"]["groups"] == {
        "small": [0, 2.5],
        "huge": [1e300, None],
    }


def test_a_threshold_of_zero_is_kept() -> None:
    assert from_mapping(to_mapping(Study("A", threshold=0.0))).threshold == 0.0
    assert "threshold" not in to_mapping(Study("A", threshold=0.5))


def test_what_does_not_hold_together_can_still_be_opened_to_be_mended() -> None:
    broken = Study("A", codebook=(Theme("P", parent="Q"), Theme("P")))
    assert from_mapping(to_mapping(broken)) == broken


def test_an_error_names_the_place() -> None:
    with pytest.raises(InvalidStudy, match=r"^the stored study, codebook\[1\]\.cues: "):
        from_mapping({"name": "A", "codebook": [{"theme": "P", "cues": "x"}]})
