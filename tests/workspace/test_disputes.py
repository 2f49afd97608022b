"""Persons who disagree are in dispute until somebody settles it; settling can be undone."""

from __future__ import annotations

from dataclasses import replace

from conftest import Opened

from dashboard.evidence.tables import Evidence
from dashboard.records.rows import User
from dashboard.study import Decision
from dashboard.workspace import coding, disputes
from dashboard.workspace.evidence import evidence


def now(sample: Opened) -> Evidence:
    whole = evidence(sample.ws, sample.study)
    assert whole is not None
    return whole


def test_a_dispute_shows_both_readings_and_is_settled(sample: Opened) -> None:
    ws, study = sample.ws, sample.study
    before = len(disputes.disputes(now(sample)))
    item = coding.queue(now(sample))[0]
    anchor = coding.anchor_of(now(sample), item.passage)
    other = replace(ws, user=User("Jonas"))
    coding.decide(ws, study, [Decision(anchor, "theme", item.theme, "confirmed", "")])
    coding.decide(other, study, [Decision(anchor, "theme", item.theme, "rejected", "")])
    found = [
        each for each in disputes.disputes(now(sample)) if (each.passage, each.theme) == (item.passage, item.theme)
    ]
    assert [(each.confirmed, each.rejected) for each in found] == [(("Maren",), ("Jonas",))]
    assert item.text in found[0].text
    ids = disputes.settle(ws, now(sample), item.passage, item.theme, "rejected")
    assert len(disputes.disputes(now(sample))) == before
    coding.withdraw(ws, study, ids)
    assert len(disputes.disputes(now(sample))) == before + 1
