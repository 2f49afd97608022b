"""Another way to ask, built from the words of the question where they allow it, else a neutral follow-up.

After Patton (2015, ch. 7: open, neutral, singular, clear) and Fowler (1995, ch. 4: ask what people know first-hand).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dashboard.analysis.question_words import VERDICTS, vocabulary

_NEUTRAL = "How was that for you?"
_STORY = "Can you tell me in your own words what happened there?"
_MORE = "Tell me more about that: what was it like?"
HYPOTHETICAL = "When did you last need something like this, and what did you do then?"
"""What people did is a better guide than what they say they would do."""

_FEEL_DEGREE = re.compile(r"^how (?:\w+ )?[\w'-]+ (?:are|were|is|was) (?:you|they|he|she) (?:with|about) (?P<rest>.+)$")
_BE_DEGREE = re.compile(r"^how (?:\w+ )?(?:\w+ and )?[\w'-]+ (?P<be>is|are|was|were) (?P<rest>(?!you\b|they\b).+)$")
_ABOUT = re.compile(r"\babout (?P<topic>(?:the|your|our|this|that|these|those|its) .+)$")
_FEELS = re.compile(
    r"(?<!sounds )(?<!feels )(?<!looks )(?<!seems )(?<!feel )\b(?:enjoy|like|love|hate|trust|appreciate|miss) "
    r"(?P<topic>(?:the|your|our|this|these|those|it|that)\b.*)$"
)
_OPENING = re.compile(
    r"^(?:\S+n't|is|are|was|were|do|does|did|would|why|what|how|'s|you|think|find|say|agree|that|so) "
)
_TOPIC = re.compile(r"(?:the|your|our|this|that|these|those) \w+(?: \w+){0,3}$")
_SOFTENERS = vocabulary("a an lot bit so very really pretty quite much too more rather such just kind sort of not that")
_QUALIFIERS = vocabulary("real main only biggest whole new old")
_CUT = re.compile(r" (?:is|was|are|were|made|did|does|that)\b.*$")

_STATIVE = vocabulary(
    "have know think agree find want like love hate trust need remember see feel notice understand get believe prefer "
    "mean seem consider not"
)
_DID = re.compile(r"^did you (?:ever |actually |end up )?(?P<rest>(?P<verb>\w+)\b.*)$")
_DO = re.compile(r"^(?P<aux>do|does) (?P<who>you|they|he|she|we) (?:ever |still )?(?P<rest>(?P<verb>\w+)\b.*)$")
_BE = re.compile(r"^(?P<be>is|are|was|were) (?P<rest>.+)$")
_HAVE = re.compile(
    r"^(?:have|had) you (?:ever )?(?:tried|used|exported|had|seen|done|contacted|called|bought|made|been)\b"
)
_TOLD = re.compile(r"^(?:tell|walk|talk|take|show|give|describe|explain|share|help)\b")
_EMBEDDED = re.compile(
    r"^(?:what|how|why|when|where|whether|who|which)(?: (?:i|you|he|she|it|we|they|that)\b| \w+'d\b)"
)


def sentence(text: str) -> str:
    """The words of a clause as a question of its own.

    >>> sentence("how you came to use it"), sentence("what did it cost")
    ('Tell me how you came to use it.', 'What did it cost?')
    """
    text = re.sub(r"\bi\b", "I", text.rstrip("?. "))
    if _EMBEDDED.match(text):
        return f"Tell me {text.removesuffix('?')}."
    return f"{text[:1].upper()}{text[1:]}{'.' if _TOLD.match(text.lower()) else '?'}"


def one_at_a_time(parts: Sequence[str]) -> str:
    """Several questions, each in its own breath.

    >>> one_at_a_time(["how did you hear of it", "what made you sign up"])
    'Ask one, wait for the answer, then the next: “How did you hear of it?” – “What made you sign up?”'
    """
    quoted = " – ".join(f"“{sentence(part)}”" for part in parts)
    if len(parts) == 1:
        return f"Ask the first alone, and the rest when it is answered: {quoted}"
    return f"Ask one, wait for the answer, then the next: {quoted}"


def each_apart(first: str, second: str) -> str:
    """Two things, asked about one by one."""
    return f"Ask about “{first}” first, and about “{second}” when that is answered."


def _without_verdict(topic: str) -> str:
    """The words before a verdict and the words that grade it: “the new reports a lot clearer” → “the new reports”."""
    kept: list[str] = []
    for word in topic.split():
        if word in VERDICTS:
            break
        kept.append(word)
    while len(kept) > 1 and kept[-1] in _SOFTENERS:
        kept.pop()
    return "" if kept and kept[-1] in _QUALIFIERS | {"the", "your", "our", "not"} else " ".join(kept)


def better_leading(clauses: Sequence[tuple[str, str]]) -> str:
    """The question without the answer in it; clauses: their text and what they ask.

    >>> better_leading([("aren't the new reports a lot clearer", "yes-no")])
    'How would you describe the new reports?'
    >>> better_leading([("how annoying was the wait", "fact")])
    'How was the wait for you?'
    """
    last, asks_last = clauses[-1]
    if len(clauses) > 1 and asks_last == "open" and " " in last and not VERDICTS & set(last.split()):
        return f"Leave out what comes before, and ask: “{sentence(last)}”"
    for text, asks in clauses:
        better = "" if asks in {"nothing", "tag"} else _rebuilt(text)
        if better:
            return better
    return _NEUTRAL if any(VERDICTS & set(text.split()) for text, _ in clauses) else _STORY


def _rebuilt(text: str) -> str:
    """A neutral question about what one clause is about; "" where its words do not give it."""
    if (degree := _FEEL_DEGREE.match(text)) and not VERDICTS & set(degree["rest"].split()):
        return f"How do you feel about {degree['rest']}?"
    if (degree := _BE_DEGREE.match(text)) and not VERDICTS & set(degree["rest"].split()):
        whom = "" if " to " in degree["rest"] else " for you"
        return f"How {degree['be']} {degree['rest']}{whom}?"
    for pattern in (_ABOUT, _FEELS):
        if (found := pattern.search(text)) and (topic := _without_verdict(found["topic"])):
            return f"How do you feel about {'that' if topic == 'it' else topic}?"
    rest = text
    for _ in range(4):
        rest = _OPENING.sub("", rest, count=1)
    topic = _CUT.sub("", _without_verdict(rest))
    if VERDICTS & set(rest.split()) and _TOPIC.match(topic):
        return f"How would you describe {topic}?"
    return ""


def better_closed(clauses: Sequence[str]) -> str:
    """An open form of a question that can be answered with one word.

    >>> better_closed(["do you use the mobile app"])
    'How, if at all, do you use the mobile app?'
    >>> better_closed(["was it easy to set up"])
    'How was it to set up?'
    """
    text = next((text for text in clauses if _BE.match(text) or _DID.match(text) or _DO.match(text)), clauses[0])
    words = text.split()
    if any("or" in clause.split() for clause in clauses) or len(clauses) > 2:
        return "Leave out the choices and let the person name them: “Tell me how that was.”"
    if (be := _BE.match(text)) and (subject := _without_verdict(be["rest"])) and VERDICTS & set(words):
        last = max(i for i, word in enumerate(words) if word in VERDICTS)
        tail = " ".join(words[last + 1 :])
        return f"How {be['be']} {subject}{f' {tail}' if tail.startswith(('to ', 'for ')) else ''}?"
    if (did := _DID.match(text)) and did["verb"] not in _STATIVE:
        return f"Tell me how you came to {did['rest']}, or why you did not."
    if (do := _DO.match(text)) and do["verb"] not in _STATIVE:
        return f"How, if at all, {do['aux']} {do['who']} {do['rest'].removesuffix(' at all')}?"
    if do and do["verb"] in {"like", "trust", "love"}:
        return f"How do you feel about {do['rest'].split(' ', 1)[-1]}?"
    return "What experience, if any, have you had with that?" if _HAVE.match(text) else _MORE
