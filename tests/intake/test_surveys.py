"""Surveys as their tools export them; every file here was written for these tests."""

import csv
import io

import pytest

from dashboard.intake import read
from dashboard.intake.parsed import ParsedSource
from dashboard.study import Correction


def table(*rows: list[str] | tuple[str, ...], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def roles(parsed: ParsedSource) -> dict[str, str]:
    return {column.name: column.role for column in parsed.columns}


QUALTRICS = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Finished", "RecordedDate", "ResponseId"]
QUALTRICS_TEXTS = [
    "Start Date",
    "End Date",
    "Response Type",
    "IP Address",
    "Progress",
    "Finished",
    "Recorded Date",
    "Response ID",
]
QUALTRICS_IDS = ["startDate", "endDate", "status", "ipAddress", "progress", "finished", "recordedDate", "_recordId"]


def qualtrics(number: int, *answers: str, status: str = "IP Address", finished: str = "True") -> list[str]:
    day = f"2026-03-{number:02d} 10:00:00"
    return [day, day, status, "10.0.0.7", "100", finished, day, f"R_3sAb9kLmNo{number:02d}", *answers]


def qualtrics_file(*rows: list[str], import_row: bool = True, quote: str = '"') -> bytes:
    names = [*QUALTRICS, "Q1_NPS", "Q2", "Q3_TEXT", "plan"]
    texts = [
        *QUALTRICS_TEXTS,
        "How likely are you to recommend Acme?",
        "How satisfied are you?",
        "Why is that?",
        "plan",
    ]
    ids = [*QUALTRICS_IDS, "QID1_NPS", "QID2", "QID3_TEXT", "plan"]
    imports = [[f"{{{quote}ImportId{quote}: {quote}{each}{quote}}}" for each in ids]] if import_row else []
    return table(names, texts, *imports, *rows)


ANSWERED = [
    qualtrics(1, "9", "Very satisfied", "It saves me an hour a day", "pro"),
    qualtrics(2, "3", "Dissatisfied", "The export breaks every week", "free"),
    qualtrics(3, "7", "Neither satisfied nor dissatisfied", "", "pro"),
]


@pytest.mark.parametrize(("import_row", "quote"), [(True, '"'), (True, "'"), (False, "")])
def test_qualtrics_in_all_its_header_forms(import_row: bool, quote: str) -> None:
    parsed = read(qualtrics_file(*ANSWERED, import_row=import_row, quote=quote), "export.csv")
    assert parsed.format.startswith("CSV, Qualtrics")
    assert parsed.respondents == 3
    found = roles(parsed)
    assert found["Q1_NPS - How likely are you to recommend Acme?"] == "nps"
    assert found["Q2 - How satisfied are you?"] == "csat"
    assert found["Q3_TEXT - Why is that?"] == "open"
    assert found["plan"] == "attribute"
    assert parsed.rows[0].scores == {
        "Q1_NPS - How likely are you to recommend Acme?": 9.0,
        "Q2 - How satisfied are you?": 5.0,
    }
    assert [turn.text for turn in parsed.turns] == ["It saves me an hour a day", "The export breaks every week"]
    assert [turn.speaker for turn in parsed.turns] == ["1", "2"]


def test_previews_and_unfinished_responses_are_left_out_and_counted() -> None:
    preview = qualtrics(4, "10", "Very satisfied", "Testing", "pro", status="Survey Preview")
    unfinished = qualtrics(5, "2", "", "", "free", finished="False")
    data = qualtrics_file(*ANSWERED, preview, unfinished)
    parsed = read(data, "export.csv")
    assert parsed.respondents == 3
    assert len(parsed.left_out) == 2
    assert "preview" in parsed.left_out[0]
    assert "not finished" in parsed.left_out[1]
    counted = read(data, "export.csv", correction=Correction(columns={"Finished": "ignored"}))
    assert counted.respondents == 4
    assert [row.number for row in counted.rows] == [1, 2, 3, 5]


def test_a_survey_of_test_responses_alone_is_taken_with_a_warning() -> None:
    parsed = read(qualtrics_file(*([*row[:2], "2", *row[3:]] for row in ANSWERED)), "export.csv")
    assert parsed.respondents == 3
    assert any("preview or a test" in warning for warning in parsed.warnings)


def test_legacy_qualtrics_with_v_names() -> None:
    data = table(
        ["V1", "V2", "V3", "V4", "V5", "V6", "V7", "V8", "V9", "V10", "Q1", "Q2", ""],
        [
            "ResponseID",
            "ResponseSet",
            "Name",
            "ExternalDataReference",
            "EmailAddress",
            "IPAddress",
            "Status",
            "StartDate",
            "EndDate",
            "Finished",
            "Which plan do you have?",
            "Tell us what you miss most.",
            "",
        ],
        [
            "R_1a2b3c4d5e6f7g8",
            "Default",
            "Anonymous",
            "",
            "",
            "1.2.3.4",
            "0",
            "2025-01-02 08:00:00",
            "2025-01-02 08:05:00",
            "1",
            "2",
            "A search that works",
            "",
        ],
    )
    parsed = read(data, "old.csv")
    assert parsed.respondents == 1
    assert parsed.rows[0].date == "2025-01-02"
    found = roles(parsed)
    assert found["ResponseID"] == "participant"
    assert found["Q2 - Tell us what you miss most."] == "open"


def test_surveymonkey_two_rows_blanks_continue_the_question() -> None:
    data = table(
        [
            "Respondent ID",
            "Collector ID",
            "Start Date",
            "End Date",
            "IP Address",
            "Which of these do you use?",
            "",
            "",
            "What would you change?",
        ],
        ["", "", "", "", "", "Reports", "Alerts", "Other (please specify)", "Open-Ended Response"],
        [
            "90001",
            "7",
            "03/14/2026 09:00:00 AM",
            "03/14/2026 09:04:00 AM",
            "10.1.1.1",
            "Reports",
            "",
            "",
            "Faster loading of the reports",
        ],
        [
            "90002",
            "7",
            "03/15/2026 09:00:00 AM",
            "03/15/2026 09:02:00 AM",
            "10.1.1.2",
            "",
            "Alerts",
            "my own scripts",
            "Nothing comes to mind really",
        ],
        ["90003", "7", "03/16/2026 09:00:00 AM", "03/16/2026 09:01:00 AM", "10.1.1.3", "", "", "", ""],
    )
    parsed = read(data, "sm.csv")
    assert parsed.format == "CSV, SurveyMonkey, 2 header rows"
    found = roles(parsed)
    assert found["Which of these do you use? - Reports"] == "choice"
    assert found["Which of these do you use? - Other (please specify)"] == "open"
    assert found["What would you change?"] == "open"
    assert parsed.respondents == 2
    assert "without an answer" in parsed.left_out[0]
    assert parsed.rows[0].id == "90001"
    assert parsed.rows[0].date == "2026-03-14"
    assert parsed.rows[0].attributes == {}


def test_surveymonkey_second_row_is_already_a_respondent() -> None:
    data = table(
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "How do you like it?"],
        ["81", "5", "01/02/2026", "01/02/2026", "I like that it is quick and plain"],
        ["82", "5", "01/03/2026", "01/03/2026", "It does what it should and no more"],
    )
    parsed = read(data, "sm.csv")
    assert parsed.respondents == 2


