"""RTF → lines: paragraphs, line breaks, bold starts, code pages and Unicode, in one pass over its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dashboard.intake.heads import Line
from dashboard.intake.vocabulary import vocabulary

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_DESTINATIONS = vocabulary(
    """
    fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf
    footnote annotation atnid atnauthor themedata colorschememapping datastore latentstyles listtable
    listoverridetable rsidtbl generator xmlnstbl fldinst bkmkstart bkmkend filetbl revtbl pntext pntxta pntxtb
    listtext shpinst nonshppict private mmathPr operator wgrffmtfilter pgptbl NeXTGraphic
    """
)
_BREAKS = {
    "par": "\n\n",
    "sect": "\n\n",
    "page": "\n\n",
    "row": "\n\n",
    "line": "\n",
    "cell": "\t",
    "nestcell": "\t",
    "tab": "\t",
}
_MARKS = {
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_CHARSETS = {
    0: "cp1252", 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip
_MAX_DEPTH = 2_000


@dataclass(frozen=True)
class _State:
    """What holds inside one group: text that is not shown, bold, characters after a Unicode one to skip, code page."""

    hidden: bool = False
    bold: bool = False
    skip: int = 1
    page: str = "cp1252"
    fonts: bool = False


def is_rtf(text: str) -> bool:
    """Whether a text is RTF."""
    return text.lstrip().startswith("{\\rtf")


def lines(text: str) -> list[Line]:
    """The lines of an RTF text, numbered by paragraph.

    >>> lines(r"{\\rtf1\\ansi {\\b Ann:} caf\\'e9\\par Ben: yes}")
    [Line(text='Ann: café', number=1, bold=4, gap=True, heading=False, numbered=False, broken=False), Line(text='Ben: yes', number=2, bold=0, gap=True, heading=False, numbered=False, broken=False)]
    """  # noqa: E501
    return _split(_pieces(text))


def _pieces(text: str) -> list[tuple[str, bool]]:
    """Pieces of shown text with whether they are bold; two line ends part paragraphs, one is a break in one."""
    state, stack = _State(), [_State()]
    default = "cp1252"
    pages: dict[int, str] = {}
    font = 0
    pieces: list[tuple[str, bool]] = []
    pending = bytearray()
    skipping = 0

    def flush() -> None:
        if pending and not state.hidden:
            pieces.append((pending.decode(state.page, errors="replace"), state.bold))
        pending.clear()

    for match in _TOKEN.finditer(text):
        word, number, code, symbol, brace, plain = match.groups()
        if code is None and pending:
            flush()
        if brace == "{":
            if len(stack) < _MAX_DEPTH:
                stack.append(state)
        elif brace == "}":
            state = stack.pop() if len(stack) > 1 else state
            skipping = 0
        elif code is not None:
            if skipping:
                skipping -= 1
            else:
                pending.append(int(code, 16))
        elif plain is not None:
            shown = plain[skipping:]
            skipping = max(0, skipping - len(plain))
            if shown and not state.hidden:
                pieces.append((shown, state.bold))
        elif symbol is not None:
            if symbol == "*":
                state = replace(state, hidden=True)
            elif state.hidden:
                continue
            elif symbol in "\r\n":
                pieces.append(("\n\n", False))
            elif symbol in "{}\\":
                pieces.append((symbol, state.bold))
            elif symbol in "~_":
                pieces.append((" " if symbol == "~" else "-", state.bold))
        elif word is not None:
            value = int(number) if number is not None else None
            if word == "fonttbl":
                state = replace(state, hidden=True, fonts=True)
            elif word in _DESTINATIONS:
                state = replace(state, hidden=True)
            elif word == "f" and value is not None:
                if state.fonts:
                    font = value
                else:
                    state = replace(state, page=pages.get(value, default))
            elif word == "fcharset" and state.fonts:
                if value in _CHARSETS and value:
                    pages[font] = _CHARSETS[value]
            elif word == "ansicpg" and value is not None:
                default = _page(value)
                state = replace(state, page=default)
            elif word == "mac":
                default = "mac_roman"
                state = replace(state, page=default)
            elif word == "uc" and value is not None:
                state = replace(state, skip=min(abs(value), 8))
            elif word == "u" and value is not None:
                point = value + 65_536 if value < 0 else value
                if not state.hidden and 0 < point < 0x110000:
                    pieces.append((chr(point), state.bold))
                skipping = state.skip
            elif word in ("b", "plain", "pard"):
                if word != "pard":
                    state = replace(state, bold=word == "b" and value != 0)
            elif not state.hidden and word in _BREAKS:
                pieces.append((_BREAKS[word], False))
            elif not state.hidden and word in _MARKS:
                pieces.append((_MARKS[word], state.bold))
    if pending:
        flush()
    return pieces


def _page(number: int) -> str:
    name = {10000: "mac_roman", 65001: "utf-8", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5"}.get(
        number, f"cp{number}"
    )
    try:
        b"a".decode(name)
    except LookupError:
        return "cp1252"
    return name


def _split(pieces: list[tuple[str, bool]]) -> list[Line]:
    result: list[Line] = []
    number, gap = 1, True
    parts: list[str] = []
    leading, still, length = 0, True, 0

    def close() -> None:
        nonlocal parts, leading, still, length, gap
        text = "".join(parts)
        # Surrogate halves come as two characters of \u.
        text = (
            text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            if any("\ud800" <= c <= "\udfff" for c in text)
            else text
        )
        if text.strip():
            result.append(Line(text, number, bold=leading, gap=gap))
            gap = False
        parts, leading, still, length = [], 0, True, 0

    for piece, bold in pieces:
        if piece in ("\n", "\n\n"):
            close()
            if piece == "\n\n":
                number, gap = number + 1, True
            continue
        parts.append(piece)
        length += len(piece)
        if still and bold:
            leading = length
        elif piece.strip():
            still = False
    close()
    return result
