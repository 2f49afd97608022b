"""Sources read once, and what persons corrected laid over what was read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.evidence.parts import Parts
from dashboard.evidence.reading import (
    Reading,
    as_read,
    common_interviewers,
    correction_of,
    read_source,
    rows_of,
    summary_of,
    turns_of,
)
from dashboard.intake.parsed import Speaker
from dashboard.study import Correction, Piece, SpeakerCorrection, Study, TurnCorrection, WordCorrection

TALK = b"Robin: Hello there.\nMona: The import was slow.\nRobin: I see.\nMona: And the invoices were wrong.\n"
SURVEY = b"id,How likely are you to recommend us? (0-10),Why?\n1,9,The teem is nice\n2,3,It is slow and costs much\n"


class Given:
    """A file that counts how often it was asked for."""

    def __init__(self, data: bytes) -> None:
        self.data, self.asked = data, 0

    def __call__(self) -> bytes:
        self.asked += 1
        return self.data


def reading(given: Given, parts: Parts, correction: Correction, *, name: str = "t.txt", by: str = "") -> Reading:
    interviewers = {by} if by else set()
    return read_source(
        given, name, digest="d", source="s", correction=correction, interviewers=interviewers, parts=parts
    )


@pytest.fixture
def parts(tmp_path: Path) -> Parts:
    return Parts(tmp_path)


def test_a_correction_reads_no_file_again(parts: Parts) -> None:
    given = Given(TALK)
    plain = reading(given, parts, Correction())
    role = reading(given, parts, Correction(speakers={"Robin": SpeakerCorrection("observer")}))
    dated = reading(given, parts, Correction(date="2026-01-02", language="de", recording="https://example.com/r"))
    edits = reading(
        given, parts, Correction(turns=(TurnCorrection(1, "The import was slow.", (Piece("It was slow."),)),))
    )
    assert given.asked == 1
    assert {s.name: s.role for s in summary_of(role, parts).parsed.speakers}["Robin"] == "observer"
    said = summary_of(dated, parts)
    assert (said.parsed.date, said.parsed.language, said.recording) == ("2026-01-02", "de", "https://example.com/r")
    assert [turn.text for turn in turns_of(edits, parts)][1] == "It was slow."
    base, origins = as_read(edits, parts)
    assert (base.turns, origins) == (plain.turns, ((0,), (1,), (2,), (3,)))
    assert as_read(plain, parts) == (plain, ())


def test_a_label_that_interviews_elsewhere_makes_a_part_only_where_it_changes_something(parts: Parts) -> None:
    given = Given(TALK)
    plain = reading(given, parts, Correction())
    assert reading(given, parts, Correction(), by="Nobody here") == plain
    again = reading(given, parts, Correction(), by="Mona")
    assert {s.name: s.role for s in summary_of(again, parts).parsed.speakers}["Mona"] == "interviewer"
    own = Correction(speakers={"Mona": SpeakerCorrection("participant")})
    assert reading(given, parts, own, by="Mona") == reading(given, parts, own)


def test_people_stay_what_they_are_when_answers_are_corrected(parts: Parts) -> None:
    given = Given(SURVEY)
    plain = reading(given, parts, Correction(), name="nps.csv")
    word = reading(given, parts, Correction(words=(WordCorrection("teem", "team"),)), name="nps.csv")
    assert given.asked == 1
    assert rows_of(word, parts) == rows_of(plain, parts)
    before, after = summary_of(plain, parts), summary_of(word, parts)
    assert (after.people, after.people_ends) == (before.people, before.people_ends) == (2, rows_of(plain, parts))
    assert turns_of(word, parts)[0].text == "The team is nice"


def test_a_persons_corrections_lie_over_those_of_the_study_file() -> None:
    first, second = TurnCorrection(1, "a", (Piece("b"),)), TurnCorrection(1, "a", (Piece("c"),))
    written = Correction(turns=(first,), words=(WordCorrection("x", "y"),), language="de", date="2026-01-01")
    study = Study("S", corrections={"t.txt": written})
    both = correction_of(study, "t.txt", "s", Correction(turns=(second,), language="fr"))
    assert (both.turns, both.words, both.language, both.date) == ((second,), written.words, "fr", "2026-01-01")
    assert correction_of(study, "other", "s", Correction()) == Correction()


def test_a_label_of_many_files_interviews_unless_it_names_nobody() -> None:
    files = [[Speaker("Kim", "participant", 2, 5), Speaker(f"P{n}", "participant", 2, 9)] for n in range(4)]
    assert common_interviewers(files) == {"Kim"}
    assert common_interviewers([[*file, Speaker("Speaker 1", "participant", 1, 1)] for file in files]) == {"Kim"}
    assert common_interviewers(files[:2]) == frozenset()
