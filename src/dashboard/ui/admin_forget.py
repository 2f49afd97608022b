"""Forget a person: whom, what it would reach, and doing it."""

from __future__ import annotations

import streamlit as st

from dashboard.ui import cached, frame, session
from dashboard.workspace import forgetting, retention
from dashboard.workspace.forgetting import File, Outcome, Reach

_STUDY, _PERSON, _ALSO, _SURE = "admin:forget-study", "admin:forget-person", "admin:forget-also", "admin:forget-sure"
_SEEN, _DONE = "admin:forget-seen", "admin:forget-done"
_NOUNS = {
    "source": ("file", "files"),
    "decision": ("decision on their words", "decisions on their words"),
    "pinned_quote": ("pinned quote", "pinned quotes"),
    "redaction": ("redaction", "redactions"),
    "memo": ("memo", "memos"),
    "summary": ("summary", "summaries"),
    "card": ("card", "cards"),
    "identity": ("entry in who is who", "entries in who is who"),
    "finding": ("finding", "findings"),
    "verdict": ("verdict", "verdicts"),
    "action": ("action", "actions"),
    "saved_view": ("saved view", "saved views"),
    "codebook_change": ("change of the codebook", "changes of the codebook"),
    "dismissed": ("dismissed group", "dismissed groups"),
    "share": ("link's title", "links' titles"),
    "share_version": ("version's note", "versions' notes"),
}


def forget() -> None:
    """Draw the choice of a person, what forgetting them reaches, and the button that does it."""
    ws = session.workspace()
    _said_when_done()
    names = {each.study: each.name for each in retention.kept(ws) if each.state != "deleted"}
    if not names:
        frame.say("There is no study yet, so there is nobody to forget.")
        return
    frame.say(
        "Everything that this person said is deleted for good, in a study and in its copies, and their name is "
        "replaced where others say it. What others said stays.",
        tone="quiet",
    )
    left, right = st.columns(2)
    opened = session.study_id()
    at = list(names).index(opened) if opened in names else 0
    study = left.selectbox("Study", list(names), at, key=_STUDY, format_func=lambda each: names[each])
    people = {each.participant: each for each in forgetting.everyone(ws, study)}
    if not people:
        frame.say("No source of this study speaks of anybody.")
        return

    def called(participant: str) -> str:
        who = people.get(participant)
        return f"{participant} · {who.name}" if who and who.name and who.name != participant else participant

    person = right.selectbox(
        "Person", list(people), None, key=_PERSON, format_func=called, placeholder="Choose or type a name"
    )
    st.text_input(
        "Also called",
        key=_ALSO,
        placeholder="Other spellings and nicknames, with commas between them",
        help="Names that are ordinary words, or somebody else's too, are replaced only when they stand here.",
    )
    if person is None:
        frame.say(
            "Choose a person to see what would be reached; nothing is changed before you confirm it.", tone="quiet"
        )
        return
    also = _also()
    with st.spinner("Looking for everything that speaks of this person"):
        found = forgetting.preview(ws, study, person, also=also)
    session.keep(_SEEN, (study, person, also))
    _reached(found)
    sure = st.checkbox("I have read what goes. It cannot be undone.", key=_SURE)
    st.button("Forget this person", key="admin:forget", type="primary", disabled=not sure, on_click=_forget)


def _also() -> tuple[str, ...]:
    given = str(session.widget(_ALSO, "") or "")
    return tuple(name.strip() for name in given.split(",") if name.strip())


def _reached(found: Outcome) -> None:
    for reach in found.reaches:
        frame.section(f"What goes in “{reach.study_name}”")
        if reach.files:
            st.dataframe(
                [{"File": file.name, "What happens": _of_file(file)} for file in reach.files],
                hide_index=True,
                width="stretch",
            )
        else:
            frame.say("No file speaks of this person.")
        for sentence in records_in_words(reach):
            frame.say(sentence)
    frame.section("What is looked for, and what cannot be sure")
    for sentence in forgetting.in_words(found):
        frame.say(sentence, tone="quiet")


def _of_file(file: File) -> str:
    if file.gone:
        return "deleted: nobody else is heard in it"
    parts = [(file.turns, "turn"), (file.rows, "row"), (file.codings, "coded quote")]
    gone = ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for n, noun in parts if n)
    said = [f"{gone} taken out"] if gone else []
    if file.names:
        said.append(f"their name replaced in {file.names} {'place' if file.names == 1 else 'places'}")
    return "; ".join(said) or "kept as it was read, without what no reader looks at"


def records_in_words(reach: Reach) -> list[str]:
    """What goes and what changes of what people decided and wrote, a sentence each.

    >>> records_in_words(Reach("s", "S", (), (), {"decision": 2}, {"finding": 1}, 0, 0, (), ()))
    ['Deleted: 2 decisions on their words.', 'Rewritten without their name and words: 1 finding.']
    """
    said = []
    for lead, counts in (("Deleted", reach.records), ("Rewritten without their name and words", reach.changed)):
        listed = [f"{n} {_NOUNS[what][n > 1]}" for what, n in counts.items() if what in _NOUNS and what != "source"]
        listed += ["what frames the study"] if "study" in counts else []
        if listed:
            said.append(f"{lead}: {', '.join(listed)}.")
    return said


def _forget() -> None:
    study, person, also = session.kept(_SEEN)
    with session.doing():
        done = forgetting.forget(session.workspace(), study, person, also=also)
        cached.forget()
        session.keep(_SEEN, None)
        session.set_widget(_PERSON, None)
        session.set_widget(_ALSO, "")
        session.set_widget(_SURE, False)
        session.keep(_DONE, tuple(s for s in forgetting.in_words(done, done=True) if not s.startswith("Looked for")))


def _said_when_done() -> None:
    done = session.kept(_DONE)
    if done:
        session.keep(_DONE, None)
        frame.say("This person was forgotten.", tone="done")
        for sentence in done:
            frame.say(sentence, tone="quiet")
