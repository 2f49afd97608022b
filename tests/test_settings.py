"""Settings: the environment as one frozen value; every variable is documented and read."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from dashboard.errors import ConfigurationError
from dashboard.settings import VARIABLES, Settings, from_environment

FIELDS = {field.name: field for field in dataclasses.fields(Settings)}
SAMPLE = {
    "data_dir": ("/srv/research", Path("/srv/research")),
    "database_url": ("postgresql+psycopg://host/name", "postgresql+psycopg://host/name"),
    "mode": ("local", "local"),
    "max_file_mb": ("7", 7),
    "max_unpacked_mb": ("8", 8),
    "max_files": ("9", 9),
    "read_seconds": ("30", 30),
    "read_memory_mb": ("900", 900),
    "threads": ("2", 2),
    "url": ("https://example.org/research/", "https://example.org/research"),
    "cookie_secret": ("a secret", "a secret"),
    "oidc_client_id": ("dashboard", "dashboard"),
    "oidc_client_secret": ("another", "another"),
    "oidc_metadata_url": ("https://id.example.org/x", "https://id.example.org/x"),
    "oidc_issuer": ("https://id.example.org", "https://id.example.org"),
    "oidc_groups_claim": ("roles", "roles"),
    "admins": ("Ada@Example.org, group:Research Leads", ("ada@example.org", "group:Research Leads")),
    "researchers": ("@Example.org", ("@example.org",)),
    "viewers": ("@a.example,@a.example,b@b.example,", ("@a.example", "b@b.example")),
}
SHARED = {
    "DASHBOARD_MODE": "shared",
    "DASHBOARD_URL": "https://example.org/research",
    "DASHBOARD_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    "OIDC_CLIENT_ID": "dashboard",
    "OIDC_CLIENT_SECRET": "another",
    "OIDC_METADATA_URL": "https://id.example.org/tenant/.well-known/openid-configuration",
    "DASHBOARD_ADMINS": "ada@example.org",
}


def test_every_setting_has_a_variable_and_every_variable_a_setting() -> None:
    assert list(VARIABLES) == list(FIELDS) == list(SAMPLE)
    variables = [variable for variable, _ in VARIABLES.values()]
    assert len(set(variables)) == len(variables)
    assert all(text.strip() for _, text in VARIABLES.values())


@pytest.mark.parametrize("name", VARIABLES)
def test_every_variable_is_read(name: str) -> None:
    given, expected = SAMPLE[name]
    settings = from_environment({VARIABLES[name][0]: f" {given} "})
    assert getattr(settings, name) == expected
    others = dataclasses.replace(settings, **{name: getattr(from_environment({}), name)})
    assert others == from_environment({})


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.default is not dataclasses.MISSING])
def test_the_documented_default_is_the_default(name: str) -> None:
    assert getattr(from_environment({}), name) == FIELDS[name].default
    assert getattr(from_environment({VARIABLES[name][0]: "  "}), name) == FIELDS[name].default
    if isinstance(FIELDS[name].default, int) and FIELDS[name].default:
        assert f"(default: {FIELDS[name].default})" in VARIABLES[name][1]


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if isinstance(field.default, int)])
@pytest.mark.parametrize("given", ["-1", "1.5", "many", "1e3"])
def test_a_number_that_is_none_is_refused_by_the_name_of_its_variable(name: str, given: str) -> None:
    with pytest.raises(ConfigurationError, match=VARIABLES[name][0]):
        from_environment({VARIABLES[name][0]: given})


@pytest.mark.parametrize("name", [n for n, f in FIELDS.items() if isinstance(f.default, int) and n != "threads"])
def test_a_limit_of_nothing_would_refuse_every_file_and_is_refused(name: str) -> None:
    with pytest.raises(ConfigurationError, match="1 or more"):
        from_environment({VARIABLES[name][0]: "0"})


def test_a_mode_that_is_none_is_refused_and_never_ignored() -> None:
    with pytest.raises(ConfigurationError, match="local or shared"):
        from_environment({"DASHBOARD_MODE": "public"})


def test_what_follows_from_the_address_and_the_provider_of_sign_in() -> None:
    settings = from_environment(SHARED)
    assert (settings.shared, settings.secure, settings.host) == (True, True, "example.org")
    assert settings.base_path == "/research"
    assert settings.issuer == "https://id.example.org/tenant"
    assert from_environment({**SHARED, "OIDC_ISSUER": "https://else.example"}).issuer == "https://else.example"
    assert from_environment({**SHARED, "DASHBOARD_URL": "http://localhost:8501"}).base_path == ""
    assert SHARED["DASHBOARD_COOKIE_SECRET"] not in repr(settings)
    assert "another" not in repr(settings)


@pytest.mark.parametrize("name", [name for name in SHARED if name != "DASHBOARD_MODE"])
def test_nothing_is_shared_without_sign_in(name: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        from_environment({**SHARED, name: " "})


@pytest.mark.parametrize("secret", ["short", "a" * 64, "ab" * 32])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    with pytest.raises(ConfigurationError, match="can be guessed") as refused:
        from_environment({**SHARED, "DASHBOARD_COOKIE_SECRET": secret})
    assert secret not in str(refused.value)


@pytest.mark.parametrize("name", ["DASHBOARD_URL", "OIDC_METADATA_URL"])
@pytest.mark.parametrize(
    "address",
    ["http://example.org", "ftp://example.org", "example.org", "https://", "https://example.org/?a=b",
     "https://user@example.org", "https://example.org:port", "https://example.org//x", "https://exam ple.org"],
)  # fmt: skip
def test_an_address_that_anybody_could_listen_to_is_refused(name: str, address: str) -> None:
    with pytest.raises(ConfigurationError, match=name):
        from_environment({**SHARED, name: address})


@pytest.mark.parametrize("given", ["ada", "ada@", "group:", "a b@example.org", "@a@b"])
def test_a_list_that_names_nobody_is_refused(given: str) -> None:
    with pytest.raises(ConfigurationError, match="DASHBOARD_VIEWERS"):
        from_environment({**SHARED, "DASHBOARD_VIEWERS": given})


def test_places_follow_from_the_data_folder() -> None:
    settings = from_environment({"DASHBOARD_DATA_DIR": "/somewhere"}, data_dir=Path("/srv/x"))
    assert settings.data_dir == Path("/srv/x")
    assert settings.records_url == "sqlite:////srv/x/records.sqlite"
    assert settings.sources_dir == Path("/srv/x/sources")
    assert settings.parts_dir == Path("/srv/x/parts")
    assert from_environment({"DATABASE_URL": "postgresql://h/n"}).records_url == "postgresql://h/n"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        from_environment({}).mode = "shared"  # type: ignore[misc]
