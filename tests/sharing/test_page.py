from __future__ import annotations

import base64
import hashlib

import pytest

from dashboard.sharing.page import page


def digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@pytest.mark.parametrize("script", ["", "let a = 1"])
def test_only_its_own_style_and_script_take_effect(script: str) -> None:
    made = page("A <b>", "<p>x</p>", style="p{color:red}", script=script)
    assert f"style-src 'sha256-{digest('p{color:red}')}'" in made
    assert "default-src 'none'" in made
    assert (f"script-src 'sha256-{digest(script)}'" in made) == ("<script>" in made) == bool(script)
    assert "<title>A &lt;b&gt;</title>" in made
