import pickle
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from dashboard.coding import code, fit
from dashboard.coding.blend import LEAST_CONFIDENCE, PLACED, SUGGESTIONS, Coder, Codings
from dashboard.coding.meaning import sentences
from dashboard.study import GuideQuestion, Stage, Study, Theme

STUDY = Study(
    "Bicycles on loan",
    codebook=(
        Theme("Money", "what it costs and whether it is worth it"),
        Theme("Price", "what the loan costs", ("price*", "expensive", "cost*", "fee"), parent="Money"),
        Theme("Brakes", "brakes that squeal, drag or fail", ("brake*",)),
        Theme("App", "the app on the phone: finding, unlocking and returning a bicycle", ("app", "unlock*")),
    ),
    journey=(
        Stage("Find", "finding a bicycle nearby", ("find", "map", "nearby")),
        Stage("Ride", "riding the bicycle", ("ride", "brake*", "saddle")),
        Stage("Return", "giving the bicycle back", ("return*", "dock*", "give it back")),
    ),
    guide=(GuideQuestion("q1", "How did you give the bicycle back?", "Return"),),
)
TEXTS = [
    "The price is too high for a short ride.",
    "The brakes squealed all the way down the hill.",
    "The app would not unlock it, I tried four times.",
    "I found one on the map right away.",
    "Giving it back was easy, there was a free dock.",
    "I paid far more than the bus would have been.",
    "It would not stop when I pulled the lever.",
    "My phone lost the signal and so the bicycle stayed locked.",
    "It was a lovely day and the river was full of boats.",
    "I wish there were a seat for a child.",
    "We ended up writing the numbers down by hand.",
    "No, never.",
]
NONE = pd.DataFrame(columns=["passage", "text", "kind", "value", "status"])


def corpus_of(texts: list[str], question: str = "") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "passage": [f"p{number}" for number in range(len(texts))],
            "text": texts,
            "question": question,
            "source_kind": "interview",
            "codable": True,
        }
    )


CORPUS = corpus_of(TEXTS)


