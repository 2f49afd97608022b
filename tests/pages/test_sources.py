"""Sources: files are dropped, understood, corrected, matched and built."""

import pytest
from ui.shown import data, opened, tell, texts, titles

from dashboard.study import SpeakerCorrection
from dashboard.workspace import Workspace, jobs, sources, studies

VTT = """WEBVTT

1
00:00:01.000 --> 00:00:04.000
Inga: How did you set it up, and what happened then?

2
00:00:05.000 --> 00:00:12.000
Noor: The import took three evenings. I nearly gave up, and nobody answered when I wrote to them about it.

3
00:00:13.000 --> 00:00:15.000
Inga: What did you do next?

4
00:00:16.000 --> 00:00:22.000
Noor: I paid a friend to do it. Never *ever* :red[again], it cost $40 and $5 more.
"""
SHEET = "id,name,plan\nP1,Noor Haddad,pro\nP2,Lena Voss,free\n"
SURVEY = (
    "Respondent,Plan,How likely are you to recommend us? (0-10),Why?\n"
    "R1,pro,9,It saves me a whole evening every week.\n"
    "R2,free,3,The import failed twice and support never wrote back.\n"
    "R3,pro,7,Good enough for what I need right now.\n"
)
FILES = [("talk.vtt", VTT.encode()), ("people.csv", SHEET.encode()), ("nps.csv", SURVEY.encode())]


@pytest.fixture
def study(ws: Workspace) -> str:
    """A study with an interview, a sheet and a survey; not built."""
    made = studies.create(ws, "Drop test")
    assert {added.outcome for added in sources.add(ws, made, FILES)} == {"new"}
    return made


def test_an_empty_study_says_what_can_be_dropped(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=studies.create(ws, "Empty"))
    assert "Nothing was given yet" in texts(at)
    assert len(at.get("file_uploader")) == 2


