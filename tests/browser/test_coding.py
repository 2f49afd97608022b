"""Coding by keyboard, in a real browser: a theme is written, looked for, decided on ten times, and all of it undone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

TEN = 10
CUES = ("spreadsheet*", "excel", "by hand", "csv", "export*", "list", "file*")


def checked(page: Page) -> int:
    """How many suggestions of the theme the page says were checked by a person."""
    said = page.get_by_text(re.compile(r"^Spreadsheets: [\d,]+ checked by a person")).inner_text()
    found = re.search(r": ([\d,]+) checked", said)
    assert found, said
    return int(found[1])


def test_a_theme_is_written_looked_for_and_decided_on_by_keyboard(page: Page, changed: tuple[str, str]) -> None:
    address, study = changed
    page.goto(f"{address}/coding?study={study}")
    page.get_by_role("tab", name="Codebook and journey").click()
    page.get_by_role("button", name="Add a theme").click()
    page.get_by_label("Name", exact=True).first.fill("Spreadsheets")
    page.get_by_label(re.compile("^Definition")).first.fill("Work that is done by hand or in a spreadsheet.")
    page.get_by_label(re.compile("^Cues")).first.fill("\n".join(CUES))
    page.get_by_role("button", name="Add the theme").click()
    expect(page.get_by_role("button", name="Add the theme")).to_be_hidden()
    page.get_by_role("tab", name="Review suggestions").click()

    # it was looked for as soon as it was written
    expect(
        page.get_by_text(re.compile(r"^The last change brought \d+ new suggestions for “Spreadsheets”"))
    ).to_be_visible()
    page.get_by_label("Theme to review").click()
    page.keyboard.type("Spreadsheets")
    page.get_by_role("option", name="Spreadsheets").click()
    card = page.locator(".dr-card")
    expect(card.locator(".theme")).to_contain_text("Spreadsheets")
    expect(page.get_by_text("Spreadsheets: 0 checked by a person")).to_be_visible()
    page.get_by_role("heading", level=1).click()  # out of the choice of a theme, so that keys are not typed into it
    words = card.locator("mark")
    for number in range(1, TEN + 1):
        before = words.inner_text()
        page.keyboard.press("n" if number % 3 == 0 else "y")
        expect(page.get_by_text(re.compile(rf"^Spreadsheets: {number} checked by a person"))).to_be_visible()
        expect(words).not_to_have_text(before)
    expect(page.get_by_text(re.compile("^The last change brought "))).to_be_visible()
    assert checked(page) == TEN
    for number in range(TEN - 1, -1, -1):
        page.keyboard.press("u")
        expect(page.get_by_text(re.compile(rf"^Spreadsheets: {number} checked by a person"))).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_disabled()
