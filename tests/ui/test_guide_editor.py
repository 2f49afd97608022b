"""The editor of the guide explains how its lines are written."""

from dashboard.ui.guide_editor import HOW


def test_how_lines_are_written_is_said() -> None:
    assert "#" in HOW
    assert "One question a line" in HOW
