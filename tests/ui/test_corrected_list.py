"""What was corrected in a source, row by row, and the way back."""

import pytest

from dashboard.errors import NotFound
from dashboard.study import Correction, Piece, TurnCorrection, WordCorrection
from dashboard.ui.corrected_list import corrected_rows, without

SAID = Correction(
    turns=(
        TurnCorrection(3, "It was fine. Why?", (Piece("It was fine."), Piece("Why?", "Ana"))),
        TurnCorrection(7, "and so on", joined=True),
    ),
    words=(WordCorrection("teem", "team"), WordCorrection("uh", "")),
)


def test_each_correction_says_what_stands_now_and_what_the_file_says() -> None:
    rows = {row.title: row.lines for row in corrected_rows(SAID)}
    assert rows["Turn 4"] == ("It was fine. / Ana: Why?", "In the file: It was fine. Why?")
    assert rows["Turn 8"] == ("Goes on with the turn before", "In the file: and so on")
    assert "“teem” is “team”" in rows
    assert "“uh” is nothing" in rows


def test_each_is_taken_back_by_itself() -> None:
    assert without(SAID, "turn 3").turns == SAID.turns[1:]
    assert without(SAID, "word 0").words == SAID.words[1:]
    with pytest.raises(NotFound):
        without(SAID, "turn 99")
