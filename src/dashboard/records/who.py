"""Who is who: identities, and mentions that were parted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

import sqlalchemy as sa

from dashboard.records import schema
from dashboard.study import Identity

_IDENTITY, _MENTION, _PARTED = schema.identity.c, schema.mention.c, schema.parted.c


def identify(connection: sa.Connection, study_id: str, identity: Identity) -> int:
    """The row of the participant, who has these mentions now besides those that were theirs."""
    query = sa.select(_IDENTITY.id).where(_IDENTITY.study_id == study_id, _IDENTITY.participant == identity.participant)
    number = connection.execute(query).scalar()
    if number is None:
        insert = sa.insert(schema.identity).values(
            study_id=study_id, participant=identity.participant, consent=identity.consent
        )
        key = connection.execute(insert).inserted_primary_key
        assert key is not None
        number = int(key[0])
    elif identity.consent is not None:
        update = sa.update(schema.identity).where(_IDENTITY.id == number)
        connection.execute(update.values(consent=identity.consent))
    for mention in dict.fromkeys(identity.mentions):
        taken = sa.select(_MENTION.identity_id).where(_MENTION.study_id == study_id, _MENTION.key == mention)
        owner = connection.execute(taken).scalar()
        if owner == number:
            continue
        if owner is not None:
            connection.execute(sa.delete(schema.mention).where(_MENTION.study_id == study_id, _MENTION.key == mention))
            _drop_if_empty(connection, owner)
        connection.execute(sa.insert(schema.mention).values(study_id=study_id, identity_id=number, key=mention))
    mentions = connection.execute(sa.select(_MENTION.key).where(_MENTION.identity_id == number)).scalars()
    for one, other in _pairs(mentions):
        gone = sa.delete(schema.parted).where(_PARTED.study_id == study_id, _PARTED.one == one, _PARTED.other == other)
        connection.execute(gone)
    return number


def part(connection: sa.Connection, study_id: str, keys: Sequence[str]) -> None:
    """Part these mentions pairwise. An identity that joins two of them ends, but a consent that was given is kept with
    the participant, for whoever is identified as them next."""
    owners: dict[int, int] = {}
    for key in dict.fromkeys(keys):
        query = sa.select(_MENTION.identity_id).where(_MENTION.study_id == study_id, _MENTION.key == key)
        owner = connection.execute(query).scalar()
        if owner is not None:
            owners[owner] = owners.get(owner, 0) + 1
    for owner, joined in owners.items():
        if joined > 1:
            connection.execute(sa.delete(schema.mention).where(_MENTION.identity_id == owner))
            _drop_if_empty(connection, owner)
    there = sa.select(_PARTED.one, _PARTED.other).where(_PARTED.study_id == study_id)
    known = {(one, other) for one, other in connection.execute(there)}
    for one, other in _pairs(keys):
        if (one, other) not in known:
            connection.execute(sa.insert(schema.parted).values(study_id=study_id, one=one, other=other))


def forget(connection: sa.Connection, study_id: str, keys: Sequence[str]) -> None:
    """Take back what was said of these mentions: whose they are, and from which of the others they were parted.

    A consent that was given is kept with the participant.
    """
    asked = set(keys)
    there = sa.select(_MENTION.id, _MENTION.key, _MENTION.identity_id).where(_MENTION.study_id == study_id)
    theirs = [(row.id, row.identity_id) for row in connection.execute(there) if row.key in asked]
    for number, _ in theirs:
        connection.execute(sa.delete(schema.mention).where(_MENTION.id == number))
    for owner in {owner for _, owner in theirs}:
        _drop_if_empty(connection, owner)
    pairs = sa.select(_PARTED.one, _PARTED.other).where(_PARTED.study_id == study_id)
    for one, other in [(row.one, row.other) for row in connection.execute(pairs)]:
        if one in asked and other in asked:
            said = sa.and_(_PARTED.study_id == study_id, _PARTED.one == one, _PARTED.other == other)
            connection.execute(sa.delete(schema.parted).where(said))


def _pairs(keys: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(set(keys)), 2)


def _drop_if_empty(connection: sa.Connection, number: int) -> None:
    left = sa.select(_MENTION.id).where(_MENTION.identity_id == number).limit(1)
    if connection.execute(left).first() is None:
        connection.execute(sa.delete(schema.identity).where(_IDENTITY.id == number, _IDENTITY.consent.is_(None)))
