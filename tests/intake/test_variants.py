"""Exports as tools write them under other settings: locales, separators, encodings, and parts that are missing."""

# ruff: noqa: E501

from __future__ import annotations

from dataclasses import dataclass

import pytest

from dashboard.intake import read


@dataclass(frozen=True)
class Spoken:
    """A transcript and what it holds: the text, and (label, first words) of each turn; start of the first turn."""

    text: str
    turns: tuple[tuple[str | None, str], ...]
    start: float | None = None
    name: str = "x.txt"
    encoding: str = "utf-8"


TWO = (
    ("Mara Lind", "Why did you leave?"),
    ("Jonas Falk", "It was too slow."),
    ("Mara Lind", "When?"),
    ("Jonas Falk", "In May."),
)
IR = (("I", "Why did you leave?"), ("R", "It was too slow."), ("I", "When?"), ("R", "In May."))


def lines(form: str, said: tuple[tuple[str | None, str], ...] = TWO, *, step: int = 7) -> str:
    """Every turn in one form: {n} from 1, {who}, {text}, {s} start as h:mm:ss, {m} as m:ss, {e} end as h:mm:ss."""
    return "".join(
        form.format(
            n=n, who=who, text=text,
            s=f"00:00:{step * n:02}", m=f"0:{step * n:02}", e=f"00:00:{step * n + 5:02}",
        )
        for n, (who, text) in enumerate(said, start=1)
    )  # fmt: skip


SPOKEN = {
    "vtt, Teams with CRLF and ids": Spoken(
        "WEBVTT\n\n" + lines("3f2b-11/{n}-0\n{s}.000 --> {e}.000\n<v {who}>{text}</v>\n\n"), TWO, 7, "x.vtt"
    ),
    "vtt, Zoom with UTF-16": Spoken("WEBVTT\n\n" + lines("{n}\n{s}.000 --> {e}.000\n{who}: {text}\n\n"), TWO, 7, "x.vtt", "utf-16"),
    "vtt, cue settings and a class": Spoken(
        "WEBVTT - made by a tool\n\n" + lines("{s}.000 --> {e}.000 align:start position:0% line:90%\n<v.loud {who}>{text}\n\n"), TWO, 7, "x.vtt"
    ),
    "vtt, labels in capitals with chevrons": Spoken(
        "WEBVTT\n\n" + lines("{s}.000 --> {e}.000\n>> MARA LIND: {text}\n\n", TWO[:1]) + lines("{s}.000 --> {e}.000\n>> JONAS FALK: {text}\n\n", TWO[1:2], step=20) + lines("{s}.000 --> {e}.000\n>> MARA LIND: {text}\n\n", TWO[2:3], step=40),
        (("MARA LIND", "Why"), ("JONAS FALK", "It was"), ("MARA LIND", "When?")), 7, "x.vtt",
    ),
    "vtt, name in square brackets": Spoken("WEBVTT\n\n" + lines("{s}.000 --> {e}.000\n[{who}]: {text}\n\n"), TWO, 7, "x.vtt"),
    "srt, names and CRLF": Spoken(lines("{n}\n{s},000 --> {e},000\n{who}: {text}\n\n").replace("\n", "\r\n"), TWO, 7, "x.srt"),
    "srt, voice tags": Spoken(lines("{n}\n{s},000 --> {e},000\n<v {who}>{text}</v>\n\n"), TWO, 7, "x.srt"),
    "sbv": Spoken(lines("{s}.000,{e}.900\n{who}: {text}\n\n"), TWO, 7, "x.sbv"),
    "Otter, cp1252 with an umlaut": Spoken(
        lines("{who}  {m}  \n{text}\n\n", (("Mara Lind", "Warum gingen Sie?"), ("Jörg Falk", "Es war schön langsam."), ("Mara Lind", "Wann?"), ("Jörg Falk", "Im März."))),
        (("Mara Lind", "Warum"), ("Jörg Falk", "Es war"), ("Mara Lind", "Wann"), ("Jörg Falk", "Im")), 7, "x.txt", "cp1252",
    ),
    "Otter, without stamps": Spoken(lines("{who}  \n{text}\n\n"), TWO),
    "Rev, name and stamp in brackets": Spoken(lines("{who} ({s}):\n{text}\n\n"), TWO, 7),
    "Trint, name and stamp in square brackets": Spoken(lines("[{s}] {who}: {text}\n\n"), TWO, 7),
    "Descript, stamp in front": Spoken(lines("[{s}] {who}\n{text}\n\n"), TWO, 7),
    "Fireflies, name and dash": Spoken(lines("{who} - {m}\n{text}\n\n"), TWO, 7),
    "tab between name and text": Spoken(lines("{who}\t{text}\n"), TWO),
    "stamp, tab, name, tab, text": Spoken(lines("{s}\t{who}\t{text}\n"), TWO, 7),
    "Markdown, bold names": Spoken(lines("**{who}:** {text}\n\n"), TWO, None, "x.md"),
    "Markdown, bold names and the stamp before": Spoken(lines("**[{m}] {who}:** {text}\n\n"), TWO, 7, "x.md"),
    "Markdown, list items": Spoken(lines("- **{who}**: {text}\n"), TWO, None, "x.md"),
    "Markdown, names as headings": Spoken(lines("### {who}\n\n{text}\n\n"), TWO, None, "x.md"),
    "prefix, full-width colon": Spoken(lines("{who}：{text}\n", IR), IR),
    "prefix, German": Spoken(
        "Interviewerin: Warum gingen Sie?\nBefragter: Es war zu langsam.\nInterviewerin: Wann?\nBefragter: Im Mai.\n",
        (("Interviewerin", "Warum"), ("Befragter", "Es war"), ("Interviewerin", "Wann"), ("Befragter", "Im")),
    ),
    "prefix, French with a space before the colon": Spoken(
        "Enquêteur : Pourquoi ?\nRépondant : C'était lent.\nEnquêteur : Quand ?\nRépondant : En mai.\n",
        (("Enquêteur", "Pourquoi"), ("Répondant", "C'était"), ("Enquêteur", "Quand"), ("Répondant", "En mai")),
    ),
    "prefix, UTF-16 BE": Spoken(lines("{who}: {text}\r\n", IR), IR, None, "x.txt", "utf-16-be"),
    "prefix, Mac line ends": Spoken(lines("{who}: {text}\r\r", IR), IR),
    "f4, stamps at the end": Spoken(lines("{who}: {text} #{s}-3#\n\n", IR), IR),
    "old Teams": Spoken(lines("{s}.0 --> {e}.0\n{who}\n{text}\n\n"), TWO, 7),
    "CSV, semicolons and a decimal comma": Spoken(lines('{n},5;{who};"{text}"\n').join(["start;speaker;text\n", ""]), TWO, 1.5, "x.csv"),
    "TSV with a role": Spoken("Time\tSpeaker\tTranscript\n" + lines("{s}\t{who}\t{text}\n"), TWO, 7, "x.tsv"),
    "CSV of milliseconds": Spoken("start_ms,end_ms,speaker,text\n" + lines("{n}000,{n}500,{who},{text}\n"), TWO, 1, "x.csv"),
}  # fmt: skip


