"""``python -m benchmarks.fuzz``: files of every form, changed at random, are read or refused, in time and in memory.

Each is read in a process of its own, so that a crash is seen too. What goes wrong is printed with the seed that makes
it again, and the exit status is 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence

from benchmarks import corpus
from dashboard.errors import UnreadableFile
from dashboard.intake import isolated

LIMITS = isolated.Limits(seconds=20, memory_mb=1_000)
WRONG = ("a mistake of the reader", "stops its reader", "takes longer", "MB of memory")
"""What a refusal says where the reader failed, rather than the file."""
SLOW = (".sav", ".dta", ".por")
"""Forms that a library of C reads in one more process for each file: they come less often."""
PIECES = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\r",
    b"\n\n",
    b"\t",
    b'"',
    b"'",
    b",",
    b";",
    b":",
    b"-->",
    b"<v ",
    b"</v>",
    b"<",
    b">",
    b"&lt;",
    b"&#0;",
    b"&#xD800;",
    b"[",
    b"{",
    b"}",
    b"\\",
    b"\\u-1",
    b"\\'",
    b"=1+1",
    b"1e999",
    b"-1",
    b"99999999999999999999",
    b"00:00:01.000 --> 00:00:00.000",
    b"WEBVTT",
    b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///'>]>",
    b"PK\x03\x04",
    b"null",
    b"NaN",
    b"I: ",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x99\x82",
    b"#00:00:01-1#",
    b"%PDF-1.4",
    b"\x1b[31m",
    b'{"ImportId":"x"}',
    b"/Prev 9",
    b"nan",
    b"inf",
)


def changed(data: bytes, chance: random.Random, others: Sequence[bytes]) -> bytes:
    """The file with one to six changes: bytes, pieces put in, taken out, doubled, moved, from another file, cut off."""
    content = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(content) + 1)
        length = min(len(content) - at, int(chance.expovariate(1 / 30)) + 1)
        kind = chance.randrange(9)
        if kind == 0 and at < len(content):
            content[at] = chance.randrange(256)
        elif kind == 1:
            content[at:at] = chance.choice(PIECES)
        elif kind == 2:
            del content[at : at + length]
        elif kind == 3:
            content[at:at] = content[at : at + length] * chance.choice((1, 2, 50))
        elif kind == 4:
            other = chance.choice(others)
            begin = chance.randrange(len(other))
            content[at:at] = other[begin : begin + chance.randint(1, 300)]
        elif kind == 5:
            del content[at:]
        elif kind == 6 and at < len(content):
            content[at] ^= 1 << chance.randrange(8)
        elif kind == 7:
            content[at : at + length] = chance.choice(PIECES) * chance.choice((1, 3, 400))
        else:
            piece = content[at : at + length]
            del content[at : at + length]
            place = chance.randrange(len(content) + 1)
            content[place:place] = piece
    return bytes(content)


def case(seed: int, files: dict[str, bytes]) -> tuple[str, bytes]:
    """The changed file of one seed; its name is now and then that of another form."""
    chance = random.Random(seed)
    name = chance.choice(sorted(files))
    if name.endswith(SLOW) and chance.random() < 0.8:
        name = "survey.csv"
    shown = name if chance.random() < 0.8 else chance.choice(sorted(files))
    return shown, changed(files[name], chance, list(files.values()))


def outcome(name: str, data: bytes) -> str:
    """What became of a file: "read", "refused", or the sentence that shows a fault of the reader."""
    try:
        for member, content in isolated.unpack(data, name, limits=LIMITS):
            parsed = isolated.read(content, member, limits=LIMITS)
            if [turn.index for turn in parsed.turns] != list(range(len(parsed.turns))):
                return "turns that are not numbered through"
    except UnreadableFile as refusal:
        said = str(refusal)
        if any(words in said for words in WRONG) or "\n" in said or not said.endswith("."):
            return said
        return "refused"
    return "read"


def main(arguments: Sequence[str] | None = None) -> int:
    """Change and read files until the time is up; 1 where anything went wrong."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seconds", type=float, default=600, help="how long (default: 600)")
    options.add_argument("--seed", type=int, help="the one file of this seed alone")
    options.add_argument("--first", type=int, default=0, help="the seed to begin with")
    given = options.parse_args(arguments)
    files = corpus.files()
    if given.seed is not None:
        name, data = case(given.seed, files)
        print(name, len(data), outcome(name, data))
        return 0
    begin, seed, counts = time.monotonic(), given.first, Counter[str]()
    while time.monotonic() - begin < given.seconds:
        found = outcome(*case(seed, files))
        if found not in ("read", "refused"):
            print(f"seed {seed}: {found}", flush=True)
            counts["wrong"] += 1
        else:
            counts[found] += 1
        seed += 1
    print(f"{seed - given.first} files: " + ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    return 1 if counts["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