def decided(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Decisions as (passage, kind, value, status)."""
    text_of = dict(zip(CORPUS["passage"], CORPUS["text"], strict=True))
    return pd.DataFrame(
        [(passage, text_of[passage], kind, value, status) for passage, kind, value, status in rows],
        columns=NONE.columns,
    )


def confidence(codings: Codings, theme: str) -> pd.Series:
    """Passage → confidence of a theme, 0 where there is no suggestion."""
    rows = codings.suggestions[codings.suggestions["theme"] == theme]
    return rows.set_index("passage")["confidence"].reindex(CORPUS["passage"]).fillna(0.0)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return fit(STUDY, NONE, CORPUS)


def test_cues_and_meaning_suggest_themes_with_a_reason(coder: Coder) -> None:
    found = code(CORPUS, coder)
    assert tuple(found.suggestions.columns) == SUGGESTIONS
    assert tuple(found.passages.columns) == PLACED
    assert confidence(found, "Price")["p0"] > 0.5 > confidence(found, "Price")["p8"]
    assert confidence(found, "Price").idxmax() == "p0"
    assert confidence(found, "Brakes").idxmax() == "p1"
    reason = found.suggestions.set_index(["passage", "theme"])["reason"]
    assert reason["p0", "Price"] == "cue: “price*”"
    assert (found.suggestions["reason"] != "").all()
    assert found.suggestions["confidence"].between(LEAST_CONFIDENCE, 1).all()


def test_parents_follow_their_children(coder: Coder) -> None:
    found = code(CORPUS, coder)
    assert (confidence(found, "Money") >= confidence(found, "Price")).all()
    reason = found.suggestions.set_index(["passage", "theme"])["reason"]
    assert reason["p0", "Money"] == "as part of Price"


def test_a_circle_of_parents_ends() -> None:
    circle = replace(STUDY, codebook=(Theme("A", cues=("price",), parent="B"), Theme("B", parent="A")))
    found = code(CORPUS, fit(circle, NONE, CORPUS))
    assert confidence(found, "B")["p0"] >= 0.3


def test_a_passage_is_coded_alike_in_any_batch(coder: Coder) -> None:
    together = code(CORPUS, coder)
    alone = [code(CORPUS.iloc[[row]], coder) for row in range(len(CORPUS))]
    pd.testing.assert_frame_equal(
        together.suggestions, pd.concat([each.suggestions for each in alone], ignore_index=True)
    )
    pd.testing.assert_frame_equal(together.passages, pd.concat([each.passages for each in alone], ignore_index=True))
    turned = code(CORPUS.iloc[::-1], coder)
    assert sorted(map(tuple, turned.suggestions.to_numpy())) == sorted(map(tuple, together.suggestions.to_numpy()))


def test_a_coder_can_be_sent_and_is_named_by_what_it_learned(coder: Coder) -> None:
    sent = pickle.loads(pickle.dumps(coder))
    assert sent.digest == coder.digest == fit(STUDY, NONE, CORPUS).digest
    pd.testing.assert_frame_equal(code(CORPUS, sent).suggestions, code(CORPUS, coder).suggestions)
    taught = decided(("p6", "theme", "Brakes", "confirmed"), ("p5", "theme", "Brakes", "rejected"))
    assert fit(STUDY, taught, CORPUS).digest == fit(STUDY, taught.iloc[::-1], CORPUS).digest != coder.digest
    assert fit(STUDY, NONE, CORPUS.iloc[:5]).digest != coder.digest


def test_given_vectors_are_used_as_they_are(coder: Coder) -> None:
    vectors = sentences().embed(TEXTS)
    assert fit(STUDY, NONE, CORPUS, vectors=vectors).digest == coder.digest
    pd.testing.assert_frame_equal(code(CORPUS, coder, vectors=vectors).suggestions, code(CORPUS, coder).suggestions)


def test_confirming_raises_what_is_like_it_and_rejecting_lowers(coder: Coder) -> None:
    before = code(CORPUS, coder)
    taught = fit(STUDY, decided(("p6", "theme", "Brakes", "confirmed"), ("p2", "theme", "App", "rejected")), CORPUS)
    after = code(CORPUS, taught)
    assert confidence(after, "Brakes")["p6"] > confidence(before, "Brakes")["p6"]
    assert confidence(after, "App")["p2"] < confidence(before, "App")["p2"]
    new = corpus_of(["It did not stop when I pulled the lever."])
    reasons = code(new, taught).suggestions.set_index("theme")["reason"]
    assert reasons["Brakes"] == "close to your example: “It would not stop when I pulled the lever.”"


def test_rejecting_every_example_never_raises_a_theme(coder: Coder) -> None:
    before = code(CORPUS, coder)
    for passages in (["p0"], ["p0", "p5"], list(CORPUS["passage"])):
        after = code(CORPUS, fit(STUDY, decided(*((p, "theme", "Price", "rejected") for p in passages)), CORPUS))
        assert (confidence(after, "Price") <= confidence(before, "Price") + 1e-9).all()


def test_examples_of_the_codebook_teach() -> None:
    first, *rest = STUDY.codebook
    with_example = replace(STUDY, codebook=(first, replace(rest[0], include=("I paid more than the bus.",)), *rest[1:]))
    raised = confidence(code(CORPUS, fit(with_example, NONE, CORPUS)), "Price")["p5"]
    assert raised > confidence(code(CORPUS, fit(STUDY, NONE, CORPUS)), "Price")["p5"]


def test_an_unrelated_theme_hardly_moves_the_others(coder: Coder) -> None:
    wider = replace(STUDY, codebook=(*STUDY.codebook, Theme("Volcanoes", "eruptions and lava", ("lava", "volcano*"))))
    before, after = code(CORPUS, coder), code(CORPUS, fit(wider, NONE, CORPUS))
    for theme in STUDY.themes:
        assert (confidence(after, theme) - confidence(before, theme)).abs().max() < 0.15


def test_persons_who_disagree_teach_nothing(coder: Coder) -> None:
    dispute = decided(("p6", "theme", "Brakes", "confirmed"), ("p6", "theme", "Brakes", "rejected"))
    found = code(CORPUS, fit(STUDY, dispute, CORPUS))
    pd.testing.assert_series_equal(confidence(found, "Brakes"), confidence(code(CORPUS, coder), "Brakes"), atol=0.02)


def test_the_questions_words_are_not_the_customers() -> None:
    question = "Did the price matter?"
    asked = corpus_of([*TEXTS[:-1], "No, never."]).assign(question=["What was it like?"] * 11 + [question])
    found = code(asked, fit(STUDY, NONE, asked))
    assert confidence(found, "Price")["p11"] < 0.3
    echoed = asked.assign(text=[*TEXTS[:-1], "No, the price never did."])
    plain = asked.assign(text=[*TEXTS[:-1], "Well, the price always did."])
    low, high = (confidence(code(each, fit(STUDY, NONE, each)), "Price")["p11"] for each in (echoed, plain))
    assert low < high


def test_the_question_lends_its_theme_to_a_short_answer() -> None:
    answers = ["Far too much for me.", *TEXTS[1:-1], "Sunny most of the time."]
    neutral = corpus_of(answers)
    asked = neutral.assign(question=["What do you think of the price?", *[""] * 11])
    with_question = code(asked, fit(STUDY, NONE, asked))
    without = code(neutral, fit(STUDY, NONE, neutral))
    assert confidence(with_question, "Price")["p0"] > confidence(without, "Price")["p0"]


def test_stages_by_cue_by_guide_and_by_decision(coder: Coder) -> None:
    placed = code(CORPUS, coder).passages.set_index("passage")
    assert placed["stage"]["p3"] == "Find"
    assert placed["stage"]["p4"] == "Return"
    assert ((placed["stage"] == "") == (placed["stage_confidence"] == 0)).all()
    assert ((placed["stage"] == "") == (placed["stage_reason"] == "")).all()
    answer = corpus_of(["It took me three goes until it clicked."], "How did you give the bicycle back?")
    by_guide = code(answer, coder).passages.iloc[0]
    assert (by_guide["stage"], by_guide["stage_reason"]) == (
        "Return",
        "in answer to “How did you give the bicycle back?”",
    )
    taught = decided(("p7", "stage", "Find", "confirmed"), ("p4", "stage", "", "confirmed"))
    again = code(CORPUS, fit(STUDY, taught, CORPUS)).passages.set_index("passage")
    assert again["stage"]["p7"] == "Find"
    assert again["stage_confidence"]["p4"] < placed["stage_confidence"]["p4"]


def test_sentiment_effort_and_needs_stand_beside(coder: Coder) -> None:
    placed = code(CORPUS, coder).passages.set_index("passage")
    assert placed["sentiment"]["p8"] > 0.25
    assert placed["sentiment"].between(-1, 1).all()
    assert placed["need"]["p9"]
    assert placed["need_reason"]["p9"] == "a wish: “wish there”"
    assert placed["effort"]["p10"]
    assert not placed["need"]["p0"]
    rejected = fit(STUDY, decided(("p9", "need", "yes", "rejected")), CORPUS)
    assert code(CORPUS, rejected).passages["need_confidence"][9] < placed["need_confidence"]["p9"]


def test_passages_that_cannot_be_coded_get_nothing(coder: Coder) -> None:
    found = code(CORPUS.assign(codable=False), coder)
    assert found.suggestions.empty
    assert (found.passages["stage"] == "").all()
    assert not found.passages[["sentiment", "need_confidence", "effort", "need"]].to_numpy(dtype=float).any()


@pytest.mark.parametrize("themes", [0, 1])
@pytest.mark.parametrize("passages", [0, 1, 12])
def test_small_studies_work(themes: int, passages: int) -> None:
    study = Study("Small", codebook=STUDY.codebook[2 : 2 + themes], journey=STUDY.journey[:themes])
    corpus = CORPUS.iloc[:passages]
    coder = fit(study, decided(("p1", "theme", "Brakes", "confirmed")), corpus)
    found = code(CORPUS, coder)
    assert len(found.passages) == len(CORPUS)
    assert set(found.suggestions["theme"]) <= set(study.themes)
    if themes:
        assert confidence(found, "Brakes").idxmax() == "p1"
    assert code(CORPUS.iloc[:0], coder).suggestions.empty


def test_themes_without_cues_or_definition_work() -> None:
    bare = Study("Bare", codebook=(Theme("Brakes"), Theme("")))
    assert np.isfinite(code(CORPUS, fit(bare, NONE, CORPUS)).suggestions["confidence"]).all()


SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
import pandas as pd
from coding.test_blend import CORPUS, STUDY, decided
from dashboard.coding import code, fit
coder = fit(STUDY, decided(("p6", "theme", "Brakes", "confirmed"), ("p2", "theme", "App", "rejected")), CORPUS)
found = code(CORPUS, coder)
print(coder.digest)
print(found.suggestions.to_csv() + found.passages.to_csv())
"""


@pytest.mark.slow
def test_two_processes_and_two_thread_counts_agree(request: pytest.FixtureRequest) -> None:
    tests = str(request.path.parent.parent)
    said = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT.format(tests=tests)],
            env={"OPENBLAS_NUM_THREADS": threads, "PYTHONHASHSEED": threads, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        ).stdout
        for threads in ("1", "2")
    }
    assert len(said) == 1
