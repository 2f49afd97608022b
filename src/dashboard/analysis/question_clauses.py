"""A question as clauses, and what each clause asks: the grammar under the kinds of questions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.analysis.question_words import (
    AUXILIARIES,
    BREAKS,
    CONNECTIVES,
    FACTS,
    INDIRECT,
    META,
    NAMED_FACTS,
    NEGATED,
    PROBES,
    PRONOUNS,
    SUBJECTS,
    WH,
    Words,
    vocabulary,
)

Asks = Literal["open", "told", "yes-no", "fact", "statement", "fragment", "tag", "nothing"]
"""told: an invitation to tell. fact: a word or number. fragment: no verb. tag: “isn't it”. nothing: about asking."""

ASKING: frozenset[Asks] = frozenset({"open", "told", "yes-no", "fact"})
_WITH_AUXILIARY = re.compile(r"^(what|how|why|when|where|which|who)'(s|d|re|ve|ll)$")
_SCALE = re.compile(r"\bon a scale\b|\bout of (?:ten|five|10|5|100|a hundred)\b|\bhow would you (?:rate|score)\b")
_TAG_PRONOUNS = vocabulary("i you he she it we they there that")
TAG_WORDS = frozenset(
    [
        "right",
        "correct",
        "yeah",
        "yes",
        "no",
        "huh",
        "eh",
        "innit",
        "true",
        "okay",
        "ok",
        "hey",
        "hm",
        "surely",
        "i guess",
        "i suppose",
        "i assume",
        "i take it",
        "i imagine",
        "i presume",
        "i reckon",
        "i bet",
        "i'm guessing",
        "i'm assuming",
        "is that right",
        "is that correct",
        "is that fair",
        "am i right",
        "would you agree",
        "wouldn't you agree",
        "don't you agree",
        "do you agree",
        "don't you think",
        "wouldn't you say",
    ]
)
"""What turns a statement into a question that wants a yes."""
_VERBS = (
    AUXILIARIES
    | NEGATED
    | vocabulary(
        "said told went left made got came took found rang called used paid felt thought wanted needed liked stopped "
        "started happened cancelled switched bought joined sounds seems looks feels means matters works stands goes "
        "comes sent fixed charged lost kept asked signed you'd you're you've you'll it's that's he's she's they're "
        "they've they'd we're we've there's it'd it'll i'd i'm i've i'll"
    )
)
_ANY = vocabulary("any anything anyone anybody anywhere")
_PREPOSITIONS = vocabulary("for since until till at in on by with to from out of under about up around during")


@dataclass(frozen=True)
class Clause:
    """Some words of a question, by their positions in its Words, and what they ask."""

    words: tuple[str, ...]
    first: int
    asks: Asks
    joined: str = ""

    @property
    def last(self) -> int:
        """The position after its last word."""
        return self.first + len(self.words)

    @property
    def text(self) -> str:
        """Its words with single spaces."""
        return " ".join(self.words)


def clauses_of(words: Words) -> tuple[Clause, ...]:
    """The clauses of a question in order: cut at marks, and where “and” or “but” begins another question."""
    clauses: list[Clause] = []
    start = 0
    told = False
    said = words.words
    for i in range(len(said) + 1):
        mark = i == len(said) or said[i] in BREAKS
        joint = not mark and i > start and said[i] in {"and", "but", "or", "then", "plus", "so"}
        if joint and not _another_question(
            said[i + 1 : i + 9], told=told or _asks_so_far(said[start : min(i, start + 12)])
        ):
            joint = False
        if not (mark or joint):
            continue
        clause = _clause(said, start, i, clauses)
        if clause is not None and clause.joined and told and clause.asks == "statement" and clause.words[0] in WH:
            clause = replace(clause, asks="open")  # "describe your role and how you came to it"
        if clause is not None:
            clauses.append(clause)
            told = clause.asks == "told" or (told and clause.asks in {"statement", "fragment"})
        start = i + 1 if mark else i
        if mark and i < len(said) and said[i] not in {",", "-", "–", "—", "--"}:
            told = False
    return tuple(_without_false_starts(clauses, said))


