from dashboard.intake.encoding import given
from dashboard.intake.projects import READERS


def test_no_reader_takes_what_is_another_format() -> None:
    for data in (
        b"WEBVTT\n",
        b"a,b\n1,2\n",
        b"PK\x03\x04",
        b"SQLite format 3\0" + b"\0" * 100,
        b"<html></html>",
        b"{}",
    ):
        assert all(reader.sniff(given(data, "x")) == 0.0 for reader in READERS)
