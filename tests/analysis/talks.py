"""Two interviews and a survey, small enough to count by hand, with a guide."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from analysis.evidence_fixture import ENGINES, STUDY, frames

from dashboard.evidence.tables import Evidence
from dashboard.study import GuideQuestion, Theme

GUIDE = (
    GuideQuestion("hear", "How did you first hear of the library app?"),
    GuideQuestion("price", "How do you feel about the yearly fee?"),
    GuideQuestion("wish", "What would you wish for next year?"),
)
PRICING = Theme("Pricing", cues=("fee*", "expensive"))
TALK_STUDY = replace(STUDY, guide=GUIDE, codebook=(PRICING, *STUDY.codebook[1:]))

# interview, turn, role, speaker, text
SAID = [
    ("a", 0, "interviewer", "Ada", "Welcome. How did you first hear about the library app?"),
    ("a", 1, "participant", "P1", "From a poster at school."),
    ("a", 2, "interviewer", "Ada", "And then?"),
    ("a", 3, "participant", "P1", "I got it the same day."),
    ("a", 4, "observer", "Bo", "Sorry, what did you say, and don't you think that was great?"),
    ("a", 5, "interviewer", "Ada", "Don't you think the yearly fee is too high?"),
    ("a", 6, "participant", "P1", "Twelve is fine, the fee that is."),
    ("b", 0, "interviewer", "Cy", "What do you feel about the yearly fee, and is it easy to pay?"),
    ("b", 1, "participant", "P2", "It is expensive for us."),
    ("b", 2, "interviewer", "Cy", "I see."),
    ("b", 3, "participant", "P2", "We share one card."),
    ("s", 0, "participant", "P3", "Make the fee smaller"),
    ("s", 1, "participant", "P4", "n/a"),
]  # fmt: skip
SURVEY = "What do you wish for next year?"


def talk_evidence(engine: str = "duckdb") -> Evidence:
    """The two interviews of P1 (free) and P2 (pro), and what P3 and P4 (free) answered."""
    persons = pd.DataFrame(
        {"participant": ["P1", "P2", "P3", "P4"], "plan": ["free", "pro", "free", "free"], "status": ["loyal"] * 4}
    )
    rows, asked = [], ""
    for source, turn, role, speaker, text in SAID:
        asked = text if role == "interviewer" else asked
        if role == "participant":
            rows.append(
                {
                    "passage": f"{source}.{turn}.0", "source": source, "turn": turn, "participant": speaker,
                    "source_kind": "survey" if source == "s" else "interview", "text": text, "codable": text != "n/a",
                    "question": SURVEY if source == "s" else asked,
                }
            )  # fmt: skip
    codings = [("a.6.0", "Pricing"), ("b.1.0", "Pricing"), ("b.3.0", "Support"), ("s.0.0", "Pricing")]
    tables = dict(
        frames(
            persons,
            pd.DataFrame(rows),
            pd.DataFrame(
                [(passage, theme, "machine", "suggested", 0.9) for passage, theme in codings],
                columns=["passage", "theme", "by", "status", "confidence"],
            ),
            TALK_STUDY,
        )
    )
    said = pd.DataFrame(SAID, columns=["source", "turn", "role", "speaker", "text"])
    said["participant"] = said["speaker"].where(said["role"] == "participant", "")
    said["source_kind"] = np.where(said["source"] == "s", "survey", "interview")
    said = said.assign(document="", question="", start=np.nan, end=np.nan)
    tables["turns"] = said.astype({name: "str" for name in said.columns if name not in ("turn", "start", "end")})
    return Evidence(
        revision="talks001", decisions=1, study=TALK_STUDY, attributes=("plan", "status"),
        values=(("plan", ("free", "pro")), ("status", ("loyal",))), open_table=ENGINES[engine](tables),
    )  # fmt: skip
