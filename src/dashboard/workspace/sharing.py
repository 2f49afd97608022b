"""Sharing a study: what viewers would keep, what still needs a look, publishing, and ending it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

import sqlalchemy as sa

from dashboard.errors import Conflict, InvalidStudy, NotFound
from dashboard.evidence.tables import Evidence
from dashboard.records import findings, redactions, views
from dashboard.records import shares as kept
from dashboard.records.installation import set_setting, setting
from dashboard.records.redactions import Redaction as Redaction
from dashboard.records.redactions import RedactionAction
from dashboard.records.shares import Share as Share
from dashboard.records.shares import Version as Version
from dashboard.sharing import changes, frozen, groups
from dashboard.sharing.chosen import Found, found_in
from dashboard.sharing.excerpts import BY_HAND as BY_HAND
from dashboard.sharing.freeze import freeze
from dashboard.sharing.frozen import About as About
from dashboard.sharing.frozen import Frozen
from dashboard.sharing.groups import Consequence as Consequence
from dashboard.sharing.groups import Earlier
from dashboard.sharing.learned import with_figures
from dashboard.sharing.policy import Policy as Policy
from dashboard.sharing.suspicion import Suspect as Suspect
from dashboard.sharing.suspicion import suspects
from dashboard.study import Anchor
from dashboard.workspace import ledger
from dashboard.workspace.access import Workspace
from dashboard.workspace.evidence import built
from dashboard.workspace.people_and_roles import floor_of_k
from dashboard.workspace.published import folder_of

LONGEST_LABEL = 40
_SECRET = "people_known_by"


@dataclass(frozen=True)
class SharedLink:
    """A link and its versions, the newest first. ended: revoked, or past its last moment."""

    share: Share
    versions: tuple[Version, ...]
    ended: bool


@dataclass(frozen=True)
class Preview:
    """What a viewer would see, before anybody does. warnings: for the publisher alone."""

    evidence: Evidence
    about: About
    warnings: tuple[str, ...]


def least_k(ws: Workspace) -> int:
    """The administrator's floor for k."""
    return floor_of_k(ws)


def consequences(
    ws: Workspace, study_id: str, policy: Policy, *, ks: Sequence[int] = (3, 5, 10)
) -> tuple[Consequence, ...]:
    """What viewers keep at each k, side by side, beside every version that they may still have."""
    opened = built(ws, study_id)
    return groups.consequences(opened, policy, earlier=_unrevoked(ws, study_id), secret=_secret(ws), ks=ks)


def preview(ws: Workspace, study_id: str, policy: Policy) -> tuple[Evidence, About]:
    """What a viewer would see of it; nothing is written."""
    made = previewed(ws, study_id, policy)
    return made.evidence, made.about


def previewed(ws: Workspace, study_id: str, policy: Policy) -> Preview:
    """The same with what its publisher must know."""
    made = _frozen(ws, study_id, policy, seed=built(ws, study_id).seed)
    opened = frozen.opened(made, id=f"preview {uuid4().hex}")
    return Preview(opened, replace(made.about, findings=with_figures(opened, made.about.findings)), made.warnings)


def suspicious(ws: Workspace, study_id: str, policy: Policy) -> list[Suspect]:
    """The quotes that would be shown, as a person reads them before: the most telling first, read ones last."""
    return suspects(_found(ws, study_id, policy), redacted(ws, study_id))


def redacted(ws: Workspace, study_id: str) -> list[Redaction]:
    """What persons decided of words so far; the oldest first."""
    with ws.records.read() as connection:
        return redactions.redactions(connection, study_id)


def redact(
    ws: Workspace, study_id: str, anchors: Sequence[Anchor], action: RedactionAction, label: str = ""
) -> tuple[int, ...]:
    """Hide words, show them again, pass quotes or leave them out; the originals stay as they are."""
    label = " ".join(label.split()).strip("[]")[:LONGEST_LABEL]
    with ws.records.begin(by=ws.user) as transaction:
        return tuple(redactions.redact(transaction, study_id, anchor, action, label) for anchor in anchors)


