"""Filters: what a reader asked to see, as one value that a link, a shell and a saved view share.

Attributes, segments and source kinds choose *people*: they narrow what shares are counted on. Stages, themes and text
choose *passages*: they narrow what is counted and shown, never the base.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.errors import InvalidFilter

ATTRIBUTE_PREFIX = "attr:"
"""Attribute columns and query parameters begin with this, so that an attribute called *theme* or *n* harms nobody."""

_PARAMETERS = {"segment": "segments", "source_kind": "source_kinds", "stage": "stages", "theme": "themes"}


@dataclass(frozen=True)
class Filters:
    """A choice of people and passages; empty tuples and an empty text choose everything.

    attributes: (attribute, values) pairs, sorted; any of the values of each attribute, all of the attributes.
    """

    attributes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    segments: tuple[str, ...] = ()
    source_kinds: tuple[str, ...] = ()
    stages: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    text: str = ""

    @property
    def narrows_people(self) -> bool:
        """Whether fewer people than the whole study may be left."""
        return bool(self.attributes or self.segments or self.source_kinds)

    @property
    def narrows_passages(self) -> bool:
        """Whether only some of what these people said is looked at."""
        return bool(self.stages or self.themes or self.text)

    def __bool__(self) -> bool:
        return self.narrows_people or self.narrows_passages

    def with_attribute(self, name: str, values: Iterable[str]) -> Filters:
        """These filters with the values of one attribute replaced; no values: the attribute is free."""
        kept = {key: chosen for key, chosen in self.attributes if key != name}
        chosen = tuple(dict.fromkeys(values))
        if chosen:
            kept[name] = chosen
        return replace(self, attributes=tuple(sorted(kept.items())))

    def to_query(self) -> dict[str, list[str]]:
        """The parameters of a link that restores this view.

        >>> Filters(stages=("Set up",), text="bank").with_attribute("plan", ["pro"]).to_query()
        {'attr:plan': ['pro'], 'stage': ['Set up'], 'text': ['bank']}
        """
        query = {ATTRIBUTE_PREFIX + name: list(values) for name, values in self.attributes}
        query |= {key: list(getattr(self, name)) for key, name in _PARAMETERS.items() if getattr(self, name)}
        return query | ({"text": [self.text]} if self.text else {})

    def to_words(self) -> str:
        """The filters as a person would say them; "" where there are none.

        >>> Filters(text="bank").with_attribute("plan", ["free", "pro"]).to_words()
        'plan free or pro, “bank” in the text'
        """
        said = [f"{name} {' or '.join(values)}" for name, values in self.attributes]
        said += [" or ".join(self.segments)] if self.segments else []
        said += [" and ".join(f"{kind}s" for kind in self.source_kinds) + " only"] if self.source_kinds else []
        said += [f"stage {' or '.join(self.stages)}"] if self.stages else []
        said += [f"theme {' or '.join(self.themes)}"] if self.themes else []
        said += [f"“{self.text}” in the text"] if self.text else []
        return ", ".join(said)


NO_FILTERS = Filters()


def from_query(query: Mapping[str, Sequence[str]]) -> Filters:
    """The filters that the parameters of a link ask for; parameters that are no filters are ignored.

    >>> from_query(Filters(themes=("Pricing",)).to_query()).themes
    ('Pricing',)
    """
    attributes = {
        key.removeprefix(ATTRIBUTE_PREFIX): tuple(dict.fromkeys(values))
        for key, values in query.items()
        if key.startswith(ATTRIBUTE_PREFIX) and values
    }
    chosen = {name: tuple(dict.fromkeys(query.get(key, ()))) for key, name in _PARAMETERS.items()}
    text = next(iter(query.get("text", ())), "").strip()
    return Filters(attributes=tuple(sorted(attributes.items())), text=text, **chosen)


def from_where(conditions: Iterable[str]) -> Filters:
    """The filters of ``--where 'name=value'`` conditions.

    The same name twice means either value. ``segment``, ``stage``, ``theme``, ``source_kind`` and ``text`` mean
    themselves; every other name, and any name after ``attr:``, is an attribute.
    Raises InvalidFilter where a condition has no ``=``.

    >>> from_where(["plan=pro", "plan=free", "stage=Set up"]).attributes
    (('plan', ('pro', 'free')),)
    """
    query: dict[str, list[str]] = {}
    for condition in conditions:
        name, equals, value = condition.partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name:
            raise InvalidFilter(
                f"The condition “{condition}” is not of the form name=value; write for example plan=pro."
            )
        known = name in _PARAMETERS or name == "text" or name.startswith(ATTRIBUTE_PREFIX)
        query.setdefault(name if known else ATTRIBUTE_PREFIX + name, []).append(value)
    return from_query(query)
