"""The language of a text."""

# ruff: noqa: E501

from __future__ import annotations

import pytest
from hypothesis import given as everywhere
from hypothesis import strategies as st

from dashboard.intake.language import detect


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "So what did you do when it stopped? I called them and they said it was not their fault."),
        (
            "de",
            "Und was haben Sie dann gemacht? Ich habe angerufen und die haben gesagt, dass es nicht ihre Schuld ist.",
        ),
        (
            "fr",
            "Et qu'est-ce que vous avez fait ? J'ai appelé et on m'a dit que ce n'était pas de leur faute, mais c'est faux.",
        ),
        ("es", "¿Y qué hizo usted entonces? Llamé por teléfono y me dijeron que no era su culpa, pero no lo creo."),
        ("it", "E che cosa ha fatto? Ho chiamato e mi hanno detto che non è colpa loro, ma non ci credo per niente."),
        ("pt", "E o que você fez então? Eu liguei e eles disseram que não era culpa deles, mas isso não é verdade."),
        (
            "nl",
            "En wat heb je toen gedaan? Ik heb gebeld en ze zeiden dat het niet hun schuld was, maar dat is niet zo.",
        ),
        ("sv", "Och vad gjorde du då? Jag ringde och de sa att det inte var deras fel, men det är inte sant."),
        ("he", "ומה עשית אז? התקשרתי והם אמרו שזו לא אשמתם."),
        ("ar", "وماذا فعلت بعد ذلك؟ اتصلت بهم."),
        ("ru", "И что вы сделали? Я позвонил."),
        ("uk", "І що ви зробили? Я їм зателефонував."),
        ("el", "Και τι κάνατε; Τους πήρα τηλέφωνο."),
        ("zh", "然后你做了什么？我打了电话。"),
        ("ja", "それで何をしましたか。電話しました。"),
        ("ko", "그래서 무엇을 하셨나요?"),
        ("th", "แล้วคุณทำอะไร"),
        ("hi", "फिर आपने क्या किया?"),
        ("", "OK"),
        ("", ""),
        ("", "12 34 !!"),
        ("", "Lorem ipsum dolor sit amet"),
    ],
)
def test_detect(code: str, text: str) -> None:
    assert detect(text) == code


@everywhere(st.text())
def test_any_text(text: str) -> None:
    assert len(detect(text)) in (0, 2)
