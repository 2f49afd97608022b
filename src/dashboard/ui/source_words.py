"""One source in words: what it was understood to be, how much it holds, what a person should look at."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.intake.parsed import ParsedSource, Speaker
from dashboard.intake.parsed import Row as TableRow
from dashboard.study import Turn
from dashboard.ui import languages
from dashboard.ui.rows import Row, Tag
from dashboard.workspace.sources import SourceCard

KINDS = {
    "transcript": "Interview",
    "survey": "Survey",
    "participants": "Participant sheet",
    "codebook": "Codebook",
    "codings": "Coded quotes",
    "project": "Coded project",
}
COLUMN_WORDS = {
    "participant": "participant id",
    "name": "person's name",
    "email": "e-mail",
    "date": "date",
    "attribute": "attribute",
    "nps": "NPS, 0 to 10",
    "csat": "satisfaction",
    "ces": "effort score",
    "rating": "other rating",
    "open": "open answer",
    "choice": "choice",
    "stage": "journey stage",
    "metadata": "metadata",
    "ignored": "left out",
}
ROLE_WORDS = {"interviewer": "interviews", "participant": "participant", "observer": "observer (not counted)"}


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun.

    >>> count(1, "turn"), count(1200, "person", "people")
    ('1 turn', '1,200 people')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def kind(card: SourceCard) -> str:
    """What a source was understood to be."""
    return KINDS[card.summary.parsed.kind] if card.summary else "Cannot be read"


def amount(card: SourceCard) -> str:
    """How much a source holds, in the units of its kind."""
    if card.summary is None:
        return ""
    parsed, turns = card.summary.parsed, card.summary.turns
    if parsed.kind == "survey":
        return f"{count(parsed.respondents, 'respondent')}, {count(turns, 'open answer')}"
    if parsed.kind == "participants":
        return count(card.summary.people, "person", "people")
    if parsed.kind == "codebook":
        return count(len(parsed.themes), "theme")
    if parsed.kind == "codings":
        return f"{count(len(parsed.codings), 'coding')} of {count(len(parsed.themes), 'theme')}"
    said = [count(turns, "turn")]
    if len(parsed.documents) > 1:
        said.insert(0, count(len(parsed.documents), "document"))
    if parsed.codings:
        said.append(count(len(parsed.codings), "coding"))
    return ", ".join(said)


def people(speakers: Sequence[Speaker]) -> str:
    """Who speaks in a transcript, the participants first; "" where no label names anybody."""
    order = ("participant", "interviewer", "observer")
    known = sorted((s for s in speakers if s.name), key=lambda speaker: (order.index(speaker.role), -speaker.words))
    shown = [f"{s.name}{' (interviews)' if s.role == 'interviewer' else ''}" for s in known[:3]]
    return ", ".join(shown) + (f" and {len(known) - 3} more" if len(known) > 3 else "")


def size(number: int) -> str:
    """A number of bytes.

    >>> size(900), size(41_300), size(2_400_000)
    ('900 bytes', '41 kB', '2.4 MB')
    """
    if number < 1_000:
        return f"{number} bytes"
    return f"{number / 1_000:.0f} kB" if number < 1_000_000 else f"{number / 1_000_000:.1f} MB"


def doubts(card: SourceCard) -> tuple[str, ...]:
    """What a person should look at: the error, the warnings, and roles that leave nobody to listen to."""
    if card.summary is None:
        return (card.error,) if card.error else ()
    parsed = card.summary.parsed
    strange = languages.doubt(parsed.language) if card.summary.turns else ""
    return (*parsed.warnings, *unheard(parsed), *((strange,) if strange else ()))


def unheard(parsed: ParsedSource) -> tuple[str, ...]:
    """Why nothing of a source would be counted, where that is so."""
    roles = {speaker.role for speaker in parsed.speakers}
    if parsed.kind == "transcript" and roles and "participant" not in roles:
        return ("Nobody here is a participant, so nothing of it counts; give one speaker that role.",)
    columns = {column.role for column in parsed.columns}
    if (
        parsed.kind == "survey"
        and not parsed.warnings
        and columns
        and not columns & {"open", "nps", "csat", "ces", "rating"}
    ):
        return ("No column is an open answer or a score, so nothing of it counts; give one column that role.",)
    return ()


def row_of(card: SourceCard) -> Row:
    """What the list of sources shows of one."""
    lines = [" · ".join(filter(None, (kind(card), amount(card))))]
    if card.summary and (who := people(card.summary.parsed.speakers)):
        lines.append(who)
    found = doubts(card)
    tags: tuple[Tag, ...] = ()
    if card.summary is None:
        tags = (Tag("cannot be read", "wrong"),)
    elif found:
        tags = (Tag(f"{len(found)} to look at", "caution"),)
    return Row(card.id, card.name, tuple(lines), tags)


def summary(cards: Sequence[SourceCard]) -> str:
    """All the sources in one sentence.

    >>> summary([])
    'Nothing was given yet: drop files below to begin.'
    """
    if not cards:
        return "Nothing was given yet: drop files below to begin."
    kinds = [kind(card) for card in cards]
    plural = {"Survey": "surveys", "Coded quotes": "tables of coded quotes"}
    said = [
        count(number, name.lower(), plural.get(name, ""))
        for name in KINDS.values()
        if (number := kinds.count(name)) and name != "Coded quotes"
    ]
    if number := kinds.count("Coded quotes"):
        said.append(count(number, "table of coded quotes", "tables of coded quotes"))
    if wrong := kinds.count("Cannot be read"):
        said.append(f"{wrong} that cannot be read")
    look = sum(1 for card in cards if card.summary and doubts(card))
    listed = " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)
    ending = "" if not look else f" {look} {'has' if look == 1 else 'have'} something to look at."
    return f"{listed[:1].upper()}{listed[1:]} {'was' if len(cards) == 1 else 'were'} understood.{ending}"


def clock(seconds: float | None) -> str:
    """A place in a recording, or "" where none is known.

    >>> clock(65.2), clock(3725)
    ('1:05', '1:02:05')
    """
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def turn_words(turn: Turn, *, survey: bool = False, most: int = 280) -> tuple[str, str]:
    """Who says a turn (and when), and its text, shortened for a preview."""
    who = f"row {turn.speaker}, {turn.question}" if survey else turn.speaker or "no name"
    at = clock(turn.start)
    return (f"{who}, {at}" if at else who), shortened(turn.text, most)


def shortened(text: str, most: int = 280) -> str:
    """A text, cut at a word where it is long.

    >>> shortened("one two three", 9)
    'one two …'
    """
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def ends(card: SourceCard) -> tuple[str, list[tuple[str, str]]]:
    """What the first and the last things in a source are called, and for each who or what it is, and its words."""
    if card.summary is None:
        return "", []
    parsed = card.summary.parsed
    if parsed.kind == "codings":
        quotes = (*parsed.codings[:1], *parsed.codings[1:][-1:])
        return "First and last quote", [
            (f"{each.theme}, {each.coder or 'no coder named'}", shortened(each.text)) for each in quotes
        ]
    if parsed.kind == "participants":
        rows = card.summary.people_ends
        return "First and last person", [(_row_title(row), _row_words(row)) for row in rows]
    survey = parsed.kind == "survey"
    found = [turn_words(turn, survey=survey) for turn in dict.fromkeys(card.summary.ends)]
    return "First and last answer" if survey else "First and last words", found


def _row_title(row: TableRow) -> str:
    return f"row {row.number}: " + (", ".join(filter(None, (row.id, row.name, row.email))) or "nobody named")


def _row_words(row: TableRow) -> str:
    said = [f"{header} {value}" for header, value in row.attributes.items()]
    said += [f"{header} {score:g}" for header, score in row.scores.items()]
    return shortened(", ".join([*([row.date] if row.date else []), *said])) or "nothing more is said of this person"
