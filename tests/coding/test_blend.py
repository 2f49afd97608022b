"""From a study, decisions and a corpus to suggestions, and what must hold of them."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.coding import code, fit
from dashboard.coding.blend import LEAST_CONFIDENCE, PLACED, SUGGESTIONS
from dashboard.coding.meaning import sentences
from dashboard.study import GuideQuestion, Stage, Study, Theme

PRICE = Theme("Price", "What it costs and whether it is worth it.", ("price*", "expensive", "fee"))
HELP = Theme("Help", "Being helped by people, on the phone or by chat.", ("support", "phone", "chat"))
SPEED = Theme("Speed", "How fast the app is.", ("slow", "fast", "loading"))
STUDY = Study(
    "Kettles",
    codebook=(Theme("Money", "A heading."), replace(PRICE, parent="Money"), HELP, SPEED),
    journey=(
        Stage("Buy", "Chooses and pays.", ("ordered", "checkout")),
        Stage("Use", "Boils water with it.", ("boil*", "every day")),
    ),
    guide=(GuideQuestion("q1", "How was ordering it?", "Buy"),),
)
OPENINGS = ("We had it for a year and", "To be honest,", "My sister says", "In the end", "As I told your colleague,")
CLAIMS = (
    "the price is too high for a kettle",
    "the fee for spare parts is expensive",
    "nobody in support picks up the phone",
    "the chat was kind and helped us at once",
    "the app is slow and keeps loading",
    "it boils water every day without a fault",
    "I ordered it at the checkout in two minutes",
    "the colour goes with our kitchen",
)
TEXTS = [f"{opening} {claim}." for opening in OPENINGS for claim in CLAIMS]
NO_DECISIONS = pd.DataFrame(columns=["passage", "text", "kind", "value", "status"], dtype=object)
STRAY = 0.15
"""An unrelated theme moves no other confidence by more than this: each passage is centred over the themes."""


def corpus(texts: list[str], *, question: str = "") -> pd.DataFrame:
    names = [f"s.{n}.0" for n in range(len(texts))]
    return pd.DataFrame({"passage": names, "text": texts, "question": question, "codable": True})


def decided(rows: list[int], theme: str, status: str) -> pd.DataFrame:
    frame = pd.DataFrame({"passage": [f"s.{n}.0" for n in rows], "text": [TEXTS[n] for n in rows]})
    return frame.assign(kind="theme", value=theme, status=status)


def confidence(study: Study, decisions: pd.DataFrame, batch: pd.DataFrame) -> pd.DataFrame:
    found = code(batch, fit(study, decisions, batch)).suggestions
    table = found.pivot(index="passage", columns="theme", values="confidence")
    return table.reindex(index=batch["passage"], columns=list(study.themes)).fillna(0.0)


def test_suggestions_are_kept_from_the_least_confidence_and_each_has_a_reason() -> None:
    batch = corpus(TEXTS)
    found = code(batch, fit(STUDY, NO_DECISIONS, batch))
    assert tuple(found.suggestions.columns) == SUGGESTIONS
    assert tuple(found.passages.columns) == PLACED
    assert found.suggestions["confidence"].between(LEAST_CONFIDENCE, 1).all()
    assert found.suggestions["reason"].str.strip().ne("").all()
    assert not found.suggestions.duplicated(["passage", "theme"]).any()
    assert found.passages["passage"].tolist() == batch["passage"].tolist()
    assert found.passages["sentiment"].between(-1, 1).all()
    assert set(found.passages["stage"]) <= {"", "Buy", "Use"}
    best = found.suggestions[found.suggestions["theme"] != "Money"]
    best = best.sort_values("confidence").groupby("passage").last()
    assert best.loc["s.0.0", "theme"] == "Price"
    assert best.loc["s.0.0", "reason"] == "cue: “price*”"
    assert best.loc["s.2.0", "theme"] == "Help"
    assert best.loc["s.4.0", "theme"] == "Speed"


def test_parents_follow_children() -> None:
    found = confidence(STUDY, NO_DECISIONS, corpus(TEXTS))
    assert (found["Money"] >= found["Price"]).all()
    coded = code(corpus(TEXTS), fit(STUDY, NO_DECISIONS, corpus(TEXTS))).suggestions
    assert "as part of Price" in set(coded.loc[coded["theme"] == "Money", "reason"])


def test_a_batch_is_coded_row_by_row() -> None:
    batch = corpus(TEXTS)
    coder = fit(STUDY, NO_DECISIONS, batch)
    whole, halves = code(batch, coder), [code(batch[:17], coder), code(batch[17:], coder)]
    for name in ("suggestions", "passages"):
        joined = pd.concat([getattr(half, name) for half in halves], ignore_index=True)
        pd.testing.assert_frame_equal(getattr(whole, name), joined, check_exact=True)


def test_two_fits_are_equal_and_a_coder_can_be_sent() -> None:
    batch, decisions = corpus(TEXTS), decided([0, 8], "Price", "confirmed")
    one, two = fit(STUDY, decisions, batch), fit(STUDY, decisions[::-1], batch)
    assert one.digest == two.digest
    sent = pickle.loads(pickle.dumps(one))
    first, second = code(batch, one), code(batch, sent)
    pd.testing.assert_frame_equal(first.suggestions, second.suggestions, check_exact=True)
    pd.testing.assert_frame_equal(first.suggestions, code(batch, two).suggestions, check_exact=True)


@pytest.mark.parametrize(
    "changed",
    [replace(STUDY, codebook=STUDY.codebook[:3]), replace(STUDY, journey=()), replace(STUDY, guide=())],
)
def test_the_digest_names_what_was_learned_from(changed: Study) -> None:
    batch = corpus(TEXTS[:8])
    first = fit(STUDY, NO_DECISIONS, batch).digest
    assert fit(changed, NO_DECISIONS, batch).digest != first
    assert fit(STUDY, decided([0], "Price", "rejected"), batch).digest != first
    assert fit(STUDY, NO_DECISIONS, corpus(TEXTS[:7])).digest != first


def test_given_vectors_are_those_it_would_compute() -> None:
    batch = corpus(TEXTS[:9])
    vectors = sentences().embed(TEXTS[:9])
    given = code(batch, fit(STUDY, NO_DECISIONS, batch, vectors=vectors), vectors=vectors)
    own = code(batch, fit(STUDY, NO_DECISIONS, batch))
    pd.testing.assert_frame_equal(given.suggestions, own.suggestions, check_exact=True)


@pytest.mark.parametrize("themes", [0, 1])
@pytest.mark.parametrize("count", [0, 1, 40])
def test_small_codebooks_and_corpora(themes: int, count: int) -> None:
    study = replace(STUDY, codebook=(PRICE, HELP)[:themes], journey=STUDY.journey[:themes])
    batch = corpus(TEXTS[:count])
    found = code(batch, fit(study, NO_DECISIONS, batch))
    assert len(found.passages) == count
    assert set(found.suggestions["theme"]) <= set(study.themes)
    if themes and count:
        assert "s.0.0" in set(found.suggestions["passage"])


def test_what_cannot_be_coded_is_left_alone() -> None:
    batch = corpus(["n/a", TEXTS[0]]).assign(codable=[False, True])
    found = code(batch, fit(STUDY, NO_DECISIONS, batch))
    assert set(found.suggestions["passage"]) == {"s.1.0"}
    silent = found.passages.iloc[0]
    assert (silent["stage"], silent["sentiment"], bool(silent["need"])) == ("", 0.0, False)


@pytest.mark.parametrize("theme", ["Price", "Help", "Speed"])
def test_rejecting_every_example_of_a_theme_never_raises_it(theme: str) -> None:
    batch = corpus(TEXTS)
    before = confidence(STUDY, NO_DECISIONS, batch)[theme]
    likely = before.to_numpy().argsort()[::-1]
    for rows in (likely[:1], likely[:6], likely[-6:], range(len(TEXTS))):
        after = confidence(STUDY, decided(list(map(int, rows)), theme, "rejected"), batch)[theme]
        assert (after <= before + 1e-9).all()


def test_confirmed_examples_raise_what_is_like_them() -> None:
    batch = corpus(TEXTS)
    colours = [n for n, text in enumerate(TEXTS) if "colour" in text]
    study = replace(STUDY, codebook=(*STUDY.codebook, Theme("Looks")))
    before = confidence(study, NO_DECISIONS, batch)["Looks"].to_numpy()
    after = confidence(study, decided(colours[:3], "Looks", "confirmed"), batch)["Looks"].to_numpy()
    assert (after[colours[3:]] > before[colours[3:]]).all()
    others = [n for n in range(len(TEXTS)) if n not in colours]
    assert after[colours[3:]].min() > after[others].max()


def test_an_unrelated_theme_moves_others_little() -> None:
    batch = corpus(TEXTS)
    wider = replace(STUDY, codebook=(*STUDY.codebook, Theme("Parking", "Where to leave the car.", ("car park",))))
    moved = confidence(wider, NO_DECISIONS, batch)[list(STUDY.themes)] - confidence(STUDY, NO_DECISIONS, batch)
    assert np.abs(moved.to_numpy()).max() <= STRAY


def test_words_of_the_question_are_not_the_customers_own() -> None:
    texts = [*TEXTS, "No, never.", "No, the price never mattered to us."]
    batch = corpus(texts)
    batch.loc[len(TEXTS) :, "question"] = "Did the price matter?"
    denied = confidence(STUDY, NO_DECISIONS, batch)["Price"]
    batch.loc[len(TEXTS) :, "question"] = "What else?"
    plain = confidence(STUDY, NO_DECISIONS, batch)["Price"]
    assert denied.iloc[-2] < 0.2
    assert denied.iloc[-2] <= plain.iloc[-2] + 0.02
    assert denied.iloc[-1] <= plain.iloc[-1] + 0.02
