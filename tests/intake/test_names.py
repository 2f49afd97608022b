from hypothesis import given
from hypothesis import strategies as st

from dashboard.intake.names import id_in_file_name, id_key, is_code, is_full_name, is_generic, is_strong, name_key


def test_ids_that_differ_in_writing_alone() -> None:
    assert len({id_key(text) for text in ("P7", "p07", "P 007", "P-7", "Participant 7", "participant no. 7")}) == 1
    assert id_key("C-0042") == id_key("c42")
    assert id_key("none") == id_key("") == ""
    assert id_key("000") == "000"


def test_labels_that_name_somebody() -> None:
    assert is_full_name("Ada Berg")
    assert is_full_name("Berg, Ada")
    assert not any(is_full_name(label) for label in ("Ada", "Speaker 2", "Participant one", "P7", "Unknown Speaker"))
    assert all(is_generic(label) for label in ("Speaker 2", "Participant", "R", "Unknown Speaker", "B2:", ""))
    assert not any(is_generic(label) for label in ("Ada", "Ada Berg", "CH12x"))


def test_codes() -> None:
    assert all(is_code(label) for label in ("P07", "TN 3", "CH12", "Participant 7", "ID4", "B1"))
    assert not any(is_code(label) for label in ("Speaker 2", "User 3", "Anna 2", "Ada", "2026"))
    assert is_strong("P07")
    assert not is_strong("B1")
    assert not is_strong("Participant 7")


def test_an_id_in_a_file_name() -> None:
    assert id_in_file_name("P07 interview.vtt") == "P07"
    assert id_in_file_name("talks/p07_interview.srt") == "p07"
    assert id_in_file_name("participant-12.docx") == "participant-12"
    assert id_in_file_name("P1 and P2.vtt") == ""
    assert id_in_file_name("mp4 export.vtt") == ""


def test_names_without_titles_and_accents() -> None:
    assert name_key("Prof. Zoë  Ångström (SL)") == "zoe angstrom"


@given(st.text(max_size=20))
def test_keys_are_stable(text: str) -> None:
    assert id_key(id_key(text)) == id_key(text) or id_key(text) == ""
    assert name_key(name_key(text)) == name_key(text)