def _asks_so_far(said: tuple[str, ...]) -> bool:
    clause = _clause(said, 0, len(said), [])
    return clause is not None and clause.asks == "told"


def _another_question(following: tuple[str, ...], *, told: bool) -> bool:
    """Whether the words after “and” begin a question of their own."""
    rest = _bare(following)
    if not rest:
        return False
    word, after = rest[0], rest[1] if len(rest) > 1 else ""
    if word in {"what", "how", "why", "when", "where", "whether", "who", "which", "who's", "what's", "how's"}:
        if told and word != "who":
            return True
        alone = not after or after in BREAKS
        if word in {"why", "how", "when", "where"} and alone:
            return True
        return not alone and after not in PRONOUNS and (len(rest) > 2 and rest[2] not in BREAKS)
    if word in AUXILIARIES | NEGATED:
        return after in SUBJECTS
    return bool(PROBES.match(" ".join(rest)))


def _bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the connectives they begin with."""
    i = 0
    while i < len(words) and (words[i] in CONNECTIVES or (words[i] == "you" and words[i + 1 : i + 2] == ("know",))):
        i += 2 if words[i] == "you" else 1
    return words[i:]


def _clause(said: tuple[str, ...], start: int, end: int, before: list[Clause]) -> Clause | None:
    full = said[start:end]
    bare = _bare(full)
    if not bare:
        if before and full and " ".join(full) in TAG_WORDS and before[-1].asks in {"statement", "fragment"}:
            return Clause(full, start, "tag")
        return (
            Clause(full, start, "open") if full in {("because",), ("so",)} and not before and _ends(said, end) else None
        )
    first = end - len(bare)
    asks = _asks(bare)
    joined = full[0] if full[0] in {"and", "or"} else ""
    if before and (" ".join(bare) in TAG_WORDS or _is_tag(bare)):
        asks = "tag" if before[-1].asks in {"statement", "fragment"} and full[0] != "or" else "nothing"
    elif META.match(" ".join(bare)):
        asks = "nothing"
    elif asks == "open" and bare[0] != "why" and _SCALE.search(" ".join(said[max(0, start - 20) : end])):
        asks = "fact"
    elif bare[0] == "which" and before and not joined:
        asks = "statement"
    return Clause(bare, first, asks, joined)


def _ends(said: tuple[str, ...], end: int) -> bool:
    return len(said) - end < 4 and all(word in BREAKS for word in said[end:])


def _is_tag(words: tuple[str, ...]) -> bool:
    """“isn't it”, “did you”, “would they not”."""
    return (
        2 <= len(words) <= 3
        and words[0] in AUXILIARIES | NEGATED
        and words[1] in _TAG_PRONOUNS
        and (len(words) == 2 or words[2] in {"not", "though", "then"})
    )


def _asks(words: tuple[str, ...]) -> Asks:
    """What a clause asks, by its first words.

    Open: what, how and why that leave the answer's form to the person (Payne 1951: free-answer; Patton 2015: truly
    open-ended). Fact: an answer of a word or a number. Told: an invitation to tell, direct or indirect.
    """
    text = " ".join(words)
    while len(words) > 1 and words[0] in _PREPOSITIONS and words[1] in WH | _PREPOSITIONS:
        words = words[1:]
    told = PROBES.match(text) or INDIRECT.match(text)
    if told:
        rest = words[len(told.group().split()) :]
        return _asks_when_told(told.group(), rest)
    word = words[0]
    after = words[1] if len(words) > 1 else ""
    contraction = _WITH_AUXILIARY.match(word)
    stem = contraction.group(1) if contraction else word
    if stem in WH:
        return _asks_of_wh(stem, words, has_auxiliary=bool(contraction))
    if word in AUXILIARIES | NEGATED and (
        after in SUBJECTS or word not in {"do", "have", "had", "must", "might", "may"}
    ):
        return "yes-no" if len(words) > 1 else "fragment"
    if word in {"do", "have", "had"} and after and after not in {"let", "not", "a"}:
        return "yes-no"
    if word == "yes" and "no" in words:
        return "yes-no"
    if words[-1] in {"what", "how", "why", "because"} or (word == "which" and after == "means"):
        return "open"
    if words[-1] in {"which", "when", "where", "who", "whom"}:
        return "fact"
    if (
        word in PRONOUNS
        or {"i", "you", "he", "she", "we", "they"} & set(words)
        or any(w in _VERBS or w.endswith("n't") for w in words)
    ):
        return "statement" if len(words) > 1 else "fragment"
    if word in _ANY:
        return "yes-no"
    return "fragment"


