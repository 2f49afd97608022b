"""What people who left say more often than people who stayed."""

from __future__ import annotations

from dataclasses import replace

from dashboard.analysis.differences import differences
from dashboard.analysis.in_words import listed
from dashboard.analysis.table import Table
from dashboard.errors import InvalidFilter
from dashboard.evidence.tables import SEGMENT, Evidence
from dashboard.study import NOT_GIVEN

LEFT = frozenset(
    {
        "churned", "churn", "churner", "left", "leaver", "leavers", "lost", "cancelled", "canceled", "former",
        "ex-customer", "gone", "closed", "terminated", "gekündigt", "ehemalig", "abgewandert", "verloren", "résilié",
        "perdu", "parti", "baja", "cancelado", "perdido",
    }
)  # fmt: skip
"""Values, casefolded, that say that a person has left."""


def churn(evidence: Evidence, by: str | None = None, *, pool: bool = False) -> Table:
    """``differences`` of those who left against the rest, theme by theme; one row a theme and source kind.

    Compared are the groups of the attribute that says who left (a value such as churned, left, cancelled or gekündigt),
    or of ``by``; its columns, tests and families are those of ``differences``, so that a figure here is the same
    there. People of whom it is not known stand with the rest, and a note says so.
    Raises InvalidFilter where no attribute, or not the one asked for, has such a value.
    """
    attribute = by if by is not None else _attribute(evidence)
    gone = _left(evidence, attribute)
    if not gone:
        raise InvalidFilter(
            f"No value of “{attribute}” says that somebody left; choose an attribute with a value such as "
            "churned, left or cancelled."
        )
    table = differences(evidence, attribute, pool=pool)
    column = table.keys[-1]
    rows = table.rows[table.rows[column].isin(gone)].reset_index(drop=True)
    unknown = NOT_GIVEN in evidence.values_of(attribute)
    notes = (
        *table.notes,
        *((f"People whose {attribute} is not given are counted with those who stayed.",) if unknown else ()),
        *((f"Each of {listed(gone)} is compared with everybody else.",) if len(gone) > 1 else ()),
    )
    return replace(
        table,
        measure="churn",
        rows=rows,
        by=attribute,
        order={**table.order, column: gone},
        notes=notes,
    )


def _attribute(evidence: Evidence) -> str:
    """The first attribute with a value that says that a person left."""
    found = next((name for name in evidence.attributes if _left(evidence, name)), None)
    if found is None:
        raise InvalidFilter(
            "No attribute of the study says who left; add one with a value such as churned, left or cancelled to the "
            "sheet of participants."
        )
    return found


def _left(evidence: Evidence, attribute: str) -> tuple[str, ...]:
    """The values of an attribute, or the names of segments, that say that a person left."""
    values = evidence.values_of(attribute)
    if attribute == SEGMENT:
        return tuple(value for value in values if LEFT.intersection(value.casefold().split()))
    return tuple(value for value in values if value.strip().casefold() in LEFT)
