"""The one gesture, in a real browser: drop files, see themes by segment, click, read, decide, share the view."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

expect.set_options(timeout=30_000)

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
FILES = [path for path in sorted(SAMPLE.iterdir()) if not path.name.startswith(("key", "README", "study"))]

pytestmark = pytest.mark.browser


def cell(page: Page, theme: str, group: str) -> str:
    """What the cell of the heat table says aloud."""
    found = page.get_by_role("button", name=re.compile(rf"^{theme}, {group}: \d+ of \d+ people we spoke to"))
    return found.first.get_attribute("aria-label") or ""


def counted(label: str) -> int:
    found = re.search(r": (\d+) of", label)
    assert found, label
    return int(found[1])


def test_from_dropped_files_to_quotes(page: Page, browser: Browser, address: str) -> None:
    page.goto(address)
    page.get_by_label("Name of the study").fill("Why they leave")
    page.get_by_label("Codebook to start from").click()
    page.get_by_role("option", name="Business software").click()
    page.get_by_label("Journey to start from").click()
    page.get_by_role("option", name="Subscription software").click()
    page.get_by_role("button", name="Create the study").click()

    expect(page.get_by_role("heading", name="What was given, and was it understood?")).to_be_visible()
    page.locator("input[type=file][multiple]").first.set_input_files(FILES)
    expect(page.get_by_text(f"{len(FILES)} files went in.")).to_be_visible()
    expect(page.get_by_text("12 interviews, 1 survey and 1 participant sheet were understood.")).to_be_visible()

    role = page.get_by_role("combobox", name=re.compile("^Role: Maya"))
    expect(role).to_have_value("interviewer")
    role.select_option("observer")
    expect(page.get_by_text(re.compile("^“Maya” is observer .* now"))).to_be_visible()
    page.get_by_role("combobox", name=re.compile("^Role: Maya")).select_option("interviewer")
    expect(page.get_by_text(re.compile("^“Maya” is interview.* now"))).to_be_visible()

    page.get_by_role("button", name="Build").click()
    page.get_by_role("button", name="Look at Themes").click(timeout=120_000)

    expect(page.get_by_role("heading", name="What do people talk about, and who?")).to_be_visible()
    page.get_by_label("Compare by").first.click()
    page.get_by_role("option", name="status").click()
    clicked = page.get_by_role("button", name=re.compile(r"^Pricing, churned: \d of \d people we spoke to")).first
    expect(clicked).to_be_visible()
    before = counted(cell(page, "Pricing", "churned"))
    clicked.click()
    expect(page.get_by_role("heading", name=re.compile("Pricing.*churned.*interviews"))).to_be_visible()
    expect(page.get_by_text(re.compile(rf"^{before} (person|people), \d+ quotes?$"))).to_be_visible()
    assert clicked.get_attribute("aria-pressed") == "true"

    page.get_by_text("Open in conversation").first.click()
    expect(page.get_by_text(re.compile(r"^Quote 1 of \d+: Pricing"))).to_be_visible()
    marked = page.locator("mark").first
    expect(marked).to_be_visible()
    expect(marked).to_be_in_viewport()
    page.get_by_role("button", name="Back").click()

    # reject every quote of one person: the number on the cell follows
    expect(page.get_by_role("heading", name=re.compile("Pricing.*churned.*interviews"))).to_be_visible()
    people = page.get_by_text(re.compile(r"^\d (person|people), \d+ quotes?$"))
    while counted(cell(page, "Pricing", "churned")) == before:
        said = people.inner_text()
        page.get_by_role("button", name=re.compile("^Reject Pricing")).first.click()
        expect(people).not_to_have_text(said)
    assert counted(cell(page, "Pricing", "churned")) == before - 1

    other = browser.new_context().new_page()
    other.goto(page.url)
    expect(other.get_by_role("heading", name="What do people talk about, and who?")).to_be_visible()
    expect(other.get_by_role("button", name=re.compile(r"^Pricing, churned: \d of \d")).first).to_be_visible(
        timeout=60_000
    )
    assert counted(cell(other, "Pricing", "churned")) == before - 1
    other.context.close()