def withdraw(ws: Workspace, study_id: str, numbers: Sequence[int]) -> None:
    """Take such decisions back."""
    with ws.records.begin(by=ws.user) as transaction:
        for number in numbers:
            redactions.withdraw(transaction, study_id, number)


def pass_quotes(ws: Workspace, study_id: str, anchors: Sequence[Anchor]) -> None:
    """Say of these quotes that a person read them and they may be shown."""
    redact(ws, study_id, anchors, "pass")


def publish(
    ws: Workspace,
    study_id: str,
    policy: Policy,
    *,
    token: str | None = None,
    title: str = "",
    audience: Sequence[str] = (),
    expires_at: datetime | None = None,
) -> Share:
    """The link under which this version is shown: a new one, or the one of ``token`` with a further version.

    What is shown is frozen: later edits change nothing of it. Raises InvalidStudy where k is below the floor without a
    reason or nobody would be left, EngineError where nothing was built yet, NotFound where the link was ended.
    """
    least = least_k(ws)
    if policy.k < least and not policy.reason.strip():
        raise InvalidStudy(
            f"Groups of {policy.k} are smaller than the {least} that are usual here; write why that is right, or "
            f"choose {least} or more."
        )
    before = None
    with ws.records.read() as connection:
        if token is not None:
            share = kept.share(connection, token)
            if share.study_id != study_id:
                raise NotFound(kept.NO_SHARE)
            _check_open(ws, share)
            before = next(iter(kept.versions(connection, token)), None)
        checked = _versions(connection, study_id)
    made = _frozen(ws, study_id, policy, seed=secrets.randbits(62))
    if not made.about.people:
        raise InvalidStudy(
            f"Nobody would be left: no kind of source has {policy.k} people of whom no earlier link tells more; hear "
            "more people, end earlier links, or choose a smaller number with a reason."
        )
    version_id = uuid4().hex
    old = _about(ws, before)
    changed = changes.in_words(old, made.about) if old else ""
    opened = frozen.opened(made, id=version_id)
    about = replace(
        made.about, number=before.number + 1 if before else 1, changed=changed,
        findings=with_figures(opened, made.about.findings),
    )  # fmt: skip
    folder = folder_of(ws.settings, version_id)
    frozen.write(replace(made, about=about), folder)
    try:
        with ws.records.begin(by=ws.user) as transaction:
            # whoever published in the meantime made a version that this one was not checked against
            if _versions(transaction.connection, study_id) != checked:
                raise Conflict("Somebody else published this study at the same moment; look again, then publish.")
            if token is None:
                token = kept.add(
                    transaction, study_id, title=title.strip() or about.title, audience=audience, expires_at=expires_at
                )
            elif title or audience or expires_at:
                share = kept.share(transaction.connection, token)
                kept.change(
                    transaction, token, title=title.strip() or share.title, audience=audience or share.audience,
                    expires_at=expires_at or share.expires_at,
                )  # fmt: skip
            kept.add_version(transaction, token, version_id=version_id, policy=policy.to_mapping(), changed=changed)
            return kept.share(transaction.connection, token)
    except BaseException:
        frozen.remove(folder)
        raise


def change_link(ws: Workspace, token: str, *, title: str, audience: Sequence[str], expires_at: datetime | None) -> None:
    """Put another title, audience (nobody: everybody who may sign in) and last moment in place of a link's.

    Raises NotFound where the link has ended, InvalidStudy without a title, ConfigurationError where a subject is none.
    """
    if not title.strip():
        raise InvalidStudy("A link needs a title, which viewers read; write one.")
    with ws.records.begin(by=ws.user) as transaction:
        _check_open(ws, kept.share(transaction.connection, token))
        kept.change(transaction, token, title=title.strip(), audience=audience, expires_at=expires_at)


def _check_open(ws: Workspace, share: Share) -> None:
    """A link that ended stays so: what was published since was not checked against its versions. Raises NotFound."""
    if _ended(share, ws.records.now()):
        raise NotFound("This link has ended and cannot be opened again; publish under a new one.")


