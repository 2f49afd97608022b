"""What names a person, or leads to one, replaced by labels that keep the sense. Rules, checksums and names; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from dashboard.sharing.gazetteer import AMBIGUOUS, GIVEN, NOT_NAMES, SURNAMES


@dataclass(frozen=True)
class Person:
    """Somebody of the study. label: what stands for them, such as ``person 3``. names: as written anywhere."""

    label: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mark:
    """One passage of the original that was replaced: offsets, the label without brackets, and why."""

    start: int
    end: int
    label: str
    reason: str


@dataclass(frozen=True)
class Redacted:
    """The text with labels in the place of what was found; marks are offsets into the original."""

    text: str
    marks: tuple[Mark, ...]


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of a card number (ISO/IEC 7812).

    >>> luhn("4539578763621486"), luhn("4539578763621487")
    (True, False)
    """
    doubled = [int(d) if place % 2 == 0 else sum(divmod(2 * int(d), 10)) for place, d in enumerate(reversed(digits))]
    return bool(doubled) and sum(doubled) % 10 == 0


def iban(written: str) -> bool:
    """Whether a country, check digits and account number hold together (ISO 13616, mod 97).

    >>> iban("GB82 WEST 1234 5698 7654 32"), iban("GB82 WEST 1234 5698 7654 33")
    (True, False)
    """
    plain = "".join(written.split()).upper()
    moved = plain[4:] + plain[:4]
    return plain.isalnum() and plain.isascii() and int("".join(str(int(c, 36)) for c in moved)) % 97 == 1


def _card(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    return 12 <= len(digits) <= 19 and luhn(digits)


def _phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    date = re.fullmatch(r"(?:19|20)\d\d[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./](?:19|20)\d\d", text.strip())
    return 7 <= len(digits) <= 15 and not date


_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_DATE = rf"(?:\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}})"  # noqa: E501
_STREET = (
    r"(?:street|road|avenue|lane|drive|boulevard|crescent|close|terrace|square|st|rd|ave|ln|dr|blvd|court|ct|way|"
    r"place|pl|highway|parade|grove)"
)
_ALWAYS: Callable[[str], bool] = lambda text: True  # noqa: E731 -- one line of a table

RULES: tuple[tuple[str, str, re.Pattern[str], Callable[[str], bool]], ...] = tuple(
    (label, reason, re.compile(pattern, re.IGNORECASE), check)
    for label, reason, pattern, check in (
        ("e-mail", "an e-mail address", r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", _ALWAYS),
        ("e-mail", "an address said aloud",
         r"(?<!\w)[\w.-]{1,40} at [\w-]{2,40} dot (?:com|net|org|de|co|io|fr|ie|uk)(?!\w)", _ALWAYS),
        ("link", "a web address", r"(?<!\w)(?:https?://|www\.)[^\s<>\"]{2,2000}", _ALWAYS),
        ("IBAN", "an account number with its check digits",
         r"(?<!\w)[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?(?!\w)", iban),
        ("IP address", "an IP address", r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.]\d)", _ALWAYS),  # noqa: E501
        ("IP address", "an IP address", r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?![\w:])",
         lambda text: not re.fullmatch(r"[\d:]{5,8}", text)),
        ("card number", "a card number with its check digit", r"(?<![\w.])\d(?:[ -]?\d){11,18}(?!\w)", _card),
        ("ID number", "a social security number", r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", _ALWAYS),
        ("date of birth", "a date after “born” or “birth”",
         rf"(?<=born on )(?:the )?{_DATE}|(?<=born )(?:the )?{_DATE}|(?<=birthday is )(?:the )?{_DATE}|(?:date of birth|dob)[\s:]{{1,3}}(?:is )?{_DATE}", _ALWAYS),  # noqa: E501
        ("phone", "a telephone number",
         r"(?<![\w.,-])(?:\+|\(\+?)?\d(?:[ ./()-]{0,2}\d){6,14}(?: ?x\d{1,5})?(?!\w)(?![.,:]\d)", _phone),
        ("account number", "a long number", r"(?<![\w.,])\d{9,}(?![\w]|[.,]\d)", _ALWAYS),
        ("address", "a house number and a street",
         rf"(?<![\w.])\d{{1,5}}[a-z]?,? (?:[\w'-]{{2,20}} ){{1,3}}{_STREET}(?!\w)\.?(?:,? (?:apt|suite|flat|unit)\.? ?\w{{1,6}})?", _ALWAYS),  # noqa: E501
        ("address", "a street and a house number",
         r"(?<!\w)[\w-]{2,30}(?:straße|strasse|gade|gatan|straat|weg|platz|gasse|utca|vej|katu)\.? ?\d{1,4}[a-z]?(?!\w)", _ALWAYS),  # noqa: E501
        ("address", "a postcode", r"(?<!\w)[a-z]{1,2}\d[a-z\d]? \d[a-z]{2}(?!\w)", lambda text: text.upper() == text),
        ("handle", "a user name", r"(?<![\w@.])@[a-z_][\w.]{2,30}", _ALWAYS),
    )
)  # fmt: skip

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_CAP = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_BEFORE = re.compile(
    rf"(?<!\w)(?:(?i:mr|mrs|ms|miss|dr|prof|professor|herr|frau|sir|madame|señor|señora)\.? |"
    rf"(?i:my name is|my name's|name is|(?:i|he|she|they) (?:was|is|am) called|called|named|ask for|asked for|"
    rf"speak to|spoke to|spoke with|talk to|talked to|hi|hello|dear|thanks|thank you|my (?:boss|colleague|friend|"
    rf"husband|wife|partner|manager|brother|sister|son|daughter|kid|mother|father|neighbour|cousin|accountant))"
    rf"[,:]? )(?P<name>{_CAP}(?: {_CAP}){{0,2}})"
)
_FROM = re.compile(
    rf"(?<!\w)(?P<name>{_CAP}) (?:from|in|at) (?:our |the )?(?:accounting|accounts|sales|support|finance|hr|marketing|"
    r"legal|it|payroll|billing|operations|procurement|reception)(?!\w)"
)


def redact(text: str, people: Sequence[Person] = (), *, keep: Sequence[str] = (), strict: bool = False) -> Redacted:
    """The text without what names or leads to a person.

    people: those of the study, found with one typing error too. keep: words that are no names here (products, themes).
    strict: every capitalised word within a sentence that is not known to be something else counts as a name: what is
    published rather loses a product's name than keeps a person's.

    >>> redact("Ask for Maria, or mail m.b@example.com", []).text
    'Ask for [name], or mail [e-mail]'
    """
    kept = {word.casefold() for phrase in keep for word in _WORD.findall(phrase)}
    ruled = list(_ruled(text))
    masked = list(text)
    for mark in ruled:  # a name never takes a piece of a number or an address, which would let the rest through
        masked[mark.start : mark.end] = "\n" * (mark.end - mark.start)
    found = [*ruled, *_named("".join(masked), people, kept, strict=strict)]
    marks: list[Mark] = []
    for mark in sorted(found, key=lambda each: (each.start, -each.end)):
        if not marks or mark.start >= marks[-1].end:
            marks.append(mark)
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], f"[{mark.label}]"]
        at = mark.end
    return Redacted("".join(pieces) + text[at:], tuple(marks))


