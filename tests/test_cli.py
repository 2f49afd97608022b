"""The command line: its fixed JSON, its exit status, one sentence for every problem."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from shell import rows, run
from small_study import write

from dashboard.records.schema import HEAD

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("cli") / "study")


def test_inspect_prints_one_object_a_file(study: Path) -> None:
    found = {Path(str(row["file"])).name: row for row in rows("inspect", study / "P01 zoom.vtt", study / "nps.csv")}
    transcript, survey = found["P01 zoom.vtt"], found["nps.csv"]
    assert (transcript["kind"], transcript["turns"], transcript["error"]) == ("transcript", 4, None)
    roles = {speaker["name"]: speaker["role"] for speaker in transcript["speakers"]}
    assert roles == {"Ada Quill": "interviewer", "Bo Fenn": "participant"}
    assert transcript["first_turn"] == {
        "speaker": "Ada Quill",
        "text": "What was the first week like for you?",
        "start": 1.0,
    }
    assert (survey["kind"], survey["respondents"], survey["responses"]) == ("survey", 4, 4)
    assert [column["role"] for column in survey["columns"]][2:] == ["nps", "open"]


def test_inspect_of_a_broken_file_is_a_sentence_and_status_1(study: Path, tmp_path: Path) -> None:
    picture = tmp_path / "call.vtt"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    ran = run("inspect", picture, study / "people.csv", "--json")
    broken, whole = (json.loads(line) for line in ran.stdout.splitlines())
    assert ran.returncode == 1
    assert "call.vtt" in broken["error"]
    assert "Traceback" not in ran.stderr
    assert (whole["kind"], whole["error"]) == ("participants", None)


def test_analyse_prevalence_has_the_fixed_columns(study: Path) -> None:
    found = rows("analyse", "--study", study, "--measure", "prevalence", "--by", "plan")
    for row in found:
        assert {"theme", "source_kind", "plan", "k", "n", "share", "low", "high", "corrected"} <= set(row)
        assert row["low"] <= row["share"] <= row["high"]
        assert row["corrected"] is None
    bases = {(row["source_kind"], row["plan"]): row["n"] for row in found}
    assert bases == {("interview", "free"): 1, ("interview", "pro"): 1, ("survey", "free"): 2, ("survey", "pro"): 1}


def test_analyse_pools_on_request_and_filters(study: Path) -> None:
    pooled = rows("analyse", "--study", study, "--measure", "prevalence", "--pool")
    assert "source_kind" not in pooled[0]
    assert {row["n"] for row in pooled} == {5}
    free = rows("analyse", "--study", study, "--measure", "prevalence", "--pool", "--where", "plan=free")
    assert {row["n"] for row in free} == {3}


def test_analyse_quotes_and_codings_have_the_fixed_columns(study: Path) -> None:
    quotes = rows("analyse", "--study", study, "--measure", "quotes")
    assert set(quotes[0]) == {"passage", "source", "participant", "question", "text", "themes", "stage", "sentiment"}
    assert {"P01", "P02"} <= {quote["participant"] for quote in quotes}
    themed = next(quote for quote in quotes if quote["themes"])
    assert set(themed["themes"][0]) == {"theme", "confidence", "status", "by", "accepted"}
    codings = rows("analyse", "--study", study, "--measure", "codings")
    columns = {
        "passage", "source", "participant", "text", "theme", "confidence", "by", "status", "accepted", "reason",
    }  # fmt: skip
    assert set(codings[0]) == columns
    assert all(coding["confidence"] >= 0.05 for coding in codings)


def test_codings_that_come_as_a_table_are_persons_decisions(study: Path, tmp_path: Path) -> None:
    write(tmp_path / "coded")
    (tmp_path / "coded" / "codings.csv").write_text(
        "source,participant,text,theme,status\n"
        "nps.csv,R-1,Too expensive for a small team like ours,Pricing,confirmed\n"
        "nps.csv,R-1,Too expensive for a small team like ours,Onboarding,rejected\n"
        "nps.csv,R-2,The tutorial was great and I was set up in no time,Pricing,confirmed\n",
        encoding="utf-8",
    )
    found = rows("analyse", "--study", tmp_path / "coded", "--measure", "codings")
    said = {
        (row["participant"], row["theme"]): (row["accepted"], row["status"]) for row in found if row["by"] != "machine"
    }
    assert said[("R-1", "Pricing")] == (True, "confirmed")
    assert said[("R-1", "Onboarding")] == (False, "rejected")
    assert said[("R-2", "Pricing")] == (True, "confirmed")


def test_import_build_studies_and_export(study: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    (imported,) = rows("--data-dir", store, "import", study)
    assert imported["sources"] == 4
    (listed,) = rows("--data-dir", store, "studies")
    assert (listed["study"], listed["name"], listed["built"]) == (imported["study"], "Small", True)
    (built,) = rows("--data-dir", store, "build", "--study-id", imported["study"])
    assert built["study"] == imported["study"]
    exported = run("--data-dir", store, "export-study", "--study-id", imported["study"])
    assert exported.stdout.startswith("name: Small")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("analyse", "--study", "{study}", "--measure", "wisdom"), "no measure “wisdom”"),
        (("analyse", "--study", "{study}", "--measure", "prevalence", "--by", "mood"), "no attribute “mood”"),
        (("analyse", "--study", "{study}", "--measure", "prevalence", "--where", "plan"), "name=value"),
        (("analyse", "--study", "{study}", "--measure", "prevalence", "--where", "mood=good"), "no attribute “mood”"),
        (("analyse", "--study", "{study}/nowhere", "--measure", "prevalence"), "no directory"),
        (("analyse", "--study", "{study}", "--measure", "prevalence", "--engine", "abacus"), "engine “abacus”"),
        (("--data-dir", "{tmp}/store", "build", "--study-id", "nothing"), "nothing"),
        (("--data-dir", "{tmp}/store", "export-study", "--study-id", "nothing"), "nothing"),
        (("--data-dir", "{tmp}/store", "import", "--study-id", "any", "{tmp}/gone.vtt"), "gone.vtt"),
        (("--data-dir", "{tmp}/store", "import", "{tmp}/a.vtt", "{tmp}/b.vtt"), "one directory"),
    ],
)
def test_a_problem_is_one_sentence_and_status_1(
    arguments: tuple[str, ...], says: str, study: Path, tmp_path: Path
) -> None:
    ran = run(*(argument.format(study=study, tmp=tmp_path) for argument in arguments))
    assert ran.returncode == 1
    assert says in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1


def test_a_real_shell_sees_the_same(study: Path) -> None:
    def shell(*arguments: object) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "dashboard", *map(str, arguments)]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    good, bad = ("inspect", study / "nps.csv", "--json"), ("analyse", "--study", study, "--measure", "wisdom")
    assert (ran := shell(*good)).returncode == 0
    assert ran.stdout == run(*good).stdout
    assert (ran := shell(*bad)).returncode == 1
    assert ran.stderr == run(*bad).stderr


@pytest.mark.parametrize(
    "command", ["inspect", "analyse", "publish", "import", "build", "studies", "export-study", "sample"]
)
def test_every_command_explains_itself(command: str) -> None:
    ran = run(command, "--help")
    assert ran.returncode == 0
    assert "usage: python -m dashboard" in ran.stdout


def test_publish_writes_one_file_without_a_name(study: Path, tmp_path: Path) -> None:
    ran = run("publish", "--study", study, "--html", tmp_path / "out.html", "--json")
    assert ran.returncode == 0, ran.stderr
    text = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "<html" in text
    for name in ("Bo Fenn", "Cy Marlow", "Ada Quill", "Fenn", "Marlow", "R-1"):
        assert name not in text
    assert run("publish", "--study", study, "--html", tmp_path / "no" / "out.html").returncode == 1


def test_migrate_says_what_the_records_are_now(tmp_path: Path) -> None:
    (row,) = rows("--data-dir", tmp_path / "store", "migrate")
    assert (row["version"], row["granted"]) == (HEAD, [])
    refused = run("--data-dir", tmp_path / "store", "migrate", "--grants", "server")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Only PostgreSQL has roles; ")
