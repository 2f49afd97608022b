"""Publishing as one file: what viewers see of a study, for those who may not open the server."""

from __future__ import annotations

from dashboard.sharing import frozen
from dashboard.sharing.export import html
from dashboard.sharing.policy import Policy
from dashboard.workspace import sharing
from dashboard.workspace.access import Workspace
from dashboard.workspace.published import folder_of


def publish_html(ws: Workspace, study_id: str, *, policy: Policy | None = None) -> str:
    """What a version of the built study would show, as one HTML file. Raises EngineError before it is built."""
    made = sharing.frozen_now(ws, study_id, policy or Policy())
    return html(frozen.opened(made, id="file"), made.about)


def html_of(ws: Workspace, token: str) -> str:
    """The newest version under a link as one HTML file's text. Raises NotFound where there is none."""
    version = sharing.newest(ws, token)
    folder = folder_of(ws.settings, version.id)
    return html(frozen.open(folder, id=version.id), frozen.about(folder))