def test_surveymonkey_second_row_repeats_the_metadata() -> None:
    data = table(
        ["Respondent ID", "Start Date", "End Date", "Collector", "Which do you own?", ""],
        ["Respondent ID", "Start Date", "End Date", "Collector", "Phone", "Tablet"],
        ["900", "43290.53487", "43290.54118", "Mail", "Phone", ""],
        ["901", "43291.1", "43291.2", "Mail", "", "Tablet"],
    )
    parsed = read(data, "sm.csv")
    assert parsed.respondents == 2
    assert parsed.rows[0].date == "2018-07-09"


def google(*rows: list[str]) -> bytes:
    header = [
        "Timestamp",
        "What do you use it for?",
        "1. It was simple to use.",
        "Comments",
        "2. I felt safe using it.",
        "Comments",
    ]
    return table(header, *rows)


GOOGLE = [
    ["3/24/2026 11:55:50", "Reports, Alerts", "5", "It was clear from the first minute on", "4", ""],
    ["3/25/2026 11:55:50", "Reports", "2", "I had to look for the button for ages", "5", "Nothing to add here from me"],
    ["3/26/2026 11:55:50", "Alerts, Reports", "1", "", "3", "The words on the page are hard"],
    ["3/27/2026 11:55:50", "Alerts", "4", "Fine once a colleague had shown me how", "4", "The colours help me a lot"],
]


