"""How each measure is computed, in words for a reader: what is counted, by which formula, and where it comes from."""

from __future__ import annotations

_WILSON = (
    "The interval is Wilson's for a proportion, at 95 % (Wilson 1927, J. Am. Stat. Assoc. 22; Newcombe 1998, Stat. "
    "Med. 17): it covers the chance of whom we happened to hear, not mistakes of the coding."
)

COMPUTED: dict[str, str] = {
    "prevalence": "People with at least one counted quote on the theme ÷ people who said anything that could be coded. "
    + _WILSON,
    "differences": "Each group against everybody else, in percentage points with Newcombe's interval (Newcombe 1998, "
    "Stat. Med. 17, method 10). Whether it could be chance: Fisher's exact test with mid-P, and Benjamini and "
    "Hochberg's q (1995, J. R. Stat. Soc. B 57) over all comparisons that are made. Of the differences marked as "
    "clear, at most 5 in 100 on average are false alarms.",
    "friction": "Reach: people who struggle at the stage ÷ people who talk about it, with Wilson's interval. "
    "Intensity: how negative those people are there on average, 0 to 1. Index: 100 × reach × intensity, its interval "
    "by MOVER (Zou and Donner 2008, Stat. Med. 27). A struggle is a passage that is negative or tells of effort, a "
    "workaround or an unmet need.",
    "feeling": "People with a negative, and people with a positive passage at the stage, each ÷ people who talk about "
    "it. " + _WILSON,
    "cooccurrence": "People who voice both themes. Lift: how many times as often as if the two had nothing to do with "
    "each other. Chance: Fisher's exact test with mid-P, Benjamini and Hochberg's q over all pairs.",
    "quotes": "Every passage that the filters leave, word for word.",
    "codings": "Every suggestion of confidence 0.05 or more, and every decision of a person.",
}
"""Measure → its explanation."""
