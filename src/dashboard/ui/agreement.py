"""Do those who judge agree: coders against each other and against the machine, theme by theme."""

from __future__ import annotations

from dashboard.ui import frame, session
from dashboard.ui.show import show


def agreement() -> None:
    """Draw the agreement of every pair of coders of the open study; a mark opens the quotes on which they disagree."""
    of = session.evidence()
    if of is None:
        frame.say("Nothing was built yet; drop files and build them, and suggestions can be judged.")
        return
    show("agreement", of, page="coding")
