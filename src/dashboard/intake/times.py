"""Times as transcripts write them: seconds from a stamp, a date from a name or a heading."""

from __future__ import annotations

import re
from datetime import date

STAMP = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3}|:\d{2})?"
"""A stamp inside a larger pattern: ``0:21``, ``1:02:03``, ``00:01:02.345``, ``75:10``, ``01:02:03:12`` (frames)."""

_WHOLE = re.compile(r"#?(?:(?:(\d{1,3}):)?(\d{1,3}):)(\d{1,2})(?:[.,](\d{1,3})|-(\d)|:\d{2})?#?")
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero gennaio janeiro",
            "february feb februar février febrero febbraio fevereiro",
            "march mar märz mars marzo março",
            "april apr avril abril aprile",
            "may mai mayo maggio maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet julio luglio julho",
            "august aug août agosto",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(?<!\d)(\d{4})[-_./](\d{1,2})[-_./](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|\.)? (?:of |de )?([^\W\d_]{3,10})\.?,? (?:de )?(\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")
_GERMAN = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)")


def seconds(stamp: str) -> float | None:
    """Seconds of a stamp, None where it is none.

    Minutes or seconds above 59 are taken as they stand, because recorders write them.

    >>> seconds("1:02:03"), seconds("75:10"), seconds("00:00:01,500"), seconds("#00:01:12-3#"), seconds("noon")
    (3723.0, 4510.0, 1.5, 72.3, None)
    """
    match = _WHOLE.fullmatch(stamp.strip().strip("[](){}<>").strip())
    if match is None:
        return None
    hours, minutes, whole, fraction, tenth = match.groups()
    total = int(hours or 0) * 3600.0 + int(minutes) * 60.0 + int(whole)
    if fraction:
        total += int(fraction) / 10 ** len(fraction)
    if tenth:
        total += int(tenth) / 10
    return round(total, 3)


def clock(value: float) -> str:
    """A time as people read it.

    >>> clock(83.4), clock(3723)
    ('1:23', '1:02:03')
    """
    whole = int(value)
    hours, minutes, rest = whole // 3600, whole // 60 % 60, whole % 60
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def found_date(text: str) -> str:
    """The first plain date in a name or a heading, as ISO text; "" where there is none or it could be two days.

    ``04/05/2026`` is two days, so it is not taken.

    >>> found_date("GMT20211119.odt"), found_date("held on March 26, 2021."), found_date("am 3. Mai 2024"), found_date("04/05/2026")
    ('2021-11-19', '2021-03-26', '2024-05-03', '')
    """  # noqa: E501
    for pattern, order in (
        (_ISO, "ymd"),
        (_COMPACT, "ymd"),
        (_DAY_FIRST, "dmy"),
        (_MONTH_FIRST, "mdy"),
        (_GERMAN, "dmy"),
    ):
        for match in pattern.finditer(text):
            part = dict(zip(order, match.groups(), strict=True))
            month = int(part["m"]) if part["m"].isdecimal() else _MONTHS.get(part["m"].casefold(), 0)
            try:
                return date(int(part["y"]), month, int(part["d"])).isoformat()
            except ValueError:
                continue
    return ""
