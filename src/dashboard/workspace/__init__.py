"""Every use case, authorised and audited: the one thing that pages and the command line call.

One module a subject; each function takes a Workspace first, and a Workspace is what only a researcher is given.
"""

from dashboard.workspace.access import User, Workspace, open_workspace

__all__ = ["User", "Workspace", "open_workspace"]
