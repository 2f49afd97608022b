"""What in a question suggests its answer: tags, negatives, crowds, own views, presumptions, charged words.

Rules after Payne (1951), Loftus (1975), Fowler (1995), Krosnick and Presser (2010), Dillman et al. (2014) and Patton
(2015); ``question_kinds`` gives the titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dashboard.analysis.question_clauses import ASKING, Clause
from dashboard.analysis.question_words import CHARGED, COMPARATIVES, FEELINGS, MILD, NEGATED, VERDICTS

_AGREE = re.compile(
    r"\b(?:do|would|can|could) (?:you|we) (?:not )?(?:all )?agree\b|\bwe can (?:all )?agree\b|\bfair to say\b"
    r"|\bsafe to say\b"
    r"|\bwould you (?:describe|call) \w+(?: \w+){0,3} as\b|^would you say (?:that |(?:it|this|they|you|that|he"
    r"|she)(?:'s|'re|'d)? |the )"
)
_CROWD = re.compile(
    r"\b(?:most|many|a lot of|lots of|so many|all|plenty of|a few of|some of|other) (?:of )?(?:our |my |the |other )?"
    r"(?:\w+ )?(?:people|users|customers|clients|participants|companies|teams|parents|patients|guests|members|others)"
    r" (?:\w+ )?(?:say|says|said|tell|told|find|found|think|thought|love|like|want|prefer|hate|agree|believe"
    r"|complain|feel)\b"
    r"|\b(?:everyone|everybody|experts|people) (?:\w+ )?(?:says|say|said|tells|tell|told|knows|thinks|think"
    r"|thought|loves"
    r"|hates|agrees|prefers|find|finds|found)\b|\bas (?:you|we all|everyone|everybody) knows?\b"
)
_OWN_VIEW = re.compile(
    r"\b(?:i|we) (?:\w+ )?(?:think|find|found|feel|believe|love|like|prefer|hate|reckon)\b|\bpersonally\b"
    r"|\bi(?:'d| would) say\b|\bin my (?:opinion|view|experience)\b|\bwe(?:'re| are) (?:\w+ )?(?:proud|pleased"
    r"|excited|happy)\b"
)
_GUESS = re.compile(
    r"\bi(?: can)? (?:guess|suppose|take it|assume|imagine|bet|reckon|presume|gather)\b"
    r"|\bi(?:'m| am) (?:guessing|assuming|imagining|sure|betting)\b|\b(?:it )?(?:sounds|seems|looks) (?:like"
    r"|as if|as though)\b"
    r"|\b(?:that|it|you|they|this|he|she) must (?:have|be|feel|use|find|get|really)\b"
    r"|\bi would(?: have)? (?:thought|guessed)\b"
)
_OF_COURSE = re.compile(
    r"\b(?:surely|obviously|of course|undoubtedly|needless to say|no doubt)\b|^(?:clearly|naturally)\b"
)
_REASON = re.compile(
    r"\bbecause\b|\bthe (?:real |main |biggest |whole )?(?:reason|problem|issue|trouble)\b|\b(?:made|makes) you\b"
    r"|\byou'?d (?:never|always|rather|prefer|want|love|hate)\b|\bdon't care\b|\blet you down\b|\bwaste of\b"
)
_CAUSE = re.compile(r"\bbecause\b|\bthat made you\b|\bmade you (?:leave|cancel|stop|switch|join|choose|buy|stay)\b")
_DEGREE = re.compile(
    r"^how (?:much )?(?:more |less |very |really |bloody "
    r"|incredibly )?(?P<word>[\w'-]+)(?: (?P<next>\w+))?(?: (?P<third>\w+))?"
)
_MUCH_FEELING = re.compile(
    r"^how (?:much|badly) (?:do|did|does|would) (?:\w+ ){1,4}?(?:enjoy|like|love|hate|trust|appreciate|hurt"
    r"|dislike|miss)\b|^how badly\b"
)
_WHY_OURS = re.compile(r"^why (?:do|did|does) \w+ (?:prefer|like|trust|choose) (?:our|us)\b")
_WHY_ODD = re.compile(
    r"^why (?:would|should) (?:anybody|anyone|someone|somebody|you) (?:ever|still|even|want)\b|^why (?:didn't"
    r"|don't|wouldn't|couldn't) \w+ (?:\w+ )?(?:just|simply|ever|even|at least)\b"
)
_IMPROVED = re.compile(
    r"^how (?:has|have|did|does|do) (?:\w+ ){1,4}?(?:improved?|benefit(?:ed)?|hurt|ruin(?:ed)?|harm(?:ed)?"
    r"|transform(?:ed)?)\b"
)
_SO_MUCH = re.compile(r"\b(?:so|such|that) (?:much |many |very |a )?(?:[\w'-]+)")
_CHARGE = re.compile(
    r"\bwaste of (?:money|time)\b|\bripped off\b|\brip off\b|\bdon't care\b|\bone of those\b|\blet you down\b"
    r"|\bfed up\b|\btaken advantage\b"
)
_NEGATED_LATE = re.compile(
    r"^(?:do|does|did|is|are|was|were|would|could|can|should|have|has) (?:\w+ ){1,4}?not (?:an?\b|the\b|\w+)"
)
_REALLY = re.compile(r"^(?:is|was|are|were|did|does|do) (?:\w+ ){1,2}?really (?:that|so|as)\b")
_MOST = re.compile(
    r"\bthe (?:very |single )?(?:best|worst|hardest|easiest|biggest|greatest|main|(?:most|least) (?!of\b)[\w'-]+)\b"
)
_PREMISE = re.compile(r"^(?:given|considering|seeing as|since|now that|bearing in mind|knowing)\b")
_VERDICT = "It carries a verdict of the interviewer's own."
_SUPPLIED = (
    "It hands over the answer for the person to agree to, and people tend to agree (Krosnick and Presser 2010, on "
    "acquiescence)."
)


class Sign(NamedTuple):
    """One sign of a suggested answer: the reason in one sentence, and the positions of the words it rests on."""

    reason: str
    first: int
    last: int
    loaded: bool = False


def signs(clauses: tuple[Clause, ...]) -> Iterator[Sign]:
    """What suggests an answer: the strongest sign of each clause."""
    asks = any(clause.asks in ASKING for clause in clauses)
    for clause, following in zip(clauses, (*clauses[1:], None), strict=True):
        confirmed = clause.asks == "statement" and following is not None and following.asks == "tag"
        sign = None if confirmed else _suggests(clause, asks=asks)  # the tag is the sign
        if sign is not None:
            yield sign


def _suggests(clause: Clause, *, asks: bool) -> Sign | None:
    text = clause.text
    if clause.asks == "tag":
        return Sign("The tag at the end asks for a yes.", clause.first, clause.last)
    if clause.asks in {"nothing", "fragment"} and not _CROWD.search(text) and not _PREMISE.match(text):
        charged = clause.asks == "fragment" and asks and _first_of(clause, CHARGED)
        return Sign(_VERDICT, *charged, loaded=True) if charged else None
    if (crowd := _CROWD.search(text)) and (clause.asks not in ASKING or text.startswith(("which ", "as "))):
        return Sign(
            "It says what others think, which makes it harder to differ (Payne 1951, on prestige).", *_at(clause, crowd)
        )
    if of_course := _OF_COURSE.search(text):
        return Sign("It says that only one answer is to be expected.", *_at(clause, of_course))
    if clause.asks == "statement":
        return _suggested_by_statement(clause, asks=asks)
    if clause.asks == "told":
        charged = _first_of(clause, CHARGED)
        return Sign(_VERDICT, *charged, loaded=True) if charged else None
    return _suggested_by_question(clause)


def _suggested_by_statement(clause: Clause, *, asks: bool) -> Sign | None:
    """A statement to be confirmed, or a view before the question (Fowler 1995; Patton 2015: neutrality)."""
    text = clause.text
    verdict = _first_of(clause, VERDICTS)
    if guess := _GUESS.search(text):
        if not asks or verdict:
            return Sign(_SUPPLIED, *_at(clause, guess))
        return None
    if (own := _OWN_VIEW.search(text)) and (verdict or "proud" in clause.words):
        return Sign("It gives the interviewer's own view before it asks for the person's.", *_at(clause, own))
    if _PREMISE.match(text) and (verdict or "saves" in clause.words or COMPARATIVES & set(clause.words)):
        return Sign("It takes something for granted that the person has not said.", clause.first, clause.last)
    if not asks and verdict:
        return Sign(_SUPPLIED, *verdict)
    if not asks and (most := _MOST.search(text)):
        return Sign(_SUPPLIED, *_at(clause, most))
    if not asks and (reason := _REASON.search(text)):
        return Sign(_SUPPLIED, *_at(clause, reason))
    return None


def _suggested_by_question(clause: Clause) -> Sign | None:
    """The forms of a question that suggest an answer; each rule names its source."""
    said, text = clause.words, clause.text
    balanced = "or" in said
    elsewhere = _first_of(clause, CHARGED)
    if said[0] in NEGATED or (_NEGATED_LATE.match(text) and not balanced):  # Payne 1951: "Don't you think …"
        return Sign("Asked in the negative it expects a yes.", clause.first, min(clause.first + 2, clause.last))
    if clause.asks == "yes-no" and not balanced and (agree := _AGREE.search(text)) and not _more_of(said):
        return Sign(_SUPPLIED, *_at(clause, agree))
    if really := _REALLY.match(text):
        return Sign("It doubts what the person said.", *_at(clause, really))
    if clause.asks == "yes-no" and not balanced and (reason := _CAUSE.search(text)):
        return Sign("It names the cause for the person to agree to.", *_at(clause, reason))
    if charge := _CHARGE.search(text):
        return Sign(_VERDICT, *_at(clause, charge), loaded=True)
    if elsewhere:
        return Sign(_VERDICT, *elsewhere, loaded=True)
    if said[0] == "how":
        degree = _DEGREE.match(text)
        if (much := _MUCH_FEELING.match(text)) or (much := _IMPROVED.match(text)):
            return Sign(
                "It takes the effect or the feeling for granted and asks only how much (Loftus 1975).",
                *_at(clause, much),
            )
        if degree and degree["word"] in VERDICTS and not balanced:  # Dillman et al. 2014: both ends of a scale
            return Sign(
                f"It takes for granted that it was {degree['word']} and asks only how much.",
                clause.first,
                clause.first + 2,
            )
    if said[0] in {"why", "why's"}:
        if ours := _WHY_OURS.match(text):
            return Sign("It asks for praise only.", *_at(clause, ours))
        if odd := _WHY_ODD.match(text):
            return Sign("It reproaches the person for what they do.", *_at(clause, odd))
        if said[1:2] in {("do",), ("did",), ("does",), ("is",), ("are",), ("was",)} and (
            (verdict := _first_of(clause, FEELINGS | COMPARATIVES))
            or ((verdict := _first_of(clause, MILD)) and _SO_MUCH.search(text))
        ):
            return Sign("It asks for the reasons of something the person has not said (Loftus 1975).", *verdict)
    if said[0] in {"what", "what's", "which"} and not {"or", "if"} & set(said) and (verdict := _presumed(clause)):
        return Sign("It takes the feeling for granted that it asks about (Loftus 1975).", *verdict)
    if clause.asks == "yes-no" and not balanced and (verdict := _first_of(clause, FEELINGS)):
        return Sign("It names a feeling for the person to agree to.", *verdict)
    return None


def _more_of(said: tuple[str, ...]) -> bool:
    return "more" in said and "of" in said


def _presumed(clause: Clause) -> tuple[int, int] | None:
    """“What was so confusing”, “what frustrated you”, “what do you enjoy so much”, “what makes it easier than”."""
    said = clause.words
    feeling = _first_of(clause, FEELINGS)
    if feeling and feeling[0] - clause.first <= 5:
        return feeling
    if "so" in said and (feeling or _first_of(clause, MILD) or "much" in said):
        place = clause.first + said.index("so")
        return place, min(place + 2, clause.last)
    return _first_of(clause, COMPARATIVES) if said[1:2] in {("makes",), ("made",)} else None


def _first_of(clause: Clause, vocabulary: frozenset[str]) -> tuple[int, int] | None:
    for i, word in enumerate(clause.words):
        if word in vocabulary:
            return clause.first + i, clause.first + i + 1
    return None


def _at(clause: Clause, match: re.Match[str]) -> tuple[int, int]:
    """The positions of the words a pattern matched."""
    before = clause.text[: match.start()].count(" ")
    return clause.first + before, min(clause.first + before + len(match.group().split()), clause.last)
