"""A study as REFI-QDA (``.qdpx``): its texts, codes and codings by person, for NVivo, MAXQDA, ATLAS.ti and others.

REFI-QDA 1.5, "Rotterdam Exchange Format Initiative": a ZIP of ``project.qde`` (XML) and one plain text a source.
Positions count Unicode code points of the text, from 0, the end exclusive; every line ends in one ``\\n``, because
programs differ in how they count two letters there.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import narwhals as nw
import pandas as pd

from dashboard.evidence.tables import Evidence, Frame, attribute_column
from dashboard.study import NOT_GIVEN, Theme

NAMESPACE = "urn:QDA-XML:project:1.0"
ORIGIN = "Customer research dashboard"
NOT_CHECKED = "Suggested, not checked by a person"
"""The user whose codings are suggestions that count and that nobody decided on."""

_MACHINE = "machine"
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIXED = (1980, 1, 1, 0, 0, 0)  # the same study, the same bytes
_QUOTED = 120  # letters of a selection that name it; all of it stands in its description


@dataclass(frozen=True)
class Said:
    """One turn or answer of a source."""

    turn: int
    speaker: str
    text: str


@dataclass(frozen=True)
class Coding:
    """One theme on one stretch of one turn, by one person. start, end: code points of the turn's text."""

    turn: int
    start: int
    end: int
    theme: str
    by: str


@dataclass(frozen=True)
class Text:
    """One source: its turns in order, and what was coded in them."""

    id: str
    name: str
    said: tuple[Said, ...]
    codings: tuple[Coding, ...] = ()


@dataclass(frozen=True)
class Case:
    """One participant: attributes, and source → the turns that are theirs."""

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    turns: Mapping[str, frozenset[int]] = field(default_factory=dict)


def qdpx(name: str, codebook: Sequence[Theme], texts: Sequence[Text], cases: Sequence[Case] = ()) -> bytes:
    """The project as bytes; the same study gives the same bytes.

    Codings of a theme that the codebook lacks are left out, as are stretches that a turn does not have.
    """
    guids = _Guids(name)
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        parts: list[str] = []
        kept: list[tuple[Text, list[tuple[Coding, int, int]]]] = []
        for text in texts:
            plain, starts = _plain(text)
            kept.append((text, _placed(text, starts, plain)))
            _put(archive, f"sources/{guids.of('source', text.id)}.txt", plain.encode("utf-8", "replace"))
        known = {theme.name for theme in codebook}
        kept = [(text, [each for each in codings if each[0].theme in known]) for text, codings in kept]
        users = sorted({coding.by for _, codings in kept for coding, _, _ in codings})
        parts += ['<?xml version="1.0" encoding="utf-8"?>\n']
        parts += [f'<Project xmlns="{NAMESPACE}" name={_quoted(name)} origin={_quoted(ORIGIN)}>']
        parts += _wrapped("Users", (_user(guids, user) for user in users))
        parts += _wrapped("CodeBook", _wrapped("Codes", _codes(guids, codebook)))
        attributes = list(dict.fromkeys(each for case in cases for each in case.attributes))
        parts += _wrapped("Variables", (_variable(guids, each) for each in attributes))
        selections = [_selections(text, codings) for text, codings in kept]
        by_turn = {text.id: _by_turn(of) for (text, _), of in zip(kept, selections, strict=True)}
        lengths = {text.id: len(text.said) for text in texts}
        parts += _wrapped("Cases", (_case(guids, case, lengths, by_turn) for case in cases))
        sources = (_source(guids, *each, of) for each, of in zip(kept, selections, strict=True))
        parts += _wrapped("Sources", sources)
        parts += ["</Project>\n"]
        _put(archive, "project.qde", "".join(parts).encode("utf-8", "replace"))
    return written.getvalue()


# ---------------------------------------------------------------- from evidence


