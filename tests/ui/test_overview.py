"""The overview says what the measures say."""

from conftest import Opened

from dashboard.ui import cached, overview
from dashboard.workspace import evidence as of_evidence


def test_every_line_has_the_count_of_the_quotes_it_opens(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    k = {(row["measure"], repr(row["of"])): row["k"] for row in cached.table(whole, "overview", None).records()}
    lines = [line for group in overview.groups(whole) for line in group.lines]
    assert {line.measure for line in lines} == {"overview", "prevalence", "friction", "differences", "scores", ""}
    for line in lines:
        if line.measure:
            keys = tuple(sorted(line.keys.items()))
            people = cached.quotes(whole, keys, line.measure).totals["participants"]
            assert people == k[line.measure, repr(line.keys)], line


def test_whom_we_heard_is_counted_by_source_with_their_mix(sample: Opened) -> None:
    whole = of_evidence.evidence(sample.ws, sample.study)
    assert whole is not None
    said = overview.whom_we_heard(whole)
    assert "in the interviews" in said
    assert "in the survey" in said
    first = overview.groups(whole)[0]
    assert first.tone == "figures"
    assert "churned" in first.lines[0].text
