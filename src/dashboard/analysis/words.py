"""Which words a group uses more than everybody else, counted in people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import narwhals as nw
import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from dashboard.analysis.counting import (
    POOLED,
    Columns,
    collected,
    group_order,
    heard,
    in_order,
    keyed,
    kinds_in,
    narrowing,
    order_of,
    overlap_note,
)
from dashboard.analysis.prevalence import BASE, with_share
from dashboard.analysis.statistics import Floats
from dashboard.analysis.stop_words import STOP_WORDS
from dashboard.analysis.table import Table
from dashboard.evidence.tables import SEGMENT, Evidence, Frame

FEWEST_PEOPLE = 3
"""A word that fewer people use says something of a person, not of a group."""
FEWEST_IN_GROUP = 2
"""Nor is a word that one person of a group alone uses the group's."""
MOST_WORDS = 60
"""Rows a group and source kind."""

_SPOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LABEL = re.compile(r"\[[^\[\]\n]{1,40}\]")  # "[laughs]", "[name]": nobody said that
_UNSPACED = re.compile(r"[\u4e00-\u9fff々]{2,6}|[\u30a1-\u30ffー]{2,20}|[\uac00-\ud7a3]{2,12}")
_WIDE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7a3\u0e00-\u0e7f]")

_PASSAGES: Columns = {
    "passage": nw.String, "participant": nw.String, "source_kind": nw.String, "text": nw.String,
}  # fmt: skip
_PEOPLE: Columns = {"participant": nw.String, "source_kind": nw.String, "group": nw.String}