def revoke(ws: Workspace, token: str) -> None:
    """End a link: it opens nothing from now on."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.revoke(transaction, token)
    ledger.keep(ws)  # a backup that is older than this must not open the link again


def remove_version(ws: Workspace, version_id: str) -> None:
    """Take one version away; its link shows the one before it."""
    with ws.records.begin(by=ws.user) as transaction:
        kept.remove_version(transaction, version_id)
    ledger.keep(ws)
    frozen.remove(folder_of(ws.settings, version_id))


def shares(ws: Workspace, study_id: str) -> list[SharedLink]:
    """Every link to a study with its versions; the newest first."""
    with ws.records.read() as connection:
        found, versions = kept.of_study(connection, study_id), kept.versions_of_study(connection, study_id)
    now = ws.records.now()
    return [SharedLink(share, tuple(versions.get(share.token, ())), _ended(share, now)) for share in found]


def _ended(share: Share, now: datetime) -> bool:
    return share.revoked_at is not None or (share.expires_at is not None and share.expires_at <= now)


# ---------------------------------------------------------------- what it is made from


def frozen_now(ws: Workspace, study_id: str, policy: Policy) -> Frozen:
    """The version that would be published now, for a file that is handed on; nothing is kept of it."""
    made = _frozen(ws, study_id, policy, seed=secrets.randbits(62))
    opened = frozen.opened(made, id="file")
    return replace(made, about=replace(made.about, findings=with_figures(opened, made.about.findings)))


def _found(ws: Workspace, study_id: str, policy: Policy) -> Found:
    opened = built(ws, study_id)
    return found_in(
        opened, policy, redactions=redacted(ws, study_id), unrevoked=_unrevoked(ws, study_id), secret=_secret(ws),
        seed=opened.seed,
    )  # fmt: skip


def _frozen(ws: Workspace, study_id: str, policy: Policy, *, seed: int) -> Frozen:
    opened = built(ws, study_id)
    with ws.records.read() as connection:
        given = (
            redactions.redactions(connection, study_id), findings.findings(connection, study_id),
            findings.pins(connection, study_id), views.views(connection, study_id),
        )  # fmt: skip
    return freeze(
        opened, policy, redactions=given[0], unrevoked=_unrevoked(ws, study_id), findings=given[1], pins=given[2],
        views=given[3], secret=_secret(ws), seed=seed, published=ws.records.now().date().isoformat(),
    )  # fmt: skip


def _unrevoked(ws: Workspace, study_id: str) -> list[Earlier]:
    """Who is in which group of every version that viewers may still open."""
    return [
        Earlier(frozen.private(folder_of(ws.settings, version.id)), Policy.from_mapping(version.policy).k)
        for link in shares(ws, study_id) if not link.ended
        for version in link.versions
    ]  # fmt: skip


def _versions(connection: sa.Connection, study_id: str) -> set[str]:
    """The versions of a study that there are at this moment."""
    return {version.id for of in kept.versions_of_study(connection, study_id).values() for version in of}


def _about(ws: Workspace, version: Version | None) -> About | None:
    return None if version is None else frozen.about(folder_of(ws.settings, version.id))


def _secret(ws: Workspace) -> bytes:
    """By what people are known from one version to the next; made once, and never in a version."""
    with ws.records.read() as connection:
        known = setting(connection, _SECRET, "")
    if not known:
        with ws.records.begin(by=ws.user) as transaction:
            known = setting(transaction.connection, _SECRET, "") or secrets.token_hex(32)
            set_setting(transaction, _SECRET, known)
    return bytes.fromhex(known)


def newest(ws: Workspace, token: str) -> Version:
    """The version that a link shows. Raises NotFound where it shows none."""
    with ws.records.read() as connection:
        kept.share(connection, token)
        found = kept.versions(connection, token)
    if not found:
        raise NotFound(kept.NO_SHARE)
    return found[0]
