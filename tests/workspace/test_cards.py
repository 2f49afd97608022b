"""Cards are drawn once, frozen, read in any order of themes, undone, and correct the shares at once."""

from __future__ import annotations

from conftest import Opened

from dashboard.analysis.prevalence import prevalence
from dashboard.evidence.tables import Evidence
from dashboard.records import cards as kept
from dashboard.study import Decision
from dashboard.workspace import cards, coding
from dashboard.workspace.evidence import evidence


def now(sample: Opened) -> Evidence:
    found = evidence(sample.ws, sample.study)
    assert found is not None
    return found


def drawn(sample: Opened, theme: str) -> list[kept.Card]:
    with sample.ws.records.read() as connection:
        return kept.cards(connection, sample.study, theme=theme)


def test_the_first_deal_freezes_a_card_for_everybody(sample: Opened) -> None:
    whole = now(sample)
    theme = cards.by_weight(whole)[0]
    first = cards.deal(sample.ws, sample.study, whole, theme)
    assert first is not None
    assert 1 <= len(first.passages) <= cards.PASSAGES
    found = drawn(sample, theme)
    people = {card.participant for card in found}
    heard = set(whole.said().collect("pandas").to_native().query("passages > 0")["participant"].astype(str))
    assert people == heard
    # the word of the machine before any decision
    codings = whole.open_table("codings").collect("pandas").to_native()
    by_machine = codings[(codings["by"] == "machine") & (codings["theme"] == theme)]
    sure = by_machine[by_machine["confidence"] >= whole.study.threshold]
    passages = whole.open_table("passages").collect("pandas").to_native()
    interviews = passages[(passages["source_kind"] == "interview") & passages["codable"]]
    named = set(interviews.merge(sure, on="passage")["participant"])
    interviewed = set(interviews["participant"])
    assert {card.participant for card in found if card.stratum == "yes"} & interviewed == named
    again = cards.deal(sample.ws, sample.study, now(sample), theme)
    assert again is not None
    assert again.card.participant == first.card.participant


def test_answers_correct_the_share_and_undo_takes_them_back(sample: Opened) -> None:
    theme = cards.by_weight(now(sample))[0]
    said = []
    for turn in range(10):
        dealt = cards.deal(sample.ws, sample.study, now(sample), theme)
        if dealt is None:
            break
        if dealt.whole:
            assert cards.everything(now(sample), dealt.card)
            said.append(cards.answer_whole(sample.ws, sample.study, dealt.card, "no"))
        else:
            said.append(cards.answer(sample.ws, sample.study, dealt.card, "no" if turn % 2 else "yes"))
    assert any(card.whole for card in said)
    read, of = cards.read(now(sample), theme)
    assert 0 < read <= of
    rows = prevalence(now(sample)).rows
    row = rows[(rows["theme"] == theme) & rows["cards"].notna()].iloc[0]
    assert row.corrected_low <= row.corrected <= row.corrected_high
    for card in said:
        cards.withdraw(sample.ws, sample.study, card)
    assert prevalence(now(sample)).rows["corrected"].isna().all()
    assert cards.read(now(sample), theme)[0] == 0


def test_every_fifth_no_asks_for_the_whole_transcript(sample: Opened) -> None:
    theme = cards.by_weight(now(sample))[1]
    asked = []
    for _ in range(60):
        dealt = cards.deal(sample.ws, sample.study, now(sample), theme)
        if dealt is None or len(asked) == 6:
            break
        if dealt.whole:
            cards.answer_whole(sample.ws, sample.study, dealt.card, "yes")
            continue
        card = cards.answer(sample.ws, sample.study, dealt.card, "no")
        if len(card.passages) == cards.PASSAGES:
            asked.append(card.whole)
        else:  # it held everything
            assert (card.whole, card.whole_answer) == (False, "no")
    assert asked == [True, False, False, False, False, True]


def test_what_was_frozen_stays_when_decisions_follow(sample: Opened) -> None:
    theme = cards.by_weight(now(sample))[0]
    dealt = cards.deal(sample.ws, sample.study, now(sample), theme)
    assert dealt is not None
    before = {card.participant: (card.stratum, card.number) for card in drawn(sample, theme)}
    confirmed = dealt.card.passages[0]
    coding.decide(sample.ws, sample.study, [Decision(confirmed, "theme", theme, "confirmed", "")])
    after = cards.deal(sample.ws, sample.study, now(sample), theme)
    assert after is not None
    # a person whose passage was confirmed is certain, and needs no card
    assert after.card.participant != dealt.card.participant
    assert {card.participant: (card.stratum, card.number) for card in drawn(sample, theme)} == before
