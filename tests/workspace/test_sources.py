"""Sources go in, or say in one sentence why not; corrections hold; nothing of a drop is lost for a broken file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from small_study import FILES, PEOPLE

from dashboard.records.rows import Revision
from dashboard.study import Correction, SpeakerCorrection
from dashboard.workspace import Workspace, jobs, sources, studies
from dashboard.workspace.evidence import evidence

GOOD = [(name, text.encode()) for name, text in FILES.items()]


@pytest.fixture
def study(ws: Workspace) -> str:
    return studies.create(ws, "Drops")


def zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def workbook_with_formulas() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["id", "plan", "What did you think?"],
        ["A", "=1+1", "=cmd|' /C calc'!A0"],
        ["B", "pro", "Too slow for me"],
    ):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.vtt", b"", "empty"),
        ("call.vtt", b"\x89PNG\r\n\x1a\n" + bytes(500), "picture"),
        ("notes.zip", b"PK\x03\x04" + bytes(40), "zip"),
        ("noise.txt", bytes(range(256)) * 40, ""),
    ],
)
def test_a_broken_file_is_one_sentence_and_the_others_go_in(
    name: str, data: bytes, says: str, ws: Workspace, study: str
) -> None:
    outcomes = sources.add(ws, study, [GOOD[0], (name, data), *GOOD[1:]])
    by_name = {outcome.name: outcome for outcome in outcomes}
    assert by_name[name].outcome == "error"
    assert name in by_name[name].message
    assert says in by_name[name].message.casefold()
    assert len(by_name[name].message.splitlines()) == 1
    assert [by_name[good].outcome for good, _ in GOOD] == ["new"] * len(GOOD)
    assert len(sources.cards(ws, study)) == len(GOOD)


def test_a_file_that_is_too_large_names_the_limit(ws: Workspace, study: str) -> None:
    small = replace(ws, settings=replace(ws.settings, max_file_mb=1))
    big, fine = sources.add(small, study, [("big.txt", b"I: why?\nR: because\n" * 60_000), GOOD[0]])
    assert (big.outcome, fine.outcome) == ("error", "new")
    assert "1 MB" in big.message
    assert "DASHBOARD_MAX_FILE_MB" in big.message


def test_three_hundred_files_at_once(ws: Workspace, study: str) -> None:
    files = [
        (f"P{n:03}.txt", f"I: How was it, {n}?\nR: It was fine, number {n}, really.\n".encode()) for n in range(300)
    ]
    outcomes = sources.add(ws, study, files)
    assert {outcome.outcome for outcome in outcomes} == {"new"}
    assert len(sources.cards(ws, study)) == 300


def test_the_same_file_twice_is_one_source_and_a_changed_one_a_new_version(ws: Workspace, study: str) -> None:
    (first,) = sources.add(ws, study, [("people.csv", PEOPLE.encode())])
    (again,) = sources.add(ws, study, [("copy of people.csv", PEOPLE.encode())])
    (changed,) = sources.add(ws, study, [("people.csv", PEOPLE.encode() + b"P04,Ed Vale,free\n")])
    assert (first.outcome, again.outcome, changed.outcome) == ("new", "same", "new version")
    assert first.source == again.source == changed.source
    (card,) = sources.cards(ws, study)
    assert card.summary is not None
    assert card.summary.people == 4


def test_a_zip_is_its_files_and_harmless_names_come_out_of_it(ws: Workspace, study: str) -> None:
    archive = zipped(
        {"one/P01.txt": b"I: Why?\nR: Because it was slow.\n", "../../etc/P02.txt": b"I: Why?\nR: No idea at all.\n"}
    )
    outcomes = sources.add(ws, study, [("calls.zip", archive)])
    assert [outcome.outcome for outcome in outcomes] == ["new", "new"]
    assert all(".." not in outcome.name for outcome in outcomes)
    assert not list(ws.settings.data_dir.parent.rglob("P02.txt"))


def test_a_table_of_one_column_and_formulas_are_taken_as_text(ws: Workspace, study: str) -> None:
    column = b"What should we improve?\nThe price is far too high\nNothing works on my phone\nPlease answer the phone\n"
    one, formulas = sources.add(ws, study, [("one.csv", column), ("formulas.xlsx", workbook_with_formulas())])
    assert (one.outcome, formulas.outcome) == ("new", "new")
    cards = {card.name: card for card in sources.cards(ws, study)}
    summary = cards["one.csv"].summary
    assert summary is not None
    assert summary.turns == 3


def test_a_paragraph_of_two_megabytes_is_read_and_built(ws: Workspace, study: str) -> None:
    text = b"I: Tell me everything.\nR: " + b"and then the invoice was late again so I called them. " * 2_000 + b"\n"
    (outcome,) = sources.add(ws, study, [("long.txt", text)])
    assert outcome.outcome == "new"
    assert isinstance(jobs.build_now(ws, study), Revision)
    found = evidence(ws, study)
    assert found is not None
    passages = found.passages().collect("pandas").to_native()
    assert len(passages) > 100
    assert passages["words"].max() <= 150


def test_a_corrected_role_moves_the_words_and_survives(ws: Workspace, study: str) -> None:
    (added,) = sources.add(ws, study, [GOOD[0]])
    assert added.source is not None
    roles = SpeakerCorrection(role="observer")
    sources.correct(ws, study, added.source, Correction(speakers={"Bo Fenn": roles}))
    (card,) = sources.cards(ws, study)
    assert card.summary is not None
    assert {s.name: s.role for s in card.summary.parsed.speakers}["Bo Fenn"] == "observer"
    jobs.build_now(ws, study)
    found = evidence(ws, study)
    assert found is not None
    assert len(found.passages().collect("pandas").to_native()) == 0, "an observer counts nowhere"


def test_a_source_that_cannot_be_read_any_more_says_why_without_being_read_again(ws: Workspace, study: str) -> None:
    (added,) = sources.add(ws, study, [("people.csv", PEOPLE.encode())])
    assert added.source is not None
    sources.correct(ws, study, added.source, Correction(encoding="utf-32"))
    (card,) = sources.cards(ws, study)
    assert card.summary is None
    assert "people.csv" in card.error
    for kept in ws.settings.sources_dir.glob("*/*"):
        kept.unlink()
    (again,) = sources.cards(ws, study)
    assert again == card, "no byte was asked for"


def test_a_removed_source_is_gone_and_comes_back(ws: Workspace, study: str) -> None:
    (added,) = sources.add(ws, study, [GOOD[0]])
    assert added.source is not None
    sources.remove(ws, study, added.source)
    assert sources.cards(ws, study) == []
    sources.restore(ws, study, added.source)
    assert [card.id for card in sources.cards(ws, study)] == [added.source]


def test_who_is_who_is_proposed_and_can_be_confirmed(ws: Workspace, study: str) -> None:
    files = [
        ("people.csv", PEOPLE.encode()),
        ("call.txt", b"I: Why?\nCy Marlowe: Because my bank was missing from the list.\n"),
    ]
    sources.add(ws, study, files)
    (doubtful,) = [match for match in sources.matches(ws, study) if not match.sure]
    assert doubtful.participant == "P02"
    sources.confirm(ws, study, doubtful.keys, doubtful.participant)
    assert {sources.people(ws, study)[key] for key in doubtful.keys} == {"P02"}
    assert not [match for match in sources.matches(ws, study) if not match.sure]


def test_a_first_source_without_any_stage_opens(ws: Workspace) -> None:
    made = studies.create(ws, "Sheet first", codebook="b2b-saas", journey="subscription-software")
    sources.add(ws, made, [("people.csv", PEOPLE.encode()), ("nps.csv", FILES["nps.csv"].encode())])
    jobs.build_now(ws, made)
    found = evidence(ws, made)
    assert found is not None
    assert len(found.passages().collect("pandas").to_native()) == 4
