from dashboard.intake.alike import Fact, likenesses


def found(*facts: Fact) -> list[tuple[str, str, str]]:
    return [(pair.one, pair.other, pair.reason) for pair in likenesses(facts)]


ROW = Fact("row", "row", "people.csv", "ada berg", "P07", "")


def test_typing_errors_and_turned_names() -> None:
    assert found(Fact("s", "speaker", "a", "ada bergh", "", ""), ROW) == [("row", "s", "names nearly alike")]
    assert found(Fact("s", "speaker", "a", "berg, ada", "", ""), ROW) == [("row", "s", "the same name, turned round")]
    assert found(Fact("s", "speaker", "a", "carl dunn", "", ""), ROW) == []


def test_a_first_name_alone_if_only_one_person_bears_it() -> None:
    speaker = Fact("s", "speaker", "a", "ada", "", "")
    assert found(speaker, ROW) == [("row", "s", "the first name alone")]
    assert found(speaker, ROW, Fact("row2", "row", "people.csv", "ada cole", "", "")) == []


def test_names_and_numbers_in_the_file_name() -> None:
    assert found(Fact("s", "speaker", "a", "", "", "2026-05 Ada Berg"), ROW) == [
        ("row", "s", "the name stands in the file's name")
    ]
    assert found(Fact("s", "speaker", "a", "", "", "interview-07"), ROW) == [
        ("row", "s", "the number stands in the file's name")
    ]


def test_mentions_of_one_source_are_never_offered() -> None:
    assert found(ROW, ROW._replace(key="other", name="ada bergh")) == []