@pytest.mark.parametrize("variant", SPOKEN)
def test_transcripts(variant: str) -> None:
    given = SPOKEN[variant]
    parsed = read(given.text.encode(given.encoding), given.name)
    assert parsed.kind == "transcript"
    assert [turn.speaker for turn in parsed.turns] == [who for who, _ in given.turns], parsed.format
    for turn, (_, text) in zip(parsed.turns, given.turns, strict=True):
        assert turn.text.startswith(text)
    if given.start is not None:
        assert parsed.turns[0].start == given.start


@dataclass(frozen=True)
class Table:
    """A table, the roles of its columns in their order, and how many respondents it has."""

    text: str
    roles: str
    people: int
    name: str = "x.csv"
    encoding: str = "utf-8"
    kind: str = "survey"


def rows(head: str, form: str, count: int = 24) -> str:
    """Rows of one form: {n} from 1, {d} a day, {nps}, {five}, {plan}, {why} and {more} in people's own words."""
    plans, why = ("Free", "Pro", "Team"), ("late", "dear", "slow", "loud", "plain", "hard")
    return head + "".join(
        form.format(
            n=n, d=n % 28 + 1, nps=n % 11, five=n % 5 + 1, plan=plans[n % 3], yes=("Yes", "No")[n % 2],
            why=f"It was {why[n % 6]} and nobody told me about room {n}",
            more=f"Please tell us number {n} sooner as we wait too {why[n % 5]}",
        )
        for n in range(1, count + 1)
    )  # fmt: skip


