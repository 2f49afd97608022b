from pathlib import Path

import numpy as np
import pytest

from dashboard.coding import meaning
from dashboard.coding.meaning import Sentences, sentences
from dashboard.errors import ConfigurationError

TEXTS = ["The invoice came twice.", "They billed us two times", "A lovely sunny day at the sea", "", "語", "x " * 5_000]


def test_vectors_are_unit_and_say_what_is_alike() -> None:
    found = sentences().embed(TEXTS)
    assert found.shape == (len(TEXTS), sentences().width)
    assert found.dtype == np.float32
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)
    assert found[0] @ found[1] > found[0] @ found[2] + 0.3


def test_vector_depends_on_the_text_alone() -> None:
    alone = np.concatenate([sentences().embed([text]) for text in TEXTS])
    together = sentences().embed([*TEXTS[::-1], *(f"{text} again" for text in TEXTS)])[: len(TEXTS)][::-1]
    one_thread = Sentences(1).embed(TEXTS)
    assert (alone == together).all()
    assert (alone == one_thread).all()
    assert (sentences().embed_kept(TEXTS) == alone).all()


def test_halves_of_characters_are_read() -> None:
    assert np.isfinite(sentences().embed(["broken \ud83d emoji"])).all()


def test_no_texts() -> None:
    assert sentences().embed([]).shape == (0, sentences().width)
    assert sentences().embed_kept([]).shape == (0, sentences().width)


def test_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        Sentences(model_dir=tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    (tmp_path / "vocab.txt").write_text("[UNK]\n[CLS]\n[SEP]\n")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        Sentences(model_dir=tmp_path)


def test_changed_vocabulary_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = tmp_path / "vocab.txt"
    changed.write_text("[UNK]\n")
    monkeypatch.setattr(meaning, "_VOCABULARY", changed)
    with pytest.raises(ConfigurationError, match="was changed"):
        Sentences()
