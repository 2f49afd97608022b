"""Kinds of questions: the rules one by one, and how well they do on questions that were kept apart."""

from __future__ import annotations

import csv
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.questions import LABELLED, labelled, scores
from dashboard.analysis.question_kinds import asked, judge, questions_in
from dashboard.analysis.question_words import words_of


@pytest.mark.parametrize(
    ("turn", "questions"),
    [
        ("Thanks. Tell me about the garden. How big is it?", ["Tell me about the garden.", "How big is it?"]),
        ("okay so um how did you hear about us", ["how did you hear about us"]),
        ("yeah that makes sense so can you walk me through it", ["can you walk me through it"]),
        ("Can you describe the set-up.", ["Can you describe the set-up."]),
        ("I'd love to hear more about the garden", ["I'd love to hear more about the garden"]),
        ("Mr. Hall asked. Do you, e.g. on Mondays, use it?", ["Do you, e.g. on Mondays, use it?"]),
        ("So... how was it? Fine.", ["So... how was it?"]),
        ('He asked "why?" and then left.', []),
        ("What I'd like to do is show you a page. When you call, nobody answers.", []),
        ("Tell me about it.", []),
        ("I see, okay. Go on.", ["Go on."]),
        ("", []),
        ("?!", []),
    ],
)
def test_questions_are_found_in_a_turn(turn: str, questions: list[str]) -> None:
    assert [turn[start:end] for start, end in questions_in(turn)] == questions


@pytest.mark.parametrize(
    "question",
    [
        "Can you tell me how you chose it?",
        "Would you mind telling me what happened?",
        "Expensive?",
        "How so?",
        "What about the invoices?",
        "So, er, what were you, what were you hoping for?",
        "What are the pros and cons of that?",
        "What happens between sign-up and the first invoice?",
        "What does the back and forth with the bank look like?",
        "What do you and your colleagues think of the rota?",
        "How do sales and marketing work together?",
        "When you say slow, what do you mean?",
        "What, if anything, got in the way?",
    ],
)
def test_open_and_nothing_to_check(question: str) -> None:
    assert judge(question).kind == "open"
    assert judge(question).flags == ()


@pytest.mark.parametrize(
    "question",
    [
        "How many people are there?",
        "When did you join?",
        "Which plan are you on?",
        "Can you tell me how many users you have?",
        "Is it okay if I record this?",
        "Anything else?",
        "So that was in April?",
        "What's your job title?",
        "On a scale of one to five, how would you rate it?",
    ],
)
def test_closed_where_closed_is_what_it_takes(question: str) -> None:
    assert judge(question).kind == "closed"
    assert judge(question).flags == ()


@pytest.mark.parametrize(
    "question",
    [
        "Do you use the app?",
        "Was it easy to set up?",
        "Was it the price or the support?",
        "Did you read the terms and conditions?",
        "Do you and your sister share a login?",
        "Did she sign it, or did you?",
        "Would you say it's more of a weekday thing?",
    ],
)
def test_closed_alone_is_one_flag(question: str) -> None:
    assert [flag.kind for flag in judge(question).flags] == ["closed"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("It's easy, isn't it?", "isn't it"),
        ("So that was in May, right?", "right"),
        ("Don't you think it was better before?", "Don't you"),
        ("Wouldn't you agree it saves time?", "Wouldn't you"),
        ("How annoying was that?", "How annoying"),
        ("Why is the new one so much better?", "better"),
        ("What frustrated you about the delivery?", "frustrated"),
        ("Most people find it slow, how was it for you?", "Most people find"),
        ("So you left because it was too expensive?", "expensive"),
        ("Was it the price that made you leave?", "that made you"),
        ("That must have been a relief?", "That must have"),
        ("Is it fair to say you trust us?", "fair to say"),
        ("How did our amazing team help you?", "amazing"),
        ("Personally I find it fiddly, what do you think?", "Personally"),
    ],
)
def test_leading_rests_on_its_words(question: str, words: str) -> None:
    flags = [flag for flag in judge(question).flags if flag.kind in {"leading", "loaded"}]
    assert [question[flag.start : flag.end].startswith(words) for flag in flags] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "How satisfied or dissatisfied are you?",
        "Do you find it easier, harder or the same?",
        "How likely are you to recommend us?",
        "What do you think most customers want?",
        "What was the hardest part?",
        "What did you like about it?",
    ],
)
def test_balanced_questions_do_not_lead(question: str) -> None:
    assert not judge(question).leading


