import pytest

from dashboard.intake.scales import best_end, is_no_answer, number_of, word_scale


def test_numbers_with_their_words() -> None:
    assert number_of("1 - Not at all likely") == 1.0
    assert number_of("10=best") == 10.0
    assert number_of("5 very good") == 5.0
    assert number_of("3 (neutral)") == 3.0
    assert number_of("5 to 10") is None
    assert number_of("10 - 100") is None
    assert number_of("2.5 years") is None
    assert number_of("") is None


def test_no_answers() -> None:
    assert all(
        is_no_answer(text) for text in ("", "n/a", "N/A", "Don’t know", "Not applicable", "Prefer not to say", "k.A.")
    )
    assert not any(is_no_answer(text) for text in ("No", "Nothing", "0", "Never"))


@pytest.mark.parametrize(
    ("values", "best", "worst"),
    [
        (
            ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"],
            "Strongly agree",
            "Strongly disagree",
        ),
        (["Terrible", "Poor", "OK", "Good", "Excellent"], "Excellent", "Terrible"),
        (
            ["Very easy", "Somewhat easy", "Neutral", "Somewhat difficult", "Very difficult", "N/A"],
            "Very easy",
            "Very difficult",
        ),
        (
            ["sehr zufrieden", "eher zufrieden", "neutral", "unzufrieden", "sehr unzufrieden"],
            "sehr zufrieden",
            "sehr unzufrieden",
        ),
        (
            ["Very unfavorably", "Somewhat favorably", "Very favorably", "Unfamiliar (N/A)"],
            "Very favorably",
            "Very unfavorably",
        ),
    ],
)
def test_scales_of_words(values: list[str], best: str, worst: str) -> None:
    scale = word_scale(values)
    assert max(scale, key=lambda value: scale[value]) == best
    assert min(scale, key=lambda value: scale[value]) == worst
    assert (scale[worst], scale[best]) == (1.0, 5.0)


def test_seven_steps() -> None:
    scale = word_scale(
        ["Strongly agree", "Agree", "Somewhat agree", "Neutral", "Somewhat disagree", "Disagree", "Strongly disagree"]
    )
    assert sorted(scale.values()) == [1, 2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "values", [["Yes", "No"], ["Very important", "Not important"], ["Often", "Never"], ["Good"], ["pro", "free"]]
)
def test_what_is_no_judgement(values: list[str]) -> None:
    assert dict(word_scale(values)) == {}


def test_which_end_is_best() -> None:
    assert best_end("Rate us, 10 - strongly agree, 1 - strongly disagree") == "high"
    assert best_end("(1 = excellent, 5 = poor)") == "low"
    assert best_end("from poor (1) to excellent (5)") == ""
    assert best_end("Rate the help (very poor = 1) (very good = 7)") == "high"