def test_google_forms_repeated_headers_and_several_answers() -> None:
    parsed = read(google(*GOOGLE), "forms.csv")
    found = roles(parsed)
    assert list(found) == [
        "Timestamp",
        "What do you use it for?",
        "1. It was simple to use.",
        "Comments",
        "2. I felt safe using it.",
        "Comments#2",
    ]
    assert found["Comments#2"] == "open"
    assert found["1. It was simple to use."] == "rating"
    assert {column.name: column.best for column in parsed.columns}["1. It was simple to use."] == ""
    assert any("Which end of the scale" in warning for warning in parsed.warnings)
    assert "What do you use it for?" not in parsed.rows[0].attributes
    assert parsed.responses == 6


def test_rows_of_averages_blank_rows_and_stamps_alone_are_no_respondents() -> None:
    averages = ["", "", "3.0", "", "4.0", ""]
    stamp = ["3/28/2026 11:55:50", "", "", "", "", ""]
    blank = [""] * 6
    parsed = read(google(*GOOGLE, stamp, averages, *[blank] * 59), "forms.csv")
    assert parsed.respondents == 4
    assert len(parsed.left_out) == 2
    named = ["Average", "", "3.0", "", "4.0", ""]
    assert read(google(*GOOGLE, named), "forms.csv").respondents == 4


def test_microsoft_forms_and_typeform() -> None:
    microsoft = table(
        ["ID", "Start time", "Completion time", "Email", "Name", "How easy was it to set up?", "What stopped you?"],
        ["1", "5/4/2026 10:00:00", "5/14/2026 10:03:00", "anonymous", "", "Very easy", "I could not find the invoice"],
        [
            "2",
            "5/5/2026 10:00:00",
            "5/15/2026 10:03:00",
            "anonymous",
            "",
            "Somewhat difficult",
            "Nobody told me about the limit",
        ],
    )
    parsed = read(microsoft, "forms.csv")
    assert parsed.format == "CSV, Microsoft Forms"
    assert list(roles(parsed).values()) == ["metadata", "metadata", "date", "email", "name", "rating", "open"]
    assert parsed.rows[0].date == "2026-05-14"
    assert parsed.rows[0].scores == {"How easy was it to set up?": 5.0}
    typeform = table(
        [
            "#",
            "What nearly made you leave?",
            "How likely are you to recommend us to a friend?",
            "Start Date (UTC)",
            "Submit Date (UTC)",
            "Network ID",
        ],
        [
            "a1b2c3d4e5f60718a1b2",
            "The price went up twice in a year",
            "4",
            "2026-05-04 10:00:00",
            "2026-05-04 10:02:00",
            "f00dfeed12",
        ],
        [
            "b1b2c3d4e5f60718a1b2",
            "Support took three days to answer me",
            "8",
            "2026-05-05 10:00:00",
            "2026-05-05 10:02:00",
            "f00dfeed13",
        ],
    )
    parsed = read(typeform, "typeform.csv")
    assert parsed.format == "CSV, Typeform"
    assert list(roles(parsed).values()) == ["participant", "open", "nps", "metadata", "date", "metadata"]


