"""What was read of a file, kept in place of the file: nothing else of it is left, and it is read again as it was.

A file that somebody was taken out of is stored in this form: the turns, rows and columns that remain, as they were
understood and corrected. It opens with one line that names the form.
"""

from __future__ import annotations

from dashboard.errors import UnreadableFile
from dashboard.intake import parcel
from dashboard.intake.given import Given, Reader
from dashboard.intake.parsed import ParsedSource
from dashboard.study import Correction

FIRST_LINE = "what was read of a file, in place of the file; form 1"


def kept(parsed: ParsedSource) -> bytes:
    """The bytes that stand for what was read.

    >>> opened = read(Given(b"", "a.csv", kept(ParsedSource("survey", "CSV")).decode()), Correction())
    >>> opened.kind
    'survey'
    """
    return FIRST_LINE.encode() + b"\n" + parcel.packed(parsed) + b"\n"


def is_kept(data: bytes) -> bool:
    """Whether bytes are of this form."""
    return data.startswith(FIRST_LINE.encode() + b"\n")


def sniff(given: Given) -> float:
    """Certain by the first line."""
    return 1.0 if given.text is not None and given.text.startswith(FIRST_LINE + "\n") else 0.0


def read(given: Given, correction: Correction) -> ParsedSource:
    """What was read of the file once. Raises UnreadableFile."""
    try:
        return parcel.opened((given.text or "").partition("\n")[2].encode("utf-8", "replace"))
    except ValueError as problem:
        raise UnreadableFile(
            f"“{given.name}” was kept in place of a file and is damaged; restore it from a backup."
        ) from problem


READERS: tuple[Reader, ...] = (Reader("kept", sniff, read),)
