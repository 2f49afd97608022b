"""A click on every kind of chart opens its quotes beside it, by mouse and by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

CHARTS = {  # page → keys of its Plotly charts whose marks are clicked
    "themes": ("show:cooccurrence",),
    "journey": ("show:friction", "show:feeling"),
    "scores": ("scores:values", "scores:themes"),
    "participants": ("show:mix",),
    "interviews": ("show:interviews", "show:questions"),
}


def opened(page: Page, built: tuple[str, str], name: str) -> None:
    address, study = built
    page.goto(f"{address}/{name}?study={study}")
    expect(page.locator("h1.dr-question")).to_be_visible(timeout=60_000)
    expect(page.locator("[data-testid=stStatusWidget]")).to_have_count(0, timeout=30_000)


def aside(page: Page, key: str) -> Locator:
    """The quotes beside the chart with this key."""
    return page.locator(f".st-key-aside-{key.replace(':', '-')}")


@pytest.mark.parametrize("name", CHARTS)
def test_a_click_on_a_mark_opens_its_quotes(page: Page, built: tuple[str, str], name: str) -> None:
    opened(page, built, name)
    for key in CHARTS[name]:
        chart = page.locator(f".st-key-chart-{key.replace(':', '-')}")
        marks = chart.locator(".js-plotly-plot g.point path, .js-plotly-plot path.point")
        expect(marks.first).to_be_visible(timeout=60_000)  # the first page of a server draws its last chart late
        marks.first.scroll_into_view_if_needed()
        box = marks.first.bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(aside(page, key)).to_be_visible(timeout=30_000)
        expect(aside(page, key).get_by_role("button", name="Close")).to_be_visible()


def test_a_cell_of_the_heat_table_opens_by_mouse_and_by_keyboard(page: Page, built: tuple[str, str]) -> None:
    opened(page, built, "themes")
    cells = page.locator(".st-key-chart-show-differences button.cell, .st-key-chart-show-differences td button")
    expect(cells.first).to_be_visible(timeout=60_000)
    cells.first.click()
    beside = aside(page, "show:differences")
    expect(beside).to_be_visible(timeout=30_000)
    first = beside.locator("h2").inner_text()
    cells.first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(beside.locator("h2")).not_to_have_text(first, timeout=30_000)
