"""Who stands in the audience of a link."""

from __future__ import annotations

from dataclasses import replace

from dashboard.workspace.access import Identity, subjects_of, user_of

ADA = Identity("https://id.example.org", "1", "ada@example.org", email_verified=True, groups=("Board",))


def test_an_audience_knows_a_person_by_a_verified_address_its_domain_and_groups() -> None:
    assert subjects_of(user_of(ADA, "viewer")) == {"ada@example.org", "@example.org", "group:Board"}
    assert subjects_of(user_of(replace(ADA, email_verified=False), "viewer")) == {"group:Board"}
    assert subjects_of(user_of(replace(ADA, email="ada@example.org@evil.org"), "viewer")) == {"group:Board"}
