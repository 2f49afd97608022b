"""The overview says what the measures say."""

import pytest
from conftest import Opened

from dashboard.ui import cached, overview
from dashboard.workspace import evidence as of_evidence


def test_every_line_has_the_count_of_the_quotes_it_opens(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    groups = [*overview.top_themes(whole), *overview.worst_friction(whole), *overview.clearest_differences(whole)]
    lines = [line for group in groups for line in group.lines]
    assert lines
    for line in lines:
        keys = tuple(sorted(line.keys.items()))
        people = cached.quotes(whole, keys, line.measure).totals["participants"]
        by = next(
            (name.removeprefix("attr:") for name in line.keys if name not in ("theme", "stage", "source_kind")), None
        )
        table = cached.table(whole, line.measure, by, (("pool", False),))
        at = table.find(line.keys)
        assert at is not None
        assert people == table.rows["k"].iloc[at]


@pytest.mark.parametrize("kind", ["interview", "survey"])
def test_whom_we_heard_is_counted_by_source(sample: Opened, kind: str) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    assert overview.KINDS[kind] in overview.whom_we_heard(whole)
