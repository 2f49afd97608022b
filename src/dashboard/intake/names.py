"""Ids and names as they are written → what they are compared by."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from pathlib import PurePosixPath

from dashboard.intake.wording import words

_NOBODY = words(
    """
    speaker participant participants interviewee respondent informant customer client user guest unknown person caller
    subject proband probandin teilnehmer teilnehmerin befragte befragter kunde kundin nutzer nutzerin sprecher
    sprecherin entrevistado entrevistada participante cliente usuario répondant locuteur intervistato partecipante
    unidentified anonymous anonym male female man woman voice multiple all group
    p r a b c d e f g h i k l m n s t u x bp ip kp tn id spk answer answers antwort none
    """
)
_NO_ID = words("n/a na none null nan - -- . ? unknown anonymous anonym anonymous user test")
_CODE = re.compile(r"([A-Za-zÄÖÜäöü]{1,4})[ _#-]?0*(\d{1,6})")
_WORD = re.compile(
    r"(?:participant|interviewee|respondent|teilnehmer(?:in)?|proband(?:in)?|befragter?|participante"
    r"|répondant|subject|person)"
    r"[ _#:-]{0,2}(?:no\.? ?|nr\.? ?)?0*(\d{1,6})",
    re.IGNORECASE,
)
_FILE_CODE = re.compile(r"(?<![^\W_])(P|TN|ID|PT|Pt|Participant|participant)[ _-]?0*(\d{1,6})(?![^\W_])", re.IGNORECASE)
_STRONG = frozenset({"p", "tn", "id", "pt"})
_IN_BRACKETS = re.compile(r"[(\[][^)\]]{0,80}[)\]]")
_TITLES = words("mr mrs ms miss dr prof herr frau hr fr sr sra m mme")


def id_key(written: str) -> str:
    """An id without what varies in writing it: case, blanks, leading zeros; "" where it is none.

    >>> id_key("P07") == id_key("p 7") == id_key("Participant 7"), id_key("N/A"), id_key("0042")
    (True, '', '42')
    """
    plain = (written if written.isascii() else unicodedata.normalize("NFKC", written)).strip().casefold()
    if not plain or plain in _NO_ID:
        return ""
    if plain.isdecimal():
        return plain.lstrip("0") or plain
    if word := _WORD.fullmatch(plain):
        return f"p{word[1]}"
    if code := _CODE.fullmatch(plain):
        return f"{code[1]}{code[2]}"
    return " ".join(plain.split())


def name_key(name: str) -> str:
    """A name without case, accents, titles, brackets and doubled blanks.

    >>> name_key("Dr. José  Álvarez (he/him)")
    'jose alvarez'
    """
    plain = unicodedata.normalize("NFKD", _IN_BRACKETS.sub(" ", name)).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = [word.strip(".") for word in plain.split()]
    return " ".join(word for word in words if word and word not in _TITLES)


def is_full_name(label: str) -> bool:
    """Whether a label is a first and a last name, not a role and not a code."""
    words = name_key(label.replace(",", " ")).split()
    lettered = [word for word in words if word.replace("-", "").replace("'", "").replace("’", "").isalpha()]
    return 2 <= len(words) <= 5 and len(lettered) == len(words) and not any(word in _NOBODY for word in words[:1])


def is_generic(label: str) -> bool:
    """Whether a label names nobody in particular: "Speaker 2", "Unknown Speaker", "R"."""
    words = re.sub(r"[\W\d_]+", " ", label.casefold()).split()
    return all(word in _NOBODY for word in words)


def is_code(label: str) -> bool:
    """Whether a label is an id: "P07", "TN 3", "CH12", "Participant 7"; not "Speaker 2", not "Anna 2"."""
    plain = label.strip()
    if _WORD.fullmatch(plain):
        return True
    code = _CODE.fullmatch(plain)
    if code is None:
        return False
    prefix = code[1].casefold()
    return prefix in _STRONG or len(prefix) == 1 or (code[1].isupper() and prefix not in _NOBODY)


def is_strong(written: str) -> bool:
    code = _CODE.fullmatch(written.strip())
    return code is not None and (code[1].casefold() in _STRONG or len(code[1]) > 1)


def id_in_file_name(name: str) -> str:
    """The id that a file's name gives ("P07 interview.vtt"), "" where it gives none or two."""
    found = {f"{code[1]}{code[2]}".casefold(): code[0] for code in _FILE_CODE.finditer(PurePosixPath(name).stem)}
    return next(iter(found.values())) if len(found) == 1 else ""


def name_in_file_name(label: str, name: str) -> str:
    """The full name that a file's name makes of a first name: the label and the capitalised word after it, else "".

    >>> name_in_file_name("Nora", "2026-03-16 Nora Quist.md"), name_in_file_name("Nora", "Nora interview.md")
    ('Nora Quist', '')
    """
    words = PurePosixPath(name).stem.replace("_", " ").split()
    after = [second for first, second in pairwise(words) if first == label.strip()]
    return f"{label.strip()} {after[0]}" if after and after[0].isalpha() and after[0].istitle() else ""
