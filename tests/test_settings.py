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


@pytest.mark.parametrize("mode", ["shared", "public"])
def test_a_mode_that_needs_sign_in_is_refused_and_never_ignored(mode: str) -> None:
    with pytest.raises(ConfigurationError, match="has no sign-in"):
        from_environment({"DASHBOARD_MODE": mode})


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
