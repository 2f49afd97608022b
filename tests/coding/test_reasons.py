"""Why a suggestion was made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from dashboard.coding.features import prepare
from dashboard.coding.learning import Thing, learn, score
from dashboard.coding.meaning import sentences
from dashboard.coding.reasons import Example, reasons

THING = Thing("Price", "What it costs.", ("price", "unit price"))
TEXTS = ["The unit price is a price.", "No price.", "They billed us twice " + "again " * 30, "It is blue."]


def why(*, examples: tuple[str, ...] = (), asked: float = 0.0) -> list[str]:
    model = sentences()
    said = prepare(TEXTS, model.embed(TEXTS), questions=["What made\nyou leave?"] * len(TEXTS))
    none = prepare([], np.zeros((0, model.width)))
    learned = learn([THING], said, none, np.zeros((0, 1), dtype=np.int8), model)
    scored = replace(score(said, learned, model), question=np.full((len(TEXTS), 1), asked))
    own = [Example(text, vector) for text, vector in zip(examples, model.embed(list(examples)), strict=True)]
    rows = np.arange(len(TEXTS))
    return reasons(rows, np.zeros_like(rows), said, learned, scored, [own])


def test_a_cue_comes_first_and_the_rarest_of_them() -> None:
    assert why()[0] == "cue: “unit price”"
    assert why()[1] == "cue: “price”, after a negation"
    assert why()[3] == "close to other passages like this"


def test_an_example_is_quoted_short() -> None:
    found = why(examples=(TEXTS[2],))
    assert found[2].startswith("close to your example: “They billed us twice again")
    assert found[2].endswith(" …”")
    assert len(found[2]) < 120
    assert found[0].startswith("cue: ")


def test_then_the_question_on_one_line() -> None:
    assert why(asked=1.0)[3] == "in answer to “What made you leave?”"
