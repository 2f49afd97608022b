"""Forty mixed files in a real browser: what was understood, one role for all, three people made one, and a turn."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

expect.set_options(timeout=30_000)

pytestmark = pytest.mark.browser

INTERVIEWS = 34
FIRST = ("Anja", "Bilal", "Carla", "Dmitri", "Esra", "Femi", "Greta", "Hugo", "Ines", "Jorge", "Kim", "Lars")
LAST = ("Abel", "Brunn", "Castell", "Dorn")


def person(number: int) -> str:
    return f"{FIRST[number % len(FIRST)]} {LAST[number // len(FIRST)]}"


def captions(number: int) -> str:
    """A short conversation. The host is named by a word that says nothing of the role, and hardly asks."""
    said = [
        ("Robin", "Welcome, and thank you for your time today."),
        (person(number), f"Happy to be here. The import took {number + 2} evenings and nobody helped."),
        ("Robin", "I see. Let us talk about the invoices then."),
        (person(number), "They are always right, but the price went up twice this year."),
    ]
    cues = [
        f"00:00:{10 * n:02}.000 --> 00:00:{10 * n + 8:02}.000\n{speaker}: {text}\n"
        for n, (speaker, text) in enumerate(said)
    ]
    return "WEBVTT\n\n" + "\n".join(cues)


def write(folder: Path) -> list[Path]:
    """Forty files of every kind, two of them broken."""
    files = {f"talk {n:02}.vtt": captions(n) for n in range(INTERVIEWS)}
    people = "".join(f"P{n:02},{person(n)},{'pro' if n % 2 else 'free'}\n" for n in range(INTERVIEWS))
    files["people.csv"] = "id,name,plan\n" + people
    for month in ("may", "june"):
        answers = "".join(f"{month}-{n},{n % 11},The import was slow in week {n}\n" for n in range(60))
        files[f"nps {month}.csv"] = "Respondent,How likely are you to recommend us? (0-10),Why?\n" + answers
    said = ("Robin: Hello, Mona.", "Mona Reuter: The import.", "Robin: I see.", "Mona Reuter: And the invoices.")
    files["notes.txt"] = "\n".join(said)
    files["broken.zip"] = "PK\x03\x04 this is no archive"
    files["empty.vtt"] = ""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [folder / name for name in files]


def test_forty_files_are_understood_corrected_and_matched(page: Page, address: str, tmp_path: Path) -> None:
    files = write(tmp_path)
    assert len(files) == 40
    page.goto(address)
    page.get_by_label("Name of the study").fill("Forty files")
    page.get_by_role("button", name="Create the study").click()
    page.locator("input[type=file][multiple]").first.set_input_files(files)
    expect(page.get_by_text("38 files went in, 2 could not be taken in")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("35 interviews, 2 surveys and 1 participant sheet were understood.")).to_be_visible()
    for name in ("broken.zip", "empty.vtt"):
        expect(page.get_by_text(re.compile(f"^“{name}” "))).to_be_visible()

    # one role, corrected in one file, then in every file with the label
    page.get_by_label("Find a source").fill("talk 07")
    page.get_by_label("Find a source").press("Enter")
    page.get_by_role("button", name="talk 07.vtt").click()
    expect(page.get_by_role("heading", name="talk 07.vtt")).to_be_visible()
    role = page.get_by_role("combobox", name="Role: Robin")
    role.select_option("observer")
    expect(page.get_by_text("“Robin” is observer (not counted) in “talk 07.vtt” now.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Same role in 34 other files: Robin")).click()
    expect(page.get_by_text("“Robin” observer (not counted) in 35 files now.")).to_be_visible()

    # a misheard word in the whole study, and back
    page.get_by_text("Was a word misheard?").click()
    page.get_by_label("It says").fill("invoices")
    page.get_by_label("It should say").fill("bills")
    page.get_by_label("It should say").press("Enter")
    expect(page.get_by_text(re.compile(r"^“invoices” stands in \d+ places, in 35 sources\."))).to_be_visible()
    page.get_by_role("button", name=re.compile(r"^Put right in \d+ places")).click()
    expect(page.get_by_text(re.compile("^“invoices” is “bills” in"))).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(re.compile("^“Robin” observer"))).to_be_visible()

    # three people are one: two merges; the number of people follows
    page.get_by_role("tab", name="Who is who").click()
    total = page.get_by_text(re.compile(r"^\d+ people in all\."))
    expect(total).to_have_text(re.compile(rf"^{INTERVIEWS + 1 + 120} people in all"))
    page.get_by_role("button", name=re.compile(r"^Confirm all \d+")).click()
    expect(page.get_by_text(re.compile(r"^\d+ people were confirmed\."))).to_be_visible()
    for n, other in enumerate(("P00", "P01")):
        find = page.get_by_label("Find a person")
        find.fill(person(2 if n == 0 else 0))  # the second time: of the two who are one by now
        find.press("Enter")
        merge = page.get_by_role("button", name=re.compile("^Merge with …"))
        expect(merge).to_have_count(1)
        merge.click()
        page.get_by_label("Participant id they should go by").fill(other)
        page.get_by_role("button", name="Merge", exact=True).click()
        expect(total).to_have_text(re.compile(rf"^{INTERVIEWS + 120 - n} people in all"))
    page.get_by_role("button", name="Undo").click()
    expect(total).to_have_text(re.compile(rf"^{INTERVIEWS + 120} people in all"))
