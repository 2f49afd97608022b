"""What the codebook leaves uncovered becomes a theme, goes into one, or is dismissed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import Opened

from dashboard.analysis.quotes import quotes
from dashboard.errors import InvalidStudy
from dashboard.study import Theme
from dashboard.workspace import Workspace, discovery, sources, studies
from dashboard.workspace.evidence import evidence
from dashboard.workspace.jobs import build_now

ABOUT = {
    "parcel": "The parcel arrived {} days late and the courier never rang the bell.",
    "colour": "The colour of the jumper faded after {} washes and looks grey now.",
    "voucher": "My voucher code was refused {} times at the checkout page.",
}


@pytest.fixture
def shop(ws: Workspace) -> Opened:
    """A survey about three things, of which the codebook knows one."""
    study = studies.create(ws, "Shop")
    lines = ["respondent_id,What happened?"]
    for n in range(24):
        said = list(ABOUT.values())[n % 3].format(n + 2)
        lines.append(f"R{n},{said}")
    lines.append("R99,n/a")
    sources.add(ws, study, [("answers.csv", "\n".join(lines).encode())])
    framed = replace(
        studies.get(ws, study), codebook=(Theme("Delivery", "late parcels and couriers", ("parcel", "courier")),)
    )
    studies.save(ws, framed, version=studies.version(ws, study))
    build_now(ws, study)
    return Opened(ws, study)


def found(shop: Opened) -> discovery.Uncovered:
    whole = evidence(shop.ws, shop.study)
    assert whole is not None
    return discovery.uncovered(shop.ws, shop.study, whole)


def test_groups_are_of_what_nothing_covers_and_open_into_their_quotes(shop: Opened) -> None:
    uncovered = found(shop)
    assert uncovered.passages == 16
    assert uncovered.boilerplate == 1
    assert [group.people for group in uncovered.groups] == [8, 8]
    whole = evidence(shop.ws, shop.study)
    assert whole is not None
    for group in uncovered.groups:
        opened = quotes(whole, {"passage": group.passages}).rows
        assert set(opened["passage"]) == set(group.passages)
        assert opened["participant"].nunique() == group.people
        assert group.quotes[0] in set(opened["text"])


def test_a_group_becomes_a_theme_and_is_covered_by_the_next_build(shop: Opened) -> None:
    group = found(shop).groups[0]
    discovery.accept(shop.ws, shop.study, discovery.drafted(group, "New one"))
    with pytest.raises(InvalidStudy, match="already"):
        discovery.accept(shop.ws, shop.study, discovery.drafted(group, "New one"))
    build_now(shop.ws, shop.study)
    left = found(shop)
    assert not any(set(group.passages) & set(each.passages) for each in left.groups)


def test_a_group_widens_a_theme(shop: Opened) -> None:
    group = found(shop).groups[0]
    discovery.put_into(shop.ws, shop.study, group, "Delivery")
    (theme,) = studies.get(shop.ws, shop.study).codebook
    assert set(group.words[:6]) <= set(theme.cues)
    assert "parcel" in theme.cues
    assert theme.include
    with pytest.raises(InvalidStudy, match="no theme"):
        discovery.put_into(shop.ws, shop.study, group, "Nothing of the kind")


def test_what_is_dismissed_stays_away_until_it_is_brought_back(shop: Opened) -> None:
    first, second = found(shop).groups
    discovery.dismiss(shop.ws, shop.study, first)
    assert found(shop).groups == (second,)
    assert found(shop).dismissed == 1
    discovery.bring_back(shop.ws, shop.study)
    assert found(shop).groups == (first, second)


def test_themes_that_mean_the_same_are_pointed_out(shop: Opened) -> None:
    study = studies.get(shop.ws, shop.study)
    twice = (
        *study.codebook,
        Theme("Deliveries", "late parcels and couriers"),
        Theme("Late deliveries", "late parcels and couriers", parent="Deliveries"),
        Theme("Colour", "how clothes look"),
    )
    studies.save(shop.ws, replace(study, codebook=twice), version=studies.version(shop.ws, shop.study))
    found = {pair[:2] for pair in discovery.near_duplicates(shop.ws, shop.study)}
    assert ("Delivery", "Deliveries") in found
    assert ("Deliveries", "Late deliveries") not in found  # one stands below the other
    assert not any("Colour" in pair for pair in found)
