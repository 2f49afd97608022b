"""``python -m benchmarks.fit_names [FILE...]``: the lists of names and of ordinary words that redaction looks up.

FILE: English texts; a word that two of their lines have in small letters is ordinary. The names are taken from every
language that Faker knows names of, in Latin script. A name that is also a piece of the sentence model's English
vocabulary, or ordinary, is left out: such words are names only where the sentence says so.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import faker.providers.person as persons

from dashboard.sharing.gazetteer import NAMES
from dashboard.sharing.ordinary import is_english, known

_NAME = re.compile(r"[^\W\d_]{3,}(?:['’][^\W\d_]+)*")
_KINDS = {"given": ("first_name", "given"), "surname": ("last_name", "surname")}


def names(beginnings: tuple[str, ...]) -> set[str]:
    """Every single word in the lists of Faker's providers whose attributes begin like this; in small letters."""
    found: set[str] = set()
    for module in pkgutil.iter_modules(persons.__path__):
        if not module.ispkg:
            continue
        provider = importlib.import_module(f"{persons.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            value = getattr(provider, attribute)
            if attribute.startswith(beginnings) and isinstance(value, (list, tuple, dict)):
                found |= {word.casefold() for word in map(str, value) if _NAME.fullmatch(word)}
    return found


def ordinary(paths: Iterable[Path]) -> list[str]:
    """Words in small letters in two lines of these files or more, that the sentence model does not know whole."""
    lines: Counter[str] = Counter()
    for path in paths:
        for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
            lines.update(
                {word for word in re.findall(r"(?<![\w@.])[a-z]{4,20}(?![\w@])", line) if not is_english(word)}
            )
    given = names(_KINDS["given"])
    return sorted(word for word, n in lines.items() if n >= 2 and word not in given)


def main() -> None:
    """Write the three files, sorted, one word a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="*")
    if texts := parser.parse_args().texts:
        (Path(NAMES) / "ordinary.txt").write_text("", encoding="utf-8")
        words = ordinary(texts)
        (Path(NAMES) / "ordinary.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
        print(f"ordinary.txt: {len(words)} words")
        known.cache_clear()
    for kind, beginnings in _KINDS.items():
        rare = sorted(name for name in names(beginnings) if name.isascii() or name.isalpha())
        rare = [name for name in rare if not is_english(name) and name[0] < "\u0250"]
        path = Path(NAMES) / f"{kind}.txt"
        path.write_text("\n".join(rare) + "\n", encoding="utf-8")
        print(f"{path.name}: {len(rare)} names, {path.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main()