def _ruled(text: str) -> Iterator[Mark]:
    taken: list[tuple[int, int]] = []
    for label, reason, pattern, check in RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if check(match[0]) and not any(start < b and end > a for a, b in taken):
                taken.append((start, end))
                yield Mark(start, end, label, reason)


def _named(text: str, people: Sequence[Person], kept: set[str], *, strict: bool) -> Iterator[Mark]:
    own = {
        part.casefold(): person.label for person in people for name in person.names for part in _WORD.findall(name)
        if len(part) >= 2
    }  # fmt: skip
    long = [part for part in own if len(part) >= 5]
    words = list(_WORD.finditer(text))
    tagged: dict[int, tuple[str, str]] = {}
    starts = {word.start(): place for place, word in enumerate(words)}
    for pattern, label, reason in ((_BEFORE, "name", "a name is said here"), (_FROM, "colleague", "of a department")):
        for match in pattern.finditer(text):
            for inner in _WORD.finditer(match["name"]):
                place = starts.get(match.start("name") + inner.start())
                if place is None or not _may_be_name(inner[0], kept):
                    break
                tagged[place] = (label, reason)
    for place, word in enumerate(words):
        label, reason = _of_word(word[0], own, long, kept)
        if not label and strict and _may_be_name(word[0], kept) and _within_sentence(text, word.start()):
            label, reason = "name", "a capital letter within a sentence"
        if label:
            tagged[place] = (label, reason)
    # what stands capitalised right behind a name belongs to it: "Ana M. Okafor"
    for place, word in enumerate(words[1:], 1):
        between = text[words[place - 1].end() : word.start()]
        before = place - 1 in tagged
        joined = between == " " or (between == ". " and len(words[place - 1][0]) == 1)
        if before and place not in tagged and joined and _may_be_name(word[0], kept):
            tagged[place] = (tagged[place - 1][0], "behind a name")
    for place in range(len(words) - 2, -1, -1) if strict else ():
        between = text[words[place].end() : words[place + 1].start()]
        if place + 1 in tagged and place not in tagged and between == " " and _may_be_name(words[place][0], kept):
            tagged[place] = (tagged[place + 1][0], "before a name")
    place = 0
    while place < len(words):
        if place not in tagged:
            place += 1
            continue
        last = place
        while last + 1 in tagged and text[words[last].end() : words[last + 1].start()] in (" ", ". ", "-"):
            last += 1
        labels = [tagged[each][0] for each in range(place, last + 1)]
        label = next((each for each in labels if each not in ("name", "colleague")), labels[0])
        yield Mark(words[place].start(), words[last].end(), label, tagged[place][1])
        place = last + 1


def _of_word(word: str, own: dict[str, str], long: Sequence[str], kept: set[str]) -> tuple[str, str]:
    """(label, reason) of one word by itself; ("", "") where it is none."""
    plain = word.casefold()
    bare = plain.removesuffix("'s").removesuffix("’s")
    capital = word[:1].isupper()
    for each in (plain, bare):
        if each in own and (capital or each not in NOT_NAMES):
            return own[each], "somebody of the study"
    if bare in kept or bare in NOT_NAMES or bare in AMBIGUOUS or not capital:
        return "", ""
    near = next((part for part in long if abs(len(part) - len(bare)) <= 1 and OSA.distance(part, bare) == 1), "")
    if near:
        return own[near], "nearly the name of somebody of the study"
    if bare in GIVEN:
        return "name", "a given name"
    return ("name", "a surname") if bare in SURNAMES else ("", "")


def _may_be_name(word: str, kept: set[str]) -> bool:
    plain = word.casefold()
    return word[:1].isupper() and plain not in NOT_NAMES and plain not in kept


def _within_sentence(text: str, start: int) -> bool:
    """Whether a word stands behind another of its sentence: a letter, a digit or a comma before it, on its line."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;&/")
