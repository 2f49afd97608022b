"""A snapshot as one HTML file: no network, filters in the browser, readable when printed."""

from __future__ import annotations

import base64
import hashlib
import json
from html import escape
from pathlib import Path

from dashboard.sharing.snapshot import Snapshot

_STYLE = (Path(__file__).parent / "export.css").read_text(encoding="utf-8")

_SCRIPT = (Path(__file__).parent / "export.js").read_text(encoding="utf-8")


def embedded(value: object) -> str:
    """JSON that cannot end its script element, whatever it holds.

    >>> print(embedded("</script>\\u2028"))
    "\\u003c/script\\u003e\\u2028"
    """
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def html(snapshot: Snapshot) -> str:
    """The snapshot as one self-contained page with a content security policy that allows its own script alone."""
    data = {
        "attributes": snapshot.attributes, "values": snapshot.values, "themes": snapshot.themes,
        "stages": snapshot.stages,
        "groups": [[g.kind, g.values, g.n, g.themes, g.stages] for g in snapshot.groups],
        "quotes": [[q.group, q.text, q.question, q.themes, q.stage] for q in snapshot.quotes],
    }  # fmt: skip
    policy = (
        f"default-src 'none'; script-src {_digest(_SCRIPT)}; style-src {_digest(_STYLE)}; base-uri 'none'; "
        "form-action 'none'"
    )
    method = "".join(f"<li>{escape(line)}</li>" for line in snapshot.method)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer">'
        f"<title>{escape(snapshot.title)}</title><style>{_STYLE}</style></head><body>"
        f'<h1>{escape(snapshot.title)}</h1><p id="headline"></p>'
        f"<details open><summary>Method and limits</summary><ul>{method}</ul></details>"
        '<div class="choices" id="choices"></div><p id="state" class="soft" aria-live="polite"></p>'
        '<div class="both"><section><h2>What do people talk about?</h2><div class="wide" id="themes"></div>'
        '<h2>Where do people struggle?</h2><div class="wide" id="stages"></div></section>'
        '<section><h2>Quotes</h2><div id="quotes"></div></section></div>'
        f'<script type="application/json" id="data">{embedded(data)}</script><script>{_SCRIPT}</script></body></html>\n'
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
