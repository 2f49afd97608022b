"""Who is who: which speakers, rows and respondents are one participant, the most doubtful first."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from dashboard.errors import InvalidStudy
from dashboard.intake.people import Match, Mention
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import people as who
from dashboard.workspace.people import Word

_PAGE = 15
_UNDO = "people:undo"
_MOST_UNDO = 50
_LABELS = {
    "doubtful": "Open questions",
    "sure": "Taken as one person",
    "settled": "Settled",
    "parted": "Said to be different people",
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
    with st.spinner("Comparing names, ids and addresses", show_time=False):
        known = who.who_is_who(session.workspace(), study)
        everybody = people_of(known.mentions, known.of)
    if not known.mentions:
        frame.say("Nobody was found yet: drop transcripts, a participant sheet or a survey first.")
        return
    _undo_line(study)
    of = {mention.key: mention for mention in known.mentions}
    found = known.matches
    sure, doubtful = [m for m in found if m.sure], [m for m in found if not m.sure]
    frame.say(said(everybody, doubtful=len(doubtful), sure=len(sure)))
    if doubtful:
        frame.section("Is this one person?")
        _paged([_match_row(match, of) for match in doubtful], partial(_match, study, found), "doubtful")
    if sure:
        with st.container(horizontal=True, vertical_alignment="center", key="people-sure-head"):
            frame.section(f"Taken as one person already ({len(sure)})")
            label = "Confirm it" if len(sure) == 1 else f"Confirm all {len(sure)}"
            st.button(label, key="people:all", on_click=_confirm_all, args=(study, sure))
        _paged([_match_row(match, of) for match in sure], partial(_match, study, found), "sure")
    shown = _found(everybody)
    names = sorted({person.participant for person in everybody if _is_listed(person, known.said)})
    waiting = {key for match in found for key in match.keys}
    settled = [
        person
        for person in shown
        if set(person.keys) & known.said or (len(person.mentions) > 1 and not set(person.keys) <= waiting)
    ]
    if settled:
        frame.section(f"Settled ({len(settled)})")
        settled_rows = [_settled_row(person, known.said) for person in settled]
        _paged(settled_rows, partial(_person, study, everybody), "settled", known=names)
    if pairs := _parted_rows(known.parted, of):
        frame.section(f"Said to be different people ({len(pairs)})")
        _paged(pairs, partial(_parted, study), "parted")
    alone = [person for person in unmatched(shown) if not set(person.keys) & known.said]
    if alone:
        frame.section(f"Matched with nobody ({len(alone)})")
        frame.say(
            "People of an interview or of the participant sheet who stand in one place only. "
            "A person who stands in a sheet alone was not heard.",
            tone="quiet",
        )
        _paged([_alone_row(person) for person in alone], partial(_person, study, everybody), "alone", known=names)


def _found(everybody: Sequence[Person]) -> list[Person]:
    """The people whom the words of the field name; all of them where there are few or it is empty."""
    if len(everybody) <= _PAGE:
        return list(everybody)
    find = st.text_input(
        "Find a person", key="people:find", placeholder="Find a person", label_visibility="collapsed", max_chars=100
    )
    words = find.casefold().split()

    def text(person: Person) -> str:
        return " ".join((person.participant, *map(place, person.mentions))).casefold()

    return [person for person in everybody if not words or all(word in text(person) for word in words)]


def _is_listed(person: Person, settled: Collection[str]) -> bool:
    """Whether somebody is offered by id where two people are merged: whom an interview or a sheet names."""
    return any(m.kind == "speaker" or m.sheet or m.key in settled for m in person.mentions)


def people_of(mentions: Sequence[Mention], of: Mapping[str, str]) -> list[Person]:
    """The participants that mentions belong to, by id. of: mention key → participant id."""
    grouped: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        grouped[of.get(mention.key, mention.key)].append(mention)
    return [Person(participant, tuple(grouped[participant])) for participant in sorted(grouped)]


def unmatched(people: Sequence[Person]) -> list[Person]:
    """People who stand in one place only, interviews first; respondents of a survey stand alone by rights."""
    alone = [p for p in people if len(p.mentions) == 1 and (p.mentions[0].kind == "speaker" or p.mentions[0].sheet)]
    return sorted(alone, key=lambda person: (person.mentions[0].kind != "speaker", titled(person).casefold()))


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
    there = tuple(of[key] for key in match.keys if key in of)
    apart = Action("part", "Different people")
    actions = (Action("confirm", "Same person" if not match.sure else "Confirm", strong=True), apart)
    tags = (Tag(match.reason), *(() if match.sure else (Tag(how_sure(match)),)))
    return Row(_id(match.keys), titled(Person(match.participant, there)), tuple(map(place, there)), tags, actions)


def _settled_row(person: Person, said_of: Collection[str]) -> Row:
    actions = [_merge(person)]
    tags: tuple[Tag, ...] = ()
    if len(person.mentions) > 1:
        asks = Ask(f"Are the {len(person.mentions)} places of {person.participant} different people?", "They are")
        actions.insert(0, Action("apart", "Different people", asks))
    if set(person.keys) & set(said_of):
        actions.append(Action("forget", "Take this back"))
        tags = (Tag("a person said so", "good"),)
    return Row(person.participant, titled(person), tuple(map(place, person.mentions)), tags, tuple(actions))


def _alone_row(person: Person) -> Row:
    return Row(person.participant, titled(person), tuple(map(place, person.mentions)), (), (_merge(person),))


def titled(person: Person) -> str:
    """Who somebody is: the name, and the id where that is another.

    >>> titled(Person("P7", (Mention("row 2/7", "2", "row", "P7", "Ann Lee"),)))
    'Ann Lee, P7'
    """
    name = next((mention.name for mention in person.mentions if mention.name), "")
    return f"{name}, {person.participant}" if name and name != person.participant else person.participant


def _merge(person: Person) -> Action:
    ask = Ask("Participant id they should go by", "Merge", value=person.participant, known=True)
    return Action("merge", "Merge with …", ask)


def _parted_rows(parted: Collection[tuple[str, str]], of: Mapping[str, Mention]) -> list[Row]:
    forget = (Action("forget", "Take this back"),)
    return [
        Row(_id(pair), f"{place(of[pair[0]])} and {place(of[pair[1]])}", (), (), forget)
        for pair in sorted(parted)
        if pair[0] in of and pair[1] in of
    ]


def _id(keys: Sequence[str]) -> str:
    return "\n".join(keys)


def _paged(found: Sequence[Row], heard: partial[None], name: str, *, known: Sequence[str] = ()) -> None:
    pages = math.ceil(len(found) / _PAGE)
    at = min(pages, max(1, int(session.widget(f"people:{name}:page", 1) or 1)))
    here = found[(at - 1) * _PAGE : at * _PAGE]
    rows(here, heard, key=f"people:{name}", label=_LABELS[name], known=known)
    if pages > 1:
        st.pagination(pages, key=f"people:{name}:page", max_visible_pages=5)


def _done(study: str, text: str, before: Word) -> None:
    steps = [*session.kept(_UNDO, []), (study, text, before)]
    session.keep(_UNDO, steps[-_MOST_UNDO:])


def _match(study: str, found: Sequence[Match], event: Event) -> None:
    match = next((each for each in found if _id(each.keys) == event["id"]), None)
    ws = session.workspace()
    if match is None:
        return
    if event.get("do") == "confirm":
        _done(study, f"{match.participant} is one person.", who.confirm(ws, study, match.keys, match.participant))
    elif event.get("do") == "part":
        said = f"What was taken for {match.participant} are different people now."
        _done(study, said, who.part(ws, study, match.keys))


def _parted(study: str, event: Event) -> None:
    keys = str(event["id"]).split("\n")
    _done(study, "It is open again whether they are one person.", who.forget(session.workspace(), study, keys))


def _person(study: str, people: Sequence[Person], event: Event) -> None:
    person = next((each for each in people if each.participant == event["id"]), None)
    if person is None:
        return
    ws = session.workspace()
    if event.get("do") == "apart":
        said = f"What was taken for {person.participant} are different people now."
        _done(study, said, who.part(ws, study, person.keys))
    elif event.get("do") == "forget":
        said = f"What a person said of {person.participant} does not hold any more."
        _done(study, said, who.forget(ws, study, person.keys))
    elif event.get("do") == "merge":
        other = str(event.get("value") or "").strip()
        if not other:
            raise InvalidStudy("A participant needs an id; write one and try again.")
        known = next((each for each in people if each.participant == other and each is not person), None)
        before = who.confirm(ws, study, (*person.keys, *(known.keys if known else ())), other)
        goes = f"{person.participant} goes by {other} now."
        _done(study, f"{person.participant} and {other} are one person now." if known else goes, before)


def _confirm_all(study: str, sure: Sequence[Match]) -> None:
    with session.doing():
        found = [(match.keys, match.participant) for match in sure]
        before = who.confirm_all(session.workspace(), study, found)
        _done(study, f"{len(sure)} {'person was' if len(sure) == 1 else 'people were'} confirmed.", before)


def _undo_line(study: str) -> None:
    steps = [step for step in session.kept(_UNDO, []) if step[0] == study]
    if steps:
        with st.container(horizontal=True, vertical_alignment="center", key="people-undo"):
            frame.say(steps[-1][1], tone="done")
            st.button("Undo", key="people:undo-button", on_click=_undo, args=(steps[-1],))


def _undo(step: tuple[str, str, Word]) -> None:
    with session.doing():
        who.restore(session.workspace(), step[0], step[2])
        session.keep(_UNDO, [other for other in session.kept(_UNDO, []) if other is not step])
