"""What must be said of a version: to viewers how it came about, to its publisher what to mind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard.analysis.in_words import listed
from dashboard.evidence.tables import Evidence, attribute_column
from dashboard.sharing.documents import Names, Segments
from dashboard.sharing.groups import Grouped
from dashboard.sharing.policy import Policy
from dashboard.sharing.redaction import RECALL
from dashboard.study import SOURCE_KINDS

MOST_WARNINGS = 10


def method(
    evidence: Evidence,
    policy: Policy,
    groups: Grouped,
    counted: Mapping[str, int],
    quotes: int,
    segments: Segments,
    safe: Callable[[str], str],
    *,
    allowed: int,
) -> tuple[str, ...]:
    """Who was heard, how many, when and how, and the limits; one sentence or two each."""
    spoke = {"interview": "We spoke to {} in interviews", "survey": "{} answered a survey"}
    heard = [
        spoke[kind].format("one person" if counted[kind] == 1 else f"{counted[kind]:,} people")
        for kind in SOURCE_KINDS if counted.get(kind)
    ]  # fmt: skip
    said = (" and ".join(heard) or "Nobody was heard") + _when(evidence) + "."
    said = said[0].upper() + said[1:]
    if len(heard) > 1:
        said += " The two are counted apart; somebody who did both is counted in each, and the two are not linked."
    notes = [said]
    if policy.recruited:
        notes.append(safe(policy.recruited))
    notes.append(
        "A share counts people, of those we heard, not of all customers; the interval is Wilson's 95 % and covers "
        "chance in who was heard, not mistakes in coding."
    )
    notes.append(f"Every group that can be chosen here has at least {policy.k} people; rare answers are “other”.")
    not_quoted = sum(counted.values()) - allowed
    shown = f"{quotes:,} quotes are shown word for word"
    if not_quoted:
        shown += f"; {not_quoted:,} people are counted and not quoted, since they did not agree to it"
    notes.append(
        f"{shown}. Names and contact details were replaced by rules and by hand; some may have been missed. On texts "
        f"that the rules were not written on they found {RECALL['names']:.0%} of names of persons, "
        f"{RECALL['numbers']:.0%} of numbers and e-mail addresses and {RECALL['addresses']:.0%} of postal addresses."
    )
    if policy.transcripts:
        notes.append("Conversations are shown whole, of those who agreed to be quoted.")
    elif policy.around:
        notes.append(f"Around each quote up to {policy.around} turns of the conversation are shown.")
    if not policy.links_quotes:
        notes.append("Which quotes are the same person's is not shown.")
    left_out = [name for name in evidence.attributes if name not in groups.kept]
    if left_out:
        notes.append(f"Not shown, since it could single somebody out or was not chosen: {listed(map(safe, left_out))}.")
    if segments.left_out:
        notes.append(f"Left out, since they need what is not shown: {listed(map(safe, segments.left_out))}.")
    if groups.held_back or groups.hidden:
        # how many there are would be a small group again
        notes.append("A few people are left out because their group was too small.")
    return tuple(notes)


def _when(evidence: Evidence) -> str:
    days = evidence.sources().select("date").collect("pandas").to_pandas()["date"]
    months = sorted(day[:7] for day in days.dropna().astype(str) if day[:4].isdigit())
    if not months:
        return ""
    return f" in {months[0]}" if months[0] == months[-1] else f" between {months[0]} and {months[-1]}"


def warnings_of(
    evidence: Evidence, groups: Grouped, voiced: pd.DataFrame, said: pd.DataFrame, names: Names, segments: Segments
) -> tuple[str, ...]:
    """What the publisher must know: groups of which everybody said the same, and who is left out."""
    found = []
    if groups.held_back:
        one = groups.held_back == 1
        found.append(
            f"{groups.held_back:,} {'person is' if one else 'people are'} left out: beside versions that viewers may "
            "still have, they would stand out. End those links, or wait until there are more."
        )
    for kind, number in groups.hidden.items():
        found.append(
            f"The {number:,} people of the {kind}s are left out: they are fewer than the smallest group allowed."
        )
    columns = [attribute_column(names.attributes[name]) for name in groups.kept]
    if columns and len(voiced):
        keys = ["source_kind", *columns]
        sizes = said.groupby(keys, as_index=False).agg(n=("participant", "nunique"))
        same = voiced.groupby([*keys, "theme"], as_index=False).agg(k=("participant", "nunique")).merge(sizes, on=keys)
        same = same[same["k"] == same["n"]].sort_values(
            ["n", *keys, "theme"], ascending=[False, *[True] * (len(keys) + 1)]
        )
        for row in same.head(MOST_WARNINGS).to_dict("records"):
            of = ", ".join(f"{column.removeprefix('attr:')} {row[column]}" for column in columns)
            found.append(
                f"All {row['n']:,} people of one group ({row['source_kind']}, {of}) voice “{row['theme']}”: whoever "
                "knows that somebody is in it knows what they said."
            )
        if len(same) > MOST_WARNINGS:
            found.append(f"The same is so of {len(same) - MOST_WARNINGS:,} more groups and themes.")
    return tuple(found)
