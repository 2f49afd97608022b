from dashboard.intake import wording


def test_lists_have_no_doubles() -> None:
    assert len(set(wording.DATES)) == len(wording.DATES)
    assert not wording.NAMES & wording.EMAILS


def test_open_wording() -> None:
    assert wording.OPEN.search("why did you leave?")
    assert wording.OPEN.search("what could we do better?")
    assert not wording.OPEN.search("which plan do you have?")
