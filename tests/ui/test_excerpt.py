"""A published quote in its conversation: as much of it as was published, and nobody named."""

from dataclasses import replace

from dashboard.evidence.tables import Evidence, Frame
from dashboard.study import Anchor, Study, Theme
from dashboard.ui.excerpt import data_of, turns_shown
from dashboard.workspace.evidence import Conversation, Mark, SpokenTurn


def study_evidence() -> Evidence:
    def no_table(name: str) -> Frame:
        raise AssertionError(name)

    return Evidence("r", 0, Study(name="Small", codebook=(Theme("Pricing"),)), (), (), no_table)


def _turn(number: int, role: str = "participant", *, marks: tuple[Mark, ...] = ()) -> SpokenTurn:
    return SpokenTurn(number, "Hanne", role, "Person 07", f"turn {number}", None, "", marks)


TALK = Conversation("s1", "hanne.vtt", "2026-05-04", "https://x.example/", "interview", tuple(map(_turn, (3, 4, 5, 8))))


def test_what_stands_beyond_a_gap_is_another_excerpt() -> None:
    assert [turn.turn for turn in turns_shown(TALK, 4, whole=False)] == [3, 4, 5]
    assert [turn.turn for turn in turns_shown(TALK, 8, whole=False)] == [8]
    assert [turn.turn for turn in turns_shown(TALK, 4, whole=True)] == [3, 4, 5, 8]


def test_of_a_survey_one_answer_is_shown() -> None:
    answers = replace(TALK, source_kind="survey")
    assert [turn.turn for turn in turns_shown(answers, 4, whole=True)] == [4]


def test_the_browser_is_told_no_source_no_place_and_no_name() -> None:
    mark = Mark(0, 4, "theme", "Pricing", "confirmed", "Maren", None, 7)
    turns = (_turn(3, "interviewer"), _turn(4, marks=(mark, replace(mark, status="rejected"))))
    shown = data_of(study_evidence(), turns, Anchor("s1", 4, 0, 4, "turn"), "q1", who=False)
    said = repr(shown)
    assert not [word for word in ("Hanne", "Person 07", "s1", "hanne.vtt", "Maren", "x.example") if word in said]
    assert shown["at"] == {"turn": 1, "start": 0, "end": 4}
    assert [turn["speaker"] for turn in shown["turns"]] == ["Interviewer", "Customer"]
    assert [each["value"] for each in shown["turns"][1]["marks"]] == ["Pricing"]
    told = data_of(study_evidence(), turns, Anchor("s1", 4, 0, 4, "turn"), "q1", who=True)
    assert [turn["speaker"] for turn in told["turns"]] == ["Interviewer", "Person 07"]
