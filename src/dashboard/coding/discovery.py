"""What a codebook leaves uncovered, grouped by meaning and named by its own words; the same on every run.

Sentence vectors are centred, brought to 30 dimensions (principal components) and joined by average linkage on cosine
distance. The tree is cut where the number of groups that are large enough, times the share of passages in them, is
largest: few groups that hold much, rather than all in one or each for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from dashboard.coding.cues import tokens
from dashboard.coding.features import Floats, one_thread
from dashboard.coding.meaning import Vectors

DIMENSIONS = 30
CUTS = tuple(round(0.35 + 0.05 * step, 2) for step in range(10))  # cosine distances at which the tree may be cut
MOST_JOINED = 3_000
"""Passages that are joined pair by pair; of more, an even sample is, and the others follow the nearest group."""
_FEWEST = 3
_WORDS = 8


@dataclass(frozen=True)
class Group:
    """Passages of one meaning. words: what they say more often than the rest, the most telling first.

    members: positions of the passages, the most central first. people: how many said them.
    """

    label: str
    words: tuple[str, ...]
    members: tuple[int, ...]
    people: int


def discover(
    texts: Sequence[str],
    vectors: Vectors,
    people: Sequence[str],
    *,
    ignore: Collection[str] = (),
    least: int | None = None,
) -> tuple[Group, ...]:
    """The groups of passages, those of most people first.

    texts, vectors (n, width), people: one a passage, in an order that does not change from run to run. ignore: words
    that name nothing. least: passages that a group needs (three, or one in a hundred). A group of one person is none.

    >>> import numpy as np
    >>> discover(["a"], np.ones((1, 4), dtype=np.float32), ["P1"])
    ()
    """
    least = max(_FEWEST, round(len(texts) / 100)) if least is None else least
    if len(texts) < 2 * least:
        return ()
    with one_thread():
        reduced = _reduced(np.asarray(vectors, dtype=np.float64))
        labels = _labels(reduced, least)
    named = _telling(texts, labels, ignore)
    groups = []
    for number, words in named.items():
        members = np.flatnonzero(labels == number)
        who = len({people[int(place)] for place in members})
        if who < 2:
            continue
        centre = reduced[members].mean(axis=0)
        order = members[np.argsort(-(reduced[members] @ centre), kind="stable")]
        groups.append(Group(_label(words), words, tuple(int(place) for place in order), who))
    return tuple(sorted(groups, key=lambda group: (-group.people, -len(group.members), group.members)))


def _reduced(vectors: Floats) -> Floats:
    """The first principal components, each row of length one."""
    centred = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(centred.T @ centred)
    found = centred @ directions[:, ::-1][:, :DIMENSIONS]
    lengths = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(lengths, 1e-12))


def _labels(reduced: Floats, least: int) -> np.ndarray:
    """The group of each passage; 0 where it is in none."""
    n = len(reduced)
    sample = np.arange(n) if n <= MOST_JOINED else np.unique(np.linspace(0, n - 1, MOST_JOINED).astype(np.int64))
    needed = max(_FEWEST, round(least * len(sample) / n))
    # passages that are all the same leave no direction, and so no distance
    tree = linkage(np.nan_to_num(np.maximum(pdist(reduced[sample], "cosine"), 0.0), nan=0.0), "average")
    best, cut, found = -1.0, 0.0, np.zeros(len(sample), dtype=np.int64)
    for height in CUTS:
        labels = fcluster(tree, height, "distance")
        sizes = np.bincount(labels)
        large = np.flatnonzero(sizes >= needed)
        worth = len(large) * float(sizes[large].sum()) / len(sample)
        if worth > best:
            best, cut, found = worth, height, np.where(np.isin(labels, large), labels, 0)
    if len(sample) == n:
        return found
    centres = {number: reduced[sample[found == number]].mean(axis=0) for number in np.unique(found) if number}
    if not centres:
        return np.zeros(n, dtype=np.int64)
    numbers = np.array(list(centres))
    matrix = np.array([centre / max(float(np.linalg.norm(centre)), 1e-12) for centre in centres.values()])
    near = reduced @ matrix.T
    labels = np.where(near.max(axis=1) >= 1 - cut, numbers[near.argmax(axis=1)], 0)
    labels[sample] = found
    return labels


def _telling(texts: Sequence[str], labels: np.ndarray, ignore: Collection[str]) -> dict[int, tuple[str, ...]]:
    """Group → its words and pairs of words by class-based tf-idf: often in the group, seldom over all of them."""
    grams = [_grams(text, ignore) for text in texts]
    overall = Counter(gram for each in grams for gram in each)
    found = {}
    numbers = [int(number) for number in np.unique(labels) if number]
    for number in numbers:
        members = np.flatnonzero(labels == number)
        within = Counter(gram for place in members for gram in grams[place])
        scores = {
            gram: count * np.log(1 + len(texts) / overall[gram]) * (1.5 if " " in gram else 1.0)
            for gram, count in within.items()
            if count >= 2
        }
        ranked = sorted(scores, key=lambda gram: (-scores[gram], gram))
        found[number] = tuple(_apart(ranked)[:_WORDS])
    return found


def _grams(text: str, ignore: Collection[str]) -> set[str]:
    """Words that name something, and pairs of them that stand side by side."""
    words = tokens(text)
    kept = [word if len(word) > 2 and word[0].isalpha() and word not in ignore else "" for word in words]
    pairs = {f"{one} {other}" for one, other in pairwise(kept) if one and other}
    return {word for word in kept if word} | pairs


def _apart(ranked: Sequence[str]) -> list[str]:
    """Without what a better one holds a word of already, in the singular or plural."""
    found: list[str] = []
    taken: set[str] = set()
    for gram in ranked:
        stems = {word.removesuffix("s") for word in gram.split()}
        if not stems & taken:
            found.append(gram)
            taken |= stems
    return found


def _label(words: Sequence[str]) -> str:
    """A name to begin with: the two most telling."""
    return ", ".join(words[:2]).capitalize() or "Without a word of their own"
