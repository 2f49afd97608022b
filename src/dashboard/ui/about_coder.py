"""The coder itself: what it is, what it was measured on, where it fails; as the file beside its weights says it."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import groupby

import pandas as pd
import streamlit as st

from dashboard.ui import frame

_SIGNS = re.compile(r"\*\*|`|^- ")


def about_coder() -> None:
    """Draw what stands in ``coding/model/README.md``, the one place where it is said."""
    title = "About the coder: what it is, what was measured, where it fails"
    opened = st.expander(title, key="coder:about", icon=":material/info:", on_change="rerun")
    with opened:
        for block in blocks() if opened.open else ():
            if isinstance(block, pd.DataFrame):
                st.dataframe(block, hide_index=True, width="stretch")
            elif block.startswith("## "):
                frame.section(block[3:])
            else:
                frame.say(block, tone="quiet")


def blocks() -> list[str | pd.DataFrame]:
    """The file's headings (``## …``), paragraphs, points and tables, in order; plain text without its signs."""
    text = files("dashboard.coding").joinpath("model", "README.md").read_text(encoding="utf-8")
    lines = text.split("\n")[1:]
    found: list[str | pd.DataFrame] = []
    for kind, group in groupby(lines, key=_kind):
        several = list(group)
        if kind == "table":
            head, _, *rows = ([cell.strip() for cell in line.strip()[1:-1].split("|")] for line in several)
            found.append(pd.DataFrame([[_plain(cell) for cell in row] for row in rows], columns=_columns(head)))
        elif kind == "paragraph":
            found.append(_plain(" ".join(several)))
        elif kind in ("point", "heading"):
            found += [line if kind == "heading" else _plain(line) for line in several]
    return found


def _kind(line: str) -> str:
    signs = {"|": "table", "-": "point", "#": "heading", "": "nothing"}
    return signs.get(line[:1], "paragraph")


def _columns(head: list[str]) -> list[str]:
    """A table's columns need names that differ; the first is often left empty."""
    return [name or " " * (place + 1) for place, name in enumerate(head)]


def _plain(text: str) -> str:
    return _SIGNS.sub("", text).strip()
