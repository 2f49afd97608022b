"""Parts of office documents."""

from __future__ import annotations

import io
import zipfile

import pytest

from dashboard.errors import UnreadableFile
from dashboard.intake import container


def packed(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


def test_names_and_parts() -> None:
    data = packed(a=b"<x/>", b=b"2")
    assert container.names(data) == {"a", "b"}
    assert container.names(b"PK no zip") == container.names(b"text") == frozenset()
    assert container.part(data, "a", name="x.docx") == b"<x/>"
    assert container.part(data, "c", name="x.docx") is None
    assert container.xml(b"<x/>", name="x.docx").tag == "x"


def test_damage_and_bombs() -> None:
    with pytest.raises(UnreadableFile, match=r"x\.docx.*damaged"):
        container.part(packed(a=b"hello " * 99)[:60], "a", name="x.docx")
    with pytest.raises(UnreadableFile, match="far more"):
        container.part(packed(a=bytes(9_000_000)), "a", name="x.docx")
    for content in (b"", b"<x>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"):
        with pytest.raises(UnreadableFile, match=r"x\.docx"):
            container.xml(content, name="x.docx")
