"""The tables of the records, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlalchemy as sa

from dashboard.records.columns import UTCDateTime as UTCDateTime
from dashboard.records.columns import anchor as _anchor
from dashboard.records.columns import by as _by
from dashboard.records.columns import metadata as metadata
from dashboard.records.columns import number as _number
from dashboard.records.columns import study_id as _study_id

HEAD = "0003"
"""The revision of the tables that this code reads and writes; a test holds it to be the newest migration."""

study = sa.Table(
    "study",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("document", sa.JSON, nullable=False),  # as study_file.to_mapping writes it
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("decisions_version", sa.Integer, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("changed_at", UTCDateTime, nullable=False),
)

source = sa.Table(
    "source",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_at", UTCDateTime, nullable=False),
    sa.Column("removed_at", UTCDateTime),
    sa.Column("correction", sa.JSON, nullable=False),  # as study_file.correction_to_mapping writes it
)

source_version = sa.Table(
    "source_version",
    metadata,
    _number(),
    sa.Column("source_id", sa.String(32), sa.ForeignKey("source.id"), nullable=False, index=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("added_at", UTCDateTime, nullable=False),
    sqlite_autoincrement=True,
)

identity = sa.Table(
    "identity",
    metadata,
    _number(),
    _study_id(),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("consent", sa.String(16)),
    sa.UniqueConstraint("study_id", "participant"),
    sqlite_autoincrement=True,
)

mention = sa.Table(
    "mention",
    metadata,
    _number(),
    _study_id(),
    sa.Column("identity_id", sa.Integer, sa.ForeignKey("identity.id"), nullable=False, index=True),
    sa.Column("key", sa.Text, nullable=False),
    sa.UniqueConstraint("study_id", "key"),
    sqlite_autoincrement=True,
)

parted = sa.Table(
    "parted",
    metadata,
    sa.Column("study_id", sa.String(32), sa.ForeignKey("study.id"), primary_key=True),
    sa.Column("one", sa.Text, primary_key=True),  # one < other
    sa.Column("other", sa.Text, primary_key=True),
)

decision = sa.Table(
    "decision",
    metadata,
    _number(),
    _study_id(),
    *_anchor(),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("value", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("adjudicated", sa.Boolean, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("withdrawn_at", UTCDateTime),
    sqlite_autoincrement=True,
)

finding = sa.Table(
    "finding",
    metadata,
    _number(),
    _study_id(),
    sa.Column("claim", sa.Text, nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    sa.Column("objective", sa.Text, nullable=False),  # "": speaks to none
    sa.Column("figure", sa.JSON),  # as records.findings.figure_to_mapping writes it
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_by", sa.Text, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("changed_by", sa.Text, nullable=False),
    sa.Column("changed_at", UTCDateTime, nullable=False),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

pinned_quote = sa.Table(
    "pinned_quote",
    metadata,
    _number(),
    _study_id(),
    sa.Column("subject_kind", sa.String(16), nullable=False),
    sa.Column("subject", sa.Text, nullable=False),  # a finding's number or an assumption's id
    sa.Column("side", sa.String(16), nullable=False),
    *_anchor(),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

verdict = sa.Table(
    "verdict",
    metadata,
    _number(),
    _study_id(),
    sa.Column("assumption", sa.Text, nullable=False),
    sa.Column("verdict", sa.String(16), nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    *_by(),
    sqlite_autoincrement=True,
)

action = sa.Table(
    "action",
    metadata,
    _number(),
    _study_id(),
    sa.Column("finding_id", sa.Integer, sa.ForeignKey("finding.id"), index=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("owner", sa.Text, nullable=False),
    sa.Column("due", sa.Date),
    sa.Column("effort", sa.String(1), nullable=False),
    sa.Column("link", sa.Text, nullable=False),
    sa.Column("status", sa.String(16), nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

memo = sa.Table(
    "memo",
    metadata,
    _number(),
    _study_id(),
    sa.Column("about_kind", sa.String(16), nullable=False),
    sa.Column("about", sa.Text, nullable=False),  # canonical JSON: the same thing is the same text
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("starred", sa.Boolean, nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

summary = sa.Table(
    "summary",
    metadata,
    _number(),
    _study_id(),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    *_by(),
    sqlite_autoincrement=True,
)

codebook_change = sa.Table(
    "codebook_change",
    metadata,
    _number(),
    _study_id(),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("before", sa.JSON, nullable=False),  # themes as study_mapping.theme_to_mapping writes them
    sa.Column("moved", sa.JSON, nullable=False),  # [decision, its theme before]
    *_by(),
    sa.Column("undone_at", UTCDateTime),
    sqlite_autoincrement=True,
)

dismissed = sa.Table(
    "dismissed",
    metadata,
    _number(),
    _study_id(),
    sa.Column("passages", sa.JSON, nullable=False),  # ids: a group that was proposed as a theme
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

saved_view = sa.Table(
    "saved_view",
    metadata,
    _number(),
    _study_id(),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("page", sa.String(32), nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

card = sa.Table(
    "card",
    metadata,
    _number(),
    _study_id(),
    sa.Column("participant", sa.Text, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.Column("stratum", sa.String(16), nullable=False),  # the machine's word before the card, frozen
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.Text, nullable=False),  # of the coder whose word the stratum is
    sa.Column("passages", sa.JSON, nullable=False),  # anchors, as records.cards writes them
    sa.Column("answer", sa.String(3)),
    sa.Column("whole", sa.Boolean, nullable=False),
    sa.Column("whole_answer", sa.String(3)),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.UniqueConstraint("study_id", "participant", "theme", "coder"),
    sqlite_autoincrement=True,
)

share = sa.Table(
    "share",
    metadata,
    sa.Column("token", sa.String(64), primary_key=True),
    _study_id(),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("audience", sa.JSON, nullable=False),  # subjects, as records.roles writes them
    sa.Column("expires_at", UTCDateTime),
    *_by(),
    sa.Column("revoked_at", UTCDateTime),
)

share_version = sa.Table(
    "share_version",
    metadata,
    sa.Column("id", sa.String(64), primary_key=True),
    sa.Column("token", sa.String(64), sa.ForeignKey("share.token"), nullable=False),
    _study_id(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("policy", sa.JSON, nullable=False),
    sa.Column("changed", sa.Text, nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sa.UniqueConstraint("token", "number"),
)

redaction = sa.Table(
    "redaction",
    metadata,
    _number(),
    _study_id(),
    *_anchor(),
    sa.Column("action", sa.String(16), nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

member = sa.Table(
    "member",
    metadata,
    _number(),
    _study_id(),
    sa.Column("subject", sa.Text, nullable=False),  # as records.roles writes it
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

retention = sa.Table(
    "retention",
    metadata,
    _number(),
    sa.Column("study_id", sa.String(32), sa.ForeignKey("study.id"), nullable=False),
    sa.Column("day", sa.Date, nullable=False),  # the last one on which the study is kept
    *_by(),
    sa.UniqueConstraint("study_id"),
    sqlite_autoincrement=True,
)

role = sa.Table(
    "role",
    metadata,
    _number(),
    sa.Column("subject", sa.Text, nullable=False),  # as records.roles writes it
    sa.Column("role", sa.String(16), nullable=False),
    *_by(),
    sa.Column("removed_at", UTCDateTime),
    sqlite_autoincrement=True,
)

installation = sa.Table(
    "installation",
    metadata,
    _number(),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    *_by(),
    sa.UniqueConstraint("name"),
    sqlite_autoincrement=True,
)

revision = sa.Table(
    "revision",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("parts", sa.JSON, nullable=False),
    sa.Column("coder", sa.Text, nullable=False),
    sa.Column("inputs", sa.Text, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.UniqueConstraint("study_id", "number"),
)

job = sa.Table(
    "job",
    metadata,
    sa.Column("id", sa.String(32), primary_key=True),
    _study_id(),
    sa.Column("kind", sa.String(32), nullable=False),
    sa.Column("state", sa.String(16), nullable=False, index=True),
    sa.Column("progress", sa.Float, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("cancel", sa.Boolean, nullable=False),
    sa.Column("heartbeat_at", UTCDateTime, nullable=False),
    sa.Column("created_at", UTCDateTime, nullable=False),
    sa.Column("finished_at", UTCDateTime),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("pid", sa.Integer),
)

# Rows are only ever added: triggers of the database refuse everything else (migration 0003).
audit = sa.Table(
    "audit",
    metadata,
    _number(),
    sa.Column("at", UTCDateTime, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("study_id", sa.String(32), nullable=False, index=True),  # outlives the study: no foreign key
    sa.Column("subject", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)
