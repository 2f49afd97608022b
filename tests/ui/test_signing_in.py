"""Who has not signed in is asked to, on every page by name, and is shown nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import Opened
from streamlit.testing.v1 import AppTest
from ui.shown import texts

from dashboard.ui import signing_in

ROOT = Path(__file__).resolve().parents[2]
SHARED = {
    "DASHBOARD_MODE": "shared",
    "DASHBOARD_URL": "http://localhost/research",
    "DASHBOARD_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    "OIDC_CLIENT_ID": "dashboard",
    "OIDC_CLIENT_SECRET": "another",
    "OIDC_METADATA_URL": "http://localhost/.well-known/openid-configuration",
    "DASHBOARD_ADMINS": "root@corp.com",
}


def app(sample: Opened, monkeypatch: pytest.MonkeyPatch, *, provider: bool = True) -> AppTest:
    for name, value in {**SHARED, "DASHBOARD_DATA_DIR": str(sample.ws.settings.data_dir)}.items():
        monkeypatch.setenv(name, value)
    at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    if provider:
        monkeypatch.setattr("streamlit.user_info.get_secrets_auth_section", lambda: {"redirect_uri": "set"})
    at.query_params["study"] = sample.study
    return at.run()


def test_a_stranger_is_asked_to_sign_in_and_comes_back(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    at = app(sample, monkeypatch)
    said = texts(at)
    assert signing_in.WELCOME in said
    shown = "".join(each.proto.body for each in at.get("html"))
    assert f'href="/research/sign-in?next=%2Fresearch%2F%3Fstudy%3D{sample.study}"' in shown
    assert "Sample" not in said
    assert not at.button
    assert not at.exception


def test_without_the_server_that_sets_it_up_nothing_is_shown(sample: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "streamlit run serve.py" in texts(app(sample, monkeypatch, provider=False))
