"""Who is who: which speakers, rows and respondents are one participant, the most doubtful first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.errors import InvalidStudy
from dashboard.intake.people import Match, Mention
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import sources

_PAGE = 15
_UNDO = "people:undo"
_LABELS = {
    "doubtful": "Open questions",
    "sure": "Taken as one person",
    "settled": "Settled",
    "alone": "Matched with nobody",
}


@dataclass(frozen=True)
class Person:
    """One participant as things stand: the id they go by, and where they stand."""

    participant: str
    mentions: tuple[Mention, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Keys of the mentions."""
        return tuple(mention.key for mention in self.mentions)


def people_matches(study: str) -> None:
    """Draw what a person should say about who is who, what stands already, and who is matched with nobody."""
    ws = session.workspace()
    with st.spinner("Comparing names, ids and addresses", show_time=False):
        mentions = sources.mentions(ws, study)
        found = sources.matches(ws, study)
        people = people_of(mentions, sources.people(ws, study))
    if not mentions:
        frame.say("Nobody was found yet: drop transcripts, a participant sheet or a survey first.")
        return
    _undo_line(study)
    of = {mention.key: mention for mention in mentions}
    sure, doubtful = [m for m in found if m.sure], [m for m in found if not m.sure]
    frame.say(said(people, doubtful=len(doubtful), sure=len(sure)))
    if doubtful:
        frame.section("Is this one person?")
        _paged([_match_row(match, of) for match in doubtful], partial(_match, study, found), "doubtful")
    if sure:
        with st.container(horizontal=True, vertical_alignment="bottom", key="people-sure-head"):
            frame.section(f"Taken as one person already ({len(sure)})")
            label = "Confirm it" if len(sure) == 1 else f"Confirm all {len(sure)}"
            st.button(label, key="people:all", on_click=_confirm_all, args=(study, sure))
        _paged([_match_row(match, of) for match in sure], partial(_match, study, found), "sure")
    waiting = {key for match in found for key in match.keys}
    settled = [person for person in people if len(person.mentions) > 1 and not set(person.keys) <= waiting]
    if settled:
        frame.section(f"Settled ({len(settled)})")
        _paged([_settled_row(person) for person in settled], partial(_person, study, people), "settled")
    alone = unmatched(people)
    if alone:
        frame.section(f"Matched with nobody ({len(alone)})")
        frame.say(
            "People of an interview or of the participant sheet who stand in one place only. "
            "A person who stands in a sheet alone was not heard.",
            tone="quiet",
        )
        _paged([_alone_row(person) for person in alone], partial(_person, study, people), "alone")