def _asks_when_told(opening: str, rest: tuple[str, ...]) -> Asks:
    """“Can you tell me how many” asks for a number, “tell me whether” for a yes or no, the others for a story."""
    asking = re.match(r"(?:can|could|may|might|i) ", opening) or opening.startswith(("tell", "would", "do"))
    if asking and rest:
        while rest and rest[0] in {"you", "me", "about", "just", "exactly", "roughly", "a", "bit"}:
            rest = rest[1:]
        if rest and rest[0] in {"if", "whether"}:
            return "told" if rest[1:3] in {("you", "could"), ("you", "can")} else "yes-no"
        if rest and rest[0] in {"how", "what", "when", "which", "who", "where"} and len(rest) > 1:
            asks = _asks_of_wh(rest[0], rest, has_auxiliary=True)
            return "fact" if asks == "fact" and rest[0] not in {"when", "where", "who"} else "told"
        if rest[:1] == ("your",) and len(rest) == 2 and rest[1] in FACTS:
            return "fact"
    return "told"


_NO_FACT = AUXILIARIES | vocabulary("kind sort type if about the other made makes happened")
_MEASURES = vocabulary("percentage proportion number amount day time part share month")
_HOW_OPEN = AUXILIARIES | vocabulary("come so about else and then exactly on in to the your you they it we")


def _asks_of_wh(stem: str, words: tuple[str, ...], *, has_auxiliary: bool) -> Asks:
    after = words[1] if len(words) > 1 else ""
    subject = after.split("'")[0]
    subject_first = not has_auxiliary and subject in PRONOUNS - {"that", "this", "these", "those"}
    if stem == "why":
        return "statement" if subject_first and len(words) > 3 else "open"
    if subject_first and stem in {"what", "how", "when", "where", "who", "which"} and len(words) > 2:
        return "statement"
    if stem == "what":
        if NAMED_FACTS.match(" ".join(words)):
            return "fact"
        if has_auxiliary:
            return "fact" if after == "your" and len(words) == 3 and words[2] in FACTS else "open"
        noun = 1 if after.removesuffix("s") in FACTS else 2
        following = words[noun + 1 : noun + 2]
        named = bool(words[noun : noun + 1]) and words[noun].removesuffix("s") in FACTS and after not in _NO_FACT
        measured = following == ("of",) and words[noun] in _MEASURES
        return "fact" if named and (not following or following[0] in AUXILIARIES or measured) else "open"
    if stem == "how":
        contracted = words[0] != "how"
        return "open" if not after or contracted or after in _HOW_OPEN or after in BREAKS else "fact"
    if stem == "where" and words[:3] in {("where", "do", "you"), ("where", "did", "you")} and words[3:4] == ("see",):
        return "open"
    if stem in {"when", "where"} and not has_auxiliary and after and after not in AUXILIARIES | NEGATED | {"else"}:
        return "statement"
    if stem == "which" and after == "means":
        return "open"
    return "fact"


def _without_false_starts(clauses: list[Clause], said: tuple[str, ...]) -> list[Clause]:
    """A question broken off and begun anew is one question: “what do you, how do you handle”."""
    kept: list[Clause] = []
    for i, clause in enumerate(clauses):
        broken_off = (
            i + 1 < len(clauses)
            and clause.asks in {"open", "yes-no", "fact"}
            and clauses[i + 1].asks in ASKING
            and not clauses[i + 1].joined
            and said[clause.last] not in {"?", ".", "!", "and", "or"}
            and len(clause.words) in {2, 3}
            and clause.words[-1] in PRONOUNS | {"the", "a", "your"} | AUXILIARIES
            and clause.words[0] in WH | AUXILIARIES
            and not (clause.words[-1] in {"it", "that", "this"} and clause.words[0] in WH)
        )
        if not broken_off:
            kept.append(clause)
    return kept
