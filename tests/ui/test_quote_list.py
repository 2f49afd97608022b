"""What a card says of a quote."""

import pandas as pd
from analysis.talks import talk_evidence

from dashboard.analysis.quotes import quotes
from dashboard.evidence.tables import NO_STAGE
from dashboard.ui.quote_list import about, cards, fit, shown_themes, sign, turn_cards


def _theme(name: str, status: str, *, accepted: bool, confidence: float | None = 0.8) -> dict[str, object]:
    return {"theme": name, "status": status, "accepted": accepted, "confidence": confidence}


def test_only_what_counts_or_was_judged_is_shown() -> None:
    themes = [
        _theme("counted", "suggested", accepted=True),
        _theme("too weak", "suggested", accepted=False, confidence=0.1),
        _theme("turned down", "rejected", accepted=False),
    ]
    assert [theme["theme"] for theme in shown_themes(themes)] == ["counted", "turned down"]


def test_fit_is_said_as_how_often_it_is_right() -> None:
    assert fit(0.97) == "nearly always right"
    assert fit(0.71) == "right about 7 times in 10"
    assert fit(0.02) == "rarely right"
    assert fit(None) == fit(float("nan")) == "suggested"


def test_the_sign_begins_at_a_quarter() -> None:
    assert [sign(value) for value in (-0.25, -0.24, 0.24, 0.25, None, float("nan"))] == [
        "negative", "", "", "positive", "", "",
    ]  # fmt: skip


def test_a_card_holds_text_as_it_is_and_leaves_out_what_was_not_given() -> None:
    text = "<b>$5</b> :smile: [x](http://example.com)"
    row = {
        "passage": "s.1.0", "text": text, "question": None, "participant": "P01", "stage": NO_STAGE, "sentiment": -0.5,
        "themes": [
            _theme("Child", "confirmed", accepted=True),
            _theme("Parent", "suggested", accepted=True, confidence=0.1),
        ],
        "attr:plan": "pro", "attr:region": "not given",
    }  # fmt: skip
    (card,) = cards(pd.DataFrame([row]), attributes=("plan", "region"), threshold=0.5, segments={"P01": ("Paying",)})
    assert card["segments"] == ["Paying"]
    assert card["text"] == text
    assert (card["about"], card["stage"], card["sign"]) == ("plan pro", "", "negative")
    assert [theme["fit"] for theme in card["themes"]][1] == "with its sub-theme"
    assert about(row, ()) == ""


def test_a_turn_of_an_interviewer_says_who_asked_in_which_interview() -> None:
    (card,) = turn_cards(quotes(talk_evidence(), {"kind": "leading"}, measure="questions").rows)
    assert (card["passage"], card["participant"], card["about"], card["themes"]) == ("a/5", "Ada", "a.vtt", [])