def words(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """The words and word pairs of each group, the most distinctive first; one row a word, group and source kind.

    k of n people in the group use the word in what they said that could be coded, rest_k of rest_n of the others; share
    = k ÷ n with Wilson's interval. log_odds and z compare the group with the others (``log_odds_of``), each person
    counting once a word, so that one person's favourite word is no group's; both null where there are no others. At
    most 60 words of a group are listed, each used by two of its people and by three in all, those with the highest z;
    without ``by`` those that most people use. What a language needs to make a sentence is left out (``stop_words``).
    Raises InvalidFilter where the study has no attribute ``by``.
    """
    used = _used(evidence, pool=pool)
    groups = _groups(evidence, by, pool=pool)
    found = [
        rows
        for kind in kinds_in(groups["source_kind"])
        for rows in _of_kind(used[used["source_kind"] == kind], groups[groups["source_kind"] == kind], split=bool(by))
    ]
    rows = pd.concat([_EMPTY, *found], ignore_index=True) if found else _EMPTY.copy()
    order = group_order(evidence, by, rows["group"])
    # of a group, as they were ranked
    rows = in_order(with_share(rows), source_kind=kinds_in(rows["source_kind"]), group=order)
    shown = ["word", "source_kind", "group", "k", "n", "share", "low", "high", "rest_k", "rest_n", "log_odds", "z"]
    rows, keys = keyed(rows[shown], evidence.group_column(by), first=("word",), pool=pool)
    return Table(
        measure="words",
        rows=rows,
        keys=keys,
        counted="k",
        unit="participants",
        by=by,
        order=order_of(rows, keys, word=tuple(dict.fromkeys(rows["word"])), group=group_order(evidence, by, ())),
        denominator=BASE + narrowing(evidence.filters),
        notes=(*overlap_note(evidence, by), *_notes(rows, by)),
        intervals=by is not None or not evidence.study.plan,
    )


def behind(evidence: Evidence, keys: Mapping[str, Any]) -> Frame:
    """The codable passages behind a row: those that hold the word."""
    used = spoken(evidence).passages_with(str(keys["word"]))
    return evidence.passages().filter(nw.col("codable") & nw.col("passage").is_in(used))


def log_odds_of(k: ArrayLike, rest_k: ArrayLike, *, weight: float) -> tuple[Floats, Floats]:
    """log_odds and z of all words in a group against the rest, with an informative Dirichlet prior.

    k, rest_k: how often each word is used on either side; their sums are all words. The prior is α_w = weight × the
    word's share of everybody's words. With n and rest_n the sums and ω = (k + α_w) ÷ (n + weight − k − α_w), log_odds
    is log ω − log ω of the rest, its variance 1 ÷ (k + α_w) + 1 ÷ (rest_k + α_w), and z is log_odds ÷ its deviation
    (Monroe, Colaresi and Quinn, "Fightin' words", Political Analysis 16/4, 2008, equations 16, 19, 21 to 23).

    >>> log_odds, z = log_odds_of([6, 4], [2, 28], weight=10)
    >>> log_odds.round(2).tolist(), z.round(2).tolist()
    ([1.79, -1.79], [2.93, -5.38])
    """
    own, others = np.asarray(k, dtype=float), np.asarray(rest_k, dtype=float)
    whole = own.sum() + others.sum()
    prior = weight * (own + others) / whole if whole else own
    with np.errstate(divide="ignore", invalid="ignore"):
        odds = (own + prior) / (own.sum() + weight - own - prior)
        rest_odds = (others + prior) / (others.sum() + weight - others - prior)
        log_odds = np.log(odds) - np.log(rest_odds)
        z = log_odds / np.sqrt(1 / (own + prior) + 1 / (others + prior))
    return log_odds, z


# ---------------------------------------------------------------- what was said, word by word


@dataclass(frozen=True)
class Spoken:
    """Which word stands in which codable passage: one row a (passage, word) of two columns of positions."""

    vocabulary: tuple[str, ...]
    passages: pd.DataFrame
    passage: np.ndarray[Any, np.dtype[np.int64]]
    word: np.ndarray[Any, np.dtype[np.int64]]

    def passages_with(self, word: str) -> list[str]:
        """Ids of the passages that hold it."""
        at = next((place for place, each in enumerate(self.vocabulary) if each == word), -1)
        found: list[str] = self.passages["passage"].to_numpy()[self.passage[self.word == at]].tolist()
        return found


def spoken(evidence: Evidence) -> Spoken:
    """Every word of every codable passage, whatever the filters are; read once."""
    whole = evidence.unfiltered()
    return whole.once("words", lambda: _read(whole))


def tokens(text: str) -> list[str]:
    """The words of a text in order, casefolded; of scripts without spaces only short stretches that stand as words.

    >>> tokens("Don’t you pay-as-you-go? 3 times, my bank's DO.")
    ["don't", 'you', 'pay-as-you-go', 'times', 'my', 'bank', 'do']
    >>> tokens("[laughs] Ask [name].")
    ['ask']
    """
    found = []
    for word in _SPOKEN.findall(_LABEL.sub(" . ", text.casefold().replace("’", "'"))):
        found += _UNSPACED.findall(word) if _WIDE.search(word) else [word.removesuffix("'s")]
    return found


def language_of(counts: Mapping[str, int]) -> str:
    """The language whose stop words are the most of these words; "en" where none is met.

    >>> language_of(Counter("ich habe das nicht gewusst".split())), language_of(Counter(["invoice"]))
    ('de', 'en')
    """
    return max(STOP_WORDS, key=lambda language: sum(counts.get(word, 0) for word in STOP_WORDS[language]))


def told(sentence: Iterable[str], stop: frozenset[str]) -> set[str]:
    """The words of a sentence that say something, and pairs of two of them that stand side by side.

    >>> sorted(told(["the", "bank", "feed", "was", "down"], frozenset({"the", "was"})))
    ['bank', 'bank feed', 'down', 'feed']
    """
    listed = [
        word if word not in stop and len(word) > 1 and word.split("'")[0] not in stop else "" for word in sentence
    ]
    pairs = {f"{first} {second}" for first, second in pairwise(listed) if first and second and first != second}
    return {word for word in listed if word} | pairs


def _read(whole: Evidence) -> Spoken:
    codable = whole.passages().filter(nw.col("codable"))
    rows = collected([(codable.select(*_PASSAGES), {})], _PASSAGES)
    rows = rows.sort_values("passage", ignore_index=True)
    said = [tokens(text) for text in rows["text"]]
    counts: dict[str, Counter[str]] = {}
    for person, each in zip(rows["participant"], said, strict=True):
        counts.setdefault(person, Counter()).update(each)
    stops = {person: STOP_WORDS[language_of(count)] for person, count in counts.items()}
    place: dict[str, int] = {}
    passage: list[int] = []
    word: list[int] = []
    for at, (person, each) in enumerate(zip(rows["participant"], said, strict=True)):
        for one in told(each, stops[person]):
            passage.append(at)
            word.append(place.setdefault(one, len(place)))
    return Spoken(tuple(place), rows.drop(columns="text"), np.array(passage, dtype=int), np.array(word, dtype=int))


# ---------------------------------------------------------------- who uses them


def _used(evidence: Evidence, *, pool: bool) -> pd.DataFrame:
    """participant, source_kind, word: each once; of the passages that the filters leave."""
    index = spoken(evidence)
    seen = evidence.placed().filter(nw.col("codable"))
    left = set(collected([(seen.select("passage"), {})], {"passage": nw.String})["passage"])
    of_passage = index.passages["passage"].isin(left).to_numpy()[index.passage]
    at, word = index.passage[of_passage], index.word[of_passage]
    person, people = pd.factorize(index.passages["participant"])
    kind, kinds = pd.factorize(pd.Series(POOLED, index=index.passages.index) if pool else index.passages["source_kind"])
    # numbers are told apart far quicker than names: one for each (word, source kind, person)
    size = max(1, len(people)), max(1, len(kinds))
    once = np.unique((word * size[1] + kind[at]) * size[0] + person[at])
    of_word, of_person = once // size[0], once % size[0]
    # a pair that fewer people use than its parts is counted beside them; a rare one would only fill the memory
    _, where, number = np.unique(of_word, return_inverse=True, return_counts=True)
    often = number[where] >= FEWEST_PEOPLE
    of_word, of_person = of_word[often], of_person[often]
    vocabulary = np.array(index.vocabulary, dtype=object)
    return pd.DataFrame(
        {
            "participant": pd.Series(people.to_numpy()[of_person], dtype="str"),
            "source_kind": pd.Series(kinds.to_numpy()[of_word % size[1]], dtype="str"),
            "word": pd.Series(vocabulary[of_word // size[1]], dtype="str"),
        }
    )


def _groups(evidence: Evidence, by: str | None, *, pool: bool) -> pd.DataFrame:
    """participant, source_kind, group: those who said anything codable; a row a membership for named segments."""
    everybody = [(heard(evidence, None, pool=pool), {"group": ""})] if by == SEGMENT else []
    return collected([(heard(evidence, by, pool=pool), {}), *everybody], _PEOPLE)


_EMPTY = pd.DataFrame(
    {"word": [], "source_kind": [], "group": [], "k": [], "n": [], "rest_k": [], "rest_n": [], "log_odds": [], "z": []}
).astype(
    {"word": "str", "source_kind": "str", "group": "str", "log_odds": "float64", "z": "float64"}
    | dict.fromkeys(("k", "n", "rest_k", "rest_n"), "int64")
)


def _of_kind(used: pd.DataFrame, groups: pd.DataFrame, *, split: bool) -> list[pd.DataFrame]:
    """The rows of each group of one source kind; the prior weighs as much as one more person of everybody's kind."""
    people = groups["participant"].nunique()
    everybody = used.groupby("word", sort=True).size()
    found = []
    for group, members in groups.groupby("group", sort=True):
        if split and not group:  # everybody, who stand here for the size of the rest alone
            continue
        own = used[used["participant"].isin(set(members["participant"]))]
        k = own.groupby("word").size().reindex(everybody.index, fill_value=0).astype("int64")
        rest_k = everybody - k
        n = members["participant"].nunique()
        rows = pd.DataFrame({"word": everybody.index.astype("str"), "k": k.to_numpy(), "n": n})
        rows = rows.assign(rest_k=rest_k.to_numpy(), rest_n=people - n, group=group)
        log_odds, z = log_odds_of(k, rest_k, weight=everybody.sum() / people)
        alone = people == n
        rows = rows.assign(log_odds=np.where(alone, np.nan, log_odds).round(9), z=np.where(alone, np.nan, z).round(9))
        found.append(_most(rows, ["k"] if alone else ["z", "k"]).assign(source_kind=groups["source_kind"].iloc[0]))
    return found


def _most(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Those that the group itself uses more, first what is surest; a word that only occurs in a pair is left out."""
    rows = rows[(rows["k"] >= FEWEST_IN_GROUP) & ~(rows[by[0]] <= 0)]
    numbers = dict(zip(rows["word"], zip(rows["k"], rows["rest_k"], strict=True), strict=True))
    within = {part for word in numbers if " " in word for part in word.split() if numbers.get(part) == numbers[word]}
    rows = rows[~rows["word"].isin(within)]
    ranked = rows.sort_values([*by, "word"], ascending=[*(False for _ in by), True], kind="stable")
    return ranked.head(MOST_WORDS)


def _notes(rows: pd.DataFrame, by: str | None) -> tuple[str, ...]:
    if not len(rows):
        return (f"No word is used by {FEWEST_PEOPLE} people" + (", or none more by one group." if by else " yet."),)
    if by is None:
        return ("People are counted who use a word at least once. Words every sentence needs are left out.",)
    return (
        "Ranked by how surely a group uses a word more than the others (z); of many words some stand out by chance "
        "alone, so these say where to read on, not what is so.",
    )
