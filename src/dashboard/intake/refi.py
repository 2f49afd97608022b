"""REFI-QDA: projects (``.qdpx``) and codebooks (``.qdc``), which NVivo, MAXQDA, ATLAS.ti and others exchange."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element

from dashboard.intake import container, encoding
from dashboard.intake.coded_text import CodedText, Stretch, project
from dashboard.intake.given import Given
from dashboard.intake.parsed import ParsedSource
from dashboard.study import Correction, Theme

_DEEPEST = 60
_QUOTED = 12
"""Letters of a quoted text that must agree before a position is believed or mended."""


def sniff(given: Given) -> float:
    """Certain for a ZIP with a project in it."""
    return 0.99 if "project.qde" in container.names(given.data) else 0.0


def sniff_codebook(given: Given) -> float:
    """Certain for XML whose root is a codebook."""
    head = (given.text or "")[:2_000]
    return 0.98 if head.lstrip().startswith("<") and "QDA-XML" in head and "<CodeBook" in head else 0.0


def read_codebook(given: Given, correction: Correction) -> ParsedSource:
    """The themes of a codebook, with definitions and parents. Raises UnreadableFile."""
    themes, _ = _codebook(container.xml(given.data, name=given.name))
    return ParsedSource(kind="codebook", format="REFI-QDA codebook", themes=themes)


def read(given: Given, correction: Correction) -> ParsedSource:
    """The documents of a project, its codebook and its codings. Raises UnreadableFile.

    Positions are in code points; some programs write them off by one a line end, so each is checked against the words
    that it quotes, where it quotes any.
    """
    content = container.part(given.data, "project.qde", name=given.name) or b""
    root = container.xml(content, name=given.name)
    themes, names = _codebook(root)
    users = {user.get("guid", ""): user.get("name", "") for user in _all(root, "User")}
    documents: list[CodedText] = []
    missing: list[str] = []
    mended = 0
    for source in _all(root, "TextSource"):
        text = _text_of(source, given)
        name = source.get("name") or PurePosixPath(source.get("plainTextPath", "")).stem
        if text is None:
            missing.append(name)
            continue
        selections = [_selection(element, users, names) for element in source if _tag(element) == "PlainTextSelection"]
        best = _best_text(text, selections)
        stretches = []
        for selection in selections:
            start, end = _checked(best, selection)
            mended += start != selection.start
            stretches += [Stretch(start, end, theme, coder) for theme, coder in selection.codes]
        documents.append(CodedText(name or f"document {len(documents) + 1}", best, tuple(stretches)))
    left_out = []
    others = sum(1 for _ in _all(root, "Coding")) - sum(len(document.stretches) for document in documents)
    if others > 0:
        left_out.append(f"Codings of whole documents, pictures, sound or video, which quote no text: {others}.")
    if missing:
        left_out.append(f"Documents whose text is not in the project: {', '.join(missing[:5])}.")
    warnings = (
        [f"Positions that did not agree with the words they quote, and were mended by these: {mended}."]
        if mended
        else []
    )
    if not documents and not themes:
        warnings.append("The project holds neither a text nor a code.")
    form = f"REFI-QDA project, {root.get('origin') or 'unknown program'}"
    return project(documents, format=form, themes=themes, warnings=warnings, left_out=tuple(left_out))


@dataclass(frozen=True)
class _Selection:
    start: int
    end: int
    quoted: str
    codes: tuple[tuple[str, str], ...]


def _tag(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _all(root: Element, tag: str) -> Iterator[Element]:
    return (element for element in root.iter() if _tag(element) == tag)


def _codebook(root: Element) -> tuple[tuple[Theme, ...], dict[str, str]]:
    """Themes in order, and identifier → name; a name that comes twice is told apart by its parent."""
    found: list[tuple[Element, Element | None]] = []

    def walk(parent: Element, code: Element | None, depth: int) -> None:
        for child in parent:
            if _tag(child) == "Code" and depth < _DEEPEST:
                found.append((child, code))
                walk(child, child, depth + 1)
            elif _tag(child) in ("CodeBook", "Codes"):
                walk(child, code, depth + 1)

    walk(root, None, 0)
    if _tag(root) == "Codes":
        walk(root, None, 0)
    times = Counter(code.get("name", "").strip() for code, _ in found)
    names: dict[str, str] = {}
    taken: set[str] = set()
    themes = []
    for code, parent in found:
        name = code.get("name", "").strip() or "unnamed"
        above = names.get(parent.get("guid", "")) if parent is not None else None
        if times[name] > 1 and above:
            name = f"{name} ({above})"
        wanted, number = name, 2
        while name in taken:
            name, number = f"{wanted} {number}", number + 1
        taken.add(name)
        names[code.get("guid", "")] = name
        meaning = next((" ".join((child.text or "").split()) for child in code if _tag(child) == "Description"), "")
        themes.append(Theme(name, meaning, parent=above))
    return tuple(themes), names


def _text_of(source: Element, given: Given) -> str | None:
    """The plain text of a source: inside the project's XML, or a file beside it."""
    for child in source:
        if _tag(child) == "PlainTextContent" and child.text:
            return child.text
    path = source.get("plainTextPath", "")
    base = path.rpartition("://")[2].lstrip("/")
    for candidate in (f"sources/{base}", f"Sources/{base}", base, f"sources/{PurePosixPath(base).name}"):
        data = container.part(given.data, candidate, name=given.name) if base else None
        if data is not None:
            if data.startswith((b"\xff\xfe", b"\xfe\xff")):
                return data.decode("utf-16", errors="replace")
            try:
                return data.decode("utf-8-sig")  # line ends stay as they are: positions count them
            except UnicodeDecodeError:
                return encoding.given(data, base).text
    return None


