"""The sentence model: the same vector whatever stands beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dashboard.coding import meaning
from dashboard.coding.meaning import Sentences, sentences
from dashboard.errors import ConfigurationError

TEXTS = [
    "The invoice came twice.",
    "Nobody answers the phone.",
    "",
    "請求書が二回来た",
    "so " * 900,
    "The fee went up.",
    "👍 \ud800",
]


def test_a_vector_depends_on_its_text_alone() -> None:
    together = sentences().embed(TEXTS)
    alone = np.concatenate([sentences().embed([text]) for text in TEXTS])
    backwards = sentences().embed(TEXTS[::-1])[::-1]
    assert together.tobytes() == alone.tobytes() == np.ascontiguousarray(backwards).tobytes()


def test_threads_change_nothing() -> None:
    many = [f"{text} {n}" for text in TEXTS for n in range(12)]
    assert Sentences(1).embed(many).tobytes() == Sentences(2).embed(many).tobytes()


def test_vectors_are_of_unit_length_and_in_order() -> None:
    found = sentences().embed([*TEXTS, TEXTS[0]])
    assert found.shape == (len(TEXTS) + 1, sentences().width)
    assert found.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert (found[0] == found[-1]).all()
    assert sentences().embed([]).shape == (0, sentences().width)
    assert sentences().embed_kept([]).shape == (0, sentences().width)


def test_like_texts_are_near() -> None:
    one, like, other = sentences().embed_kept(
        ["The bill was wrong.", "My invoice had a mistake.", "I love the colours."]
    )
    assert one @ like > one @ other + 0.2


def test_another_model_than_the_measured_one_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "MODEL_SHA256", "0" * 64)
    with pytest.raises(ConfigurationError, match=r"not the one this version was measured with; install .* again\.$"):
        Sentences()


def test_another_vocabulary_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning, "VOCABULARY_SHA256", "0" * 64)
    with pytest.raises(ConfigurationError, match=r"was changed; install the dashboard again\.$"):
        Sentences()


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"model\.onnx, which cannot be read"):
        Sentences(model_dir=tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"nothing")
    (tmp_path / "vocab.txt").write_text("a\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot be loaded"):
        Sentences(model_dir=tmp_path)
