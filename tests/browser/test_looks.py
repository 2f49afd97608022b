"""Every page in both themes, wide and narrow: nothing runs over, nothing fails, nothing is fetched from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

PAGES = (
    "", "overview", "themes", "journey", "scores", "quotes", "answers", "interviews", "participants", "findings",
    "sources", "coding", "publish", "admin",
)  # fmt: skip
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# the menu is Streamlit's own markup: its list has sections between its items, which nothing of ours can change
JUDGED = "options => axe.run({exclude: [['[data-testid=stSidebarNav]']]}, {resultTypes: ['violations'], ...options})"
COLOURS = {"runOnly": ["color-contrast"]}

pytestmark = pytest.mark.browser


def test_the_first_visitor_of_a_fresh_server_gets_the_menu_on_any_page(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{address}/studies")
    expect(page.get_by_role("heading", name="Which study do you want to work on?")).to_be_visible(timeout=60_000)
    page.close()


def test_every_page_fits_fails_nowhere_and_stays_at_home(built: tuple[str, str], browser: Browser) -> None:
    """Wide and narrow, light and dark; the window of a person who has one of them changes to the others."""
    address, study = built
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console", lambda said: wrong.append(said.text) if said.type == "error" and "404" not in said.text else None
    )
    page.on("request", lambda asked: wrong.append(asked.url) if urlsplit(asked.url).hostname not in HOME else None)
    for name in PAGES:
        page.set_viewport_size(WIDE)
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/{name}?study={study}")
        expect(page.locator("h1.dr-question")).to_be_visible(timeout=60_000)
        expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0, timeout=30_000)
        wrong += runs_over(page, name) + hindrances(page, name)
        page.emulate_media(color_scheme="dark")
        expect(page.locator("[data-testid=stApp]")).to_have_css("color-scheme", "dark")
        wrong += hindrances(page, name, COLOURS)  # in the dark, nothing else is another
        page.set_viewport_size(NARROW)
        wrong += runs_over(page, name)
    context.close()
    assert wrong == []


def runs_over(page: Page, name: str) -> list[str]:
    """Whether anything stays wider than the window, once what is drawn anew has its size."""
    try:
        page.wait_for_function(FITS, timeout=10_000)
    except PlaywrightTimeoutError:
        return [f"{name} runs over at {page.viewport_size}"]
    return []


def hindrances(page: Page, name: str, options: Mapping[str, list[str]] = MappingProxyType({})) -> list[str]:
    """What keeps people with a disability from using the page as it is drawn, where it is serious."""
    page.evaluate(AXE)
    violations = page.evaluate(JUDGED, dict(options))["violations"]
    return [
        f"{name}: {each['id']}: {each['nodes'][0]['html'][:200]}"
        for each in violations
        if each["impact"] in ("serious", "critical")
    ]


FITS = (
    "[document.querySelector('[data-testid=stMain]'), document.documentElement]"
    ".every(part => part.scrollWidth <= innerWidth)"
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 420, "height": 900}
HOME = ("127.0.0.1", "", None)  # data: and blob: have no host
