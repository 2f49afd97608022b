"""study.yaml: its schema, its errors with their place, and the way back."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dashboard.errors import InvalidStudy
from dashboard.study import (
    COLUMN_ROLES,
    Assumption,
    AttributeRule,
    Comparison,
    Correction,
    GuideQuestion,
    Identity,
    Objective,
    Piece,
    Segment,
    SpeakerCorrection,
    Stage,
    Study,
    Theme,
    TurnCorrection,
    WordCorrection,
)
from dashboard.study_file import Starter, check, codebook_from_yaml, from_yaml, to_yaml
from dashboard.study_mapping import KEYS, correction_from_mapping, correction_to_mapping, from_mapping, to_mapping

FULL = """
name: Why gardeners give up
objectives: [{id: stop, question: Why do they stop?, comparisons: [{theme: Watering, by: status}]}]
assumptions: [{id: time, belief: It takes too long, for: [Watering], against: [Tools]}]
guide: [{id: q1, question: "Tell me about last summer: what grew?", stage: Plant}]
attributes: {plan: {order: [free, pro]}, club: {cluster: true}, beds: {groups: {few: [0, 3], many: [3, null]}}}
segments: [{name: Gave up, rule: "status = 'gone' and beds < 3"}]
plan: {status: {stays: 8, gone: 8}}
population: {status: {stays: 0.7, gone: 0.3}}
journey: [{stage: Plant, definition: putting seeds in, cues: [sow*, plant]}, {stage: Water}]
codebook:
  - theme: Care
  - theme: Watering
    parent: Care
    definition: giving water
    cues: [water*, no, 24, $, 007, "on"]
    include: [it was dry]
    exclude: [it rained]
  - theme: Tools
threshold: 0.4
interviewers: [Ida, No]
sources:
  june.csv:
    columns: {Q3_TEXT: open, email: participant, "Comments#3": open}
    date: 2026-06-30
    sheet: Answers
    header_row: 2
    encoding: cp1252
  p07.vtt:
    speakers: {Speaker 2: {role: participant, participant: P07, name: Gil}}
    date: 2026-05-04
    recording: "https://example.org/r/7"
    language: de
    turns:
      - {turn: 4, text: It grew. Did it rain?, becomes: [{text: It grew.}, {speaker: Ida, text: Did it rain?}]}
      - {turn: 9, text: and so on, joined: true}
    words: [{heard: tom atoes, meant: tomatoes}]
    leave_out: [{from: "00:00", to: "03:10"}]
