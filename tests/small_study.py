"""A study small enough to import in a second: two interviews, a sheet, a survey, a codebook."""

from __future__ import annotations

from pathlib import Path

STUDY = """\
name: Small
attributes: {plan: {order: [free, pro]}}
segments: [{name: Paying, rule: "plan = 'pro'"}]
journey:
  - {stage: Set up, definition: the first days with the product, cues: [set up, first week]}
  - {stage: Pay, definition: invoices and payments, cues: [invoice, "pay*"]}
codebook:
  - {theme: Pricing, definition: what it costs, cues: [price, expensive, "cost*"]}
  - {theme: Onboarding, definition: learning to use it, cues: [tutorial, set up, confusing]}
"""

P01 = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
Ada Quill: What was the first week like for you?

00:00:05.000 --> 00:00:12.000
Bo Fenn: The set up was confusing, honestly. I watched the tutorial twice and still could not connect my bank account.

00:00:13.000 --> 00:00:15.000
Ada Quill: How did you feel about paying for it?

00:00:16.000 --> 00:00:24.000
Bo Fenn: It is expensive for what it does. The price went up in March and nobody told us why that happened.
"""

P02 = """\
I: What was the first week like for you?
R: Oh, lovely, I had it running in an hour and my sister uses it as well now.
I: How did you feel about paying for it?
R: Fair enough. It costs less than the old one, and the invoice is always right when it comes.
"""

PEOPLE = "id,name,plan\nP01,Bo Fenn,free\nP02,Cy Marlow,pro\nP03,Di Okoro,pro\n"

SURVEY = (
    "Response ID,Plan,How likely are you to recommend us? (0-10),What is the main reason for your score?\n"
    "R-1,free,3,Too expensive for a small team like ours\n"
    "R-2,pro,9,The tutorial was great and I was set up in no time\n"
    "R-3,pro,8,n/a\n"
    "R-4,free,2,The price doubled and the set up was confusing\n"
)

FILES = {"P01 zoom.vtt": P01, "P02 notes.txt": P02, "people.csv": PEOPLE, "nps.csv": SURVEY}


def write(folder: Path) -> Path:
    """The study as a directory."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "study.yaml").write_text(STUDY, encoding="utf-8")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