QUALTRICS = '{{"ImportId":"{0}"}}'
TABLES = {
    "Qualtrics, three header rows, tab and UTF-16": Table(
        "\t".join(["StartDate", "EndDate", "Status", "Progress", "Finished", "ResponseId", "Q1", "Q2"]) + "\n"
        + "\t".join(["Start Date", "End Date", "Response Type", "Progress", "Finished", "Response ID", "How likely are you to recommend us?", "Why?"]) + "\n"
        + "\t".join(QUALTRICS.format(each) for each in ["startDate", "endDate", "status", "progress", "finished", "_recordId", "QID1", "QID2_TEXT"]) + "\n"
        + rows("", "2026-05-{d:02} 10:00:00\t2026-05-{d:02} 10:05:00\tIP Address\t100\tTrue\tR_1aB2cD3eF4gH5{n:03}\t{nps}\t{why}\n"),
        "m d m m m p n o", 24, "x.tsv", "utf-16",
    ),
    "SurveyMonkey, semicolons": Table(
        "Respondent ID;Collector ID;Start Date;End Date;IP Address;How satisfied are you?;What is missing?\n;;;;;Response;Open-Ended Response\n"
        + rows("", "1000{n:04};77;05/{d:02}/2026;05/{d:02}/2026;10.0.0.{n};{five};{more}\n"),
        "p m m d m s o", 24,
    ),
    "Google Forms, German": Table(
        rows('Zeitstempel,Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?,Warum?\n'.replace("es, dass", "es dass"), "{d:02}.05.2026 10:00:00,{nps},{why}\n"), "d n o", 24
    ),
    "Typeform": Table(
        rows("#,How likely are you to recommend us?,What could we do better?,Start Date (UTC),Submit Date (UTC),Network ID\n", "a1b2c3d4e5f6a7b8c9d{n:05},{nps},{more},2026-05-{d:02} 10:00:00,2026-05-{d:02} 10:02:00,f0e1d2c3b{n}\n"),
        "p n o m d m", 24,
    ),
    "Microsoft Forms": Table(
        rows("ID,Start time,Completion time,Email,Name,Which plan?,How easy was it to set up?,Anything else?\n", "{n},5/{d}/26 10:00:00,5/{d}/26 10:04:00,anonymous,,{plan},{five},{more}\n"),
        "m m d e N c r o", 24,
    ),
    "LimeSurvey": Table(
        rows("id,submitdate,lastpage,startlanguage,G1Q01,G1Q02[SQ001],G1Q02[SQ002],G1Q02[SQ003],G1Q03\n", '"{n}","2026-05-{d:02} 10:00:00","3","en","{plan}","{five}","{five}","{five}","{why}"\n'),
        "m d m m a r r r o", 24,
    ),
    "an NPS tool": Table(rows("score,comment,created_at,email,plan\n", "{nps},{why},2026-05-{d:02}T10:00:00Z,p{n}@example.org,{plan}\n"), "n o d e a", 24, "nps-june.csv"),
    "an NPS tool, BOM and semicolons": Table(rows("\ufeffNPS;Comment;Date;Country\n", '{nps};"{why}";{d:02}/05/2026;DE\n'), "n o d a", 24),
    "Zendesk": Table(rows("Ticket ID,Satisfaction Score,Satisfaction Comment,Requester,Assignee\n", "{n},Good,{why},Person {n},Ann\nX{n},Bad,{more},Guest {n},Ann\n", 12), "m s o p m", 24),
    "stars": Table(rows("Review ID,Rating,Title,Review,Review Date\n", "r{n},{five},Room {n} and more,{why},May {d}, 2026\n".replace("May {d}, 2026", "2026-05-{d:02}")), "m r a o d", 24),
    "a title above the header": Table(rows("Customer survey 2026,,\n,,\nPlan,How satisfied are you?,Why?\n", "{plan},{five},{why}\n"), "a s o", 24),
    "blank rows at the end": Table(rows("Plan,How satisfied are you?,Why?\n", "{plan},{five},{why}\n") + ",,\n" * 40, "a s o", 24),
    "decimal commas": Table(rows("Plan;Hours a week;How satisfied are you?;Why?\n", "{plan};{n},5;{five};{why}\n"), "a a s o", 24),
    "answers over several lines": Table(rows("Plan,How satisfied are you?,Why?\n", '{plan},{five},"{why}\nand more, ""really"""\n'), "a s o", 24),
    "sep= in the first line": Table("sep=;\n" + rows("Plan;How satisfied are you?;Why?\n", "{plan};{five};{why}\n"), "a s o", 24),
    "pipes": Table(rows("Plan|How satisfied are you?|Why?\n", "{plan}|{five}|{why}\n"), "a s o", 24),
    "cp1252": Table(rows("Tarif,Wie zufrieden sind Sie?,Begründung\n", "{plan},{five},Es wäre schön: {why}\n"), "a s o", 24, encoding="cp1252"),
    "people": Table(rows("Participant,Name,Email,Plan,Region\n", "P{n:02},Person {n} Lind,p{n}@example.org,{plan},North\n", 12), "p N e a a", 12, "participants.csv", kind="participants"),
    "people, semicolons, German": Table(rows("Teilnehmer;Tarif;Kunde seit\n", "P{n:02};{plan};20{n:02}\n", 12), "p a a", 12, "teilnehmer.csv", kind="participants"),
}  # fmt: skip
ROLES = {
    "m": {"metadata", "ignored", "participant", "date"}, "d": {"date"}, "p": {"participant"}, "n": {"nps"}, "o": {"open"},
    "s": {"csat", "rating"}, "r": {"rating", "ces", "csat"}, "a": {"attribute", "choice"}, "c": {"attribute", "choice"},
    "e": {"email", "metadata"}, "N": {"name"},
}  # fmt: skip


@pytest.mark.parametrize("variant", TABLES)
def test_tables(variant: str) -> None:
    given = TABLES[variant]
    parsed = read(given.text.encode(given.encoding), given.name)
    found = [(column.name, column.role) for column in parsed.columns]
    assert parsed.kind == given.kind, found
    assert parsed.respondents == given.people
    assert len(found) == len(given.roles.split()), found
    wrong = [
        (*column, want) for column, want in zip(found, given.roles.split(), strict=True) if column[1] not in ROLES[want]
    ]
    assert not wrong
