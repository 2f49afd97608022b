from dashboard.intake import read


def test_a_codebook_with_its_counts() -> None:
    data = b"tag,description,number of highlights\nPrice,what it costs,12\nSpeed,,3\n"
    parsed = read(data, "codebook.csv")
    assert parsed.kind == "codebook"
    assert [(theme.name, theme.definition) for theme in parsed.themes] == [("Price", "what it costs"), ("Speed", "")]


def test_parents_cues_and_examples() -> None:
    data = (
        b"name,parent,description,cues,include,exclude\n"
        b"Price,Money,what it costs,dear; cheap,Too dear for us,The prize\nMoney,,all that is paid,,,\n"
    )
    theme = read(data, "codes.csv").themes[0]
    assert (theme.parent, theme.cues, theme.include, theme.exclude) == (
        "Money",
        ("dear", "cheap"),
        ("Too dear for us",),
        ("The prize",),
    )


def test_paths_give_parents() -> None:
    parsed = read(b"code,definition\nMoney\\Price,what it costs\nMoney,all that is paid\n", "codes.csv")
    assert {theme.name: theme.parent for theme in parsed.themes} == {"Price": "Money", "Money": None}


def test_names_with_descriptions_of_something_else_are_no_codebook() -> None:
    assert read(b"name,description,plan\nAda,likes it,pro\nBo,does not,free\n", "x.csv").kind != "codebook"
