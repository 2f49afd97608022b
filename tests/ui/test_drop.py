"""What became of dropped files, in words."""

from dashboard.ui.drop import divided, in_words, outcome_rows
from dashboard.workspace.sources import Added


def test_a_folder_is_its_files_without_hidden_ones_and_notes() -> None:
    names = [
        "s/p1.vtt",
        "s/.git/config",
        "s/Readme.md",
        "s\\~$p2.docx",
        "s/sub/p2.docx",
        "__MACOSX/._p1.vtt",
        "s/KEY.csv",
    ]
    taken, left = divided(names)
    assert [names[n] for n in taken] == ["s/p1.vtt", "s/sub/p2.docx"]
    assert sorted(taken + left) == list(range(len(names)))


def test_every_outcome_is_counted_in_the_sentence() -> None:
    outcomes = [
        Added("a", "1", "new", ""),
        Added("b", "2", "same", ""),
        Added("c", "3", "new version", ""),
        Added("d", None, "error", ""),
        Added("e", None, "error", ""),
        Added("f", None, "left out", ""),
    ]
    assert in_words(outcomes) == (
        "1 file went in, 1 replaced an earlier version, 1 was already here, 1 left out as no source, "
        "2 could not be taken in: their sentences say why and what to do."
    )
    assert in_words([]) == "Nothing was dropped."


def test_what_needs_a_person_comes_first_with_its_sentence() -> None:
    found = outcome_rows(
        [Added("a", "1", "new", "“a” was added."), Added("b", None, "error", "“b” is empty; export it.")]
    )
    assert [(row.title, row.lines[0], row.tags[0].text) for row in found] == [
        ("b", "“b” is empty; export it.", "not taken in"),
        ("a", "“a” was added.", "new"),
    ]
