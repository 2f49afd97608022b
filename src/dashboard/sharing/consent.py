"""Whose words may be passed on as they were said."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

_OTHER_KIND = {"interview": "survey", "survey": "interview"}

Heard = tuple[str, str]
"""A participant, and the kind of source in which they were heard."""


def may_be_quoted(people: pd.DataFrame, heard: Collection[Heard]) -> frozenset[Heard]:
    """Of those heard, whose words may be shown.

    Who said "quote"; and, of whom no word is known, those of a source kind in which nobody was asked. That some who
    answered a survey were asked at their interview does not mean that the survey asked.

    people: participant, consent ("" or null where no word is known).
    """
    consent = dict(zip(people["participant"], people["consent"].fillna("").astype(str), strict=True))
    there = set(heard)
    both = {participant for participant, kind in there if (participant, _OTHER_KIND[kind]) in there}
    asked = {kind for participant, kind in there if consent.get(participant) and participant not in both}
    return frozenset(
        (participant, kind) for participant, kind in there
        if consent.get(participant) == "quote" or (kind not in asked and not consent.get(participant))
    )  # fmt: skip
