"""The tree of errors that is drawn is the tree that there is."""

from __future__ import annotations

import inspect
import re

import pytest

from dashboard import errors
from dashboard.errors import DashboardError

CLASSES = [each for _, each in inspect.getmembers(errors, inspect.isclass) if each.__module__ == errors.__name__]
DRAWN = re.findall(r"^(?:[├└]── )(\w+) +(\S.*)$", errors.__doc__ or "", re.MULTILINE)


def test_the_tree_is_drawn_as_it_is() -> None:
    assert (errors.__doc__ or "").splitlines()[2] == DashboardError.__name__
    assert [name for name, _ in DRAWN] == [
        each.__name__ for each in sorted(CLASSES, key=lambda each: inspect.getsourcelines(each)[1])
    ][1:]
    assert (errors.__doc__ or "").count("└──") == 1


@pytest.mark.parametrize("error", CLASSES, ids=lambda error: error.__name__)
def test_every_error_stands_directly_under_the_one_that_is_caught(error: type[DashboardError]) -> None:
    assert issubclass(error, DashboardError)
    assert error is DashboardError or error.__bases__ == (DashboardError,)
    assert error.__doc__
    assert str(error("One sentence.")) == "One sentence."
