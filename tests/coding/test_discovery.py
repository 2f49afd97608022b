"""Groups of what is uncovered: alike stand together, the same on every run, and one voice is no group."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.coding.discovery import MOST_JOINED, discover

TOPICS = ("the parcel came late again", "my password link was broken", "the colour faded after washing")


def spread(
    each: int, *, noise: float = 0.15, seed: int = 0, topics: int = 3
) -> tuple[list[str], np.ndarray, list[str]]:
    """Passages around as many directions, in turns, each by somebody else."""
    rng = np.random.default_rng(seed)
    centres = np.eye(topics, 40)
    vectors = np.concatenate([centres + noise * rng.normal(size=centres.shape) / 6 for _ in range(each)])
    texts = [f"{TOPICS[n % 3]} {n // topics}" for n in range(each * topics)]
    return texts, vectors.astype(np.float32), [f"P{n}" for n in range(len(texts))]


def test_passages_alike_stand_together_under_their_own_words() -> None:
    texts, vectors, people = spread(12)
    groups = discover(texts, vectors, people, ignore={"the", "was", "after", "again", "came", "my"})
    assert sorted(tuple(sorted(group.members)) for group in groups) == [tuple(range(n, 36, 3)) for n in range(3)]
    said = {group.words[0] for group in groups}
    assert said <= {"parcel", "late", "password link", "link broken", "colour faded", "washing", "faded washing"} | {
        word for text in TOPICS for word in text.split()
    }
    assert all(group.people == 12 for group in groups)


def test_the_most_central_comes_first() -> None:
    texts, vectors, people = spread(12)
    vectors[3] = vectors[0] = np.eye(3, 40)[0]
    first = next(group for group in discover(texts, vectors, people) if 0 in group.members)
    assert first.members[0] in (0, 3)


def test_what_one_person_said_is_no_group() -> None:
    texts, vectors, _ = spread(12)
    assert discover(texts, vectors, ["P1"] * len(texts)) == ()


def test_more_than_can_be_joined_pair_by_pair_follow_the_nearest_group() -> None:
    texts, vectors, people = spread(MOST_JOINED // 3 + 200)
    groups = discover(texts, vectors, people)
    assert len(groups) == 3
    assert sum(len(group.members) for group in groups) > 0.95 * len(texts)
    assert all(len({place % 3 for place in group.members}) == 1 for group in groups)


@settings(max_examples=20, deadline=None)
@given(n=st.integers(0, 40), seed=st.integers(0, 9))
def test_any_passages_are_in_one_group_at_most_and_the_same_twice(n: int, seed: int) -> None:
    vectors = np.random.default_rng(seed).normal(size=(n, 12)).astype(np.float32)
    texts, people = [f"word{k % 5} other{k % 3}" for k in range(n)], [f"P{k % 7}" for k in range(n)]
    groups = discover(texts, vectors, people)
    members = [place for group in groups for place in group.members]
    assert len(members) == len(set(members))
    assert groups == discover(texts, vectors, people)


def test_passages_that_are_all_the_same_make_no_trouble() -> None:
    assert len(discover(["same words here"] * 9, np.ones((9, 8), dtype=np.float32), [f"P{n}" for n in range(9)])) <= 1
