"""Two people's afternoon: one publishes and revokes, the other reads, and no byte that reaches them holds a name."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response, WebSocket, expect

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
SAYS = "People leave before their bank is connected."

expect.set_options(timeout=30_000)

pytestmark = pytest.mark.browser


def who_they_are() -> set[str]:
    """Every name, e-mail address, company and id of the people of the sample study, and the names of its files."""
    said: set[str] = set()
    with (SAMPLE / "participants.csv").open(encoding="utf-8") as sheet:
        for row in csv.DictReader(sheet):
            said |= {
                row["name"],
                row["email"],
                row["company"],
                *(part for part in row["name"].split() if len(part) > 3),
            }
    with (SAMPLE / "nps-2026.csv").open(encoding="utf-8") as survey:
        for row in csv.DictReader(survey):
            said |= {row["Response ID"], row["Email"]}
    files = {path.name for path in SAMPLE.iterdir() if path.suffix in (".vtt", ".srt", ".docx", ".txt", ".md", ".csv")}
    return {each.casefold() for each in said | files - {"README.md", "study.yaml"} if each.strip()}


def listening(context: BrowserContext) -> tuple[Page, list[bytes]]:
    """A window, and every byte that reaches it: bodies and websocket frames."""
    page, reached = context.new_page(), []

    def body(response: Response) -> None:
        if response.request.resource_type in ("document", "fetch", "xhr", "media", "other"):
            reached.append(response.body())

    def frames(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: reached.append(frame if isinstance(frame, bytes) else frame.encode()))

    page.on("requestfinished", lambda request: body(found) if (found := request.response()) else None)
    page.on("websocket", frames)
    return page, reached


def test_a_link_is_published_read_without_a_name_and_revoked(
    page: Page, browser: Browser, changed: tuple[str, str]
) -> None:
    address, study = changed
    page.goto(f"{address}/publish?study={study}")
    expect(page.get_by_text("Nothing was shared yet.")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("table", name=re.compile("^What viewers keep"))).to_be_visible()
    page.get_by_role("button", name="Next: Contents").click()
    page.get_by_label("What you would say first").fill(SAYS)
    page.get_by_role("button", name="Next: Names").click()
    first = page.get_by_role("button", name=re.compile("^Pass: ")).first
    expect(first).to_be_visible()
    first.click()
    expect(page.get_by_text(re.compile("^1 of [0-9,]+ quotes were read"))).to_be_visible()
    page.get_by_role("button", name="Next: Look and publish").click()
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator(".st-key-publish-preview").get_by_role("heading", name=SAYS)).to_be_visible()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Published. The link stands here.")).to_be_visible()
    link = page.locator("[data-testid=stCode]").inner_text().strip()
    assert link.startswith(f"{address}/?share=")

    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    viewer, reached = listening(context)
    viewer.goto(link)
    expect(viewer.get_by_role("heading", name=SAYS)).to_be_visible()
    viewer.get_by_role("link", name="Quotes").click()
    expect(viewer.get_by_role("list", name="Quotes").get_by_role("listitem").first).to_be_visible()
    viewer.get_by_role("button", name="Filter").click()
    viewer.get_by_label("status").first.click()
    viewer.get_by_role("option").first.click()
    expect(
        viewer.get_by_text(re.compile(r"^\d+ of \d+ people in the interviews, \d+ of \d+ in the survey: status"))
    ).to_be_visible()
    viewer.keyboard.press("Escape")
    viewer.get_by_role("heading", name="What exactly did they say?").click()  # leaves the field, which grows while used
    viewer.get_by_role("button", name="Open in conversation").first.click()
    expect(viewer.locator(".dr-reader").first).to_be_visible()

    page.get_by_role("button", name=re.compile("^Revoke")).first.click()
    page.get_by_role("button", name="Revoke now").click()
    expect(page.get_by_text("The link is revoked.")).to_be_visible()
    viewer.get_by_role("link", name="Themes").click()
    expect(viewer.get_by_text("opens nothing")).to_be_visible()
    context.close()

    got = b"".join(reached).decode("utf-8", "replace").casefold()
    assert SAYS.casefold() in got, "the viewer's bytes were listened to"
    words = {name: re.compile(rf"(?<![^\W\d_]){re.escape(name)}(?![^\W\d_])") for name in sorted(who_they_are())}
    assert [name for name, word in words.items() if word.search(got)] == []  # "conti" is no part of "continue"
