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
    "Stat. Med. 17, method 10). Whether it could be chance: Fisher's exact test with mid-P (where people belong "
    "together, as in one company, whole companies change places instead), and Benjamini and Hochberg's q (1995, J. R. "
    "Stat. Soc. B 57) over all comparisons that are made. Of the differences marked as clear, at most 5 in 100 on "
    "average are false alarms.",
    "friction": "Reach: people who struggle at the stage ÷ people who talk about it, with Wilson's interval. "
    "Intensity: how negative those people are there on average, 0 to 1. Index: 100 × reach × intensity, its interval "
    "by MOVER (Zou and Donner 2008, Stat. Med. 27). A struggle is a quote that is negative or tells of effort, a "
    "workaround or an unmet need.",
    "feeling": "People with a negative, and people with a positive quote at the stage, each ÷ people who talk about "
    "it. " + _WILSON,
    "cooccurrence": "People who voice both themes. Lift: how many times as often as if the two had nothing to do with "
    "each other. Chance: Fisher's exact test with mid-P, Benjamini and Hochberg's q over all pairs.",
    "needs": "People with at least one quote that states a wish, something missing, a workaround or a job done "
    "elsewhere, on the theme and at the stage ÷ people who said anything that could be coded. " + _WILSON,
    "mix": "People who said anything that could be coded, with each value of an attribute, beside the number that the "
    "study's plan asks for. A person counts once in each kind of source, however often they were heard.",
    "saturation": "Themes that no interview before this one voiced, in the order held. Expected: the mean over 200 "
    "random orders of the same interviews, with the range of 95 in 100 of them (rarefaction: Hurlbert 1971, Ecology "
    "52). It says nothing about how common a theme is.",
    "words": "People who use a word, or two words side by side, at least once in what they said that could be coded; "
    "words that every sentence needs are left out. z: the log-odds of the word in the group against the others with an "
    "informative Dirichlet prior, everybody's words, that weighs as much as one more person, divided by its deviation "
    "(Monroe, Colaresi and Quinn 2008, Political Analysis 16/4).",
    "agreement": "Quotes that two coders have both judged, and of how many they say the same. Cohen's kappa (1960, "
    "Educ. Psychol. Meas. 20) and Krippendorff's alpha for yes and no (Content Analysis, 2004): 1 is agreement on "
    "everything, 0 what chance would bring. The machine says yes where a suggestion counts by itself.",
    "scores": "The mean of those who voice the theme − the mean of the others who gave the score and said anything "
    "that could be coded, each person's latest value, with Welch's interval (1947, Biometrika 34). Whether it could be "
    "chance: Welch's test, and Benjamini and Hochberg's q over all comparisons. Impact: the score − the score without "
    "those people. NPS: promoters (9, 10) − detractors (0 to 6), in 100 people (Reichheld 2003). Nothing is a cause.",
    "churn": "Those who left against everybody else, in percentage points, as computed in “differences”.",
    "trend": "People who voice the theme in the period ÷ people who said anything that could be coded in it. Whether a "
    "change could be chance: the test of Cochran and Armitage for a trend over the periods with at least five people "
    "(Armitage 1955, Biometrics 11), and Benjamini and Hochberg's q over all themes. " + _WILSON,
    "overview": "The first lines of the other measures: the themes most people voice, the stages where most struggle, "
    "the differences that stand out, and what goes with the score; each as it is computed there.",
    "interviews": "The interviewer's words ÷ all words of interviewer and participants; observers count nowhere. Turns "
    "that ask are counted as in “questions”. A question of the guide counts as asked where a turn is alike in meaning, "
    "wording and place, which is a guess.",
    "questions": "Turns of interviewers that ask in this way ÷ turns that ask anything, with Wilson's interval. Open: "
    "it leaves the answer to the person. Leading: it suggests one. Double-barrelled: it asks two things at once. By "
    "rules on the wording (Payne 1951; Fowler 1995; Dillman, Smyth and Christian 2014; Patton 2015).",
    "quotes": "Every quote that the filters leave, word for word.",
    "codings": "Every suggestion of confidence 0.05 or more, and every decision of a person.",
}
"""Measure → its explanation."""
