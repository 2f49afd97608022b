"""What leads to a person besides a name: addresses, numbers and handles, found by rules and checksums; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from dashboard.sharing.addresses import addresses


@dataclass(frozen=True)
class Mark:
    """One passage of the original that was replaced: offsets, the label without brackets, and why."""

    start: int
    end: int
    label: str
    reason: str


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
        ("IP address", "an IP address", r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?!\w|\.\d)", _ALWAYS),  # noqa: E501
        ("IP address", "an IP address", r"(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?![\w:])",
         lambda text: not re.fullmatch(r"[\d:]{5,8}", text)),
        ("card number", "a card number with its check digit", r"(?<![\w.])\d(?:[ -]?\d){11,18}(?!\w)", _card),
        ("ID number", "a social security number", r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])", _ALWAYS),
        ("date of birth", "a date after “born” or “birth”",
         rf"(?<=born on )(?:the )?{_DATE}|(?<=born )(?:the )?{_DATE}|(?<=birthday is )(?:the )?{_DATE}|(?:date of birth|dob)[\s:]{{1,3}}(?:is )?{_DATE}", _ALWAYS),  # noqa: E501
        ("phone", "a telephone number",
         r"(?<![\w.,-])(?:\+|\(\+?)?\d(?:[ ./()-]{0,2}\d){6,14}(?: ?x\d{1,5})?(?!\w)(?![.,:]\d)", _phone),
        ("account number", "a long number", r"(?<![\w.,])\d{9,}(?![\w]|[.,]\d)", _ALWAYS),
        ("handle", "a user name", r"(?<![\w@.])@[a-z_][\w.]{2,30}", _ALWAYS),
    )
)  # fmt: skip


def contacts(text: str, *, strict: bool = False) -> Iterator[Mark]:
    """What leads to a person, the surest rules first; no two marks overlap. Linear in the length of the text.

    strict: see ``addresses``.
    """
    taken = bytearray(len(text))

    def free(start: int, end: int) -> bool:
        if any(taken[start:end]):
            return False
        taken[start:end] = b"\x01" * (end - start)
        return True

    for label, reason, pattern, check in RULES:
        for match in pattern.finditer(text):
            if check(match[0]) and free(*match.span()):
                yield Mark(*match.span(), label, reason)
    found = sorted(addresses(text, strict=strict), key=lambda each: (each[0], -each[1]))
    for start, end, reason in found:
        # a number within an address may have been taken for a telephone's: what is left of it is still an address
        for start_of_piece, end_of_piece in _gaps(taken, start, end):
            if any(c.isalnum() for c in text[start_of_piece:end_of_piece]) and free(start_of_piece, end_of_piece):
                yield Mark(start_of_piece, end_of_piece, "address", reason)


def _gaps(taken: bytearray, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretches of this one that no mark has taken yet."""
    at = start
    while at < end:
        begin = taken.find(0, at, end)
        if begin < 0:
            return
        stop = taken.find(1, begin, end)
        at = end if stop < 0 else stop
        yield begin, at
