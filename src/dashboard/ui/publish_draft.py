"""What will be published as far as it was chosen: kept by study until the browser tab is closed.

Each widget writes its own value here when it changes, since a widget of a step that is not open forgets it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dashboard.evidence.tables import Evidence
from dashboard.sharing.policy import Policy
from dashboard.ui import session
from dashboard.workspace.sharing import SharedLink

_DRAFT = "publish:draft:"
UNDER = "publish:under:"  # kept by study: the token of the link that the next version goes under, "" for a new one
STEP = "publish:step"
STEPS = ("1 Groups", "2 Contents", "3 Names", "4 Look and publish", "Links")


def draft(study: str, links: Sequence[SharedLink] = ()) -> Policy:
    """What was chosen so far; at first what the latest version of an open link chose, else the usual."""
    held: Policy | None = session.kept(_DRAFT + study)
    if held is None:
        held = first(links)
        session.keep(_DRAFT + study, held)
    return held


def first(links: Sequence[SharedLink]) -> Policy:
    """Where to begin: the policy of the latest version that anybody can still open, else the usual one."""
    open_ = [version for link in links if link.share.revoked_at is None for version in link.versions]
    latest = max(open_, key=lambda version: version.at, default=None)
    return Policy() if latest is None else Policy.from_mapping(latest.policy)


def choose(study: str, **changes: Any) -> None:
    """Put other choices in place of these."""
    session.keep(_DRAFT + study, replace(draft(study), **changes))


def chooses(study: str, name: str, *, key: str, read: Callable[[Any], Any] = lambda value: value) -> Callable[[], None]:
    """A callback that takes the value of the widget with this key as the choice of this name."""
    return lambda: choose(study, **{name: read(session.widget(key))})


def depends_on(of: Evidence, policy: Policy, links: Sequence[SharedLink]) -> tuple[Any, ...]:
    """What names who counts in a version and whose words it shows: where it is the same, nothing is computed again."""
    shown = replace(policy, reason="", headline="", recruited="", findings=(), views=())
    versions = tuple(version.id for link in links if not link.ended for version in link.versions)
    return of.study.id, of.revision, of.decisions, shown, versions


def load(study: str, policy: Mapping[str, Any], token: str = "") -> None:
    """Begin anew from the policy of a version. token: of the link under which the next version goes."""
    session.keep(_DRAFT + study, Policy.from_mapping(policy))
    session.keep(UNDER + study, token)
    session.set_widget(STEP, STEPS[0])
