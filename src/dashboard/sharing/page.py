"""One HTML file to hand on: nothing is fetched, and no style or script but its own takes effect."""

from __future__ import annotations

import base64
import hashlib
from html import escape


def page(title: str, body: str, *, style: str, script: str = "") -> str:
    """The file. title: plain text. body: markup. script: runs after the body; without one no script runs at all.

    >>> "script-src" in page("A", "", style="p{}"), "script-src" in page("A", "", style="p{}", script="1")
    (False, True)
    """
    scripts = f"script-src {_digest(script)}; " if script else ""
    policy = f"default-src 'none'; {scripts}style-src {_digest(style)}; base-uri 'none'; form-action 'none'"
    end = f"<script>{script}</script>" if script else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(title)}</title><style>{style}</style></head><body>{body}{end}</body></html>\n"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
