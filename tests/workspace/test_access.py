"""Who is let in, as what, and what is closed to them: at every call, by type and beneath every use case."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import dashboard.workspace as use_cases
from dashboard.errors import DashboardError, NotAllowed, NotFound
from dashboard.records import roles, shares
from dashboard.settings import Settings
from dashboard.workspace import User, Workspace, access, open_workspace, published, studies
from dashboard.workspace.access import Published, identity_of, open_published, role_of, user_of

ISSUER = "https://id.example.org"
NOW = datetime.now(UTC)
CLAIMS: dict[str, Any] = {
    "iss": ISSUER, "aud": "dashboard", "sub": "1234", "exp": int((NOW + timedelta(hours=1)).timestamp()),
    "email": "Ada@Corp.com", "email_verified": True, "name": "Ada",
}  # fmt: skip
SECRET = "Quarterly churn of a company nobody may know of"


@dataclass(frozen=True)
class House:
    """A shared installation: one study with a member, and one that is open to every researcher."""

    settings: Settings
    shell: Workspace
    closed: str
    open: str
    token: str


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house") / "store"
    local = open_workspace(Settings(data_dir=folder), User("shell"))
    closed, opened = studies.create(local, SECRET), studies.create(local, "Open")
    with local.records.begin(by=local.user) as transaction:
        roles.add_member(transaction, closed, "grace@corp.com")
        token = shares.add(transaction, closed, title="Told", audience=["@corp.com"])
    settings = Settings(
        data_dir=folder, mode="shared", url="https://example.org", oidc_client_id="dashboard",
        oidc_metadata_url=f"{ISSUER}/.well-known/openid-configuration",
        admins=("root@corp.com",), researchers=("@corp.com", "group:Research"), viewers=("@partner.org",),
    )  # fmt: skip
    yield House(settings, local, closed, opened, token)
    access.open_all(settings).close()
    local.records.close()


def someone(house: House, **claims: Any) -> User:
    identity = identity_of({**CLAIMS, **claims}, house.settings)
    role = role_of(identity, house.settings, house.shell.records)
    assert role is not None
    return user_of(identity, role)


def role(house: House, **claims: Any) -> str | None:
    return role_of(identity_of({**CLAIMS, **claims}, house.settings), house.settings, house.shell.records)


def test_the_highest_role_wins(house: House) -> None:
    assert role(house) == "researcher"
    assert role(house, email="ROOT@corp.com") == "admin"
    assert role(house, email="eve@partner.org") == "viewer"
    assert role(house, email="eve@partner.org", groups=["Research"]) == "researcher"
    assert role(house, email="eve@elsewhere.org") is None


@pytest.mark.parametrize(
    "email", ["ada@evil-corp.com", "ada@corp.com.evil.com", "ada@sub.corp.com", "ada@corp.com@evil.com",
              "ada@evil.com,x@corp.com", "@corp.com", "corp.com", "a b@corp.com", "ada@c\u043erp.com", ""],
)  # fmt: skip
def test_a_domain_matches_whole(house: House, email: str) -> None:
    assert role(house, email=email) is None


@pytest.mark.parametrize("verified", [False, None, "true", 1, "yes", [True]])
def test_an_address_counts_only_when_it_was_verified(house: House, verified: object) -> None:
    assert role(house, email_verified=verified) is None
    assert role(house, email_verified=verified, groups=["Research"]) == "researcher"
    assert someone(house, email_verified=verified, groups="Research").email == ""


@pytest.mark.parametrize("groups", ["research", ["research"], {"Research": 1}, [["Research"]], [1], "corp.com"])
def test_a_group_matches_as_it_is_written(house: House, groups: object) -> None:
    assert role(house, email="", groups=groups) is None


@pytest.mark.parametrize(
    "claims", [{"iss": "https://evil.example"}, {"iss": ISSUER + "/"}, {"aud": "another"}, {"aud": None}, {"sub": ""},
               {"aud": ["dashboard", "another"]}, {"aud": ["dashboard", "another"], "azp": "another"}, {"sub": 7},
               {"exp": None}, {"exp": "soon"}, {"exp": True}, {"exp": -1}, {"exp": 1e12}, {"exp": float("nan")}],
)  # fmt: skip
def test_issuer_audience_subject_and_end_are_pinned(house: House, claims: dict[str, Any]) -> None:
    with pytest.raises(NotAllowed):
        identity_of({**CLAIMS, **claims}, house.settings)


@given(
    st.dictionaries(
        st.sampled_from([*CLAIMS, "groups", "azp"]), st.none() | st.integers() | st.text() | st.lists(st.text())
    )
)
def test_whatever_stands_in_the_claims_nobody_becomes_an_administrator(claims: dict[str, Any]) -> None:
    settings = Settings(
        data_dir=Path("unused"), oidc_client_id="dashboard", oidc_issuer=ISSUER, admins=("root@corp.com",)
    )
    try:
        identity = identity_of({**CLAIMS, **claims}, settings)
    except NotAllowed:
        return
    assert "root@corp.com" not in identity.subjects


def test_a_role_that_was_taken_away_ends_at_the_next_call(house: House) -> None:
    with house.shell.records.begin(by=house.shell.user) as transaction:
        roles.grant(transaction, "new@elsewhere.org", "researcher")
    ws = open_workspace(house.settings, someone(house, email="new@elsewhere.org"))
    assert [card.name for card in studies.cards(ws)] == ["Open"]
    with house.shell.records.begin(by=house.shell.user) as transaction:
        roles.end(transaction, "new@elsewhere.org")
    with pytest.raises(NotAllowed, match="no role"):
        studies.cards(ws)
    with pytest.raises(NotAllowed, match="no role"):
        studies.create(ws, "Mine")


def test_a_sign_in_that_ended_opens_nothing(house: House) -> None:
    user = replace(someone(house), expires_at=NOW - timedelta(seconds=1))
    with pytest.raises(NotAllowed, match="ended"):
        studies.cards(open_workspace(house.settings, user))
    with pytest.raises(NotAllowed, match="ended"):
        published.evidence(open_published(house.settings, user, house.token))
    with pytest.raises(NotAllowed, match="ended"):
        access.signed_in({**CLAIMS, "exp": 1}, house.settings)


def test_a_role_that_is_made_up_opens_nothing(house: House) -> None:
    viewer = someone(house, email="eve@partner.org")
    with pytest.raises(NotAllowed):
        open_workspace(house.settings, viewer)
    for forged in ("researcher", "admin"):
        with pytest.raises(NotAllowed):
            studies.cards(open_workspace(house.settings, replace(viewer, role=forged)))


def test_members_and_administrators_see_a_study_that_is_closed_to_others(house: House) -> None:
    def seen(email: str) -> set[str]:
        return {card.id for card in studies.cards(open_workspace(house.settings, someone(house, email=email)))}

    assert seen("grace@corp.com") == seen("root@corp.com") == {house.closed, house.open}
    assert seen("ada@corp.com") == {house.open}


def test_a_link_is_for_its_audience_alone(house: House) -> None:
    viewer = someone(house, email="eve@partner.org")
    for token in (house.token, "guessed", ""):
        with pytest.raises((NotAllowed, NotFound)):
            published.evidence(open_published(house.settings, viewer, token))


# ---------------------------------------------------------------- every use case there is


def _use_cases() -> list[tuple[str, Any]]:
    found = []
    for module in pkgutil.iter_modules(use_cases.__path__):
        loaded = importlib.import_module(f"{use_cases.__name__}.{module.name}")
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if name.startswith("_") or function.__module__ != loaded.__name__:
                continue
            parameters = list(inspect.signature(function).parameters.values())
            if parameters and str(parameters[0].annotation).split(" |")[0] == "Workspace":
                found.append((f"{module.name}.{name}", function))
    return found


USE_CASES = _use_cases()
OF_NOBODY = ("people_and_roles.floor_of_k", "sharing.least_k", "ledger.keep")
"""The smallest group that may be shared, and digests of what was forgotten, from which nobody can tell what it was."""


STUMBLES = (TypeError, AttributeError, ValueError, KeyError, IndexError, AssertionError)
"""What was made up may be no good for anything else either."""


class Anything:
    """Stands for whatever a caller may pass; nothing of it is of the study."""

    def __getattr__(self, name: str) -> Any:
        return "" if not name.startswith("__") else super().__getattribute__(name)

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0


def called(function: Any, ws: Any, study: str) -> Any:
    """What a use case returns for this study, everything else being made up; None where it refuses or stumbles."""
    given: dict[str, Any] = {}
    for parameter in list(inspect.signature(function).parameters.values())[1:]:
        if parameter.default is not inspect.Parameter.empty or parameter.kind in (
            inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL,
        ):  # fmt: skip
            continue
        if parameter.name == "study_id":
            given[parameter.name] = study
        else:
            given[parameter.name] = {"str": "x", "int": 1, "bytes": b"x", "bool": False}.get(
                str(parameter.annotation), Anything()
            )
    try:
        returned = function(ws, **given)
        return list(returned) if inspect.isgenerator(returned) else returned
    except (DashboardError, *STUMBLES) as refused:
        said = str(refused)
    assert SECRET not in said
    return None


OF_A_STUDY = [(name, one) for name, one in USE_CASES if "study_id" in inspect.signature(one).parameters]


def test_there_are_use_cases_to_walk() -> None:
    assert len(OF_A_STUDY) > 60
    assert len(USE_CASES) > len(OF_A_STUDY)


@pytest.mark.parametrize(("name", "function"), OF_A_STUDY, ids=[name for name, _ in OF_A_STUDY])
def test_who_is_no_member_gets_nothing_of_a_study(name: str, function: Any, house: House) -> None:
    returned = called(function, open_workspace(house.settings, someone(house)), house.closed)
    assert not returned, "something was handed out"
    assert house.shell.records.study(house.closed).name == SECRET
    assert {row.state for row in house.shell.records.studies() if row.id == house.closed} == {"active"}


@pytest.mark.parametrize(("name", "function"), USE_CASES, ids=[name for name, _ in USE_CASES])
def test_a_viewer_in_place_of_a_researcher_gets_nothing(name: str, function: Any, house: House) -> None:
    viewer = someone(house, email="eve@partner.org")
    handle: Any = open_published(house.settings, viewer, house.token)
    for stolen in (handle, Workspace(house.settings, viewer, handle.records, house.shell.files, house.shell.parts)):
        returned = called(function, stolen, house.closed)
        assert not returned or name in OF_NOBODY, "something was handed out"
    assert house.shell.records.study(house.closed).name == SECRET


def test_a_published_is_no_workspace() -> None:
    fields = set(typing.get_type_hints(Published))
    assert fields.isdisjoint({"files", "parts"})
