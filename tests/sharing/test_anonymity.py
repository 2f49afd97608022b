"""No group a viewer can choose, and no difference of two, has fewer than k people."""

from __future__ import annotations

from itertools import combinations, product

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.sharing.anonymity import anonymise

ROWS = st.lists(st.tuples(st.sampled_from("is"), st.sampled_from("abcd"), st.sampled_from("xyz")), max_size=40)


@settings(max_examples=60, deadline=None)
@given(rows=ROWS, k=st.integers(1, 6))
def test_every_group_and_every_difference_is_empty_or_has_k_people(rows: list[tuple[str, str, str]], k: int) -> None:
    frame = pd.DataFrame(rows, columns=["kind", "one", "two"], dtype=str).assign(participant=range(len(rows)))
    found = anonymise(frame, ["one", "two"], k=k, always=["kind"])
    columns = ["kind", *found.kept]
    choices = [[None, *sorted(found.rows[name].unique())] for name in columns]
    groups = []
    for chosen in product(*choices):
        left = found.rows
        for name, value in zip(columns, chosen, strict=True):
            left = left if value is None else left[left[name] == value]
        groups.append(frozenset(left["participant"]))
    for one, other in combinations(set(groups) | {frozenset()}, 2):
        for difference in (one - other, other - one):
            assert not difference or len(difference) >= k
    assert len(found.rows) + found.hidden == len(rows)