def of_evidence(evidence: Evidence, *, suggested: bool = True) -> bytes:
    """The whole study of this evidence. suggested: with the suggestions that count, as codings of a user of their own.

    A rejection is no coding, and stays behind; so do stages and feelings, which REFI-QDA does not know.
    """
    evidence = evidence.unfiltered()
    turns = _rows(evidence.turns().select("source", "turn", "speaker", "participant", "role", "text"))
    found = _coded(evidence, suggested=suggested)
    codings: dict[str, list[Coding]] = defaultdict(list)
    for source, *rest in found.itertuples(index=False, name=None):
        codings[str(source)].append(Coding(*rest))
    texts, theirs = [], defaultdict[str, dict[str, set[int]]](lambda: defaultdict(set))
    names = dict(_rows(evidence.sources().select("source", "name")).itertuples(index=False, name=None))
    for source, each in turns.sort_values(["source", "turn"]).groupby("source", sort=True):
        said = zip(each["turn"], each["speaker"], each["participant"], each["role"], each["text"], strict=True)
        lines = []
        for turn, speaker, person, role, text in said:
            if person and role == "participant":
                theirs[person][str(source)].add(int(turn))
            lines.append(Said(int(turn), str(speaker or person or ""), str(text)))
        texts.append(Text(str(source), str(names.get(source, source)), tuple(lines), tuple(codings[str(source)])))
    cases = [
        Case(
            str(row["participant"]),
            {name: str(value) for name in evidence.attributes if (value := row[attribute_column(name)]) != NOT_GIVEN},
            {source: frozenset(of) for source, of in theirs[row["participant"]].items()},
        )
        for row in _rows(evidence.people()).sort_values("participant").to_dict("records")
    ]
    return qdpx(evidence.study.name, evidence.study.codebook, texts, cases)


def _coded(evidence: Evidence, *, suggested: bool) -> pd.DataFrame:
    """One row a coding: source, turn, start, end, theme, by."""
    columns = ["source", "turn", "start", "end", "theme", "by"]
    said = nw.col("kind") == "theme", nw.col("status") == "confirmed"
    spans = _rows(evidence.open_table("spans").filter(*said).select("source", "turn", "start", "end", "value", "by"))
    found = [spans.rename(columns={"value": "theme"})]
    if suggested:
        counted = evidence.verdicts().filter(nw.col("accepted"), ~nw.col("checked")).select("passage", "theme")
        where = evidence.passages().select("passage", "source", "turn", "start", "end")
        rows = _rows(counted.join(where, on="passage", how="inner").select("source", "turn", "start", "end", "theme"))
        found.append(rows.assign(by=NOT_CHECKED))
    whole = pd.concat([each[columns].astype(object) for each in found], ignore_index=True)
    whole["by"] = whole["by"].map(lambda by: NOT_CHECKED if by == _MACHINE else by or "unknown")
    return whole.astype({"turn": int, "start": int, "end": int}).sort_values(columns, ignore_index=True)


def _rows(frame: Frame) -> pd.DataFrame:
    found: pd.DataFrame = frame.collect("pandas").to_pandas()
    return found


# ---------------------------------------------------------------- the text


def _plain(text: Text) -> tuple[str, dict[int, tuple[int, str]]]:
    """The text of a source, and turn → where its words begin in it. A blank line parts the turns."""
    pieces: list[str] = []
    starts: dict[int, tuple[int, str]] = {}
    at = 0
    for said in text.said:
        label = " ".join(said.speaker.split())
        head = f"{label}: " if label else ""
        starts[said.turn] = (at + len(head), said.text)
        pieces.append(head + _one_end(said.text) + "\n\n")
        at += len(pieces[-1])
    return "".join(pieces), starts


def _one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _placed(text: Text, starts: Mapping[int, tuple[int, str]], plain: str) -> list[tuple[Coding, int, int]]:
    """Each coding with its positions in the whole text; one that its turn does not hold is left out."""
    found = []
    for coding in text.codings:
        begin, words = starts.get(coding.turn, (0, ""))
        if not 0 <= coding.start < coding.end <= len(words):
            continue
        start, end = coding.start, coding.end
        if "\r\n" in words:  # two letters became one
            start, end = start - words.count("\r\n", 0, start), end - words.count("\r\n", 0, end)
        found.append((coding, begin + start, begin + end))
    return found


# ---------------------------------------------------------------- the XML


class _Guids:
    """Identifiers that the same thing of the same study always has."""

    def __init__(self, study: str) -> None:
        self._study: UUID = uuid5(NAMESPACE_URL, f"{NAMESPACE}/{study.encode('utf-8', 'replace').decode()}")

    def of(self, kind: str, *names: Any) -> str:
        said = "\n".join([kind, *map(str, names)])
        return str(uuid5(self._study, said.encode("utf-8", "replace").decode()))


def _text(text: str) -> str:
    """Text as XML holds it: what XML cannot hold becomes a space, a lone half of a pair a question mark.

    >>> _text("a < b & \\x0b")
    'a &lt; b &amp;  '
    """
    clean = _ILLEGAL.sub(" ", text)
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def _quoted(text: str) -> str:
    return '"' + _text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;") + '"'


