"""Each study's members, and the last day on which it is kept."""

from __future__ import annotations

from datetime import date

from dashboard.errors import ConfigurationError
from dashboard.ui import frame, session
from dashboard.ui.rows import Action, Ask, Event, Row, Tag, rows
from dashboard.workspace import people_and_roles, retention
from dashboard.workspace.retention import Kept


def studies() -> None:
    """Draw every study with its members and its last day, and both to be changed."""
    ws = session.workspace()
    kept = retention.kept(ws)
    if not kept:
        frame.say("There is no study yet.")
        return
    members = {each.study: each.members for each in people_and_roles.memberships(ws)}
    frame.say(
        "A study without members is open to every researcher. The day after its last day a study is erased by "
        "“python -m dashboard retain”, with everything that was said in it; let that run every night.",
        tone="quiet",
    )
    rows(
        [_row(each, members.get(each.study, ())) for each in kept],
        _heard,
        key="admin:studies",
        label="Studies, their members and their last day",
    )


def _row(each: Kept, members: tuple[str, ...]) -> Row:
    who = ", ".join(members) if members else "open to every researcher"
    until = f"kept until {frame.day(each.until)}" if each.until else "kept until somebody deletes it"
    lines = [f"{who} · {until}"]
    if each.copies:
        lines.append(f"Copies are kept longer: {', '.join(each.copies)}")
    actions = [
        Action("members", "Members", Ask("Members, one after the other with commas; none: everybody", "Save",
                                         value=", ".join(members))),
        Action("until", "Last day", Ask("Last day, such as 2027-06-30; nothing: no end", "Save",
                                        value=each.until.isoformat() if each.until else "")),
    ]  # fmt: skip
    if each.state == "deleted" or each.due:
        ask = Ask(f"Erase “{each.name}” for good? Nothing of it can be brought back.", "Erase it")
        actions.append(Action("erase", "Erase now", ask))
    return Row(each.study, each.name, tuple(lines), _tags(each), tuple(actions))


def _tags(each: Kept) -> tuple[Tag, ...]:
    state = () if each.state == "active" else (Tag(each.state),)
    if each.due:
        return (*state, Tag("past its last day", "wrong"))
    return (*state, Tag(f"{each.left} days left", "caution")) if each.soon else state


def _heard(event: Event) -> None:
    ws, study, value = session.workspace(), str(event["id"]), str(event.get("value") or "").strip()
    match event.get("do"):
        case "members":
            people_and_roles.set_members(ws, study, value.replace(";", ",").split(","))
            session.notice("The members were changed.")
        case "until":
            retention.keep_until(ws, study, _date(value) if value else None)
            session.notice("The last day was changed.")
        case "erase":
            retention.erase(ws, study)
            if session.study_id() == study:
                session.open_study("", page="")
            session.notice("The study was erased for good.")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ConfigurationError(f"“{text[:40]}” is no date; write it as 2027-06-30.") from None
