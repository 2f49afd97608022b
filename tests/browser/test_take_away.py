"""Charts and figures are really saved as files by a browser, and a cloud's words are reached by keyboard."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def themes(built: tuple[str, str]) -> str:
    """Address of the themes of the sample study."""
    address, study = built
    return f"{address}/themes?study={study}"


def test_pictures_and_figures_are_saved_and_words_are_reached_by_keyboard(
    page: Page, themes: str, tmp_path: Path
) -> None:
    page.goto(themes)
    words = page.get_by_role("button", name=re.compile(r": \d+ of \d+ people, of the others .*Open the quotes$"))
    expect(words.first).to_be_visible(timeout=60_000)
    words.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    second = words.nth(1)
    expect(second).to_have_attribute("aria-pressed", "true")
    counted = re.search(r": (\d+) of", second.get_attribute("aria-label") or "")
    assert counted
    expect(page.get_by_text(re.compile(rf"^{counted[1]} (person|people), \d+ quotes?$"))).to_be_visible(timeout=30_000)

    pair = page.locator(".st-key-foot-show-cooccurrence")
    expect(pair).to_be_visible(timeout=30_000)
    pair.get_by_role("button", name="Download").click()
    saved = {}
    for label in ("Figures as CSV", "Figures as Excel", "Chart as SVG", "Chart as PNG"):
        with page.expect_download() as taken:
            page.get_by_role("button", name=label).click()
        saved[taken.value.suggested_filename] = tmp_path / taken.value.suggested_filename
        taken.value.save_as(saved[taken.value.suggested_filename])
    assert set(saved) == {f"cooccurrence.{ending}" for ending in ("csv", "xlsx", "svg", "png")}
    assert saved["cooccurrence.png"].read_bytes().startswith(b"\x89PNG")
    drawn = "".join(fromstring(saved["cooccurrence.svg"].read_bytes()).itertext())
    assert "together" in drawn
    assert "Of people who said anything that could be coded" in drawn
