"""Passages as they are read once: prepared, with their sentiment and needs, and kept for the next decision.

None of it depends on codebook or decisions, so a process that codes the same passages again need not read them again.
"""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dashboard.coding.features import Floats, Passages, prepare
from dashboard.coding.meaning import Sentences, Vectors
from dashboard.coding.needs import Needs, needs
from dashboard.coding.sentiment import sentiment

_KEPT_PASSAGES = 40_000  # in memory, of all batches together: about 200 MB


@dataclass(frozen=True)
class Read:
    """A batch of passages, and what is found in them without a codebook."""

    passages: Passages
    model: Sentences

    @cached_property
    def sentiment(self) -> Floats:
        """Sentiment of each passage, (n,)."""
        return sentiment(self.passages)

    @cached_property
    def needs(self) -> Needs:
        """Needs and effort of each passage."""
        return needs(self.passages, self.sentiment, self.model)


_kept: OrderedDict[bytes, Read] = OrderedDict()
_lock = threading.Lock()


def read(texts: Sequence[str], vectors: Vectors, *, questions: Sequence[str], model: Sentences) -> Read:
    """The passages of these texts, read now or taken from memory where they were read before."""
    if len(texts) > _KEPT_PASSAGES:
        return Read(prepare(texts, vectors, questions=questions), model)
    digest = hashlib.sha256(model.name.encode())
    for text in (*texts, *questions):
        encoded = text.encode("utf-8", "surrogatepass")
        digest.update(len(encoded).to_bytes(8, "little") + encoded)
    digest.update(vectors.tobytes())
    key = digest.digest()
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    fresh = Read(prepare(texts, vectors, questions=questions), model)
    with _lock:
        _kept[key] = fresh
        while sum(len(each.passages) for each in _kept.values()) > _KEPT_PASSAGES:
            _kept.popitem(last=False)
    return fresh
