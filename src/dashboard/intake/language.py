"""The language of a text, by its script and its commonest words; "" where that is not sure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from dashboard.intake.vocabulary import vocabulary

_SAMPLE = 20_000
_SCRIPTS = {  # first word of a letter's Unicode name → language, where the script is (nearly) one language
    "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "HEBREW": "he", "GREEK": "el", "THAI": "th", "DEVANAGARI": "hi",
    "ARABIC": "ar", "CYRILLIC": "ru", "CJK": "zh", "GEORGIAN": "ka", "ARMENIAN": "hy", "TAMIL": "ta", "BENGALI": "bn",
    "TELUGU": "te", "GUJARATI": "gu", "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "SINHALA": "si", "ETHIOPIC": "am",
}  # fmt: skip
_WORDS = {  # the commonest words of each language
    "en": vocabulary(
        """
        the and to of a in is that it was for you i we have with this are but not on so be they my what do your
        just like at
        """
    ),
    "de": vocabulary(
        """
        der die das und ist nicht ich zu ein eine es in den mit auf sie für war auch dass wir aber wie haben
        habe dann ja noch
        """
    ),
    "fr": vocabulary(
        """
        le la les et est je de des un une que pas pour il elle nous vous dans en qui sur c'est ça mais avec on
        au plus ne
        """
    ),
    "es": vocabulary(
        """
        el la los las y es que de en un una no yo por con para se lo me pero como más muy porque hay esto está
        """
    ),
    "it": vocabulary(
        """
        il la le gli e è che di un una non per con si mi ma come sono ho anche questo più nel della perché ci lo
        """
    ),
    "pt": vocabulary(
        """
        o a os as e é que de um uma não para com eu se por mas mais do da no na em como isso muito você está foi
        """
    ),
    "nl": vocabulary(
        """
        de het een en is dat ik niet van in op te zijn met voor maar we je ook er aan die wel heb was om als dan
        """
    ),
    "sv": vocabulary(
        """
        och att det i är jag en som på inte för med har vi men av den ett de så var om till man kan också då
        """
    ),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def detect(text: str) -> str:
    """Two-letter code of the text's language, or "" where it is not sure.

    >>> detect("I think that the price was fine, but we do not use it."), detect("とても高いです"), detect("OK")
    ('en', 'ja', '')
    >>> detect("Ich habe das nicht gewusst und es ist auch nicht so wichtig für mich.")
    'de'
    """
    sample = text[:_SAMPLE]
    scripts: Counter[str] = Counter()
    for character, count in Counter(sample).items():
        if character.isalpha():
            scripts[unicodedata.name(character, "?").split(" ", 1)[0]] += count
    letters = sum(scripts.values())
    if not letters:
        return ""
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * letters:
        return "ja"
    script, most = scripts.most_common(1)[0]
    if most < 0.5 * letters:
        return ""
    if script != "LATIN":
        if script == "CYRILLIC" and any(character in sample for character in "іїєґІЇЄҐ"):
            return "uk"
        if script == "ARABIC" and sum(character in "پچژگی" for character in sample) > 0.02 * letters:
            return "fa"
        return _SCRIPTS.get(script, "")
    words = [word.casefold() for word in _WORD.findall(sample)]
    if len(words) < 5:
        return ""
    counts = Counter(words)
    scores = sorted(
        ((sum(counts[word] for word in stop) / len(words), language) for language, stop in _WORDS.items()), reverse=True
    )
    (best, language), (second, _) = scores[0], scores[1]
    return language if best >= 0.12 and best >= 1.15 * second else ""
