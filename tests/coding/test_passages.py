import time

from hypothesis import given
from hypothesis import strategies as st

from dashboard.coding.passages import LEAST, MOST, WHOLE, cut, words

SENTENCE = "We moved the whole team over in one afternoon and nobody noticed a thing."  # 14 words


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in cut(text)]


def test_short_answer_stays_one_passage() -> None:
    assert len(cut(" ".join([SENTENCE] * 4))) == 1
    assert cut("") == cut(" \n\t ") == []


def test_long_turn_is_cut_at_sentences() -> None:
    found = pieces(" ".join([SENTENCE] * 12))
    assert len(found) > 3
    assert all(piece.endswith("thing.") for piece in found)
    assert all(LEAST <= words(piece) <= 60 for piece in found)


def test_short_sentences_join_their_neighbour() -> None:
    text = " ".join(["Yes.", SENTENCE, SENTENCE, SENTENCE, "No.", SENTENCE, SENTENCE, "Right."])
    assert all(words(piece) >= LEAST for piece in pieces(text))


def test_abbreviations_decimals_and_initials_do_not_end_a_sentence() -> None:
    odd = "Dr. Smith paid approx. 3.50 per seat, e.g. for J. R. and so on ... and then it went up."
    text = " ".join([odd] * 6)
    assert all(piece.endswith("went up.") and piece.startswith("Dr.") for piece in pieces(text))


def test_question_marks_quotes_and_lines_end_a_sentence() -> None:
    text = "\n".join(["- one thing that I noticed about the first week of using it all", "“Why?” I asked them. "] * 8)
    assert len(cut(text)) > 2


def test_cjk_is_cut_at_its_own_marks() -> None:
    text = "請求書が二回届いてとても困りました。サポートに電話したらすぐに直してくれました。" * 8
    found = pieces(text)
    assert len(found) > 1
    assert all(piece.endswith("。") for piece in found)


def test_no_punctuation_is_cut_between_words() -> None:
    found = pieces("so we looked at it again " * 200)
    assert all(words(piece) <= MOST for piece in found)


def test_time_is_linear_in_awkward_text() -> None:
    for text in ("word " * 400_000, "x" * 2_000_000, "." * 2_000_000, "!x" * 1_000_000, "。" * 1_000_000, "a. b" * 500_000):
        start = time.perf_counter()
        cut(text)
        assert time.perf_counter() - start < 20


@given(st.text(alphabet=st.sampled_from("ab .!?…\n,;。、語ไ\"’)0\u00a0\u200b"), max_size=900))
def test_spans_cover_all_that_is_not_blank(text: str) -> None:
    spans = cut(text)
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in zip(spans, spans[1:], strict=False))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = "".join(text[start:end] for start, end in spans)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.lists(st.sampled_from(["word", "stop.", "really?", "and,"]), min_size=1, max_size=400))
def test_passages_are_neither_tiny_nor_huge(said: list[str]) -> None:
    found = pieces(" ".join(said))
    assert all(words(piece) <= MOST for piece in found)
    assert len(said) > WHOLE or len(found) == 1
    assert len(found) == 1 or all(words(piece) >= LEAST for piece in found)
