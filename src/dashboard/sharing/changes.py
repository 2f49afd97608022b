"""What changed from one version to the next, as viewers are told; nothing to subtract into a small group."""

from __future__ import annotations

from dashboard.analysis.in_words import listed
from dashboard.sharing.frozen import About


def in_words(old: About, new: About) -> str:
    """What is new: people, quotes, findings, what can be chosen; one or more sentences."""
    said = []
    for kind, whom in (("interview", "people we spoke to"), ("survey", "people who answered")):
        before, now = old.people.get(kind, 0), new.people.get(kind, 0)
        if before != now:
            said.append(f"{now:,} {whom} instead of {before:,}.")
    if old.quotes != new.quotes:
        said.append(f"{new.quotes:,} quotes instead of {old.quotes:,}.")
    known = {finding.claim for finding in old.findings}
    added = [finding.claim for finding in new.findings if finding.claim not in known]
    gone = known - {finding.claim for finding in new.findings}
    if added:
        said.append("New: " + "; ".join(added[:3]) + ("; and more." if len(added) > 3 else "."))
    if gone:
        said.append("A finding is not shown any more." if len(gone) == 1 else "Some findings are not shown any more.")
    came = [name for name in old.attributes_left_out if name not in new.attributes_left_out]
    went = [name for name in new.attributes_left_out if name not in old.attributes_left_out]
    if came:
        said.append(f"People can be chosen by {listed(came)}.")
    if went:
        said.append(f"People cannot be chosen by {listed(went)} any more.")
    if old.headline != new.headline:
        said.append("The headline is new.")
    for name, what in (("transcripts", "whole conversations"), ("persons", "pages by person")):
        if getattr(old, name) != getattr(new, name):
            said.append(f"It {'now has' if getattr(new, name) else 'has no more'} {what}.")
    return " ".join(said) or "What people said was looked at again; the same people and quotes."
