from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.coded_text import CodedText, Stretch, project, read_text

TALK = (
    "Interview of May\n\nI: Why did you leave?\n\nP: It was too dear.\nAnd it was slow.\n\n"
    "I: Since when?\n\nP: Since the spring.\n"
)


def stretch(words: str, theme: str = "Price", text: str = TALK) -> Stretch:
    start = text.index(words)
    return Stretch(start, start + len(words), theme)


def test_codings_stand_in_the_turns_texts() -> None:
    found = read_text(
        CodedText("one", TALK, (stretch("too dear"), stretch("slow", "Speed"), stretch("the spring", "Time")))
    )
    assert [turn.speaker for turn in found.turns] == ["I", "P", "I", "P"]
    joined = "\n".join(turn.text for turn in found.turns)
    assert [joined[coding.start : coding.end] for coding in found.codings] == ["too dear", "slow", "the spring"]
    assert [coding.text for coding in found.codings] == ["too dear", "slow", "the spring"]


def test_a_stretch_over_a_label_keeps_the_words_that_were_said() -> None:
    found = read_text(CodedText("one", TALK, (stretch("P: It was too dear."),)))
    assert found.codings[0].text == "It was too dear."


def test_a_text_without_speakers_is_its_paragraphs() -> None:
    text = "It was dear\nand slow.\n\nI left in spring."
    found = read_text(CodedText("one", text, (stretch("dear\nand", text=text),)))
    assert [turn.text for turn in found.turns] == ["It was dear and slow.", "I left in spring."]
    assert found.codings[0].text == "dear and"


def test_several_documents_are_several_people() -> None:
    both = [CodedText("one", TALK, (stretch("too dear"),)), CodedText("two", TALK)]
    parsed = project(both, format="x", themes=())
    assert [turn.index for turn in parsed.turns] == list(range(8))
    assert {turn.speaker for turn in parsed.turns if turn.role == "participant"} == {"P (one)", "P (two)"}
    assert parsed.documents == ("one", "two")
    assert parsed.codings[0].document == "one"


def test_a_stretch_that_is_nowhere_is_kept_with_its_words() -> None:
    found = read_text(CodedText("one", TALK, (stretch("Interview of May"),) + (stretch("too dear"),) * 20))
    assert found.lost == 1
    lost = found.codings[0]
    assert (lost.text, lost.start) == ("Interview of May", None)


@given(st.integers(0, len(TALK)), st.integers(0, len(TALK)))
def test_what_is_placed_is_what_was_coded(one: int, other: int) -> None:
    start, end = sorted((one, other))
    found = read_text(CodedText("one", TALK, (Stretch(start, end, "x"),)))
    joined = "\n".join(turn.text for turn in found.turns)
    for coding in found.codings:
        if coding.start is not None:
            assert joined[coding.start : coding.end] == coding.text
            assert "".join(coding.text.split()) in "".join(TALK[start:end].split()) or ":" in TALK[start:end]
