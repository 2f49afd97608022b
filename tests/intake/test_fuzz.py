"""A slice of ``make fuzz``: files of every form, changed at random, are read or refused."""

from __future__ import annotations

import pytest

from benchmarks import corpus, fuzz
from dashboard.errors import UnreadableFile
from dashboard.intake import read, unpack

FILES = corpus.files()


@pytest.mark.parametrize("name", FILES)
def test_the_file_that_is_changed_is_sound(name: str) -> None:
    for member, content in unpack(FILES[name], name):
        parsed = read(content, member)
        assert parsed.turns or parsed.rows or parsed.themes or parsed.codings


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, 1_200, 100))
def test_changed_files_are_read_or_refused(start: int) -> None:
    refusals = []
    for seed in range(start, start + 100):
        name, data = fuzz.case(seed, FILES)
        if data[:4] in (b"$FL2", b"$FL3") or b"stata" in data[:20] or name.endswith(fuzz.SLOW):
            continue  # of these ``test_spss`` changes some
        try:
            found = [read(content, member) for member, content in unpack(data, name)]
        except UnreadableFile as refusal:
            refusals.append((seed, str(refusal)))
        else:
            assert all([turn.index for turn in each.turns] == list(range(len(each.turns))) for each in found), seed
    assert [each for each in refusals if not each[1].endswith(".") or "\n" in each[1]] == []


def test_a_seed_makes_the_same_file_again() -> None:
    assert fuzz.case(7, FILES) == fuzz.case(7, FILES)
    assert fuzz.outcome("x.txt", b"I: Why?\nR: So.\n") == "read"
    assert fuzz.outcome("x.txt", b"") == "refused"
