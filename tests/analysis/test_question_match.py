"""Questions as asked, matched to a guide: labelled by hand before the rules were seen to work on them."""

from __future__ import annotations

import numpy as np

from dashboard.analysis.guide import _put, _scores_of_turns
from dashboard.analysis.question_match import blended, follow, matcher, same, worded
from dashboard.evidence.likeness import likeness

GUIDE = (
    "Tell me about yourself and what you like to read.",
    "When did you last borrow something from the library?",
    "How do you find out what is new?",
    "What happens when a book you want is out on loan?",
    "How do you feel about the fines for late returns?",
    "How well does the app work for you?",
    "What would make you come more often?",
)
# what an interviewer asked, and the place in the guide of what it asks; None: a follow-up or nothing of the guide
INTERVIEWS = (
    (
        ("Thanks for coming in. So, tell me a little about you and the kind of books you read.", 0),
        ("What is it about crime novels?", None),
        ("And the last time you borrowed anything from us, when was that?", 1),
        ("Which branch was it?", None),
        ("How do you hear about new titles?", 2),
        ("Okay. What do you do if the book you are after is already on loan?", 3),
        ("How long did you wait?", None),
        ("Let's talk about fines. What do you think of them?", 4),
        ("Did you pay it?", None),
        ("How is the app working for you?", 5),
        ("What went wrong with the login?", None),
        ("Last one. What would get you to visit us more often?", 6),
    ),
    (
        ("Could you introduce yourself, and say what you enjoy reading?", 0),
        ("Do you read to your children?", None),
        ("Can you remember the last thing you took out of the library?", 1),
        ("How did you come to pick that one?", None),
        ("Where do you look for what's new?", 2),
        ("When something is out, do you reserve it, or what happens then?", 3),
        ("Mhm.", None),
        ("You mentioned being late. How do you feel about the late fee?", 4),
        ("Do you use our app at all, and does it do what you need?", 5),
        ("Why not?", None),
        ("Is there anything that would make you come here more?", 6),
        ("Thank you, that was lovely.", None),
    ),
)


def test_most_matches_are_right_and_most_are_found() -> None:
    right = found = wanted = 0
    for interview in INTERVIEWS:
        put = [_put(text) for text, _ in interview]
        places = follow(_scores_of_turns(put, GUIDE), [bool(each) for each in put])
        for (_, want), place in zip(interview, places, strict=True):
            right += place is not None and place == want
            found += place is not None
            wanted += want is not None
    assert right / found >= 0.8
    assert right / wanted >= 0.75


def test_a_guide_read_out_is_matched_word_for_word() -> None:
    wording = worded(GUIDE, GUIDE)
    assert wording.diagonal().min() > 0.99
    assert follow(blended(None, wording), [True] * len(GUIDE)) == list(range(len(GUIDE)))
    assert same(blended(likeness(GUIDE, GUIDE), wording)) == list(range(len(GUIDE)))


def test_a_turn_that_asks_nothing_is_no_question() -> None:
    assert follow(np.ones((2, 3)), [False, True])[0] is None
    assert follow(np.zeros((0, 0)), []) == []


def test_a_guide_of_nothing_but_little_words_matches_nothing() -> None:
    assert matcher(["And you?"]).score("What about the price?") == [0.0]
