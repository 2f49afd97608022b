"""Every page in both themes, wide and narrow: nothing runs over, nothing fails, nothing is fetched from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from browser.conftest import serve
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "", "overview", "themes", "journey", "scores", "quotes", "answers", "interviews", "participants", "findings",
    "sources", "coding", "publish", "admin",
)  # fmt: skip
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# the menu is Streamlit's own markup: its list has sections between its items, which nothing of ours can change
JUDGED = "axe.run({exclude: [['[data-testid=stSidebarNav]']]}, {resultTypes: ['violations']})"

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def built(sample_store: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """Address of a fresh server, and the sample study, built."""
    folder, study = sample_store
    store = tmp_path_factory.mktemp("looks") / "store"
    shutil.copytree(folder, store)
    for address in serve(store):
        yield address, study


def test_the_first_visitor_of_a_fresh_server_gets_the_menu_on_any_page(
    built: tuple[str, str], browser: Browser
) -> None:
    address, _ = built
    page = browser.new_page()
    page.goto(f"{address}/studies")
    expect(page.get_by_role("heading", name="Which study do you want to work on?")).to_be_visible(timeout=60_000)
    page.close()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (420, "dark")])
def test_every_page_fits_fails_nowhere_and_stays_at_home(
    built: tuple[str, str], browser: Browser, width: int, scheme: str
) -> None:
    address, study = built
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    page.on("request", lambda asked: wrong.append(asked.url) if urlsplit(asked.url).hostname not in HOME else None)
    for name in PAGES:
        page.goto(f"{address}/{name}?study={study}")
        expect(page.locator("h1.dr-question")).to_be_visible(timeout=60_000)
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0, timeout=30_000)
        over = page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth - innerWidth")
        assert over <= 0, f"{name} runs over by {over} pixels"
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
        wrong += [f"{name}: {each}" for each in hindrances(page)]
    context.close()
    assert wrong == []


def hindrances(page: Page) -> list[str]:
    """What keeps people with a disability from using the page as it is drawn, where it is serious."""
    page.evaluate(AXE)
    violations = page.evaluate(JUDGED)["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]


HOME = ("127.0.0.1", "", None)  # data: and blob: have no host
