"""Bytes → text: which encoding a file was written in."""

from __future__ import annotations

import codecs

import charset_normalizer

from dashboard.errors import UnreadableFile
from dashboard.intake.given import Given
from dashboard.study_tree import is_whole

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65_536
_TYPOGRAPHY = frozenset("‘’‚“”„–—…•«»°€£§©®™½¼¾·¿¡\xa0")
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27}) + b"\x7f"
_FAMILIES = {  # families of scripts that charset_normalizer tells well apart
    "cp932": "cp932", "shift_jis": "cp932", "euc_jp": "euc_jp", "gb18030": "gb18030", "gbk": "gb18030",
    "gb2312": "gb18030", "big5": "big5", "cp950": "big5", "euc_kr": "cp949", "cp949": "cp949", "cp1251": "cp1251",
    "koi8_r": "koi8_r", "cp1253": "cp1253", "cp1255": "cp1255", "cp1256": "cp1256", "mac_cyrillic": "mac_cyrillic",
    "cp866": "cp866", "iso8859_7": "iso8859_7",
    "iso8859_8": "iso8859_8", "iso8859_5": "iso8859_5", "tis_620": "cp874", "cp874": "cp874",
}  # fmt: skip


def given(data: bytes, name: str, *, encoding: str | None = None) -> Given:
    """The file with its text, decoded once; ``text`` is None where the bytes are no text.

    encoding: what a person said; it is not questioned. Raises UnreadableFile where the bytes cannot be read that way.

    >>> given(b"caf\\xe9", "a.txt").text, given(b"caf\\xe9", "a.txt").encoding
    ('café', 'cp1252')
    """
    if encoding:
        try:
            text = data.decode(encoding)
        except (LookupError, UnicodeError) as problem:
            raise UnreadableFile(
                f"“{name}” cannot be read as {encoding}; choose another encoding, or none to let it be found."
            ) from problem
        return Given(data, name, _lines(text), encoding)
    found = _decoded(data)
    if found is None:
        return Given(data, name, None)
    text, encoding = found
    return Given(data, name, _lines(text), encoding)


def mended(text: str) -> str:
    """The text with a mark in place of what nothing can keep: NUL and halves of characters.

    >>> mended("so\\0 it \\ud800was")
    'so� it �was'
    """
    if is_whole(text):
        return text.replace("\0", "\ufffd")
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "\ufffd")


def _lines(text: str) -> str:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\x0c", "\n")


def _decoded(data: bytes) -> tuple[str, str] | None:
    for mark, name in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(name), name
            except UnicodeError:
                return data.decode(name, errors="replace"), f"{name}, damaged"
    if b"\0" in data:
        return _without_mark(data)
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if len(data.translate(None, _CONTROL)) < 0.99 * len(data):
        return None
    return _damaged(data) or _legacy(data)


def _without_mark(data: bytes) -> tuple[str, str] | None:
    """UTF-16 without a byte order mark: zeros stand at every other place."""
    sample = data[: _SAMPLE & ~1]
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = max(1, len(sample) // 2)
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.3 * half and others < 0.05 * half:
            try:
                text = data[: len(data) & ~1].decode(name)
            except UnicodeError:
                return None
            return (text, name) if _readable(text) else None
    # Scripts beyond Latin have few zeros; their spaces and line ends still stand at one side.
    for name, mark in (("utf-16-le", b"\x20\0"), ("utf-16-be", b"\0\x20")):
        if len(data) % 2 == 0 and any(data[at : at + 2] == mark for at in range(0, min(len(data), 2048), 2)):
            try:
                text = data.decode(name)
            except UnicodeError:
                continue
            if _readable(text) and sum(c.isalpha() or c.isspace() for c in text[:2000]) > 0.7 * len(text[:2000]):
                return text, name
    return None


def _readable(text: str) -> bool:
    """Whether a text has no control characters but blanks and line ends."""
    return not any(character < " " and character not in "\t\n\r\x0b\x0c\x1b" for character in text[:_SAMPLE])


def _damaged(data: bytes) -> tuple[str, str] | None:
    """UTF-8 in which a few bytes are broken: nearly all of its non-ASCII characters are whole."""
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    whole = sum(1 for character in text if character > "\x7f") - broken
    return (text, "utf-8, damaged") if whole >= 5 * broken else None


def _legacy(data: bytes) -> tuple[str, str]:
    """The likeliest of the encodings of one byte a character, or of East Asia."""
    sample = data[:_SAMPLE]
    high = sum(byte > 127 for byte in sample)
    letters = sum(byte > 127 or chr(byte).isalpha() for byte in sample)
    if high > 0.3 * max(1, letters):
        guessed = _other_script(data, sample)
        if guessed is not None:
            return guessed
    scores = {}
    for name in ("cp1252", "mac_roman", "latin-1"):
        try:
            scores[name] = _plausible(data.decode(name))
        except UnicodeError:
            continue
    best = max(scores, key=lambda name: scores[name])  # the first of equals: cp1252
    return data.decode(best), best


def _other_script(data: bytes, sample: bytes) -> tuple[str, str] | None:
    japanese = ("cp932", "euc_jp")
    for name in japanese:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        kana = sum("\u3040" <= c <= "\u30ff" for c in text)
        odd = sum("\uff61" <= c <= "\uff9f" or "\ue000" <= c <= "\uf8ff" for c in text)
        if kana > 0.2 * sum(c > "\x7f" for c in text) and odd < 0.1 * kana:
            return text, name
    best = charset_normalizer.from_bytes(sample).best()
    name = _FAMILIES.get(best.encoding, "") if best else ""
    if not name:
        return None
    try:
        return data.decode(name), name
    except UnicodeError:
        return None


def _plausible(text: str) -> float:
    """How much a text looks like words: accented letters among small letters and typographic marks speak for it."""
    score = 0.0
    for at, character in enumerate(text):
        if character <= "\x7f":
            continue
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        if character in _TYPOGRAPHY:
            # Quotation marks open before words and close behind them; inside a word stands the apostrophe alone.
            inside = before.isalpha() and after.isalpha()
            score += 1.5 if inside == (character == "’") else 0.5 if not inside else -0.5
        elif character.isalpha() and character not in "ªºƒıˆ":
            fits = character.islower() or not (before.isalpha() and before.islower())
            score += 1.0 if fits and (before.isalpha() or after.isalpha()) else -0.5
        elif "\x80" <= character <= "\x9f":
            score -= 3.0
        else:
            score -= 1.0
    return score
