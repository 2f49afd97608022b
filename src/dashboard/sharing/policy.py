"""A policy: what the publisher chose that viewers may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

DEFAULT_K = 5
MOST_AROUND = 20
"""Turns on each side of a quote, at most; for more, whole transcripts are chosen."""


@dataclass(frozen=True)
class Policy:
    """What is published. Nothing that is not chosen here is in the published tables at all.

    k: people in the smallest group a viewer can choose; reason: why it is less than the administrator's floor.
    attributes: those that may stay (None: all that can). pseudonyms: whether one person's quotes can be told to be one
    person's. transcripts: whole conversations; else ``around`` turns on each side of a quote. persons: pages by person.
    months: when things were said, by month. scores: the bands of scores, as attributes. headline, recruited: the
    publisher's own words: what was found, and how people were found. findings, views: numbers of those published.
    """

    k: int = DEFAULT_K
    reason: str = ""
    attributes: tuple[str, ...] | None = None
    pseudonyms: bool = False
    transcripts: bool = False
    persons: bool = False
    months: bool = False
    scores: bool = False
    around: int = 2
    headline: str = ""
    recruited: str = ""
    findings: tuple[int, ...] = ()
    views: tuple[int, ...] = ()

    @property
    def links_quotes(self) -> bool:
        """Whether a viewer may learn which quotes are one person's: a page by person or a transcript says it too."""
        return self.pseudonyms or self.persons or self.transcripts

    def to_mapping(self) -> dict[str, Any]:
        """The policy as JSON keeps it.

        >>> Policy.from_mapping(Policy(attributes=("plan",)).to_mapping()) == Policy(attributes=("plan",))
        True
        """
        listed = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in listed.items()}

    @classmethod
    def from_mapping(cls, mapping: Mapping[str, Any]) -> Policy:
        """The policy that such a mapping holds; what it does not name is as by default."""
        known = {each.name for each in fields(cls)}
        given: dict[str, Any] = {name: value for name, value in mapping.items() if name in known}
        listed: dict[str, Any] = {n: tuple(value) if isinstance(value, list) else value for n, value in given.items()}
        return cls(**listed)


def usable(policy: Policy) -> Policy:
    """The policy within its bounds: at least one person a group, around from 0 to MOST_AROUND."""
    return replace(policy, k=max(1, policy.k), around=min(max(0, policy.around), MOST_AROUND))
