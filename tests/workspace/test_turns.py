"""Single turns and misheard words, corrected over a built study."""

from __future__ import annotations

import pytest
from small_study import P01

from dashboard.errors import InvalidStudy, NotFound
from dashboard.study import Correction, Piece, SpeakerCorrection, TurnCorrection, WordCorrection
from dashboard.study_file import from_yaml
from dashboard.workspace import Workspace, coding, jobs, sources, studies, turns
from dashboard.workspace.evidence import conversation, evidence

SECOND = "Bo Fenn: The set up was confusing, honestly. I watched the tutorial twice"


@pytest.fixture
def study(ws: Workspace) -> str:
    made = studies.create(ws, "Turns", codebook="b2b-saas")
    sources.add(ws, made, [("p01.vtt", P01.encode())])
    jobs.build_now(ws, made)
    return made


def said(ws: Workspace, study: str, source: str) -> list[tuple[str, str]]:
    whole = evidence(ws, study)
    assert whole is not None
    return [(turn.speaker, turn.text) for turn in conversation(whole, source).turns]


def test_a_split_turn_shows_after_the_next_build_and_decisions_hold(ws: Workspace, study: str) -> None:
    (card,) = sources.cards(ws, study)
    whole = evidence(ws, study)
    assert whole is not None
    last = said(ws, study, card.id)[3][1]
    theme = studies.get(ws, study).themes[0]
    start = last.index("The price went up")
    anchor = coding.anchor(whole, card.id, 3, start, len(last))
    coding.decide(ws, study, [coding.Decision(anchor, "theme", theme, "confirmed", "")])

    there = turns.behind(ws, study, card.id)
    assert there is not None
    (behind,) = there.of[1]
    assert (behind.turn, behind.speaker, behind.corrected, there.waiting) == (1, "Bo Fenn", False, frozenset())
    first, rest = behind.text.split(". ", 1)
    pieces = [Piece(first + "."), Piece(rest, "Ada Quill")]
    before, after = turns.correct_turn(ws, study, card.id, 1, pieces=pieces)
    assert before == Correction()
    assert after.turns == (TurnCorrection(1, behind.text, (Piece(first + "."), Piece(rest, "Ada Quill"))),)
    assert studies.stale(ws, study)
    waiting = turns.behind(ws, study, card.id)
    assert waiting is not None
    assert (waiting.waiting, waiting.of[1][0].pieces) == ({1}, after.turns[0].becomes)

    jobs.build_now(ws, study)
    now = said(ws, study, card.id)
    assert [speaker for speaker, _ in now] == ["Ada Quill", "Bo Fenn", "Ada Quill", "Ada Quill", "Bo Fenn"]
    again = turns.behind(ws, study, card.id)
    assert again is not None
    assert again.of[2] == again.of[1]
    assert again.waiting == frozenset()
    whole = evidence(ws, study)
    assert whole is not None
    marks = [mark for turn in conversation(whole, card.id).turns for mark in turn.marks if mark.decision]
    assert [(mark.value, mark.status, mark.start) for mark in marks] == [(theme, "confirmed", start)]
    assert marks[0] in conversation(whole, card.id).turns[4].marks

    turns.correct_turn(ws, study, card.id, 1, pieces=[])
    jobs.build_now(ws, study)
    assert said(ws, study, card.id)[1] == ("Bo Fenn", behind.text)


def test_what_cannot_be_made_of_a_turn_is_refused(ws: Workspace, study: str) -> None:
    (card,) = sources.cards(ws, study)
    with pytest.raises(InvalidStudy, match="cannot become empty"):
        turns.correct_turn(ws, study, card.id, 1, pieces=[Piece(" ")])
    with pytest.raises(NotFound):
        turns.correct_turn(ws, study, card.id, 99, pieces=[Piece("x")])
    with pytest.raises(NotFound):
        turns.behind(ws, study, "nowhere")
    text = P01.encode().replace(b"twice", b"three times")
    sources.add(ws, study, [("p01.vtt", text)])
    assert turns.behind(ws, study, card.id) is None


def test_a_turn_given_to_nobody_else_is_no_correction(ws: Workspace, study: str) -> None:
    (card,) = sources.cards(ws, study)
    text = said(ws, study, card.id)[0][1]
    _, after = turns.correct_turn(ws, study, card.id, 0, pieces=[Piece(text, "Ada Quill")], joined=True)
    assert after == Correction()


def test_a_misheard_word_is_counted_shown_and_put_right_in_every_source(ws: Workspace, study: str) -> None:
    sources.add(ws, study, [("p02.txt", b"I: Was the Tutorial fine?\nR: What tutorial? A tutorials page, maybe.\n")])
    found = turns.heard(ws, study, "tutorial")
    assert (found.count, len(found.sources)) == (3, 2)
    assert ("p02.txt", "Was the ", "Tutorial", " fine?") in found.examples
    cards = {card.id: card.correction for card in sources.cards(ws, study)}
    word = WordCorrection("tutorial", "tutor ale")
    sources.correct_all(ws, study, {source: Correction(words=(word,)) for source in found.sources})
    assert turns.heard(ws, study, "tutorial").count == 0
    sources.correct_all(ws, study, {source: cards[source] for source in found.sources})
    assert turns.heard(ws, study, "tutorial").count == 3
    assert turns.heard(ws, study, "  ").count == 0


def test_corrections_of_the_study_file_can_be_taken_back_one_by_one(ws: Workspace, study: str) -> None:
    (card,) = sources.cards(ws, study)
    turns.correct_turn(ws, study, card.id, 1, pieces=[Piece("It was fine.")])
    sources.correct(
        ws, study, card.id, Correction(**{**vars(sources.cards(ws, study)[0].correction), "left_out": ((20.0, 30.0),)})
    )
    written = studies.export_yaml(ws, study)
    (correction,) = from_yaml(written).corrections.values()
    assert correction.turns[0].becomes == (Piece("It was fine."),)
    other = studies.create(ws, "Other")
    studies.import_yaml(ws, other, written)
    sources.add(ws, other, [("p01.vtt", P01.encode())])
    (copy,) = sources.cards(ws, other)
    assert copy.summary is not None
    assert copy.summary.turns == card.summary.turns  # type: ignore[union-attr]  # nothing begins after 20 s
    assert turns.heard(ws, other, "It was fine").count == 1
    turns.correct_turn(ws, other, copy.id, 1, pieces=[])
    (copy,) = sources.cards(ws, other)
    assert (copy.correction.turns, copy.correction.left_out) == ((), ((20.0, 30.0),))
    assert turns.heard(ws, other, "set up was confusing").count == 1


def test_a_participant_named_for_a_label_is_kept_with_who_is_who_and_follows_a_new_name(
    ws: Workspace, study: str
) -> None:
    (card,) = sources.cards(ws, study)
    named = Correction(speakers={"Bo Fenn": SpeakerCorrection(participant="P9")})
    sources.correct(ws, study, card.id, named)
    assert sources.people(ws, study)[f"speaker {card.id}/Bo Fenn"] == "P9"
    sources.correct(ws, study, card.id, Correction(speakers={"Bo Fenn": SpeakerCorrection(name="Bo")}))
    assert sources.people(ws, study) == {f"speaker {card.id}/Bo": "P9"}
    jobs.build_now(ws, study)
    whole = evidence(ws, study)
    assert whole is not None
    assert {t.participant for t in conversation(whole, card.id).turns if t.role == "participant"} == {"P9"}
