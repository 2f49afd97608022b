"""Files that were given → what they hold, as values; nothing here stores or computes."""

from dashboard.intake.parsed import ParsedSource
from dashboard.intake.registry import read
from dashboard.intake.unpack import unpack

__all__ = ["ParsedSource", "read", "unpack"]
