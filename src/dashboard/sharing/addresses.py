"""Postal addresses: a street with its number, and what stands around it (unit, postcode, town); pure.

Every pattern has bounded pieces, so that a text is read in time linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dashboard.sharing.ordinary import is_english

_BEHIND = (
    "street|road|avenue|lane|drive|boulevard|crescent|close|terrace|square|st|rd|ave|ln|dr|blvd|court|ct|way|place|pl|"
    "highway|parade|grove|str|tér|ter|u|utca|út|kapu|katu|tie|gata|tn|streets|roads|squares|parks"
)
_JOINED = (
    "straße|strasse|gade|gatan|gata|gate|straat|weg|platz|gasse|utca|vej|katu|kuja|tie|väg|vägen|stræti|allee|allé|laan|"
    "plein|kade|vænget|vangen|veien|damm|ring|ufer|gracht|dijk|ntie|polku"
)
_BEFORE = (
    "rue|via|viale|calle|rua|avenida|av|plaza|piazza|ul|ulica|chemin|impasse|strada|largo|praça|paseo|carrer|corso|"
    "boulevard|avenue|place|quai|ulitsa|odos|leoforos"
)
_UNIT = r"(?:apt|apartment|suite|flat|unit|box|p\.? ?o\.? box|postbox|postfach|psc|bp)\.? ?#?\d{1,6}"
_CAP = r"[^\W\d_a-zà-öø-ÿ][^\W\d_]*(?:['’.-][^\W\d_]+)*"
_SMALL = r"(?:de|del|della|du|des|do|da|dos|la|le|les|el|los|las|al|van|der|den|von|zur|am|im|of|the|and)"

_FOLDED = re.IGNORECASE
_STREETS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a house number and a street",
     re.compile(rf"(?<![\w.])\d{{1,5}}[a-z]?,? (?:\d{{1,3}}(?:st|nd|rd|th)? )?"
                rf"(?:[\w'’.-]{{2,20}} ){{1,3}}(?:{_BEHIND})(?!\w)\.?", _FOLDED)),
    ("a street and a house number",
     re.compile(rf"(?<!\w)(?P<street>[\w-]{{2,30}}(?:{_JOINED}))\.? ?\d{{1,4}}[a-z]?(?!\w)", _FOLDED)),
    ("a street and a house number",
     re.compile(rf"(?<!\w)(?i:{_BEFORE})\.? (?:(?:{_SMALL}|{_CAP}) ){{1,4}}n?°? ?\d{{1,4}}[a-z]?(?!\w)")),
    ("a part of an address", re.compile(rf"(?<!\w){_UNIT}(?!\w)", _FOLDED)),
    ("a postcode", re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")),
    ("a state and a postcode", re.compile(r"(?<!\w)[A-Z]{2} \d{5}(?:-\d{4})?(?!\w)")),
)  # fmt: skip
_RISKY: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a street between two numbers",
     re.compile(rf"(?<![\w.,:-])(?!(?:19|20)\d\d )\d{{1,6}} (?:{_CAP} ){{1,4}}(?:(?:{_BEHIND})\.? )?"
                r"\d{1,4}[a-z]?(?![\w%:])")),
    ("an address, as the words before it say",
     re.compile(r"(?:(?<=lives at )|(?<=live at )|(?<=address is )|(?<=address: )|(?<=located at )|(?<=meet me at )|"
                r"(?<=ship it to )|(?<=send it to ))[^.,;?!\n]{0,60}\d[^.,;?!\n]{0,40}", _FOLDED)),
    ("a corner of two streets", re.compile(rf"(?i:the corner of )[^.;?!\n]{{2,60}}? and {_CAP}(?: {_CAP}){{0,3}}")),
)  # fmt: skip
_MORE = re.compile(
    rf"(?:,? {{0,2}}\n? {{0,8}}|, {{0,2}})(?:(?i:{_UNIT})|(?!(?:The|And|But|Please|Can|My|I)\b){_CAP}|"
    r"\d{3,6}(?:-\d{4})?(?![\w:%]))"
)
_LED = re.compile(r"(?<![\w.,:-])\d{1,6}(?:,? \d{1,4})?,? $")
_MOST_MORE, _LED_BY = 10, 16


def addresses(text: str, *, strict: bool = False) -> Iterator[tuple[int, int, str]]:
    """(start, end, reason) of each address; spans may overlap.

    strict: also numbers around a capitalised word, what the words before call an address, and the town and postcode
    that follow a street: what is published rather loses a product's name than keeps somebody's door.

    >>> text = "Come to 12 Elm Street, Suite 4, Springfield 12345 by noon"
    >>> [text[start:end] for start, end, _ in addresses(text, strict=True)][0]
    '12 Elm Street, Suite 4, Springfield 12345'
    >>> list(addresses("We asked in spring 2026, offering 10 places."))
    []
    """
    for reason, pattern in (*_STREETS, *(_RISKY if strict else ())):
        for match in pattern.finditer(text):
            start, end = match.span()
            street = match.groupdict().get("street")
            if street and is_english(street):  # "in spring 2026" is on no ring road
                continue
            yield (_from(text, start), _until(text, end), reason) if strict else (start, end, reason)


def _until(text: str, end: int) -> int:
    """Where what follows an address ends: a unit, a town in capitals, a postcode, over a few lines."""
    for _ in range(_MOST_MORE):
        more = _MORE.match(text, end)
        if more is None:
            return end
        end = more.end()
    return end


def _from(text: str, start: int) -> int:
    """Where the numbers before an address begin."""
    before = max(0, start - _LED_BY)
    led = _LED.search(text[before:start])
    return start if led is None else before + led.start()
