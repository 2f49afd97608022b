"""Answers on a scale → numbers: plain numbers, numbers with their words, stars, and scales of words."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from dashboard.intake.wording import words

_NO_ANSWER = words(
    """
    n/a na n.a. none unknown unfamiliar - -- . ? nan null not_applicable keine_angabe k.a. weiß_nicht don't_know
    unfamiliar_(n/a) not_applicable_(n/a)
    """
)
_NO_ANSWER_STARTS = (
    "n/a",
    "not applicable",
    "don't know",
    "don’t know",
    "do not know",
    "i don't know",
    "i don’t know",
    "i don't use",
    "i don’t use",
    "i do not use",
    "no opinion",
    "prefer not",
    "can't say",
    "cannot say",
    "unfamiliar",
    "not sure",
    "unsure",
    "haven't used",
    "have not used",
    "never used",
    "keine angabe",
    "weiß nicht",
    "je ne sais pas",
    "no sé",
    "does not apply",
    "no answer",
    "not used",
)
_LEADING = re.compile(
    r"(-?\d{1,7}(?:[.,]\d{1,9})?)(?:\s*(?:/|of|von|out of)\s*\d{1,3}|\s*%)?(?:\s*(?:stars?|sterne?"
    r"|points?|punkte)\b)?"
)
_ANCHORED = re.compile(r"(\d{1,2})\s*(?:[-–—:=.)(]|\s)\s*[^\d\s\-–—:=.)(].{0,80}", re.DOTALL)
_BRACKET = re.compile(r"[(\[][^)\]]{0,60}[)\]]")

_GOOD = (
    "satisfied",
    "agree",
    "favorabl",
    "favourabl",
    "easy",
    "easily",
    "good",
    "happy",
    "positive",
    "helpful",
    "useful",
    "pleased",
    "confident",
    "zufrieden",
    "stimme zu",
    "trifft zu",
    "leicht",
    "einfach",
    "gut",
    "satisfait",
    "d'accord",
    "facile",
    "bon",
    "satisfecho",
    "de acuerdo",
    "fácil",
    "bueno",
    "soddisfatto",
    "d’accord",
    "better",
    "clear",
)
_BAD = (
    "dissatisfied",
    "unsatisfied",
    "disagree",
    "unfavorabl",
    "unfavourabl",
    "difficult",
    "hard",
    "bad",
    "poor",
    "unhappy",
    "negative",
    "unhelpful",
    "useless",
    "displeased",
    "unzufrieden",
    "stimme nicht",
    "trifft nicht",
    "schwer",
    "schwierig",
    "schlecht",
    "insatisfait",
    "pas d'accord",
    "pas d’accord",
    "difficile",
    "mauvais",
    "insatisfecho",
    "en desacuerdo",
    "difícil",
    "malo",
    "insoddisfatto",
    "worse",
    "confusing",
    "unclear",
)
_BEST = (
    "excellent",
    "outstanding",
    "great",
    "perfect",
    "love it",
    "ausgezeichnet",
    "hervorragend",
    "exceptional",
    "awesome",
    "amazing",
)
_WORST = ("terrible", "horrible", "awful", "very poor", "unacceptable", "katastrophal", "sehr schlecht", "hate it")
_MIDDLE = re.compile(
    r"^(?:neutral|neither\b.*|ok|okay|fair|average|meh|so-so|mixed|undecided|acceptable|indifferent"
    r"|neutre|teils.teils|weder\b.*|neutro"
    r"|about the same|no change|befriedigend|mittel|adequate)$"
)
_VERY = re.compile(
    r"\b(?:very|extremely|strongly|completely|totally|highly|entirely|fully|absolutely|sehr|voll|stark"
    r"|très|tout à fait|muy|totalmente|molto)\b"
)
_SOMEWHAT = re.compile(
    r"\b(?:somewhat|slightly|fairly|moderately|rather|mostly|a bit|a little|mildly|generally|eher"
    r"|ziemlich|plutôt|algo|abbastanza)\b"
)
_NOT = re.compile(r"\b(?:not|nicht|isn't|isn’t|no|pas)\b")


def is_no_answer(text: str) -> bool:
    """Whether a cell says that there is no answer: "N/A", "Don't know".

    >>> is_no_answer("N/A"), is_no_answer("I don't use it"), is_no_answer("No")
    (True, True, False)
    """
    small = text[:200].strip().casefold()
    return not small or "_".join(small.split()) in _NO_ANSWER or small.startswith(_NO_ANSWER_STARTS)


def number_of(text: str) -> float | None:
    """The number that an answer gives, None where it gives none.

    >>> [number_of(t) for t in ("4", "4,5", "10 - Extremely likely", "5 stars", "★★★★☆", "4/5", "80%", "3 years ago")]
    [4.0, 4.5, 10.0, 5.0, 4.0, 4.0, 80.0, None]
    """
    if len(text) > 200:
        return None
    small = text.strip().casefold()
    if stars := small.count("★"):
        return float(stars)
    if match := _LEADING.fullmatch(small):
        return float(match[1].replace(",", "."))
    if (match := _ANCHORED.fullmatch(small)) and not _has_unit(small):
        return float(match[1])
    return None


def _has_unit(small: str) -> bool:
    """ "3 years ago" and "5 to 10" are no points of a scale; "5 very good" and "5 - very good" are."""
    if re.match(r"\d+\s+[^\W\d_]", small) is None:
        return False
    return not (_POSITIVE.search(small) or _NEGATIVE.search(small))


def numbers_of(values: Collection[str]) -> dict[str, float]:
    """Value → number, for those that are numbers. "1.234,5" beside "2,5" is read with a decimal comma."""
    found = {}
    for value in values:
        number = number_of(value)
        if number is not None:
            found[value] = number
    return found


def word_scale(values: Collection[str]) -> Mapping[str, float]:
    """Value → 1 … 5 (or 7) where the values are steps of a judgement, the best highest; empty where they are not.

    Frequency, importance and likelihood describe a person and are no judgement.

    >>> dict(word_scale(["Very satisfied", "Neutral", "Dissatisfied", "N/A"]))
    {'Very satisfied': 5.0, 'Neutral': 3.0, 'Dissatisfied': 2.0}
    >>> dict(word_scale(["Yes", "No"]))
    {}
    """
    asked = [value for value in values if len(value) > 60 or not is_no_answer(value)]
    if not 2 <= len(asked) <= 9 or any(len(value) > 60 for value in asked):
        return {}
    steps: dict[str, float] = {}
    for value in asked:
        step = _step(value)
        if step is None:
            return {}
        steps[value] = step
    found = set(steps.values())
    if len(found) < 2 or found == {1.0, -1.0}:  # "I agree" and "I do not agree" are no scale
        return {}
    fine = {0.7, 1.0} <= found or {-0.7, -1.0} <= found
    if fine:  # "somewhat agree" beside "agree": seven steps
        places = {0.0: 0, 0.7: 1, 1.0: 2, 1.5: 3, 2.0: 3}
        return {value: 4.0 + (1 if step > 0 else -1) * places[abs(step)] for value, step in steps.items()}
    places = {0.0: 0, 0.7: 1, 1.0: 1, 1.5: 2 if 2.0 not in found else 1, 2.0: 2}
    return {value: 3.0 + (1 if step > 0 else -1) * places[abs(step)] for value, step in steps.items()}


def _step(value: str) -> float | None:
    """Where one value stands between −2 and 2."""
    small = " ".join(_BRACKET.sub(" ", value.casefold()).split()).strip(" .!")
    if _MIDDLE.match(small):
        return 0.0
    if any(small.startswith(word) or f" {word}" in small for word in _WORST):
        return -2.0
    if any(small.startswith(word) for word in _BEST):
        return 2.0
    bad = any(re.search(rf"\b{word}", small) for word in _BAD)
    good = not bad and any(re.search(rf"\b{word}", small) for word in _GOOD)
    if not bad and not good:
        return None
    if good and _NOT.search(small):
        return -2.0 if "at all" in small or "überhaupt" in small else -1.0
    sign = -1.0 if bad else 1.0
    if _VERY.search(small):
        return sign * 2.0 if not small.startswith(("very good", "sehr gut")) else 1.5
    return sign * 0.7 if _SOMEWHAT.search(small) else sign * 1.0


# ---------------------------------------------------------------- which end is best

_ENDS = re.compile(
    r"(?<![\d.,])(\d{1,3})\s{0,2}(?:=|:|-|–|—|is|being|means|bedeutet|\()\s{0,2}(?:the |a |)([^\d,;.()]{2,60})",
    re.IGNORECASE,
)
_ENDS_TURNED = re.compile(r"\(([^\d()]{2,40}?)\s?(?:=|:|-|–)\s?(\d{1,3})\)")
_POSITIVE = re.compile(
    r"\b(?:best|excellent|great|good|strongly agree|agree|completely|very satisfied|satisfied|very easy"
    r"|easy|love|highest|high|very likely"
    r"|extremely likely|likely|always|favorite|favourite|met expectations|positive|very happy|helpful"
    r"|sehr gut|sehr zufrieden|perfect|fully)\b"
)
_NEGATIVE = re.compile(
    r"\b(?:worst|poor|bad|strongly disagree|disagree|not at all|did not|very dissatisfied|dissatisfied"
    r"|very difficult|difficult|hard|hate"
    r"|lowest|low|unlikely|never|negative|unhappy|terrible|sehr schlecht|unzufrieden|not)\b"
)


def best_end(question: str) -> str:
    """Which end is best: "high" or "low" where the question says it, "" where it does not.

    >>> best_end("How was it, where 5 is excellent and 1 is poor?")
    'high'
    >>> best_end("1 = strongly agree, 7 = strongly disagree")
    'low'
    >>> best_end("How was it?")
    ''
    """
    points: dict[int, int] = {}
    found = list(_ENDS.findall(question))
    found += [(number, said) for said, number in _ENDS_TURNED.findall(question)]
    for number, said in found:
        small = said.casefold()
        if _NEGATIVE.search(small):
            points.setdefault(int(number), -1)
        elif _POSITIVE.search(small):
            points.setdefault(int(number), 1)
    if not points:
        return ""
    low, high = min(points), max(points)
    if low == high:
        return "" if low == 0 else ("high" if (points[low] > 0) == (low > 1) else "low")
    if points[high] > points[low]:
        return "high"
    return "low" if points[low] > points[high] else ""