def test_dropped_files_go_in_and_each_that_cannot_says_why(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Drop test")
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    dropped = [*FILES, ("empty.vtt", b""), ("broken.zip", b"PK\x03\x04 broken")]
    at.file_uploader(key="drop:files:0").set_value([(name, data, "") for name, data in dropped]).run()
    said = texts(at)
    assert "3 files went in, 2 could not be taken in" in said
    assert sorted(card.name for card in sources.cards(ws, study)) == ["nps.csv", "people.csv", "talk.vtt"]
    wrong = {row["title"]: row["lines"][0] for row in data(at, "drop:look")["rows"]}
    assert set(wrong) == {"empty.vtt", "broken.zip"}
    assert all(name in sentence for name, sentence in wrong.items())
    at.file_uploader(key="drop:files:1").set_value(
        [("again.vtt", VTT.encode(), ""), ("talk.vtt", VTT.encode(), "")]
    ).run()
    assert "already here" in texts(at)


def test_a_study_file_frames_the_study_and_can_be_taken_back(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    study = studies.create(ws, "Before")
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    text = "name: After\ncodebook: [{theme: Import}, {theme: Support}]\njourney: [{stage: Set up}]\n"
    at.file_uploader(key="drop:files:0").set_value([("study.yaml", text.encode(), "")]).run()
    assert studies.get(ws, study).themes == ("Import", "Support")
    assert "2 themes, 1 stages" in str(data(at, "drop:look"))
    at.button(key="drop:unframe").click().run()
    assert (studies.get(ws, study).name, studies.get(ws, study).themes) == ("Before", ())
    at.file_uploader(key="drop:files:1").set_value([("study.yaml", b"name: [\n", "")]).run()
    assert "1 could not be taken in" in texts(at)


def test_a_source_shows_what_was_understood_word_for_word(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    assert "1 interview, 1 survey and 1 participant sheet were understood." in texts(at)
    ids = {row["title"]: row["id"] for row in data(at, "sources:rows")["rows"]}
    tell(at, "sources:rows", do="choose", id=ids["talk.vtt"])
    assert "Never *ever* :red[again], it cost $40 and $5 more." in texts(at)
    tell(at, "sources:rows", do="choose", id=ids["nps.csv"])
    roles = {
        row["cells"]["name"]: row["cells"]["role"] for row in data(at, f"sources:columns:{ids['nps.csv']}")["rows"]
    }
    assert roles["Why?"] == "open"
    assert roles["How likely are you to recommend us? (0-10)"] == "nps"


def test_a_role_is_corrected_and_the_correction_undone(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    ids = {row["title"]: row["id"] for row in data(at, "sources:rows")["rows"]}
    talk = ids["talk.vtt"]
    tell(at, "sources:rows", do="choose", id=talk)
    lines = {row["name"]: row["id"] for row in data(at, f"sources:speakers:{talk}")["rows"]}
    tell(at, f"sources:speakers:{talk}", do="set", id=lines["Inga"], column="role", value="observer")

    def correction() -> object:
        return next(card.correction.speakers for card in sources.cards(ws, study) if card.id == talk)

    assert correction() == {"Inga": SpeakerCorrection("observer")}
    assert "“Inga” is observer (not counted) in “talk.vtt” now." in texts(at)
    at.button(key="sources:undo-button").click().run()
    assert correction() == {}
    columns = f"sources:columns:{ids['nps.csv']}"
    tell(at, "sources:rows", do="choose", id=ids["nps.csv"])
    tell(at, columns, do="set", id="Plan", column="role", value="ignored")
    roles = {row["cells"]["name"]: row["cells"]["role"] for row in data(at, columns)["rows"]}
    assert roles["Plan"] == "ignored"
    tell(at, f"sources:about:{ids['nps.csv']}", do="set", id="date", column="value", value="yesterday")
    assert "“yesterday” is no date" in texts(at)


def test_a_source_is_removed_and_brought_back(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    chosen = data(at, "sources:rows")["current"]
    at.button(key="sources:remove").click().run()
    assert len(sources.cards(ws, study)) == 2
    at.button(key="sources:restore").click().run()
    assert chosen in {card.id for card in sources.cards(ws, study)}


def test_who_is_who_is_confirmed_merged_and_parted(ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    at.session_state["sources:tab"] = "Who is who"
    at.run()
    assert "5 people in all" in texts(at) or "6 people in all" in texts(at)
    of = sources.people(ws, study)
    speaker = next(key for key in of if key.startswith("speaker "))
    row = next(key for key, person in of.items() if person == "P1")
    if of[speaker] != "P1":
        alone = "people:alone" if of[speaker] in titles(at, "people:alone") else "people:doubtful"
        if alone == "people:alone":
            tell(at, alone, do="merge", id=of[speaker], value="P1")
        else:
            tell(at, alone, do="confirm", id="\n".join(sorted((speaker, row))))
    assert sources.people(ws, study)[speaker] == "P1"
    assert "Noor Haddad, P1" in titles(at, "people:settled")
    tell(at, "people:settled", do="apart", id="P1")
    assert sources.people(ws, study)[speaker] != sources.people(ws, study)[row]
    at.button(key="people:undo-button").click().run()
    assert sources.people(ws, study)[speaker] == sources.people(ws, study)[row]
    tell(at, "people:settled", do="forget", id="P1")
    assert not ws.records.identities(study)
    assert sources.people(ws, study)[speaker] == of[speaker]
    at.button(key="people:undo-button").click().run()
    assert sources.people(ws, study)[speaker] == "P1"


def test_a_build_is_offered_shown_while_it_runs_cancelled_and_ready(
    ws: Workspace, study: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = opened("sources", ws.settings.data_dir, monkeypatch, study=study)
    assert "1 interview and 3 answers are waiting" in texts(at)
    assert at.button(key="build:start").label == "Build"
    with ws.records.begin(by=ws.user) as transaction:
        job = transaction.add_job(study, "build")
    at.run()
    assert "Building: reading and coding" in texts(at)
    at.button(key="build:cancel").click().run()
    assert ws.records.job(job).state == "cancelled"
    assert "The build was cancelled" in texts(at)
    jobs.build_now(ws, study)
    at.run()
    assert "1 interview and 3 answers are ready: look at Themes." in texts(at)
    sources.remove(ws, study, sources.cards(ws, study)[0].id)
    at.run()
    assert "they show the state before" in texts(at)
    assert at.button(key="build:start").label == "Bring the pages up to date"
