"""Languages of what was said, and which of them the coding model knows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from dashboard.ui import frame, session
from dashboard.workspace import sources

KNOWN = frozenset({"en"})
"""Languages that the sentence model was made for; of others it sees the words of the cues alone."""
_NAMES = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "it": "Italian", "pt": "Portuguese",
    "nl": "Dutch", "sv": "Swedish", "ja": "Japanese", "ko": "Korean", "zh": "Chinese", "ar": "Arabic", "he": "Hebrew",
    "fa": "Persian", "ru": "Russian", "uk": "Ukrainian", "el": "Greek", "th": "Thai", "hi": "Hindi", "pl": "Polish",
    "da": "Danish", "no": "Norwegian", "fi": "Finnish", "cs": "Czech", "tr": "Turkish", "ka": "Georgian",
    "hy": "Armenian", "ta": "Tamil", "bn": "Bengali", "te": "Telugu", "gu": "Gujarati", "km": "Khmer", "lo": "Lao",
    "my": "Burmese", "si": "Sinhala", "am": "Amharic",
}  # fmt: skip


def name(code: str) -> str:
    """The English name of a language, or its code where it has none here.

    >>> name("de"), name("xx"), name("")
    ('German', 'xx', '')
    """
    return _NAMES.get(code, code)


def unknown(code: str) -> bool:
    """Whether the coding model does not know a language; of one that was not found out nothing is said."""
    return bool(code) and code not in KNOWN


def in_words(code: str) -> str:
    """A language, and whether suggestions in it are worth anything.

    >>> in_words("de")
    'German: the coding model was made for English'
    """
    if not code:
        return "not recognised; write its code of two letters, for example de"
    return f"{name(code)}: the coding model was made for English" if unknown(code) else name(code)


def doubt(code: str) -> str:
    """What a person should know of a source in this language; "" where there is nothing to know."""
    if not unknown(code):
        return ""
    return (
        f"It is in {name(code)}; the coding model was made for English and finds little here beyond the words of the "
        "cues. Write cues in that language, and check its suggestions or code by hand."
    )


def caveat_of(codes: Iterable[str]) -> str:
    """What suggestions are worth in a study whose sources are in these languages (one a source); "" in English.

    >>> caveat_of(["en", "de", "de", "ja", ""])
    '3 of 5 sources are in German or Japanese, which the coding model does not know: few of their themes are found.'
    """
    every = list(codes)
    strange = Counter(code for code in every if unknown(code))
    if not strange:
        return ""
    number, names = sum(strange.values()), [name(code) for code, _ in strange.most_common(3)]
    listed = " or ".join(names) if len(names) < 3 else f"{names[0]}, {names[1]} or another language"
    are, of = ("is", "its themes are") if number == 1 else ("are", "their themes are")
    which = "which the coding model does not know"
    return f"{number} of {len(every)} sources {are} in {listed}, {which}: few of {of} found."


def caveat(study: str) -> None:
    """Draw the caveat of a study, where there is one; to those who can do something about it."""
    if not session.may_change():
        return
    said = caveat_of(sources.languages(session.workspace(), study))
    if said:
        frame.say(said, tone="caution")