def _wrapped(tag: str, inside: Iterator[str]) -> Iterator[str]:
    """The elements within one of this name; nothing where there are none, which the schema asks for."""
    first = next(inside, None)
    if first is not None:
        yield f"<{tag}>"
        yield first
        yield from inside
        yield f"</{tag}>"


def _user(guids: _Guids, name: str) -> str:
    return f'<User guid="{guids.of("user", name)}" name={_quoted(name)}/>'


def _codes(guids: _Guids, codebook: Sequence[Theme]) -> Iterator[str]:
    """Codes beneath their parents; a parent that is no theme itself groups, and cannot be coded with."""
    names = {theme.name for theme in codebook}
    below: dict[str | None, list[Theme]] = defaultdict(list)
    for theme in codebook:
        below[theme.parent or None].append(theme)
    done: set[str] = set()

    def code(name: str, meaning: str, codable: bool) -> Iterator[str]:
        if name in done:
            return
        done.add(name)
        flag = "true" if codable else "false"
        yield f'<Code guid="{guids.of("code", name)}" name={_quoted(name)} isCodable="{flag}">'
        if meaning:
            yield f"<Description>{_text(meaning)}</Description>"
        for child in below[name]:
            yield from code(child.name, child.definition, True)
        yield "</Code>"

    for theme in codebook:
        if theme.parent and theme.parent not in names:
            yield from code(theme.parent, "", False)
        elif not theme.parent:
            yield from code(theme.name, theme.definition, True)


def _variable(guids: _Guids, name: str) -> str:
    return f'<Variable guid="{guids.of("variable", name)}" name={_quoted(name)} typeOfVariable="Text"/>'


_Placed = tuple[Coding, int, int]
_Selections = dict[tuple[int, int, int], list[Coding]]


def _selections(text: Text, codings: Sequence[_Placed]) -> _Selections:
    """(from, to, turn) → what was coded there."""
    found: _Selections = defaultdict(list)
    for coding, start, end in codings:
        found[start, end, coding.turn].append(coding)
    return dict(sorted(found.items()))


def _by_turn(selections: _Selections) -> dict[int, list[tuple[int, int, int]]]:
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for place in selections:
        found[place[2]].append(place)
    return found


def _case(
    guids: _Guids, case: Case, lengths: Mapping[str, int], by_turn: Mapping[str, dict[int, list[tuple[int, int, int]]]]
) -> str:
    """A participant: the sources that are theirs as a whole, of others the selections that are theirs."""
    parts = [f'<Case guid="{guids.of("case", case.name)}" name={_quoted(case.name)}>']
    for name, value in case.attributes.items():
        parts.append(
            f'<VariableValue><VariableRef targetGUID="{guids.of("variable", name)}"/>'
            f"<TextValue>{_text(value)}</TextValue></VariableValue>"
        )
    whole, some = [], []
    for source, mine in case.turns.items():
        if len(mine) * 4 >= lengths[source]:  # an interview; in a survey a person has a few answers of many
            whole.append(f'<SourceRef targetGUID="{guids.of("source", source)}"/>')
        else:
            places = (place for turn in sorted(mine) for place in by_turn[source].get(turn, ()))
            some += [f'<SelectionRef targetGUID="{guids.of("selection", source, *place)}"/>' for place in places]
    return "".join([*parts, *whole, *some, "</Case>"])


def _source(guids: _Guids, text: Text, codings: Sequence[_Placed], selections: _Selections) -> str:
    guid = guids.of("source", text.id)
    said = {each.turn: each.text for each in text.said}
    parts = [f'<TextSource guid="{guid}" name={_quoted(text.name)} plainTextPath="internal://{guid}.txt">']
    for (start, end, turn), of in selections.items():
        words = said[turn][of[0].start : of[0].end]
        parts.append(
            f'<PlainTextSelection guid="{guids.of("selection", text.id, start, end, turn)}" '
            f'name={_quoted(words[:_QUOTED])} startPosition="{start}" endPosition="{end}">'
        )
        if len(words) > _QUOTED:
            parts.append(f"<Description>{_text(words)}</Description>")
        for coding in dict.fromkeys(of):
            named = guids.of("coding", text.id, start, end, turn, coding.theme, coding.by)
            parts.append(
                f'<Coding guid="{named}" creatingUser="{guids.of("user", coding.by)}">'
                f'<CodeRef targetGUID="{guids.of("code", coding.theme)}"/></Coding>'
            )
        parts.append("</PlainTextSelection>")
    return "".join([*parts, "</TextSource>"])


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _FIXED)
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
