import time

from hypothesis import given
from hypothesis import strategies as st

from dashboard.coding.cues import compile_cues, find, tokens


def cues_in(text: str, *cues: str) -> list[str]:
    compiled = compile_cues([cues])
    return [compiled.texts[hit.cue] for hit in find([tokens(text)], compiled)]


def test_whole_words_in_any_case() -> None:
    assert cues_in("PRICE matters", "price") == ["price"]
    assert cues_in("pricey", "price") == []
    assert cues_in("the prices, the companies, the boxes", "price", "company", "box") == ["price", "company", "box"]


def test_stars_stand_for_any_letters() -> None:
    assert cues_in("it costs and unavoidable", "cost*", "un*able") == ["cost*", "un*able"]
    assert cues_in("I have to copy every line", "have to * every") == ["have to * every"]
    assert cues_in("anything", "*", " ", "**") == []


def test_phrases_hyphens_and_joined_writing() -> None:
    assert cues_in("check-in", "check in") == ["check in"]
    assert cues_in("the setup took long", "set up") == ["set up"]
    assert cues_in("direct debits", "direct debit") == ["direct debit"]
    assert cues_in("direct", "direct debit") == []


def test_signs_and_apostrophes() -> None:
    assert cues_in("it is $5", "$") == ["$"]
    assert cues_in("it doesn’t work", "doesn't work") == ["doesn't work"]


def test_scripts_without_spaces_match_inside() -> None:
    assert cues_in("請求書が二回届いた", "請求書") == ["請求書"]
    assert cues_in("가격이 비싸요", "가격") == ["가격"]
    assert cues_in("ราคาแพงมาก", "แพง") == ["แพง"]
    assert cues_in("цена высокая", "цена") == ["цена"]


def test_negation_within_the_clause() -> None:
    compiled = compile_cues([["price"]])
    negated = [find([tokens(text)], compiled)[0].negated for text in ("not the price", "never, but price did", "No: price")]
    assert negated == [True, False, False]
    assert not find([tokens("not the price but the price rise")], compiled)[0].negated


def test_owners_and_repeated_cues() -> None:
    compiled = compile_cues([["a b", "A  B", ""], ["a b"]])
    assert compiled.owners == (0, 1)
    assert [(hit.text, hit.cue) for hit in find([["x"], ["a", "b"]], compiled)] == [(1, 0), (1, 1)]


def test_long_text_takes_linear_time() -> None:
    compiled = compile_cues([["a*a*a*b", "a a a a a a b", "*x"]])
    start = time.perf_counter()
    find([tokens("a " * 300_000), tokens("a" * 1_000_000)], compiled)
    assert time.perf_counter() - start < 20


@given(st.lists(st.sampled_from(["fee", "account", "direct", "語", "no", "$", "."]), max_size=30), st.integers(1, 3))
def test_a_phrase_of_the_text_is_found(words: list[str], length: int) -> None:
    text = " ".join(words)
    for first in range(len(words) - length + 1):
        phrase = " ".join(words[first : first + length])
        assert cues_in(text, phrase) == [phrase]
