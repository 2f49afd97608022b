"""A decision is on every number at once, without a rebuild, and can be undone."""

from __future__ import annotations

import threading

import pytest
from conftest import Opened

from dashboard.charts.measures import MEASURES
from dashboard.errors import NotFound
from dashboard.evidence.tables import TABLES, WITH_ATTRIBUTES, Evidence, attribute_column
from dashboard.study import NOT_GIVEN, Decision
from dashboard.workspace import coding, jobs, sources, studies
from dashboard.workspace.evidence import conversation, evidence


def now(sample: Opened) -> Evidence:
    found = evidence(sample.ws, sample.study)
    assert found is not None
    return found


def people_voicing(found: Evidence, theme: str) -> int:
    rows = MEASURES["prevalence"].function(found, None, pool=True).rows
    return int(rows.loc[rows["theme"] == theme, "k"].iloc[0])


def test_every_table_has_the_columns_that_are_announced(sample: Opened) -> None:
    found = now(sample)
    for table in TABLES:
        frame = found.open_table(table).collect("pandas").to_native()
        attributes = set(map(attribute_column, found.attributes)) if table in WITH_ATTRIBUTES else set()
        assert set(frame.columns) >= set(TABLES[table]) | attributes, table


def test_key_columns_hold_no_nulls(sample: Opened) -> None:
    found = now(sample)
    for table in ("passages", "accepted", "voiced", "said", "participants", "verdicts"):
        frame = found.open_table(table).collect("pandas").to_native().drop(columns=["confidence"], errors="ignore")
        assert not frame.isna().any().any(), table


def test_a_decision_shows_at_once_and_undo_takes_it_back(sample: Opened) -> None:
    before = now(sample)
    (first, *_) = coding.queue(before, theme="Onboarding", limit=200)
    quiet = before.passages().collect("pandas").to_native()
    heard = set(before.voiced().collect("pandas").to_native().query("theme == 'Onboarding'")["participant"])
    newcomer = quiet[quiet["codable"] & ~quiet["participant"].isin(heard)].iloc[0]
    anchor = coding.anchor_of(before, newcomer["passage"])
    ids = coding.decide(sample.ws, sample.study, [Decision(anchor, "theme", "Onboarding", "confirmed", "")])
    after = now(sample)
    assert people_voicing(after, "Onboarding") == people_voicing(before, "Onboarding") + 1
    assert after.revision == before.revision, "no rebuild"
    assert after.decisions > before.decisions
    assert people_voicing(before, "Onboarding") == len(heard), "evidence that somebody holds never changes"
    coding.withdraw(sample.ws, sample.study, ids)
    assert people_voicing(now(sample), "Onboarding") == len(heard)
    assert first.theme == "Onboarding"


def test_a_rejected_suggestion_counts_no_more(sample: Opened) -> None:
    found = now(sample)
    accepted = found.accepted().collect("pandas").to_native()
    mine = accepted[accepted["theme"] == "Pricing"]
    person = mine["participant"].iloc[0]
    passages = mine.loc[mine["participant"] == person, "passage"]
    decisions = [Decision(coding.anchor_of(found, passage), "theme", "Pricing", "rejected", "") for passage in passages]
    coding.decide(sample.ws, sample.study, decisions)
    assert people_voicing(now(sample), "Pricing") == people_voicing(found, "Pricing") - 1


def test_a_stage_and_a_sign_that_a_person_gave_are_on_the_passage(sample: Opened) -> None:
    found = now(sample)
    passage = found.passages().collect("pandas").to_native()["passage"].iloc[0]
    anchor = coding.anchor_of(found, passage)
    coding.decide(
        sample.ws,
        sample.study,
        [Decision(anchor, "stage", "Get help", "confirmed", ""), Decision(anchor, "sentiment", "-1", "confirmed", "")],
    )
    rows = now(sample).passages().collect("pandas").to_native().set_index("passage").loc[passage]
    assert (rows["stage"], rows["stage_status"], rows["sentiment"], rows["struggle"]) == (
        "Get help",
        "confirmed",
        -1.0,
        True,
    )