def people_of(mentions: Sequence[Mention], of: Mapping[str, str]) -> list[Person]:
    """The participants that mentions belong to, by id. of: mention key → participant id."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[of.get(mention.key, mention.key)].append(mention)
    return [Person(participant, tuple(grouped[participant])) for participant in sorted(grouped)]


def unmatched(people: Sequence[Person]) -> list[Person]:
    """People who stand in one place only, interviews first; respondents of a survey stand alone by rights."""
    alone = [p for p in people if len(p.mentions) == 1 and (p.mentions[0].kind == "speaker" or p.mentions[0].sheet)]
    return sorted(alone, key=lambda person: (person.mentions[0].kind != "speaker", person.participant))


def place(mention: Mention) -> str:
    """Where somebody stands, in words.

    >>> place(Mention("speaker 1/Speaker 2", "1", "speaker", label="Speaker 2", file="p07.vtt"))
    '“Speaker 2” in p07.vtt'
    >>> place(Mention("row 2/7", "2", "row", "P07", "Ann Lee", "ann@example.com", file="people.csv"))
    'row 7 of people.csv: P07, Ann Lee, ann@example.com'
    """
    if mention.kind == "speaker":
        label = f"“{mention.label}”" if mention.label else "a speaker without a name"
        known = f" ({mention.id})" if mention.id and mention.id != mention.label else ""
        return f"{label}{known} in {mention.file or mention.source}"
    about = ", ".join(part for part in (mention.id, mention.name, mention.email) if part)
    where = f"row {mention.key.rpartition('/')[2]} of {mention.file or mention.source}"
    return f"{where}: {about}" if about else where


def said(people: Sequence[Person], *, doubtful: int, sure: int) -> str:
    """How things stand, in one sentence."""
    one = len(people) == 1
    text = f"{len(people):,} {'person' if one else 'people'} in all."
    if doubtful:
        open_ones = "1 question is" if doubtful == 1 else f"{doubtful} questions are"
        text += f" {open_ones} open; nothing is merged until you say so."
    elif sure:
        text += " No question is open; what was taken for sure can be confirmed, so that no later file changes it."
    else:
        text += " No question is open."
    return text


def how_sure(match: Match) -> str:
    """A score of likeness in words.

    >>> how_sure(Match(("a", "b"), "P1", False, 0.9, "names alike"))
    'very likely'
    """
    if match.sure:
        return "sure"
    return "very likely" if match.score >= 0.85 else "likely" if match.score >= 0.65 else "possible"


def _match_row(match: Match, of: Mapping[str, Mention]) -> Row:
    lines = tuple(place(of[key]) for key in match.keys if key in of)
    apart = Action("part", "Different people")
    actions = (Action("confirm", "Same person" if not match.sure else "Confirm", strong=True), apart)
    return Row(_id(match.keys), match.participant, lines, (Tag(match.reason), Tag(how_sure(match))), actions)


def _settled_row(person: Person) -> Row:
    apart = Action(
        "apart", "Part", Ask(f"Part the {len(person.mentions)} places of {person.participant}?", "Part them")
    )
    return Row(person.participant, person.participant, tuple(map(place, person.mentions)), (), (apart, _merge(person)))


def _alone_row(person: Person) -> Row:
    return Row(person.participant, person.participant, tuple(map(place, person.mentions)), (), (_merge(person),))


def _merge(person: Person) -> Action:
    return Action("merge", "Merge with …", Ask("Participant id they should go by", "Merge", value=person.participant))


def _id(keys: Sequence[str]) -> str:
    return "\n".join(keys)


def _paged(found: Sequence[Row], heard: partial[None], name: str) -> None:
    pages = math.ceil(len(found) / _PAGE)
    at = min(pages, max(1, int(session.widget(f"people:{name}:page", 1) or 1)))
    rows(found[(at - 1) * _PAGE : at * _PAGE], heard, key=f"people:{name}", label=_LABELS[name])
    if pages > 1:
        st.pagination(pages, key=f"people:{name}:page", max_visible_pages=5)


def _match(study: str, found: Sequence[Match], event: Event) -> None:
    match = next((each for each in found if _id(each.keys) == event["id"]), None)
    if match is None:
        return
    if event.get("do") == "confirm":
        sources.confirm(session.workspace(), study, match.keys, match.participant)
        session.keep(_UNDO, (study, f"{match.participant} is one person.", "part", (match.keys,), match.participant))
    elif event.get("do") == "part":
        sources.part(session.workspace(), study, match.keys)
        session.keep(_UNDO, (study, "They are different people.", "confirm", (match.keys,), match.participant))


def _person(study: str, people: Sequence[Person], event: Event) -> None:
    person = next((each for each in people if each.participant == event["id"]), None)
    if person is None:
        return
    ws = session.workspace()
    if event.get("do") == "apart":
        sources.part(ws, study, person.keys)
        said = f"{person.participant} was parted."
        session.keep(_UNDO, (study, said, "confirm", (person.keys,), person.participant))
    elif event.get("do") == "merge":
        other = str(event.get("value") or "").strip()
        if not other:
            raise InvalidStudy("A participant needs an id; write one and try again.")
        known = next((each for each in people if each.participant == other and each is not person), None)
        sources.confirm(ws, study, (*person.keys, *(known.keys if known else ())), other)
        said = (
            f"{person.participant} and {other} are one person now."
            if known
            else f"{person.participant} goes by {other} now."
        )
        back = (person.keys, known.keys) if known else (person.keys,)
        session.keep(_UNDO, (study, said, "separate", back, person.participant))


def _confirm_all(study: str, sure: Sequence[Match]) -> None:
    with session.doing():
        for match in sure:
            sources.confirm(session.workspace(), study, match.keys, match.participant)
        session.notice(f"{len(sure)} {'person was' if len(sure) == 1 else 'people were'} confirmed.")


def _undo_line(study: str) -> None:
    done = session.kept(_UNDO)
    if done and done[0] == study:
        with st.container(horizontal=True, vertical_alignment="center", key="people-undo"):
            frame.say(done[1], tone="done")
            st.button("Undo", key="people:undo-button", on_click=_undo, args=done)


def _undo(study: str, said: str, how: str, keys: tuple[tuple[str, ...], ...], participant: str) -> None:
    """Say the opposite of what was said last."""
    ws = session.workspace()
    with session.doing():
        if how == "confirm":
            sources.confirm(ws, study, keys[0], participant)
        elif how == "part":
            sources.part(ws, study, keys[0])
        else:
            sources.confirm(ws, study, keys[0], participant)
            if len(keys) > 1:
                sources.part(ws, study, (keys[0][0], keys[1][0]))
        session.keep(_UNDO, None)