@pytest.mark.parametrize(
    ("question", "better"),
    [
        ("How did you hear of it and what made you sign up?", "“How did you hear of it?” – “What made you sign up?”"),
        ("What do you think of the price and the support?", "“the price” first, and about “the support”"),
        ("Was it quick and easy?", "“quick” first, and about “easy”"),
        ("Tell me how you set it up and what you'd change.", "“Tell me what you'd change.”"),
        ("Why did you leave? Was it the price?", "“Why did you leave?” – “Was it the price?”"),
        ("When did you switch and why?", "“When did you switch?” – “Why?”"),
        ("Have you ever had a late delivery or a damaged item?", "“a late delivery” first, and about “a damaged item”"),
    ],
)
def test_double_barrelled_is_taken_apart(question: str, better: str) -> None:
    flags = [flag for flag in judge(question).flags if flag.kind == "double-barrelled"]
    assert len(flags) == 1
    assert better in flags[0].better


@pytest.mark.parametrize(
    "question", ["Would you use it?", "If we built that, would you come back?", "Are you going to renew?"]
)
def test_hypothetical(question: str) -> None:
    assert judge(question).hypothetical


@pytest.mark.parametrize(
    "question", ["Would you say it's big?", "Would you mind showing me?", "What would you tell a friend?"]
)
def test_not_hypothetical(question: str) -> None:
    assert not judge(question).hypothetical


def test_two_questions_in_one_turn_are_one_too_many() -> None:
    turn = "Right. Why did you cancel? Was it the price?"
    first, second = asked(turn)
    assert not first.judgement.double_barrelled
    assert second.judgement.double_barrelled
    assert all(turn[flag.start : flag.end].startswith("Was it the price") for flag in second.judgement.flags)


def test_a_word_taken_up_is_no_second_question() -> None:
    assert [entry.judgement.flags for entry in asked("Expensive? In what way?")] == [(), ()]


def test_hesitations_and_false_starts_are_left_out() -> None:
    assert words_of("So, um, do you, do you still, like, use it?").words == (
        "do",
        "you",
        "still",
        "use",
        "it",
        "?",
    )
    assert judge("So what do you, how do you handle returns?").flags == ()


def test_every_flag_says_why_and_how_else_in_one_sentence_each() -> None:
    for question, _ in labelled("seen"):
        for flag in judge(question).flags:
            assert flag.reason.endswith((".", ").")), question
            assert flag.better, question
            assert 0 <= flag.start < flag.end <= len(question), question


def test_the_other_wording_does_not_lead() -> None:
    for question, _ in labelled("seen"):
        for flag in judge(question).flags:
            if flag.kind in {"leading", "loaded"}:
                assert not judge(flag.better).leading, (question, flag.better)


def test_the_labelled_questions_are_many_and_apart() -> None:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 420
    assert len({row["question"] for row in rows}) == len(rows)
    assert abs(sum(row["half"] == "seen" for row in rows) * 2 - len(rows)) <= 10


@pytest.mark.parametrize("kind", ["open", "closed", "leading", "double-barrelled"])
def test_questions_kept_apart_are_told_apart(kind: str) -> None:
    labels, found, right = scores("unseen")[kind]
    assert right / found >= 0.9
    assert right / labels >= 0.9


@given(
    st.text(alphabet=st.sampled_from(list("do you ?.,and or isn't it How…\"’\n—")), max_size=120) | st.text(max_size=60)
)
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_and_spans_lie_in_it_in_order(turn: str) -> None:
    spans = questions_in(turn)
    assert spans == sorted(spans)
    for (_, end), (start, _) in pairwise(spans):
        assert end <= start
    for entry in asked(turn):
        for flag in entry.judgement.flags:
            assert entry.start <= flag.start < flag.end <= entry.end


@pytest.mark.parametrize(
    "piece", ["and what did you do ", ". a", '?"', "so, um, like, ", "do ", "the price and the support ", "."]
)
def test_a_long_turn_of_worst_characters_is_judged(piece: str) -> None:
    text = piece * (40_000 // len(piece)) + "a"
    assert judge(text).kind in ("open", "closed")
    for entry in asked(text):
        assert 0 <= entry.start < entry.end <= len(text)