def test_limesurvey_and_surveygizmo() -> None:
    lime = table(
        ["id", "submitdate", "lastpage", "startlanguage", "G1Q01[SQ001]", "G1Q01[SQ002]", "G2Q02"],
        ["1", "2026-02-01 10:00:00", "3", "en", "Y", "N", "The manual is out of date and wrong"],
        ["2", "2026-02-02 10:00:00", "3", "en", "N", "Y", "I never got an answer to my mails"],
        delimiter=";",
    )
    parsed = read(lime, "lime.csv")
    assert parsed.format == "CSV, LimeSurvey"
    assert list(roles(parsed).values())[:4] == ["metadata", "date", "metadata", "metadata"]
    assert roles(parsed)["G2Q02"] == "open"
    gizmo = table(
        ["Response ID", "Time Started", "Date Submitted", "Status", "Country", "What hinders you most in your work?"],
        [
            "17",
            "Dec 4, 2025 1:22:11 pm",
            "Dec 4, 2025 1:30:02 pm",
            "Complete",
            "Sweden",
            "Setting it up for a whole team",
        ],
        [
            "18",
            "Dec 5, 2025 1:22:11 pm",
            "Dec 5, 2025 1:30:02 pm",
            "Partial",
            "Norway",
            "Comparing two versions of one file",
        ],
    )
    parsed = read(gizmo, "gizmo.csv")
    assert parsed.format == "CSV, SurveyGizmo"
    assert roles(parsed)["Status"] == "metadata"
    assert parsed.rows[1].date == "2025-12-05"
    assert parsed.respondents == 2


def test_nps_tool_with_properties() -> None:
    header = ["customer_id", "email", "score", "comment", "created_at", "plan", "seats"]
    rows = [
        [f"C-{n}", f"u{n}@example.org", str(score), text, f"2026-06-{n:02d}T10:00:00Z", plan, "1.20"]
        for n, score, text, plan in [
            (1, 10, "It is quick and it is clear", "pro"),
            (2, 0, "I lost all of my work twice", "free"),
            (3, 7, "", "free"),
            (4, 6, "The bill came too early again", "team"),
        ]
    ]
    nobody = ["C-9", "u9@example.org", "", "", "2026-06-09T10:00:00Z", "pro", ""]
    parsed = read(table(header, *rows, nobody), "nps-june.csv")
    assert list(roles(parsed).values()) == ["participant", "email", "nps", "open", "date", "attribute", "attribute"]
    assert parsed.respondents == 4
    assert parsed.rows[0].attributes == {"plan": "pro", "seats": "1.20"}
    assert parsed.rows[1].scores == {"score": 0.0}
    assert parsed.score_kinds == {"score": "nps"}
    assert parsed.rows[0].email == "u1@example.org"


def test_zendesk_and_app_reviews() -> None:
    zendesk = table(
        ["Ticket ID", "Requester", "Satisfaction Score", "Satisfaction Comment", "Assignee"],
        ["88", "Ann Lee", "Good", "Quick answer and very kind too", "Bo"],
        ["89", "Jim Poe", "Bad", "They closed it before it was solved", "Bo"],
        ["90", "Kim Roe", "Offered", "", "Cy"],
    )
    parsed = read(zendesk, "tickets.csv")
    assert roles(parsed)["Satisfaction Score"] == "csat"
    assert [row.scores for row in parsed.rows[:2]] == [{"Satisfaction Score": 1.0}, {"Satisfaction Score": 0.0}]
    reviews = table(
        ["Review", "Star Rating", "Date", "App Version"],
        ["Crashes whenever I open the camera", "★☆☆☆☆", "2026-01-02", "4.1"],
        ["Does all I need and looks good too", "★★★★★", "2026-01-03", "4.1"],
    )
    parsed = read(reviews, "reviews.csv")
    assert roles(parsed) == {"Review": "open", "Star Rating": "rating", "Date": "date", "App Version": "metadata"}
    assert parsed.rows[0].scores == {"Star Rating": 1.0}