def _selection(element: Element, users: dict[str, str], names: dict[str, str]) -> _Selection:
    def number(attribute: str) -> int:
        written = element.get(attribute, "")
        return int(written) if written.isdecimal() and len(written) < 12 else 0

    codes = []
    for coding in element:
        if _tag(coding) != "Coding":
            continue
        user = users.get(coding.get("creatingUser", ""), "")
        codes += [
            (names[target], user)
            for reference in coding
            if _tag(reference) == "CodeRef" and (target := reference.get("targetGUID", "")) in names
        ]
    quoted = element.get("name", "")
    described = next((child.text or "" for child in element if _tag(child) == "Description"), "")
    return _Selection(
        number("startPosition"),
        number("endPosition"),
        described if len(described) > len(quoted) else quoted,
        tuple(codes),
    )


def _best_text(text: str, selections: list[_Selection]) -> str:
    """The text with its line ends counted as one or as two letters, whichever agrees with more of the quoted words."""
    if "\r\n" not in text:
        return text
    plain = text.replace("\r\n", "\n")
    return max(
        (plain, text), key=lambda each: sum(_agrees(each, selection, selection.start) for selection in selections)
    )


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _agrees(text: str, selection: _Selection, start: int) -> bool:
    """Whether the words at a position are those that are quoted (a quote may be cut short)."""
    quoted = _squeezed(selection.quoted.rstrip(" .…"))
    here = _squeezed(text[start : start + selection.end - selection.start])
    return bool(quoted) and (here.startswith(quoted) or (quoted.startswith(here) and bool(here)))


def _checked(text: str, selection: _Selection) -> tuple[int, int]:
    """The position, mended by the quoted words where these stand elsewhere: close by, or at one place only."""
    start, length = selection.start, selection.end - selection.start
    quoted = selection.quoted.strip().rstrip(".…").strip()
    if len(_squeezed(quoted)) < _QUOTED or _agrees(text, selection, start):
        return start, selection.end
    head = quoted[:200]
    places: list[int] = []
    found = text.find(head)
    while found >= 0 and len(places) < 50:
        places.append(found)
        found = text.find(head, found + 1)
    if not places:
        return start, selection.end
    nearest = min(places, key=lambda place: abs(place - start))
    if len(places) == 1 or abs(nearest - start) <= 2_000:
        return nearest, nearest + max(length, len(head))
    return start, selection.end
