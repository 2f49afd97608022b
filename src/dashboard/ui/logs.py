"""What the server writes to its log: one JSON object a line, without queries, addresses of persons, or text."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

_QUERY = re.compile(r"\?[^\s\"'<>]+")
_EMAIL = re.compile(r"[^\s@\"'<>(),;:]{1,64}@[^\s@\"'<>(),;:]{1,255}")
_OURS = "dashboard"


class Lines(logging.Formatter):
    """A record as one line of JSON: at, level, from, said, and where it went wrong.

    What is said by others than the dashboard is their template without its values, which may hold anything; an
    exception is its kind and the places in the code, never its own words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        ours = record.name.split(".")[0] == _OURS
        said = record.getMessage() if ours else str(record.msg)
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "said": scrubbed(said),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line, ensure_ascii=True)


def scrubbed(text: str) -> str:
    """A text without the queries of addresses and without e-mail addresses.

    >>> scrubbed("GET /quotes?share=abc by ada@example.org")
    'GET /quotes?… by …@…'
    """
    return _EMAIL.sub("…@…", _QUERY.sub("?…", text))


def set_up() -> None:
    """Let everything that is logged in this process be written as such lines."""
    root = logging.getLogger()
    if not root.handlers:
        root.addHandler(logging.StreamHandler())
    logging.getLogger(_OURS).setLevel(logging.INFO)
    known = [one for one in logging.root.manager.loggerDict.values() if isinstance(one, logging.Logger)]
    for logger in (root, *known):
        for handler in logger.handlers:
            handler.setFormatter(Lines())
