"""The door: nothing but this application behind it, nothing open that is nobody's business, cookies over TLS alone."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboard.errors import ConfigurationError
from dashboard.settings import Settings
from dashboard.ui import doorway
from dashboard.ui.doorway import RETURN, claims_in, configure, inside, middleware, routes, secrets

ROOT = Path(__file__).resolve().parents[2]
SHARED = Settings(
    data_dir=Path("unused"),
    mode="shared",
    url="https://example.org/research",
    cookie_secret="0123456789abcdef0123456789abcdef",
    oidc_client_id="dashboard",
    oidc_client_secret="another",
    oidc_metadata_url="https://id.example.org/.well-known/openid-configuration",
)


@pytest.mark.parametrize(
    "place",
    ["", "quotes", "//evil.example/quotes", "///evil.example", "/\\evil.example",
     "https://evil.example/research/quotes",
     "/research/../evil", "/research/%2e%2e/x", "/research//evil.example", "/researchers", "/research/quotes#x",
     "/other",
     "javascript:alert(1)", "/research/a b", "/research/quotes\r\nSet-Cookie: a=b", "/research/qu\u00f6tes",
     "\t/research/",
     "/research/a/b", "/research/auth/logout", "/research/@evil.example", "/research/quotes;x",
     "http:/research/quotes"],
)  # fmt: skip
def test_a_way_back_that_leads_elsewhere_leads_nowhere(place: str) -> None:
    assert inside(place, "/research") == ""


@given(st.text(max_size=60))
@example("/research/[::1]//x")
def test_a_way_back_stays_in_the_application(place: str) -> None:
    for given_place in (place, "/research/" + place, "/research/quotes?" + place):
        back = inside(given_place, "/research")
        assert not back or (urlsplit(back).netloc, urlsplit(back).scheme) == ("", "")
        assert not back or back.startswith("/research/")


def test_of_a_long_list_of_choices_as_many_are_kept_as_a_cookie_holds() -> None:
    kept = inside("/quotes?share=abc&" + "&".join(f"theme={n}" for n in range(2000)), "")
    assert kept.startswith("/quotes?share=abc&theme=0")
    assert len(kept) <= doorway.LONGEST_RETURN


async def _callback(request: Request) -> Response:
    away = RedirectResponse("/research/", 302)
    away.set_cookie("_streamlit_user", "x", httponly=True)
    return away


async def _anything(request: Request) -> Response:
    return PlainTextResponse("secret figures")


def client(settings: Settings) -> TestClient:
    inner = [Route("/research/oauth2callback", _callback), Route("/{path:path}", _anything)]
    app = Starlette(routes=[*routes(settings), *inner], middleware=middleware(settings))
    return TestClient(app, base_url=settings.url.removesuffix("/research"), follow_redirects=False)


def test_metrics_downloads_and_strange_hosts_are_shut_out() -> None:
    at = client(SHARED)
    for path in ("_stcore/metrics", "_stcore/agent/mcp", "_stcore/%6detrics", "_stcore/script-health-check"):
        answer = at.get(f"/research/{path}")
        assert (answer.status_code, "secret" in answer.text) == (404, False), path
    assert at.get("/research/media/abc.png").status_code == 403
    assert at.get("/research/_stcore/upload_file/a/b").status_code == 403
    assert at.get("/research/", headers={"Host": "evil.example"}).status_code == 400
    assert at.get("/research/").text == "secret figures"


def test_a_cookie_of_somebody_else_opens_no_download() -> None:
    at = client(SHARED)
    for secret, claims in (("another secret", {"sub": "x"}), (SHARED.cookie_secret, {"sub": "x", "iss": "elsewhere"})):
        at.cookies.set("_streamlit_user", create_signed_value(secret, "_streamlit_user", json.dumps(claims)).decode())
        assert at.get("/research/media/abc.png").status_code == 403


def test_every_answer_says_what_a_browser_may_do_and_cookies_are_secure() -> None:
    answer = client(SHARED).get("/research/oauth2callback")
    assert answer.headers["content-security-policy"] == doorway.CONTENT_POLICY
    assert answer.headers["x-frame-options"] == "DENY"
    assert "strict-transport-security" in answer.headers
    assert all("; Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
    plain = client(replace(SHARED, url="http://localhost/research")).get("/research/oauth2callback")
    assert "secure" not in str(plain.headers.get_list("set-cookie")).lower()


def test_the_way_back_is_kept_while_a_person_signs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doorway, "encode_provider_token", lambda provider: "token")
    at = client(SHARED)
    away = at.get("/research/sign-in", params={"next": "/research/quotes?share=abc"})
    assert away.headers["location"] == "/research/auth/login?provider=token"
    assert "HttpOnly" in away.headers["set-cookie"]
    back = at.get("/research/oauth2callback")
    assert back.headers["location"] == "/research/quotes?share=abc"
    assert at.get("/research/oauth2callback").headers["location"] == "/research/"


@pytest.mark.parametrize("kept", ["https://evil.example", "//evil.example", "\xff", "/research/../x"])
def test_a_forged_way_back_is_not_taken(kept: str) -> None:
    at = client(SHARED)
    at.cookies.set(RETURN, base64.urlsafe_b64encode(kept.encode("latin-1")).decode(), path="/research")
    assert at.get("/research/oauth2callback").headers["location"] == "/research/"


@pytest.mark.parametrize("said", ["", "not signed", '"a list"', "[1]", "{"])
def test_a_cookie_that_says_nothing_is_nobody(said: str) -> None:
    signed = create_signed_value(SHARED.cookie_secret, "_streamlit_user", said).decode() if said else ""
    assert claims_in({"_streamlit_user": signed}, SHARED) == {}
    assert claims_in({"_streamlit_user": "\u2028"}, SHARED) == {}


def test_where_nobody_signs_in_nothing_stands_in_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    local = Settings(data_dir=Path("unused"))
    assert (middleware(local), secrets(local)) == ([], {})
    assert [route.path for route in routes(local) if isinstance(route, Route)] == ["/health"]
    monkeypatch.setattr(doorway.config, "get_option", {"server.address": "0.0.0.0"}.get)
    with pytest.raises(ConfigurationError, match="without signing in"):
        configure(local)


def test_streamlit_is_set_up_for_the_address_that_people_open(monkeypatch: pytest.MonkeyPatch) -> None:
    options: dict[str, Any] = {"server.address": "0.0.0.0"}
    monkeypatch.setattr(doorway.config, "get_option", options.get)
    monkeypatch.setattr(doorway.config, "set_option", lambda name, value, where: options.update({name: value}))
    configure(SHARED)
    assert options["server.allowedHosts"] == ["example.org", "localhost", "127.0.0.1"]
    assert options["server.baseUrlPath"] == "research"
    assert secrets(SHARED)["auth"]["redirect_uri"] == "https://example.org/research/oauth2callback"
    options["server.trustedUserHeaders"] = {"X-Email": "email"}
    with pytest.raises(ConfigurationError, match="trustedUserHeaders"):
        configure(SHARED)


def test_the_example_of_a_proxy_says_the_same() -> None:
    proxy = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for name, value in doorway.HEADERS.items():
        assert f'add_header {name} "{value}" always;' in proxy
    assert '$request_uri"' not in proxy.split("server {")[0], "the log has no query"
