"""Signing in at a real provider: back to where one wanted to go, in one's role, for as long as it holds."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from browser.conftest import free_port, running, serving, until_it_answers
from playwright.sync_api import Browser, Page, expect

from dashboard.records import roles
from dashboard.settings import Settings
from dashboard.sharing.policy import Policy
from dashboard.workspace import User, Workspace, open_workspace, sharing

pytestmark = pytest.mark.browser

PATH = "/research"
PEOPLE = (
    {"sub": "eve", "email": "eve@partner.org", "email_verified": True, "name": "Eve"},
    {"sub": "mal", "email": "root@corp.com", "email_verified": False},
    {"sub": "ada", "email": "ada@corp.com", "email_verified": True},
)
LASTS = 20
"""Seconds that a sign-in lasts at the provider of these tests."""


@dataclass(frozen=True)
class Served:
    """A shared dashboard under a path, what is in it, and how to change that from outside."""

    root: str
    ws: Workspace
    study: str
    token: str
    log: Path

    @property
    def address(self) -> str:
        return self.root + PATH


@pytest.fixture(scope="module")
def served(sample_store: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("shared")
    source, study = sample_store
    store = folder / "store"
    shutil.copytree(source, store)
    ws = open_workspace(Settings(data_dir=store), User("shell"))
    token = sharing.publish(ws, study, Policy(k=5), title="Why customers leave", audience=("@partner.org",)).token
    with ws.records.begin(by=ws.user) as transaction:
        roles.grant(transaction, "ada@corp.com", "researcher")
    port, provided, log = free_port(), free_port(), folder / "log"
    provider = [sys.executable, "-m", "oidc_provider_mock", "--port", str(provided), "--token-max-age", str(LASTS)]
    for person in PEOPLE:
        provider += ["--user-claims", json.dumps(person)]
    environment = {
        **os.environ,
        "DASHBOARD_DATA_DIR": str(store),
        "DASHBOARD_MODE": "shared",
        "DASHBOARD_URL": f"http://localhost:{port}{PATH}",
        "DASHBOARD_COOKIE_SECRET": "a secret of the test 0123456789abcdef",
        "OIDC_CLIENT_ID": "dashboard",
        "OIDC_CLIENT_SECRET": "not used by the provider",
        "OIDC_METADATA_URL": f"http://localhost:{provided}/.well-known/openid-configuration",
        "DASHBOARD_ADMINS": "root@corp.com",
        "DASHBOARD_VIEWERS": "@partner.org",
    }
    with running(provider, environment) as at_provider, running(serving(port), environment, log) as process:
        until_it_answers(f"http://127.0.0.1:{provided}/.well-known/openid-configuration", at_provider)
        until_it_answers(f"http://127.0.0.1:{port}{PATH}/health", process)
        yield Served(f"http://localhost:{port}", ws, study, token, log)
    ws.records.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    opened = context.new_page()
    refused: list[str] = []
    opened.on("console", lambda said: refused.append(said.text) if "Content Security" in said.text else None)
    yield opened
    context.close()
    assert refused == []


def sign_in(page: Page, who: str, button: str = "Sign in") -> None:
    page.get_by_role("link", name=button, exact=True).click()
    page.get_by_role("button", name=who, exact=True).first.click()


def status(address: str, **headers: str) -> int:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code


def test_a_viewer_comes_back_to_the_link_and_signs_in_again_when_it_is_over(served: Served, page: Page) -> None:
    deep = f"{served.address}/themes?share={served.token}&source_kind=interview"
    page.goto(deep)
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()
    assert served.token not in page.content() or "Why customers leave" not in page.content()
    sign_in(page, "eve")
    expect(page.locator("h1.dr-question")).to_be_visible()
    expect(page.get_by_role("link", name="Themes").first).to_be_visible()
    assert page.url.startswith(f"{served.address}/themes?")
    assert f"share={served.token}" in page.url
    assert "source_kind=interview" in page.url
    assert page.get_by_role("link", name="Sources").count() == page.get_by_role("link", name="Coding").count() == 0
    for name in ("sources", "coding", "publish", "admin", "studies"):  # names that a viewer may guess
        assert served.study not in page.content(), name
    over = 1000 * (time.time() + LASTS + 1)
    page.wait_for_function("over => Date.now() > over", arg=over, timeout=2000 * LASTS)  # the provider's word is over
    page.get_by_role("link", name="Quotes").first.click()
    expect(page.get_by_text("Your sign-in has ended")).to_be_visible()
    sign_in(page, "eve", "Sign in again")
    expect(page.get_by_role("link", name="Themes").first).to_be_visible()
    assert page.url.startswith(f"{served.address}/quotes?")
    assert f"share={served.token}" in page.url


def test_a_viewer_who_calls_pages_and_studies_by_name_gets_nothing(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/coding?study={served.study}")
    sign_in(page, "eve")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    for name in ("sources", "coding", "publish", "admin", "quotes"):
        page.goto(f"{served.address}/{name}?study={served.study}")
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        assert "Why do customers" not in page.locator("section.main, [data-testid='stMain']").inner_text()
        assert page.get_by_role("textbox", name="Search").count() == 0


def test_an_address_that_was_not_verified_is_nobody(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/admin")
    sign_in(page, "mal")
    expect(page.get_by_text("has not verified your e-mail address")).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)


def test_a_role_that_is_taken_away_ends_at_the_next_run(served: Served, page: Page) -> None:
    page.goto(f"{served.address}/?study={served.study}")
    sign_in(page, "ada")
    expect(page.get_by_role("link", name="Coding").first).to_be_visible()
    expect(page.get_by_role("link", name="Administration")).to_have_count(0)
    with served.ws.records.begin(by=served.ws.user) as transaction:
        roles.end(transaction, "ada@corp.com")
    page.get_by_role("link", name="Overview").first.click()
    expect(page.get_by_text("You have no role here")).to_be_visible()
    expect(page.get_by_role("link", name="Coding")).to_have_count(0)


def test_doors_are_shut_and_the_log_tells_nothing(served: Served) -> None:
    assert status(f"{served.address}/health") == 200
    for closed in ("/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/agent/mcp"):
        assert status(served.address + closed) == 404, closed
    assert status(f"{served.address}/media/0123456789abcdef.png") == 403
    assert status(f"{served.address}/", Host="evil.example") == 400
    with urllib.request.urlopen(f"{served.address}/", timeout=20) as answer:
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    log = served.log.read_text(encoding="utf-8", errors="replace")
    assert served.token not in log
    assert "@partner.org" not in log
    assert "share=" not in log
