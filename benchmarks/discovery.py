"""What is found in texts whose topics are known, beside BERTopic on the same vectors.

    PYTHONPATH=src:. python -m benchmarks.discovery LABELLED.csv … [--label COLUMN] [--beside PYTHON] [--kept FOLDER]

LABELLED.csv has text and one label a row; rows with several (joined by |) are left out. BERTopic is not part of the
product. To stand beside, it is installed into an environment of its own, whose Python is named by --beside:

    python -m venv .venv/.bench
    .venv/.bench/bin/pip install -r requirements-bench.txt && .venv/.bench/bin/pip install --no-deps bertopic==0.17.4

Both get the same vectors and the same least size of a group; BERTopic keeps its usual settings, with a fixed seed.
Each runs in a process of its own, whose peak memory is its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import normalized_mutual_info_score

from benchmarks.labelled import embedded
from benchmarks.timing import table

MOST = 3_000
FIGURES = (
    "groups", "coverage: share of texts in a group", "purity of what is in a group", "NMI, texts in no group as one",
    "seconds, vectors given", "peak memory, MB",
)  # fmt: skip
_RUN = """
import json, sys, time
import numpy as np
folder, least, way = sys.argv[1], int(sys.argv[2]), sys.argv[3]
texts = json.load(open(folder + "/texts.json", encoding="utf-8"))
vectors = np.load(folder + "/vectors.npy")
if way == "product":
    from dashboard.analysis.stop_words import STOP_WORDS
    from dashboard.coding.discovery import discover
    ignore = frozenset().union(*STOP_WORDS.values())
    start = time.perf_counter()
    found = np.full(len(texts), -1)
    people = [str(n) for n in range(len(texts))]
    for number, group in enumerate(discover(texts, vectors, people, ignore=ignore, least=least)):
        found[list(group.members)] = number
else:
    from bertopic import BERTopic
    from umap import UMAP
    start = time.perf_counter()
    model = BERTopic(
        min_topic_size=least,
        umap_model=UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1),
    )
    found, _ = model.fit_transform(texts, vectors)
taken = time.perf_counter() - start
# not by getrusage: its peak is inherited from the process that started this one
peak = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")) / 1024
print(json.dumps({"found": [int(n) for n in found], "seconds": taken, "memory": peak}))
"""


def read(path: Path, *, label: str) -> tuple[list[str], list[str]]:
    """Texts and their one label each; of more than 3,000 rows every so-manieth."""
    with path.open(encoding="utf-8") as file:
        rows = [(row["text"], row[label]) for row in csv.DictReader(file) if row[label] and "|" not in row[label]]
    if len(rows) > MOST:
        rows = [rows[int(at)] for at in np.linspace(0, len(rows) - 1, MOST)]
    return [text for text, _ in rows], [name for _, name in rows]


def purity(found: np.ndarray, truth: Sequence[str]) -> float:
    """The share of grouped texts whose label is the commonest of their group.

    >>> purity(np.array([0, 0, 1, -1]), ["a", "b", "b", "a"])
    0.6666666666666666
    """
    grouped, right = 0, 0
    for number in sorted(set(found.tolist()) - {-1}):
        labels = [truth[place] for place in np.flatnonzero(found == number).tolist()]
        grouped += len(labels)
        right += max(labels.count(label) for label in set(labels))
    return right / max(1, grouped)


def nmi(found: np.ndarray, truth: Sequence[str]) -> float:
    """Normalised mutual information of groups and labels, texts in no group taken as one group."""
    return float(normalized_mutual_info_score(list(truth), found.tolist()))


def measure(path: Path, *, label: str, beside: str, kept: Path | None, least: int) -> None:
    """Print what is found in one set."""
    texts, truth = read(path, label=label)
    least = least or max(3, round(len(texts) / 100))
    ways = [("product", sys.executable), *([("BERTopic", beside)] if beside else [])]
    lines = [("what", "product", "BERTopic" if beside else "")]
    said = {}
    with tempfile.TemporaryDirectory() as folder:
        np.save(Path(folder) / "vectors.npy", embedded(texts, kept=kept))
        (Path(folder) / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
        for way, python in ways:
            command = [python, "-c", _RUN, folder, str(least), way.lower()]
            ran = subprocess.run(command, capture_output=True, text=True, check=True)
            said[way] = json.loads(ran.stdout.strip().splitlines()[-1])
    columns: list[list[str]] = []
    arrays = {way: np.array(of["found"]) for way, of in said.items()}
    for way, _ in ways:
        found, of = arrays[way], said[way]
        inside = found >= 0
        columns.append([
            f"{len(set(found[inside].tolist()))} for {len(set(truth))} labels", f"{inside.mean():.3f}",
            f"{purity(found, truth):.3f}", f"{nmi(found, truth):.3f}", f"{of['seconds']:.2f}", f"{of['memory']:.0f}",
        ])  # fmt: skip
    for what, *cells in zip(FIGURES, *columns, strict=True):
        lines.append((what, cells[0], cells[1] if len(cells) > 1 else ""))
    if len(ways) == 2:
        ours, theirs = said["product"], said["BERTopic"]
        lines.append(("BERTopic ÷ product: seconds", f"{theirs['seconds'] / max(ours['seconds'], 1e-9):.1f}", ""))
        lines.append(("BERTopic ÷ product: memory", f"{theirs['memory'] / max(ours['memory'], 1e-9):.1f}", ""))
    table(f"{path.stem}: {len(texts)} texts, groups of {least} or more", lines)
    if len(ways) == 1:
        print("BERTopic was not run: name the Python of an environment that holds it by --beside.")


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path, metavar="LABELLED.csv")
    parser.add_argument("--label", default="themes", help="the column with the label (default: themes)")
    parser.add_argument("--beside", default="", help="a Python that can import bertopic")
    parser.add_argument("--kept", type=Path, help="a folder where vectors stay, so that a second run is quick")
    parser.add_argument("--least", type=int, default=0, help="texts that a group needs (default: one in a hundred)")
    given = parser.parse_args(None if arguments is None else list(arguments))
    for path in given.files:
        measure(path, label=given.label, beside=given.beside, kept=given.kept, least=given.least)


if __name__ == "__main__":
    main()