participants: [{id: P07, is: ["speaker p07.vtt/Speaker 2", "row people.csv/7"], consent: quote}]
"""

STUDY = Study(
    name="Why gardeners give up",
    objectives=(Objective("stop", "Why do they stop?", (Comparison("Watering", "status"),)),),
    assumptions=(Assumption("time", "It takes too long", ("Watering",), ("Tools",)),),
    guide=(GuideQuestion("q1", "Tell me about last summer: what grew?", "Plant"),),
    attributes=(
        AttributeRule("plan", ("free", "pro")),
        AttributeRule("club", cluster=True),
        AttributeRule("beds", groups={"few": (0.0, 3.0), "many": (3.0, None)}),
    ),
    segments=(Segment("Gave up", "status = 'gone' and beds < 3"),),
    plan={"status": {"stays": 8, "gone": 8}},
    population={"status": {"stays": 0.7, "gone": 0.3}},
    journey=(Stage("Plant", "putting seeds in", ("sow*", "plant")), Stage("Water")),
    codebook=(
        Theme("Care"),
        Theme(
            "Watering",
            "giving water",
            ("water*", "no", "24", "$", "007", "on"),
            ("it was dry",),
            ("it rained",),
            "Care",
        ),
        Theme("Tools"),
    ),
    threshold=0.4,
    interviewers=("Ida", "No"),
    corrections={
        "june.csv": Correction(
            columns={"Q3_TEXT": "open", "email": "participant", "Comments#3": "open"},
            date="2026-06-30",
            sheet="Answers",
            header_row=2,
            encoding="cp1252",
        ),
        "p07.vtt": Correction(
            speakers={"Speaker 2": SpeakerCorrection("participant", "P07", "Gil")},
            date="2026-05-04",
            recording="https://example.org/r/7",
            language="de",
            turns=(
                TurnCorrection(4, "It grew. Did it rain?", (Piece("It grew."), Piece("Did it rain?", "Ida"))),
                TurnCorrection(9, "and so on", joined=True),
            ),
            words=(WordCorrection("tom atoes", "tomatoes"),),
            left_out=((0.0, 190.0),),
        ),
    },
    identities=(Identity("P07", ("speaker p07.vtt/Speaker 2", "row people.csv/7"), "quote"),),
)


def test_the_whole_schema_is_read() -> None:
    assert from_yaml(FULL) == STUDY


def test_what_is_written_is_read_again_and_can_be_read_by_a_person() -> None:
    text = to_yaml(STUDY)
    assert from_yaml(text) == STUDY
    assert list(yaml.safe_load(text)) == list(KEYS)
    assert "{" not in text
    assert "[" not in text
    assert max(map(len, text.splitlines())) < 120


def test_every_yaml_reader_understands_what_is_written() -> None:
    assert yaml.safe_load(to_yaml(STUDY)) == to_mapping(STUDY)


def test_little_is_enough() -> None:
    assert from_yaml("").name == "Untitled study"
    assert from_yaml("name: A\ncodebook:\nsources:\nplan: {}\njourney: []\n") == Study("A")
    assert from_yaml("\ufeffname: A\n") == Study("A")
    study = from_yaml(
        "objectives: [{question: Why?}, {question: How?}]\nassumptions: [{belief: So}]\nguide: [{question: Q}]"
    )
    assert [objective.id for objective in study.objectives] == ["o1", "o2"]
    assert (study.assumptions[0].id, study.guide[0].id) == ("a1", "q1")


def test_text_stays_as_it_was_written() -> None:
    study = from_yaml("name: 2026\nplan: {member: {yes: 3, no: 4}}\ninterviewers: [1_000, 0x1F, 12:30:00, ~x]")
    assert study.name == "2026"
    assert study.plan == {"member": {"yes": 3, "no": 4}}
    assert study.interviewers == ("1_000", "0x1F", "12:30:00", "~x")


def test_aliases_are_understood_where_they_help() -> None:
    study = from_yaml("codebook:\n- {theme: A, cues: &c [x, y]}\n- {theme: B, cues: *c}")
    assert study.codebook[1].cues == ("x", "y")


@pytest.mark.parametrize(
    ("text", "place", "says"),
    [
        ("nme: A", "line 1, nme", "did you mean “name”"),
        ("name: A\ncodebook:\n- theme: P\n  ques: [x]", "line 4, codebook[1].ques", "did you mean “cues”"),
        ("codebook:\n- theme: P\n- theme: Q\n- theme: R\n  cues: price", "line 5, codebook[3].cues", "must be a list"),
        ("codebook:\n- theme: P\n  cues:\n  - price\n  - {a: b}", "line 5, codebook[1].cues[2]", "a mapping"),
        ("codebook: [{theme: P, cues: [x, ~]}]", "codebook[1].cues[2]", "nothing"),
        ("codebook: [{theme: P, cues: ['  ']}]", "codebook[1].cues[1]", "must be text"),
        ("codebook: [{theme: P, cues: [[a]]}]", "codebook[1].cues[1]", "a list"),
        ("codebook: [{definition: x}]", "codebook[1]", "“theme” is missing"),
        ("codebook: [{theme: P}, {theme: p}]", "codebook[2].theme", "there twice"),
        ("codebook: [{theme: P, parent: P}]", "codebook[1].parent", "above itself"),
        (
            "codebook: [{theme: X, parent: A}, {theme: A, parent: B}, {theme: B, parent: A}]",
            "codebook[2].parent",
            "above itself",
        ),
        ("codebook: price", "codebook", "must be a list"),
        ("codebook: {theme: P}", "codebook", "must be a list"),
        ("journey: [{stage: S}, {stage: S}]", "journey[2].stage", "there twice"),
        ("segments: [{name: S, rule: a = b}]", "segments[1].rule", "single quotes"),
        ("segments: [{name: S, rule: a = 1}, {name: S, rule: a = 2}]", "segments[2].name", "there twice"),
        ("segments: [{name: S}]", "segments[1]", "“rule” is missing"),
        ("objectives: [{id: a, question: x}, {id: a, question: y}]", "objectives[2].id", "there twice"),
        (
            "objectives: [{id: a, question: x, comparisons: [{theme: T}]}]",
            "objectives[1].comparisons[1]",
            "“by” is missing",
        ),
        ("threshold: 1.5", "threshold", "from 0 to 1"),
        ("threshold: high", "threshold", "must be a number"),
        ("threshold: .nan", "threshold", "must be a number"),
        ("plan: {status: {a: -1}}", "plan.status.a", "at least 0"),
        ("plan: {status: {a: 1.5}}", "plan.status.a", "whole number"),
        ("plan: {status: [a]}", "plan.status", "must be a mapping"),
        ("population: {status: {a: 0, b: 0}}", "population.status", "all shares are 0"),
        ("attributes: {s: {groups: {x: [1]}}}", "attributes.s.groups.x", "two bounds"),
        ("attributes: {s: {groups: {x: [5, 5]}}}", "attributes.s.groups.x", "empty"),
        ("attributes: {s: {groups: {x: [a, 5]}}}", "attributes.s.groups.x[1]", "must be a number"),
        ("attributes: {s: {cluster: maybe}}", "attributes.s.cluster", "true"),
        ("sources: {a.csv: {columns: {Q1: opne}}}", "sources.a.csv.columns.Q1", "did you mean “open”"),
        (
            "sources: {a.vtt: {speakers: {S: {role: guest}}}}",
            "sources.a.vtt.speakers.S.role",
            "interviewer, participant",
        ),
        ("sources: {a.vtt: {speakers: {S: participant}}}", "sources.a.vtt.speakers.S", "must be a mapping"),
        ("sources: {a.vtt: {date: 30.06.2026}}", "sources.a.vtt.date", "2026-06-30"),
        ("sources: {a.vtt: {recording: 'javascript:alert(1)'}}", "sources.a.vtt.recording", "https://"),
        ("sources: {a.csv: {header_row: 0}}", "sources.a.csv.header_row", "at least 1"),
        ("sources: {a.csv: {encoding: klingon}}", "sources.a.csv.encoding", "utf-8"),
        ("sources: {a.csv: {encoding: hex}}", "sources.a.csv.encoding", "utf-8"),
        ("participants: [{id: P, consent: yes}]", "participants[1].consent", "paraphrase"),
        ("participants: [{is: [x]}]", "participants[1]", "“id” is missing"),
        ("name: A\nname: B", "line 2, name", "written twice"),
        ("name: ''", "name", "must be text"),
        ("- a\n- b", "line 1", "must be a mapping"),
        ("just words", "line 1", "must be a mapping"),
        ("name: A\n  bad: [", "line 2", "cannot be read as YAML"),
        ("name: a: b", "line 1", "cannot be read as YAML"),
        ("name: *nobody", "line 1, name", "stands for nothing"),
        ("name: &a [*a]", "line 1", "stands for nothing"),
        ("name: !!python/object/apply:os.system [echo]", "line 1, name", "tag"),
        ("name: !secret x", "line 1, name", "tag !secret"),
        ("name: A\n---\nname: B", "line 2", "second document"),
        ("? [a, b]\n: c", "line 1", "must be text"),
        ("name: A\x00", "study.yaml", "characters"),
        ("name: \ud800", "study.yaml", "characters"),
        ("[" * 100_000, "line 1", "nested deeper"),
        ("{a: " * 100_000, "line 1", "nested deeper"),
        ("name: " + "x" * 5_000_001, "study.yaml", "larger than"),
    ],
)
def test_an_error_names_file_place_and_remedy(text: str, place: str, says: str) -> None:
    with pytest.raises(InvalidStudy) as caught:
        from_yaml(text)
    message = str(caught.value)
    assert message.startswith("study.yaml")
    assert place in message.split(": ")[0] + ":" + message.split(": ")[1]
    assert says in message
    assert "\n" not in message
    assert len(message) < 500


def test_a_file_goes_by_its_own_name() -> None:
    with pytest.raises(InvalidStudy, match=r"^spring\.yaml, line 1, nme: "):
        from_yaml("nme: A", name="spring.yaml")


def test_a_bomb_of_aliases_is_refused() -> None:
    levels = ["a0: &a0 [" + ", ".join(["x"] * 10) + "]"]
    levels += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 10)]
    with pytest.raises(InvalidStudy, match="far more entries"):
        from_yaml("\n".join(levels))
    cues = "codebook:\n- {theme: T, cues: &c [" + ", ".join(["x"] * 1_000) + "]}\n"
    cues += "".join(f"- {{theme: T{n}, cues: *c}}\n" for n in range(1_000))
    with pytest.raises(InvalidStudy, match="far more entries"):
        from_yaml(cues)


def test_a_starter_is_a_codebook_or_a_journey() -> None:
    starter = codebook_from_yaml("name: Shop\ndescription: For shops.\ncodebook: [{theme: Price, cues: [dear]}]")
    assert starter == Starter("Shop", "For shops.", (Theme("Price", cues=("dear",)),))
    assert codebook_from_yaml("name: Visit\njourney: [{stage: Enter}]").journey == (Stage("Enter"),)
    with pytest.raises(InvalidStudy, match=r"codebook\.yaml, line 2, codebook\[2\]\.theme"):
        codebook_from_yaml("name: A\ncodebook: [{theme: P}, {theme: P}]")
    with pytest.raises(InvalidStudy, match="“name” is missing"):
        codebook_from_yaml("codebook: [{theme: P}]")


def test_a_study_that_could_not_be_read_again_does_not_hold_together() -> None:
    check(STUDY)
    for study in (
        Study(" "),
        replace(STUDY, threshold=float("nan")),
        replace(STUDY, codebook=(Theme("P", cues=("",)),)),
        replace(STUDY, objectives=(Objective("a", "q", (Comparison("", "plan"),)),)),
        replace(STUDY, segments=(Segment("S", "plan = "),)),
        replace(STUDY, corrections={"a": Correction(columns={"x": "nonsense"})}),
    ):
        with pytest.raises(InvalidStudy, match=r"^the study, "):
            check(study)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=15).map(str.strip).filter(bool)
SMALL = st.one_of(
    TEXT, st.sampled_from(["no", "007", "null", "~", "1e3", "- a", "a: b", "#x", "*y", "&z", "$", "2026-01-01"])
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)


def texts(most: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(SMALL, max_size=most).map(tuple)


def named(*, most: int = 3) -> st.SearchStrategy[list[str]]:
    return st.lists(SMALL, max_size=most, unique_by=str.casefold)


@st.composite
def groups(draw: st.DrawFn) -> dict[str, tuple[float | None, float | None]]:
    found: dict[str, tuple[float | None, float | None]] = {}
    for name in draw(named()):
        low, high = draw(st.one_of(st.none(), NUMBERS)), draw(st.one_of(st.none(), NUMBERS))
        found[name] = (low, None) if low is not None and high is not None and low >= high else (low, high)
    return found


@st.composite
def corrections(draw: st.DrawFn) -> Correction:
    maybe: Any = st.one_of(st.none(), SMALL)
    speaker = st.builds(
        SpeakerCorrection, st.sampled_from([None, "interviewer", "participant", "observer"]), maybe, maybe
    )
    pieces = st.lists(st.builds(Piece, SMALL, maybe), max_size=2).map(tuple)
    stretch = st.tuples(st.integers(0, 9_999), st.integers(1, 9_999)).map(lambda pair: (pair[0] / 2, sum(pair) / 2 + 1))
    return Correction(
        draw(st.dictionaries(SMALL, speaker, max_size=2)),
        draw(st.dictionaries(SMALL, st.sampled_from(COLUMN_ROLES), max_size=2)),
        draw(st.one_of(st.none(), st.dates().map(lambda date: date.isoformat()))),
        draw(st.sampled_from([None, "https://example.org/?a=b#c"])),
        draw(maybe),
        draw(st.one_of(st.none(), st.integers(1, 99))),
        draw(st.sampled_from([None, "utf-8", "cp1252", "utf-16"])),
        draw(st.sampled_from([None, "de", "fil"])),
        tuple(draw(st.lists(st.builds(TurnCorrection, st.integers(0, 99), SMALL, pieces, st.booleans()), max_size=2))),
        tuple(draw(st.lists(st.builds(WordCorrection, SMALL, st.one_of(st.just(""), SMALL)), max_size=2))),
        tuple(draw(st.lists(stretch, max_size=2))),
    )


@st.composite
def studies(draw: st.DrawFn) -> Study:
    definition = st.one_of(st.just(""), TEXT)
    themes: list[Theme] = []
    for name in draw(named(most=4)):
        parent = draw(st.sampled_from([None, *(theme.name for theme in themes)]))
        themes.append(Theme(name, draw(definition), draw(texts()), draw(texts()), draw(texts()), parent))
    comparison = st.builds(Comparison, SMALL, SMALL)
    counts = st.dictionaries(SMALL, st.integers(0, 10_000), max_size=2)
    weights = st.dictionaries(SMALL, st.floats(0.001, 1), max_size=2)
    return Study(
        name=draw(SMALL),
        objectives=tuple(
            Objective(name, draw(SMALL), tuple(draw(st.lists(comparison, max_size=2)))) for name in draw(named())
        ),
        assumptions=tuple(Assumption(name, draw(SMALL), draw(texts()), draw(texts())) for name in draw(named())),
        guide=tuple(GuideQuestion(name, draw(SMALL), draw(st.one_of(st.none(), SMALL))) for name in draw(named())),
        attributes=tuple(
            AttributeRule(name, draw(texts()), draw(groups()), draw(st.booleans())) for name in draw(named())
        ),
        segments=tuple(Segment(name, draw(st.sampled_from(["a = 1", "b in ('x')"]))) for name in draw(named())),
        plan=draw(st.dictionaries(SMALL, counts, max_size=2)),
        population=draw(st.dictionaries(SMALL, weights, max_size=2)),
        journey=tuple(Stage(name, draw(definition), draw(texts())) for name in draw(named())),
        codebook=tuple(themes),
        threshold=draw(st.floats(0, 1)),
        interviewers=draw(texts()),
        corrections=draw(st.dictionaries(SMALL, corrections(), max_size=2)),
        identities=tuple(
            Identity(name, draw(texts()), draw(st.sampled_from([None, "quote", "paraphrase", "nothing"])))
            for name in draw(named())
        ),
    )


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None, max_examples=150)
@given(studies())
def test_every_study_comes_back_from_its_file_and_from_the_records(study: Study) -> None:
    assert from_yaml(to_yaml(study)) == study
    assert from_mapping(json.loads(json.dumps(to_mapping(study)))) == study
    assert yaml.safe_load(to_yaml(study)) == to_mapping(study)


@given(corrections())
def test_every_correction_comes_back(correction: Correction) -> None:
    assert correction_from_mapping(json.loads(json.dumps(correction_to_mapping(correction)))) == correction


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_a_study_or_an_error(text: str) -> None:
    with contextlib.suppress(InvalidStudy):
        from_yaml(text)


def test_a_parent_that_is_no_theme_is_a_heading() -> None:
    assert from_yaml("name: X\ncodebook: [{theme: P, parent: Q}]").codebook[0].parent == "Q"
