"""How far a build is, in words."""

from dataclasses import replace

from ui.source_card import card, survey, transcript

from dashboard.ui.job_progress import amounts, ended, ready, remaining, to_build
from dashboard.workspace.jobs import JobState

RUNNING = JobState("1", "running", 0.25, "reading p07.vtt", "", 60.0)
SOURCES = [card("p1", transcript(("Ana", "participant"))), card("nps", survey(("Why?", "open")), turns=184)]


def test_what_is_ready_is_said_in_interviews_and_answers() -> None:
    assert ready(SOURCES) == "1 interview and 184 answers are ready: look at Themes."
    assert ready(SOURCES[:1]) == "1 interview is ready: look at Themes."
    assert ready([card("x", None)]) == "Everything that could be read is ready."
    assert to_build(SOURCES[1:]) == "184 answers are waiting to be read for themes."
    assert amounts([]) == ""


def test_the_time_left_is_said_only_where_it_can_be() -> None:
    assert remaining(RUNNING) == "reading p07.vtt, about 3 minutes left"
    assert remaining(replace(RUNNING, progress=0.9)) == "reading p07.vtt, about 5 seconds left"
    assert remaining(replace(RUNNING, progress=0.01)) == "reading p07.vtt"
    assert remaining(replace(RUNNING, seconds=2.0)) == "reading p07.vtt"


def test_a_build_that_did_not_get_through_says_what_to_do() -> None:
    failed = replace(RUNNING, state="failed", error="The disk is full; free some space and build again.")
    assert ended(failed) == failed.error
    assert "start it again" in ended(replace(failed, error=""))
    assert "building again goes on" in ended(replace(RUNNING, state="cancelled"))
