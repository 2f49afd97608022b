"""Records → the parts that are missing → one revision row, written last.

Killed at any moment, a build leaves whole parts and the old revision; started again, it goes on from the parts.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.coding import code, fit
from dashboard.coding.codable import is_codable
from dashboard.coding.meaning import MODEL, sentences
from dashboard.coding.passages import cut
from dashboard.errors import Cancelled, UnreadableFile
from dashboard.evidence import vectors
from dashboard.evidence.decided import Decided, attached_decisions, decided_of
from dashboard.evidence.given_stages import fixed, given_stages
from dashboard.evidence.parts import PartName, Parts, name_of
from dashboard.evidence.reading import Reading, common_interviewers, correction_of, read_source, source_kind, summary_of
from dashboard.intake.isolated import USUAL, Limits
from dashboard.records.files import Files
from dashboard.records.rows import Revision, SourceRow, User
from dashboard.records.store import Records
from dashboard.study import Study

PASSAGES_VERSION = 1
"""Raised whenever passages are cut differently."""
CODE_VERSION = 3
"""Raised whenever the same coder writes other columns."""

Progress = Callable[[float, str], None]
Cancel = Callable[[], bool]

_PASSAGES = pa.schema(
    [
        ("turn", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("text", pa.string()),
        ("question", pa.string()),
        ("codable", pa.bool_()),
        ("words", pa.int32()),
    ]
)

# a part in which no passage has a stage must still say that stages are text
_SUGGESTIONS = pa.schema(
    [("theme", pa.string()), ("confidence", pa.float64()), ("reason", pa.string()), ("n", pa.int32())]
)
_PLACED = pa.schema(
    [
        ("stage", pa.string()),
        ("stage_confidence", pa.float64()),
        ("stage_reason", pa.string()),
        ("sentiment", pa.float64()),
        ("effort", pa.bool_()),
        ("need", pa.bool_()),
        ("need_confidence", pa.float64()),
        ("need_reason", pa.string()),
        ("n", pa.int32()),
    ]
)


@dataclass(frozen=True)
class Cut:
    """One source with its passages. passages: where their part stands; rows: what it holds."""

    reading: Reading
    passages: str
    rows: pd.DataFrame


def inputs_of(study: Study, sources: Sequence[SourceRow]) -> str:
    """A digest of what evidence is made of, decisions aside: it differs where a build would bring something new."""
    about = [
        [asdict(theme) for theme in study.codebook],
        [asdict(stage) for stage in study.journey],
        [asdict(question) for question in study.guide],
        sorted(study.interviewers),
        {name: asdict(correction) for name, correction in study.corrections.items()},
        [[source.id, source.name, source.digest, asdict(source.correction)] for source in sources],
        [PASSAGES_VERSION, CODE_VERSION, MODEL],
    ]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def build(
    records: Records,
    study_id: str,
    *,
    parts: Parts,
    files: Files,
    by: User,
    progress: Progress = lambda share, step: None,
    cancel: Cancel = lambda: False,
    threads: int = 0,
    limits: Limits = USUAL,
) -> Revision:
    """The revision of a study as it stands, with every part it is made of.

    progress is told a share from 0 to 1 and the step in words; cancel is asked between sources. Raises Cancelled, and
    EngineError where the disk does not take a part. Sources that cannot be read are left out: their cards say why.
    """
    study = records.study(study_id)
    sources = records.sources(study_id)
    inputs = inputs_of(study, sources)

    def step(share: float, words: str) -> None:
        if cancel():
            raise Cancelled(
                "The build was cancelled; what was computed is kept, and building again goes on from there."
            )
        progress(share, words)

    readings = read_all(
        study, sources, parts=parts, files=files, limits=limits, step=lambda done, words: step(0.25 * done, words)
    )
    cuts = []
    for position, reading in enumerate(readings):
        step(0.25 + 0.45 * position / max(1, len(readings)), f"reading between the lines of {reading.name}")
        cuts.append(_cut(reading, parts, threads=threads))
    step(0.72, "learning the codebook")
    decided = decided_of(records, study_id)
    names = _code_all(study, decided, cuts, parts, step=lambda done, words: step(0.75 + 0.24 * done, words))
    latest = records.revision(study_id)
    listed = tuple(str(name) for name in names[1])
    if latest and latest.parts == listed and latest.inputs == inputs:
        progress(1.0, "nothing has changed")
        return latest
    with records.begin(by=by) as transaction:
        revision = transaction.add_revision(study_id, parts=listed, coder=names[0], inputs=inputs)
    progress(1.0, "ready")
    return revision


def read_all(
    study: Study,
    sources: Sequence[SourceRow],
    *,
    parts: Parts,
    files: Files,
    limits: Limits = USUAL,
    step: Progress = lambda share, words: None,
) -> list[Reading]:
    """Every source that can be read, read; a label found in many files is taken as an interviewer in all of them."""
    readings: dict[str, Reading] = {}

    def again(source: SourceRow, interviewers: frozenset[str]) -> Reading | None:
        correction = correction_of(study, source.name, source.id, source.correction)
        try:
            return read_source(
                lambda: files.get(source.digest),
                source.name,
                digest=source.digest,
                source=source.id,
                correction=correction,
                interviewers=interviewers,
                parts=parts,
                limits=limits,
            )
        except UnreadableFile:
            return None

    written = frozenset(study.interviewers)
    for position, source in enumerate(sources):
        step(position / max(1, len(sources)), f"reading {source.name}")
        if reading := again(source, written):
            readings[source.id] = reading
    speakers = {id: summary_of(reading, parts).parsed.speakers for id, reading in readings.items()}
    common = common_interviewers(speakers.values())
    for source in sources:
        wrong = [s.name for s in speakers.get(source.id, ()) if s.name in common and s.role != "interviewer"]
        if wrong and (reading := again(source, written | frozenset(name for name in wrong if name))):
            readings[source.id] = reading
    return list(readings.values())


def _cut(reading: Reading, parts: Parts, *, threads: int) -> Cut:
    passages = name_of("passages", reading.turns, PASSAGES_VERSION)
    if not parts.has(passages):
        turns = parts.read(reading.turns).to_pandas()
        rows = []
        for turn, text, question in turns.loc[turns["role"] == "participant", ["turn", "text", "question"]].itertuples(
            index=False
        ):
            spans = cut(text)
            for start, end in spans:
                said = text[start:end]
                rows.append((turn, start, end, said, question, is_codable(said), len(said.split())))
        table = pa.Table.from_pandas(
            pd.DataFrame(rows, columns=_PASSAGES.names), schema=_PASSAGES, preserve_index=False
        ).replace_schema_metadata(None)
        parts.write(passages, table)
    found = Cut(reading, passages, parts.read(passages).to_pandas())
    vectors.make(parts, found.rows, threads=threads)
    return found


def _batch(cut_of: Cut, parts: Parts) -> pd.DataFrame:
    """The passages of one source as coding takes them: named by position, in order."""
    kind = source_kind(summary_of(cut_of.reading, parts).parsed)
    source = cut_of.reading.source
    rows = cut_of.rows
    ids = [f"{source}.{turn}.{start}" for turn, start in zip(rows["turn"], rows["start"], strict=True)]
    return rows.assign(passage=ids, source=source, source_kind=kind)


def _code_all(
    study: Study, decided: Decided, cuts: Sequence[Cut], parts: Parts, *, step: Progress
) -> tuple[str, list[PartName]]:
    """The coder's digest, and the parts of the whole revision."""
    batches = [_batch(each, parts) for each in cuts]
    embedded = [vectors.read(parts, each.rows) for each in cuts]
    columns = ["passage", "source", "turn", "start", "end", "text", "question", "codable", "words", "source_kind"]
    corpus = pd.concat(batches, ignore_index=True) if batches else pd.DataFrame(columns=columns)
    stacked = np.concatenate(embedded) if embedded else np.zeros((0, sentences().width), dtype=np.float32)

    def passages_at(turns: pd.DataFrame) -> pd.DataFrame:
        return turns.merge(corpus, on=["source", "turn"])

    def texts_at(turns: pd.DataFrame) -> pd.DataFrame:
        of_source = {each.reading.source: each.reading for each in cuts}
        frames = [
            parts.read(of_source[source].turns).select(["turn", "text"]).to_pandas().assign(source=source)
            for source in sorted(set(turns["source"]) & set(of_source))
        ]
        spoken = pd.concat(frames) if frames else pd.DataFrame({"source": [], "turn": [], "text": []})
        return turns.merge(spoken.astype({"source": str, "turn": "int64"}), on=["source", "turn"])

    attached = attached_decisions(
        study, decided, [each.reading for each in cuts], texts_at=texts_at, passages_at=passages_at, parts=parts
    )
    texts = corpus.set_index("passage")["text"]
    examples = attached.rows.assign(text=attached.rows["passage"].map(texts).fillna(""))
    coder = fit(study, examples[["passage", "text", "kind", "value", "status"]], corpus, vectors=stacked)
    names = []
    for position, (each, batch, of_batch) in enumerate(zip(cuts, batches, embedded, strict=True)):
        step(position / max(1, len(cuts)), f"coding {each.reading.name}")
        suggestions = name_of("suggestions", each.passages, coder.digest, CODE_VERSION)
        given = given_stages(each.reading, parts, study)
        about = [sorted(given.items())] if given else []
        placed = name_of("placed", each.passages, coder.digest, CODE_VERSION, *about)
        if not (parts.has(suggestions) and parts.has(placed)):
            ordinal = {passage: n for n, passage in enumerate(batch["passage"])}
            codings = code(batch, coder, vectors=of_batch)
            at_stages = fixed(codings.passages, batch, given)
            for name, frame in ((placed, at_stages), (suggestions, codings.suggestions)):
                decimals = frame.select_dtypes("number").columns
                frame = frame.assign(**frame[decimals].astype("float64").round(4))
                numbered = frame.assign(n=frame["passage"].map(ordinal).astype("int32")).drop(columns="passage")
                schema = _SUGGESTIONS if name == suggestions else _PLACED
                parts.write(name, pa.table({field.name: numbered[field.name] for field in schema}, schema=schema))
        source = each.reading.source
        files = (each.reading.turns, each.reading.rows, each.passages, placed, suggestions)
        steps = ("turns", "rows", "passages", "placed", "suggestions")
        names += [PartName(source, step_name, file) for step_name, file in zip(steps, files, strict=True)]
    return coder.digest, names
