"""Who is who: what is sure, what is offered, and what nobody may confuse."""

from collections import defaultdict

from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.parsed import ParsedSource, Row, Speaker
from dashboard.intake.people import Mention, assign, match, mentions
from dashboard.study import Identity


def speaker(file: str, label: str, **more: str) -> Mention:
    talk = ParsedSource(
        "transcript", "", speakers=(Speaker(label, "participant", 1, 1), Speaker("I", "interviewer", 1, 1))
    )
    return mentions(file, file, talk)[0]


def row(file: str, number: int, *, sheet: bool = False, **more: str) -> Mention:
    kind = "participants" if sheet else "survey"
    return mentions(file, file, ParsedSource(kind, "", rows=(Row(number, **more),)))[0]


def test_mentions_of_a_transcript_and_of_a_sheet() -> None:
    talk = ParsedSource(
        "transcript", "", speakers=(Speaker("Ada Berg", "participant", 3, 9), Speaker("Mo", "interviewer", 3, 5))
    )
    assert mentions("src1", "talks/P07 ada.vtt", talk) == [
        Mention("speaker src1/Ada Berg", "src1", "speaker", "P07", "Ada Berg", "", "Ada Berg", "talks/P07 ada.vtt")
    ]
    two = ParsedSource(
        "transcript", "", speakers=(Speaker("Ada", "participant", 1, 1), Speaker(None, "participant", 1, 1))
    )
    assert [(mention.key, mention.id) for mention in mentions("s", "P07.vtt", two)] == [
        ("speaker s/Ada", ""),
        ("speaker s/", ""),
    ]


def test_an_explicit_id_joins_transcript_and_sheet() -> None:
    found = assign([speaker("a.vtt", "P7"), row("people.csv", 1, sheet=True, id="P07")], identities=[])
    assert set(found.values()) == {"P07"}
    by_file = assign(
        [speaker("p07_interview.srt", "Speaker 2"), row("people.csv", 1, sheet=True, id="P07")], identities=[]
    )
    assert set(by_file.values()) == {"P07"}
    by_number = assign(
        [speaker("a.vtt", "Participant 2"), *(row("people.csv", n, sheet=True, id=str(n)) for n in (1, 2, 3))],
        identities=[],
    )
    assert by_number["speaker a.vtt/Participant 2"] == by_number["row people.csv/2"] == "2"


def test_e_mail_and_full_name_join() -> None:
    people = [
        row("people.csv", 1, sheet=True, id="P01", name="Ada Berg", email="ada@x.org"),
        row("nps.csv", 4, email="ADA@x.org"),
        speaker("a.vtt", "Ada Berg"),
        speaker("b.vtt", "Bo Carr"),
    ]
    found = assign(people, identities=[])
    assert [found[mention.key] for mention in people] == ["P01", "P01", "P01", "Bo Carr"]


def test_a_name_that_two_people_bear_joins_nobody() -> None:
    people = [
        row("people.csv", 1, sheet=True, id="P01", name="Ada Berg"),
        row("people.csv", 2, sheet=True, id="P02", name="Ada Berg"),
        speaker("a.vtt", "Ada Berg"),
    ]
    assert len(set(assign(people, identities=[]).values())) == 3
    assert {(found.sure, found.reason) for found in match(people)} == {
        (False, "the same name, which more than one person bears")
    }


def test_labels_that_name_nobody_are_told_apart_by_their_files() -> None:
    people = [speaker("a.vtt", "Participant"), speaker("b.vtt", "Participant"), speaker("c.vtt", "Ada")]
    assert list(assign(people, identities=[]).values()) == ["a", "b", "Ada"]
    both = ParsedSource(
        "transcript", "", speakers=(Speaker("S1", "participant", 1, 1), Speaker("S2", "participant", 1, 1))
    )
    two = [*mentions("x.vtt", "x.vtt", both), *mentions("y.vtt", "y.vtt", both)]
    assert sorted(assign(two, identities=[]).values()) == ["S1 (x)", "S1 (y)", "S2 (x)", "S2 (y)"]


def test_numbers_inside_each_file_join_nobody() -> None:
    group = ParsedSource("transcript", "", speakers=tuple(Speaker(f"P{n}", "participant", 1, 1) for n in (1, 2, 3)))
    people = [*mentions("g1.vtt", "g1.vtt", group), *mentions("g2.vtt", "g2.vtt", group)]
    assert len(set(assign(people, identities=[]).values())) == 6
    words = [speaker("a.vtt", "Participant 1"), speaker("b.vtt", "Participant 1")]
    assert list(assign(words, identities=[]).values()) == ["a", "b"]
    sessions = [speaker("a1.vtt", "P07"), speaker("a2.vtt", "P07")]
    assert set(assign(sessions, identities=[]).values()) == {"P07"}


def test_running_numbers_of_two_surveys_join_nobody_and_real_ids_do() -> None:
    running = [row(file, n, id=str(n)) for file in ("may.csv", "june.csv") for n in (1, 2, 3)]
    found = assign(running, identities=[])
    assert len(set(found.values())) == 6
    assert found["row may.csv/1"] == "1 (may)"
    real = [row(file, n, id=f"C-{n}") for file in ("may.csv", "june.csv") for n in (1041, 1042)]
    assert sorted(set(assign(real, identities=[]).values())) == ["C-1041", "C-1042"]


