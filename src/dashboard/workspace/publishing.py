"""Publishing: a study as one file that may leave the workspace."""

from __future__ import annotations

from dashboard.errors import EngineError
from dashboard.sharing.export import html
from dashboard.sharing.snapshot import snapshot
from dashboard.workspace.access import Workspace
from dashboard.workspace.evidence import evidence


def publish_html(ws: Workspace, study_id: str, *, k: int = 5) -> str:
    """The redacted snapshot of a built study as one HTML file's text. Raises EngineError where nothing is built."""
    opened = evidence(ws, study_id)
    if opened is None:
        raise EngineError("The study has no evidence yet; build it first with: python -m dashboard build.")
    return html(snapshot(opened, k=k))
