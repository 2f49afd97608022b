"""A study small enough to count by hand: eleven people, two of them in two kinds of source."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.evidence.tables import NO_STAGE

# person, plan, status
PEOPLE = [
    ("P1", "pro", "loyal"), ("P2", "pro", "loyal"), ("P3", "pro", "churned"), ("P4", "pro", "churned"),
    ("P5", "pro", "loyal"), ("P6", "free", "loyal"), ("P7", "free", "churned"), ("P8", "free", "loyal"),
    ("P9", "free", "loyal"), ("P10", "free", "loyal"), ("P11", "not given", "loyal"),
]  # fmt: skip

BOTH = {"Pricing": 0.5, "Onboarding": 0.51}

# person, kind, text, stage, sentiment, effort, codable, {theme: confidence}, {theme: decision of ada}
SAID = [
    ("P1", "interview", "The price is too high for us", "Pay", -0.5, False, True, {"Pricing": 0.9}, {}),
    ("P1", "interview", "I paid twice", "Pay", -0.9, False, True, {"Pricing": 0.4}, {"Pricing": "confirmed"}),
    ("P1", "survey", "Too pricey", "Pay", 0.0, False, True, {"Pricing": 0.7}, {}),
    ("P2", "interview", "Prices are fine", "Pay", 0.6, False, True, {"Pricing": 0.8}, {"Pricing": "rejected"}),
    ("P3", "interview", "I had to export it by hand", "Set up", 0.0, True, True, {"Onboarding": 0.6}, {}),
    ("P4", "interview", "Dear, and the bank feed broke", "Set up", -0.4, False, True, BOTH, {}),
    ("P5", "interview", "It went well", "Set up", 0.5, False, True, {"Onboarding": 0.2}, {}),
    ("P6", "interview", "Nothing to add about the bank", NO_STAGE, 0.0, False, True, {}, {}),
    ("P7", "interview", "A hard start", "Set up", -0.3, False, True, {"Onboarding": 0.9}, {"Onboarding": "confirmed"}),
    ("P7", "survey", "n/a", NO_STAGE, 0.0, False, False, {}, {}),
    ("P8", "interview", "Setting up was quick", "Set up", 0.7, False, True, {}, {}),
    ("P9", "interview", "Fine", NO_STAGE, 0.0, False, True, {}, {}),
    ("P10", "interview", "OK so far", NO_STAGE, 0.0, False, True, {}, {}),
    ("P11", "interview", "don't know", NO_STAGE, 0.0, False, False, {}, {}),
]  # fmt: skip


def persons() -> pd.DataFrame:
    return pd.DataFrame(PEOPLE, columns=["participant", "plan", "status"])


def passages() -> pd.DataFrame:
    rows = [
        {
            "passage": f"q{number}", "source": f"{kind}-{person}", "turn": number, "participant": person,
            "source_kind": kind, "text": text, "stage": stage, "sentiment": sentiment, "effort": effort,
            "codable": codable,
        }
        for number, (person, kind, text, stage, sentiment, effort, codable, _, _) in enumerate(SAID)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def codings() -> pd.DataFrame:
    rows = []
    for number, (*_, suggested, decided) in enumerate(SAID):
        rows += [(f"q{number}", theme, "machine", "suggested", confidence) for theme, confidence in suggested.items()]
        rows += [(f"q{number}", theme, "ada", status, np.nan) for theme, status in decided.items()]
    return pd.DataFrame(rows, columns=["passage", "theme", "by", "status", "confidence"])