def test_semicolons_decimal_commas_and_a_byte_order_mark() -> None:
    data = b"\xef\xbb\xbf" + table(
        ["Teilnehmer", "Bewertung", "Warum?"],
        ["TN1", "4,5", "Es ist schnell, klar und ruhig gestaltet"],
        ["TN2", "2,0", "Der Export geht, wenn er geht, zu langsam"],
        delimiter=";",
    )
    parsed = read(data, "umfrage.csv")
    assert roles(parsed) == {"Teilnehmer": "participant", "Bewertung": "rating", "Warum?": "open"}
    assert parsed.rows[0].scores == {"Bewertung": 4.5}


def test_a_stated_direction_is_read() -> None:
    header = ["Timestamp", "How was the support, where 1 is excellent and 5 is poor?", "Why?"]
    data = table(
        header,
        ["1/13/2026 10:00:00", "1", "They called me back at once"],
        ["1/14/2026 10:00:00", "4", "I had to explain it thrice"],
    )
    assert {column.name: column.best for column in read(data, "f.csv").columns}[header[1]] == "low"


def test_ranks_are_choices_and_damaged_labels_are_told() -> None:
    data = table(
        ["Which version do you run?", "", "", "Rank these by use", "", "What is missing?"],
        ["1.19", "1.2", "1.21", "Docs", "Chat", "Open-Ended Response"],
        ["1.19", "", "1.21", "1", "2", "A way to undo the last change"],
        ["", "1.2", "", "2", "1", "More examples for the beginners"],
        ["", "", "1.21", "1", "2", "Nothing that I could think of"],
    )
    parsed = read(data, "sm.csv")
    assert roles(parsed)["Rank these by use - Docs"] == "choice"
    assert parsed.score_kinds == {}
    assert any("“1.2”" in warning and "“1.20”" in warning for warning in parsed.warnings)


def test_corrections_win_and_unknown_headers_are_named() -> None:
    data = google(*GOOGLE)
    correction = Correction(
        columns={
            "Comments#2": "ignored",
            "what do you use it for? ": "attribute",
            "1. It was simple to use.": "ces",
            "Nowhere": "open",
        }
    )
    parsed = read(data, "forms.csv", correction=correction)
    found = roles(parsed)
    assert found["Comments#2"] == "ignored"
    assert found["1. It was simple to use."] == "ces"
    assert parsed.score_kinds["1. It was simple to use."] == "ces"
    assert parsed.rows[0].attributes["What do you use it for?"] == "Reports, Alerts"
    assert {turn.question for turn in parsed.turns} == {"Comments"}
    assert any("“Nowhere”" in warning for warning in parsed.warnings)
    by_tag = Correction(columns={"Q3_TEXT": "ignored"})
    assert read(qualtrics_file(*ANSWERED), "q.csv", correction=by_tag).turns == ()


def test_a_header_row_that_was_said_wins_over_titles() -> None:
    rows = [
        ["Survey of spring"],
        [],
        ["id", "plan", "Why did you come to us?"],
        ["a1", "pro", "A friend told me about you"],
        ["a2", "free", "I saw it at a fair last year"],
    ]
    parsed = read(table(*rows), "s.csv")
    assert list(roles(parsed)) == ["id", "plan", "Why did you come to us?"]
    assert parsed.respondents == 2
    one = read(table(["note", "x", "y"], *rows[2:]), "s.csv", correction=Correction(header_row=2))
    assert list(roles(one)) == ["id", "plan", "Why did you come to us?"]


def test_open_questions_alone() -> None:
    data = table(
        ["What kind of event would help the project grow?", "Is there anything else?"],
        ["A day in the life of a maintainer, as a talk", ""],
        ["", "Thank you for asking us at all, really"],
    )
    parsed = read(data, "free.csv")
    assert parsed.respondents == 2
    assert [(turn.index, turn.speaker, turn.question) for turn in parsed.turns] == [
        (0, "1", "What kind of event would help the project grow?"),
        (1, "2", "Is there anything else?"),
    ]