def test_a_decision_is_marked_on_exactly_its_span(sample: Opened) -> None:
    found = now(sample)
    turns = found.turns().collect("pandas").to_native()
    turn = turns[(turns["role"] == "participant") & (turns["source_kind"] == "interview")].iloc[0]
    anchor = coding.anchor(found, turn["source"], int(turn["turn"]), 3, 12)
    (decision,) = coding.decide(sample.ws, sample.study, [Decision(anchor, "theme", "Pricing", "confirmed", "")])
    said = conversation(now(sample), turn["source"])
    (spoken,) = [each for each in said.turns if each.turn == turn["turn"]]
    mine = [mark for mark in spoken.marks if mark.decision == decision]
    assert [(mark.start, mark.end, mark.value, mark.by) for mark in mine] == [(3, 12, "Pricing", "Maren")]


def test_the_queue_holds_undecided_suggestions_once_each(sample: Opened) -> None:
    queue = coding.queue(now(sample), limit=100)
    keys = [(each.passage, each.theme) for each in queue]
    assert len(keys) == len(set(keys)) == 100
    assert {each.why for each in queue} == {"likely", "uncertain", "random"}
    first = queue[0]
    anchor = coding.anchor_of(now(sample), first.passage)
    coding.decide(sample.ws, sample.study, [Decision(anchor, "theme", first.theme, "rejected", "")])
    assert (first.passage, first.theme) not in {(e.passage, e.theme) for e in coding.queue(now(sample), limit=100)}


def test_parting_and_joining_people_moves_the_numbers(sample: Opened) -> None:
    found = now(sample)
    of = sources.people(sample.ws, sample.study)
    one, other = [key for key, person in of.items() if person == "P01"][:2]
    sources.part(sample.ws, sample.study, [one, other])
    parted = sources.people(sample.ws, sample.study)
    assert parted[one] != parted[other]
    sources.confirm(sample.ws, sample.study, [one, other], "P01")
    assert sources.people(sample.ws, sample.study)[one] == sources.people(sample.ws, sample.study)[other] == "P01"
    assert now(sample).decisions > found.decisions


def test_attributes_of_the_sheet_reach_the_interviews(sample: Opened) -> None:
    people = now(sample).people().collect("pandas").to_native().set_index("participant")
    assert people.loc["P02", "attr:status"] == "churned"
    assert people.loc["P13", "heard"] is False or not people.loc["P13", "heard"]
    assert NOT_GIVEN not in set(people.loc[[f"P{n:02}" for n in range(1, 13)], "attr:plan"])


def test_two_sessions_that_ask_at_once_get_the_same_evidence(sample: Opened) -> None:
    found: list[Evidence | None] = []
    threads = [threading.Thread(target=lambda: found.append(evidence(sample.ws, sample.study))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(each) for each in found}) == 1


def test_a_source_that_is_gone_is_a_sentence(sample: Opened) -> None:
    with pytest.raises(NotFound, match="not part of the study"):
        conversation(now(sample), "nowhere")


def test_a_changed_codebook_makes_the_evidence_stale_and_a_build_refreshes_it(sample: Opened) -> None:
    assert not studies.stale(sample.ws, sample.study)
    coding.remove(sample.ws, sample.study, "theme", "Mobile app")
    assert studies.stale(sample.ws, sample.study)
    assert "Mobile app" not in set(MEASURES["prevalence"].function(now(sample), None).rows["theme"])
    jobs.build_now(sample.ws, sample.study)
    assert not studies.stale(sample.ws, sample.study)


def test_a_renamed_theme_keeps_its_decisions(sample: Opened) -> None:
    found = now(sample)
    passage = found.passages().collect("pandas").to_native()["passage"].iloc[0]
    anchor = coding.anchor_of(found, passage)
    coding.decide(sample.ws, sample.study, [Decision(anchor, "theme", "Pricing", "confirmed", "")])
    coding.rename(sample.ws, sample.study, "theme", "Pricing", "What it costs")
    rows = now(sample).verdicts().collect("pandas").to_native()
    mine = rows[(rows["passage"] == passage) & (rows["theme"] == "What it costs")]
    assert mine["accepted"].tolist() == [True]
