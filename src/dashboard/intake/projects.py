"""Coded projects: REFI-QDA (``.qdpx``, ``.qdc``) and Taguette's SQLite files."""

from __future__ import annotations

from dashboard.intake import refi, taguette
from dashboard.intake.given import Reader

READERS: tuple[Reader, ...] = (
    Reader("REFI-QDA project", refi.sniff, refi.read),
    Reader("REFI-QDA codebook", refi.sniff_codebook, refi.read_codebook),
    Reader("Taguette", taguette.sniff, taguette.read),
)
