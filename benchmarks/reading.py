"""``python -m benchmarks.reading``: how fast transcripts and a large survey are read, beside readers that know less.

Files are generated. Processor time is compared, so other work on the machine matters less; every ratio is of one run.
"""

from __future__ import annotations

import argparse
import io
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.generated import WORDS
from benchmarks.timing import table

SPEAKERS = ("Lind, Mara", "Jonas Falk", "Interviewer")


def captions(size: int, *, seed: int) -> bytes:
    """A WebVTT transcript of about ``size`` bytes as a meeting tool writes it."""
    rng = np.random.default_rng(seed)
    lines, at, length = ["WEBVTT", ""], 0.0, 8
    while length < size:
        said = " ".join(rng.choice(WORDS, size=int(rng.integers(5, 18)))).capitalize()
        end = at + 3.5
        stamps = " --> ".join(f"{int(t // 3600):02}:{int(t // 60 % 60):02}:{t % 60:06.3f}" for t in (at, end))
        cue = [f"{seed:08}-6b1f-4a5e/{len(lines)}-0", stamps, f"<v {rng.choice(SPEAKERS)}>{said}.</v>", ""]
        lines += cue
        length += sum(map(len, cue)) + len(cue)
        at = end
    return "\n".join(lines).encode()


def survey(rows: int, size: int, *, seed: int = 1) -> bytes:
    """A survey export of so many rows and about ``size`` bytes: an id, a day, attributes, scores, open answers."""
    rng = np.random.default_rng(seed)
    words = max(4, int((size / rows - 95) / 10.6))
    pool = [" ".join(rng.choice(WORDS, size=n)) + "." for n in rng.integers(words // 2, words * 3 // 2, 4_000)]
    first, second = rng.integers(0, len(pool), (2, rows))
    plan, region = rng.choice(["Free", "Pro", "Team"], rows), rng.choice(["North", "South", "West"], rows)
    nps, ease = rng.integers(0, 11, rows), rng.integers(1, 6, rows)
    target = io.StringIO()
    target.write("Respondent ID,Date,Plan,Region,Seats,How likely are you to recommend us?,How easy was it to set up?,")
    target.write("What would you improve?,Why did you choose us?\n")
    for at in range(rows):
        target.write(
            f"R{at:06},2026-{at % 12 + 1:02}-{at % 28 + 1:02},{plan[at]},{region[at]},{at % 90},{nps[at]},{ease[at]},"
            f'"{pool[first[at]]} {at}","{pool[second[at]]} {at}"\n'
        )
    return target.getvalue().encode()


def processor_seconds(work: Callable[[], object], *, children: bool = False) -> float:
    """Processor seconds of this process (and, from the outside, of those it started) while ``work`` runs."""
    begin = time.process_time() if not children else time.perf_counter()
    work()
    return (time.process_time() if not children else time.perf_counter()) - begin


def main(arguments: Sequence[str] | None = None) -> None:
    """Print one table."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=1_000, help="transcripts to read")
    options.add_argument("--rows", type=int, default=100_000, help="rows of the survey")
    options.add_argument("--peak", action="store_true", help=argparse.SUPPRESS)
    given = options.parse_args(arguments)
    if given.peak:
        return _peak(given.rows)
    rows = [*_captions(given.files), *_survey(given.rows)]
    return table("Reading", rows)


def _captions(count: int) -> list[tuple[str, str, str]]:
    import webvtt

    from dashboard.intake import isolated, read

    files = [captions(40_000, seed=seed) for seed in range(count)]
    texts = [data.decode() for data in files]
    read(files[0], "x.vtt")
    webvtt.from_string(texts[0])
    isolated.read(files[0], "x.vtt")
    ours = processor_seconds(lambda: [read(data, "x.vtt") for data in files])
    theirs = processor_seconds(lambda: [webvtt.from_string(text).captions for text in texts])
    here = processor_seconds(lambda: [read(data, "x.vtt") for data in files], children=True)
    apart = processor_seconds(lambda: [isolated.read(data, "x.vtt") for data in files], children=True)
    what = f"{count} WebVTT files of 40 kB"
    return [
        (f"{what}: turns, speakers, roles, language", f"{ours:.1f} s", f"{ours / theirs:.2f} × webvtt-py (cues alone)"),
        (f"{what}, in a process of its own", f"{apart:.1f} s of the clock", f"{apart / here:.2f} × without"),
    ]


def _survey(rows: int) -> list[tuple[str, str, str]]:
    import pandas as pd

    from dashboard.intake import isolated, read

    data = survey(rows, 500 * rows)
    small = survey(1_000, 500_000)
    read(small, "x.csv")
    pd.read_csv(io.BytesIO(small))
    theirs = processor_seconds(lambda: pd.read_csv(io.BytesIO(data)))
    ours = processor_seconds(lambda: read(data, "x.csv"))
    apart = processor_seconds(lambda: isolated.read(data, "x.csv"), children=True)
    command = [sys.executable, "-m", "benchmarks.reading", "--peak", "--rows", str(rows)]
    peak = int(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    what = f"survey CSV, {rows:,} rows, {len(data) / 1e6:.0f} MB"
    return [
        (f"{what}: roles, people, answers", f"{ours:.2f} s", f"{ours / theirs:.1f} × pandas.read_csv alone"),
        ("the same in a process of its own", f"{apart:.2f} s of the clock", f"peak memory {peak / 1e6:.0f} MB"),
    ]


def _peak(rows: int) -> None:
    """Print the most memory that reading the survey took, in bytes."""
    from dashboard.intake import read

    read(survey(rows, 500 * rows), "x.csv")
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(most if sys.platform == "darwin" else most * 1024)


if __name__ == "__main__":
    main()
