"""How to read each measure, and what it does not say: the other half of ``computed``."""

from __future__ import annotations

from typing import NamedTuple


class Explained(NamedTuple):
    """read: how to read its rows and marks. not_said: what must not be concluded from them."""

    read: str
    not_said: str


EXPLAINED: dict[str, Explained] = {
    "prevalence": Explained(
        "Each bar is people, not mentions: somebody who says a thing ten times counts once. Under 30 people the counts "
        "come first and the percent second. The thin line is the interval; dashed, it stands on unchecked suggestions, "
        "and cards that were read turn it into an interval that allows for the coding's own errors.",
        "It speaks of those we heard, not of all customers, unless the study says how its segments weigh. A theme that "
        "few voice is not unimportant: it may be one that nobody asked about.",
    ),
    "differences": Explained(
        "A cell is one group against everybody else. “Clear difference” has survived all the comparisons that were "
        "made; “worth a look” has not, but deserves its quotes to be read; grey is either too few people to compare or "
        "a difference that could be chance.",
        "“Could be chance” is not “no difference”: with few people only large differences can be clear. A difference "
        "between groups says nothing about why; people in them may differ in other ways too.",
    ),
    "friction": Explained(
        "Stages are ranked by how many of those who talk about them struggle at least (the lower end of the "
        "interval). Reach says how many, intensity how badly; the index multiplies them and is for sorting alone.",
        "A stage that nobody talks about has no bar, which is not the same as no friction. Sarcasm is read as praise, "
        "and a calm sentence about something costly counts as a mild struggle.",
    ),
    "feeling": Explained(
        "Two lines along the journey: who says something negative, who something positive. One person can be in both. "
        "Sentences of no clear feeling are in neither.",
        "The feeling of a sentence is judged by a model unless a person decided; a fall of the line between two stages "
        "with few people is no turning point.",
    ),
    "cooccurrence": Explained(
        "A pair is people who voice both themes, anywhere in what they said. A lift of 2 means twice as many as if the "
        "two had nothing to do with each other; below 1, fewer.",
        "Together is not because of: people who talk much voice more of everything. Read the quotes before one theme "
        "is called the reason of another.",
    ),
    "needs": Explained(
        "People who state a wish, something missing, a workaround or a job done elsewhere. What they do today stands "
        "in the quotes: a workaround is the strongest sign, since somebody already pays for it in time.",
        "The counts are a floor: about half of what people lack is said in words that no rule and no likeness finds. A "
        "wish is not a requirement.",
    ),
    "mix": Explained(
        "Whom you heard beside whom you planned to hear. An empty cell is named: its people are missing from every "
        "other figure of the study.",
        "A full plan is not a sample of all customers; it says only that each kind of person was heard.",
    ),
    "saturation": Explained(
        "Each step is an interview, in the order held: the themes that came up for the first time. A line that has "
        "gone flat well inside the expected band says that further interviews of the same kind bring little new.",
        "It says nothing about how common a theme is, and nothing about people of a kind you have not heard.",
    ),
    "words": Explained(
        "Words that set a group apart, not the words it uses most. Size follows z; every word counts people and opens "
        "their quotes.",
        "A word has no meaning by itself: “support” may be praised or missed. Rare words of few people stand low, "
        "however striking.",
    ),
    "agreement": Explained(
        "Per theme, what two coders say of the same quotes. Above 0.8 the theme can be counted with confidence, from "
        "0.67 with care; below, read the quotes in dispute and sharpen the definition.",
        "Agreement is not truth: two coders can share a mistake. Kappa and alpha are low where a theme is very rare, "
        "even if nearly all is agreed.",
    ),
    "scores": Explained(
        "The points by which those who voice a theme score lower or higher than the others; impact is what the whole "
        "score would gain without them. Below five people on a side no interval is shown.",
        "Nothing here is a cause: unhappy people also find more to complain about. It joins only those of whom both a "
        "score and words are known; how many stands above the chart.",
    ),
    "churn": Explained(
        "What those who left say more, or less, often than those who stayed, marked as in “differences”.",
        "Leavers explain themselves afterwards; what they say most is a place to look, not the reason that they left. "
        "Who could not be reached is not here.",
    ),
    "trend": Explained(
        "A theme's share month by month or wave by wave, of those heard in it. A clear change is one that holds over "
        "all periods together, not between two neighbours.",
        "Different people are heard each month; a change of whom we asked looks like a change of what they think.",
    ),
    "overview": Explained(
        "The first line of each other measure on one screen; each opens its quotes and leads to its own page.",
        "It is a table of contents. No line carries its caveats with it: they stand on the page that it leads to.",
    ),
    "interviews": Explained(
        "How much of each interview the participant spoke, what kinds of questions were asked, and what of the guide "
        "came up. A participant's share below two thirds is worth a look.",
        "A guess by rules: a short interview, or one with a taciturn person, is not a bad one.",
    ),
    "questions": Explained(
        "Questions by kind, each flagged one in its place with the reason and a better wording. “Check this” means "
        "what it says.",
        "A closed question can be the right one, to confirm what was heard. Tone of voice is not in a transcript.",
    ),
    "quotes": Explained(
        "Every quote as far as the filters leave it, with who said it, what it answers, and what it counts for.",
        "A quote is one person's words. How many say so stands with the theme, not with the quote.",
    ),
    "codings": Explained(
        "One row for each quote, theme and coder: what was suggested with which confidence and reason, and what people "
        "decided. “Accepted” is what counts.",
        "A confidence is how often suggestions like this are right, not how strongly the person feels.",
    ),
}
"""Measure → how to read it and what it does not say; in the order of ``computed``."""
