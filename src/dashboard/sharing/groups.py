"""Who can be told apart from whom in a version: people of each source kind in groups of at least k."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
import numpy as np
import pandas as pd

from dashboard.analysis.counting import kinds_in
from dashboard.evidence.tables import Evidence, attribute_column
from dashboard.sharing.anonymity import Anonymised, anonymise
from dashboard.sharing.policy import Policy
from dashboard.study import NOT_GIVEN

TOGETHER = "too few to tell apart"
"""The one value of an attribute in a source kind in which it would leave fewer than k people together."""
MONTH = "month"
"""The attribute that says when somebody was heard, where the publisher chose that."""


@dataclass(frozen=True)
class Earlier:
    """A version that viewers may still have: who was in which group of it (columns person, class), and its k."""

    people: pd.DataFrame
    k: int


@dataclass(frozen=True)
class Grouped:
    """Everybody who can be counted. rows: participant, source_kind, person, class, one column a kept attribute.

    kept, left_out: attributes, in the study's order. other: (kind, attribute) → values that became "other".
    hidden: source kind → people who are left out. held_back: those of them who would stand out beside earlier versions.
    """

    rows: pd.DataFrame
    kept: tuple[str, ...]
    left_out: tuple[str, ...]
    other: Mapping[tuple[str, str], tuple[str, ...]]
    hidden: Mapping[str, int]
    held_back: int
    of_kind: Mapping[str, tuple[str, ...]]

    def values(self, evidence: Evidence, name: str) -> tuple[str, ...]:
        """The values of an attribute that are left, in display order."""
        there = set(self.rows[name])
        known = evidence.values_of(name) if name in evidence.attributes else ()
        return tuple(dict.fromkeys([*(v for v in known if v in there), *sorted(there - set(known))]))


def person_of(secret: bytes, participant: str, kind: str) -> str:
    """What a person of one source kind is known by from version to version, to whoever holds the secret alone."""
    return hmac.new(secret, f"{kind}\0{participant}".encode(), hashlib.sha256).hexdigest()


def people_rows(evidence: Evidence, policy: Policy, *, secret: bytes = b"") -> tuple[pd.DataFrame, tuple[str, ...]]:
    """participant, source_kind, person and the attributes that the policy would keep; and the names of those."""
    said = evidence.said().filter(nw.col("passages") > 0).collect("pandas").to_pandas()
    names = [name for name in evidence.attributes if policy.attributes is None or name in policy.attributes]
    columns = {attribute_column(name): name for name in names}
    rows = said[["participant", "source_kind", *columns]].rename(columns=columns).astype(str)
    rows = rows.sort_values(["participant", "source_kind"], ignore_index=True)
    rows["person"] = [person_of(secret, p, k) for p, k in zip(rows["participant"], rows["source_kind"], strict=True)]
    if policy.months and MONTH not in rows:
        rows[MONTH] = _months(evidence, rows)
        names.append(MONTH)
    for name, bands in _bands(evidence).items() if policy.scores else ():
        given = name if name not in rows else f"{name} (score)"
        rows[given] = [bands.get(participant, NOT_GIVEN) for participant in rows["participant"]]
        names.append(given)
    return rows, tuple(names)


def grouped(
    rows: pd.DataFrame, attributes: Sequence[str], *, k: int, earlier: Sequence[Earlier] = (), seed: int = 0
) -> Grouped:
    """The people in groups of k, in this version and across the earlier ones.

    Interviews and surveys each by itself: they are never pooled, so twelve interviews need not decide what thousands
    who answered a survey keep. An attribute that one of the two does not keep has one value there. Whoever stands in an
    earlier version and not in this one makes a difference of the two: where those are fewer than k of a group, more of
    it are left out.
    """
    least = min([k, *(each.k for each in earlier)])
    rows = rows.assign(known=_known(rows["person"], earlier))
    everybody = len(rows)
    rows = _without_few_absent(rows, earlier, least, seed) if earlier else rows
    parts = {
        kind: anonymise(
            rows[rows["source_kind"] == kind].reset_index(drop=True), attributes, k=k,
            known="known" if earlier else None, known_k=least, seed=seed,
        )
        for kind in kinds_in(rows["source_kind"])
    }  # fmt: skip
    kept = tuple(name for name in attributes if any(name in part.kept for part in parts.values()))
    shown, classes = [], 0
    for part in parts.values():
        whole = {name: TOGETHER for name in kept if name not in part.kept}
        shown.append(part.rows.assign(**whole, **{"class": part.rows["class"] + classes}))
        classes += part.classes
    together = pd.concat(shown, ignore_index=True) if shown else rows.assign(**{"class": 0}).iloc[:0]
    alone = _hidden(rows, parts)
    held = everybody - len(together) - sum(alone.values())
    hidden = dict(alone)
    return Grouped(
        together.drop(columns="known"),
        kept,
        tuple(name for name in attributes if name not in kept),
        {(kind, name): values for kind, part in parts.items() for name, values in part.other.items()},
        hidden,
        held,
        {kind: part.kept for kind, part in parts.items()},
    )


def _hidden(rows: pd.DataFrame, parts: Mapping[str, Anonymised]) -> dict[str, int]:
    """Source kind → people left out because the kind as a whole has too few."""
    return {kind: part.hidden for kind, part in parts.items() if part.hidden and not len(part.rows)}


def _known(people: pd.Series[str], earlier: Sequence[Earlier]) -> list[str]:
    """For each person the groups in which earlier versions show them."""
    of = [dict(zip(each.people["person"], each.people["class"], strict=True)) for each in earlier]
    return [" ".join(str(classes.get(person, "-")) for classes in of) for person in people]


def _without_few_absent(rows: pd.DataFrame, earlier: Sequence[Earlier], k: int, seed: int) -> pd.DataFrame:
    """The rows without some of a known group where fewer than k of it are not here any more."""
    before = pd.Series(sorted({person for each in earlier for person in each.people["person"]}), dtype=str)
    groups = pd.DataFrame({"person": before, "known": _known(before, earlier)})
    groups["here"] = groups["person"].isin(set(rows["person"]))
    draw = np.random.default_rng(seed)
    gone: set[str] = set()
    for _, members in groups.groupby("known", sort=True):
        here = members.loc[members["here"], "person"].tolist()
        absent = len(members) - len(here)
        if 0 < absent < k:
            more = k - absent
            gone |= set(draw.permutation(here)[:more]) if len(here) - more >= k else set(here)
    return rows[~rows["person"].isin(gone)].reset_index(drop=True)


def _months(evidence: Evidence, rows: pd.DataFrame) -> list[str]:
    passages = evidence.passages().filter(nw.col("codable")).select("participant", "source_kind", "date")
    dated = passages.collect("pandas").to_pandas()
    dated = dated[dated["date"].fillna("").str.match(r"\d{4}-\d\d")]
    first = dated.groupby(["participant", "source_kind"])["date"].min().str[:7].to_dict()
    return [first.get((p, k), NOT_GIVEN) for p, k in zip(rows["participant"], rows["source_kind"], strict=True)]


def _bands(evidence: Evidence) -> dict[str, dict[str, str]]:
    """Score → participant → the band of the latest value: of an NPS its three, of any other thirds of its range."""
    scores = evidence.scores().collect("pandas").to_pandas().sort_values("date", kind="stable")
    found: dict[str, dict[str, str]] = {}
    for (kind, score), each in scores.groupby(["kind", "score"], sort=True):
        latest = each.drop_duplicates("participant", keep="last").set_index("participant")["value"]
        name = str(kind).upper() if kind != "rating" else str(score)
        name = name if name not in found else str(score)
        if kind == "nps":
            bands = ["promoter" if value >= 9 else "passive" if value >= 7 else "detractor" for value in latest]
        else:
            low, step = float(latest.min()), (float(latest.max()) - float(latest.min())) / 3
            bands = ["low" if v <= low + step else "high" if v > low + 2 * step else "middle" for v in latest]
        found[name] = dict(zip(map(str, latest.index), bands, strict=True))
    return found


@dataclass(frozen=True)
class Consequence:
    """What viewers keep at one k. kept: attribute → its values. other: attribute → how many values became "other"."""

    k: int
    kept: Mapping[str, tuple[str, ...]]
    other: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]
    people: int
    hidden: int
    groups: int


def consequences(
    evidence: Evidence,
    policy: Policy,
    *,
    earlier: Sequence[Earlier] = (),
    secret: bytes = b"",
    ks: Sequence[int] = (3, 5, 10),
) -> tuple[Consequence, ...]:
    """What viewers keep at each of these k, side by side."""
    rows, names = people_rows(evidence, policy, secret=secret)
    chosen = set(names)
    found = []
    for k in ks:
        groups = grouped(rows, names, k=k, earlier=earlier, seed=evidence.seed)
        other: dict[str, tuple[str, ...]] = {}
        for (_, name), values in groups.other.items():
            if name in groups.kept:
                other[name] = tuple(dict.fromkeys((*other.get(name, ()), *values)))
        found.append(
            Consequence(
                k, {name: groups.values(evidence, name) for name in groups.kept}, other,
                (*groups.left_out, *(name for name in evidence.attributes if name not in chosen)),
                len(groups.rows), len(rows) - len(groups.rows), int(groups.rows["class"].nunique()),
            )
        )  # fmt: skip
    return tuple(found)