def test_rows_without_an_id_go_by_file_and_number() -> None:
    assert assign([row("nps june.csv", 12)], identities=[]) == {"row nps june.csv/12": "nps june #12"}


def test_a_persons_word_comes_first_and_the_later_holds() -> None:
    people = [
        speaker("a.vtt", "Speaker 2"),
        row("people.csv", 7, sheet=True, id="P07"),
        row("people.csv", 8, sheet=True, id="P08"),
    ]
    said = [Identity("P08", (people[0].key,)), Identity("P07", (people[0].key, "row gone.csv/1"))]
    found = assign(people, identities=said)
    assert found == {people[0].key: "P07", people[1].key: "P07", people[2].key: "P08"}


def test_parted_mentions_stay_apart_unless_a_person_joins_them() -> None:
    people = [speaker("a.vtt", "P07"), row("people.csv", 1, sheet=True, id="P07")]
    keys = (people[0].key, people[1].key)
    assert len(set(assign(people, identities=[], parted={keys}).values())) == 2
    assert set(assign(people, identities=[Identity("X", keys)], parted={keys}).values()) == {"X"}


def test_suggestions_the_doubtful_first() -> None:
    people = [
        row("people.csv", 1, sheet=True, id="P01", name="Ada Berg"),
        row("people.csv", 2, sheet=True, id="P02", name="Bo Carr"),
        speaker("a.vtt", "Berg, Ada"),
        speaker("b.vtt", "Bo"),
        speaker("c.vtt", "P02"),
    ]
    found = match(people)
    assert [(each.sure, each.reason, each.participant) for each in found] == [
        (False, "the first name alone", "P02"),
        (False, "the same name, turned round", "P01"),
        (True, "same id", "P02"),
    ]
    assert [each.score for each in found[:2]] == sorted(each.score for each in found[:2])


IDS = st.sampled_from(["", "", "P1", "p01", "P2", "1", "2", "C-77"])
NAMES = st.sampled_from(["", "Ada Berg", "Bo Carr", "Berg, Ada"])
EMAILS = st.sampled_from(["", "", "a@x.org", "b@x.org"])
FILES = st.sampled_from(["a.csv", "b.csv", "c.csv"])
LABELS = st.sampled_from(["P1", "Participant 2", "Speaker 1", "Ada Berg", "Ada", "R", ""])


@st.composite
def crowd(draw: st.DrawFn) -> list[Mention]:
    found = [
        row(draw(FILES), number, sheet=draw(st.booleans()), id=draw(IDS), name=draw(NAMES), email=draw(EMAILS))
        for number in range(1, draw(st.integers(1, 9)))
    ]
    for file in ("x.vtt", "y.vtt", "P1 z.vtt"):
        labels = draw(st.sets(LABELS, max_size=3))
        said = tuple(Speaker(label or None, "participant", 1, 1) for label in sorted(labels))
        found += mentions(file, file, ParsedSource("transcript", "", speakers=said))
    return found


def _pairs(draw: st.DrawFn, people: list[Mention]) -> set[tuple[str, str]]:
    if not people:
        return set()
    keys = st.sampled_from([mention.key for mention in people])
    return set(draw(st.lists(st.tuples(keys, keys), max_size=4)))


@given(st.data())
def test_assignments_are_a_function_of_the_set(data: st.DataObject) -> None:
    people = data.draw(crowd())
    parted = _pairs(data.draw, people)
    keys = [mention.key for mention in people]
    said = (
        [
            Identity(
                data.draw(st.sampled_from(["P1", "X"])), tuple(data.draw(st.lists(st.sampled_from(keys), max_size=3)))
            )
        ]
        if keys
        else []
    )
    found = assign(people, identities=said, parted=parted)
    assert set(found) == set(keys)
    assert all(found.values())
    shuffled = data.draw(st.permutations(people))
    assert assign(shuffled, identities=said, parted={(b, a) for a, b in parted}) == found
    joined = {key for identity in said for key in identity.mentions}
    for one, other in parted:
        if one != other and not {one, other} <= joined:
            assert found[one] != found[other]


@given(crowd())
def test_two_rows_of_one_file_with_two_ids_are_two_people(people: list[Mention]) -> None:
    found = assign(people, identities=[])
    of: dict[tuple[str, str], set[str]] = defaultdict(set)
    for mention in people:
        if mention.kind == "row" and mention.id:
            of[mention.source, found[mention.key]].add(mention.id.casefold().replace("0", ""))
    assert all(len(ids) == 1 for ids in of.values())


@given(crowd())
def test_what_is_sure_is_assigned(people: list[Mention]) -> None:
    found = assign(people, identities=[])
    for each in match(people):
        if each.sure:
            assert {found[key] for key in each.keys} == {each.participant}
        else:
            assert len({found[key] for key in each.keys}) == 2
