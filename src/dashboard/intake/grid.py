"""Tables inside documents → lines: a table of speaker and text is a dialogue, any other table is its cells."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.heads import Line
from dashboard.intake.labels import can_be_label
from dashboard.intake.times import seconds
from dashboard.intake.vocabulary import vocabulary

_HEADERS = vocabulary(
    """
    speaker speakers name who person role text transcript content utterance dialogue words what time timestamp
    timecode start end # no no. nr line id turn notes codes code comment comments sprecher sprecherin wer zeit
    inhalt aussage zeile locuteur temps texte contenu hablante tiempo texto contenido orador question answer
    interviewer participant respondent
    """
)


def lines(rows: Sequence[Sequence[Sequence[Line]]]) -> list[Line]:
    """The lines of a table, given as rows of cells of lines."""
    texts = [["\n".join(line.text for line in cell).strip() for cell in row] for row in rows]
    width = max((len(row) for row in texts), default=0)
    if width < 2:
        return [line for row in rows for cell in row for line in cell]
    columns = _columns(texts, width)
    if columns is None:
        return _cells(rows, texts)
    time, label, text = columns
    result: list[Line] = []
    for row, cells in zip(rows, texts, strict=True):
        filled = [cell.casefold().rstrip(":") for cell in cells if cell]
        if not result and filled and all(cell in _HEADERS for cell in filled):
            continue
        number = next((line.number for cell in row for line in cell), 0)
        said = _cell(cells, text).split("\n")
        who = _cell(cells, label).replace("\n", " ").replace("\t", " ").strip().rstrip(":")
        when = _cell(cells, time).split("\n")[0] if time is not None else ""
        first = f"{who}\t{said[0]}" if who else said[0]
        result.append(Line(f"[{when}] {first}" if seconds(when) is not None and who else first, number, gap=True))
        result.extend(Line(line, number) for line in said[1:] if line.strip())
    return result


def _cell(cells: Sequence[str], at: int) -> str:
    return cells[at] if at < len(cells) else ""


def _columns(texts: Sequence[Sequence[str]], width: int) -> tuple[int | None, int, int] | None:
    """Positions of time, speaker and text, or None where the table is no dialogue."""
    column = [[row[at] for row in texts if at < len(row) and row[at]] for at in range(width)]
    length = [sum(map(len, cells)) / max(1, len(cells)) for cells in column]
    text = max(range(width), key=lambda at: length[at] * len(column[at]))
    time = next(
        (at for at in range(width) if at != text and column[at] and _share_of_times(column[at]) > 0.6), None
    )  # fmt: skip
    for at in range(width):
        cells = [cell.rstrip(":").strip() for cell in column[at]]
        if at in (text, time) or len(cells) < max(2, 0.3 * len(texts)):
            continue
        labels = [cell for cell in cells if can_be_label(cell) and "\n" not in cell]
        numbers = all(cell.rstrip(".").isdecimal() for cell in cells[1:])
        few = len(set(labels)) <= max(3, 0.5 * len(labels))
        if not numbers and len(labels) >= 0.8 * len(cells) and few and length[at] < 0.6 * length[text]:
            return time, at, text
    return None


def _share_of_times(cells: Sequence[str]) -> float:
    return sum(seconds(cell.split("\n")[0].split(" ")[0]) is not None for cell in cells) / len(cells)


def _cells(rows: Sequence[Sequence[Sequence[Line]]], texts: Sequence[Sequence[str]]) -> list[Line]:
    """Details as ``key: value``, anything else cell by cell."""
    result: list[Line] = []
    for row, cells in zip(rows, texts, strict=True):
        filled = [cell for cell in cells if cell]
        if (
            len(cells) == len(filled) == 2
            and "\n" not in filled[0]
            and len(filled[0]) <= 40
            and len(filled[1]) <= 80
            and "\n" not in filled[1]
        ):
            number = next((line.number for cell in row for line in cell), 0)
            result.append(Line(f"{filled[0].rstrip(':')}: {filled[1]}", number, gap=True))
        else:
            result.extend(line for cell in row for line in cell)
    return result
