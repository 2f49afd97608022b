"""Words as bars of people, and where each word of a word cloud stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from dashboard.analysis.table import Table
from dashboard.charts.bars import bars

MOST_BARS, MOST_IN_CLOUD = 12, 45
SMALLEST, LARGEST = 13, 46
"""Font sizes of a cloud, in pixels."""

Row = dict[str, Any]


def words_chart(table: Table, *, title: str = "", alternative: str = "") -> go.Figure:
    """The first twelve words of each group and source kind: the share of its people who use them."""
    groups = [key for key in table.keys if key != "word"]
    rows = table.rows.groupby(groups, sort=False).head(MOST_BARS) if groups else table.rows.head(MOST_BARS)

    def said(row: Row) -> str:
        people = f"{row['k']} of {row['n']}"
        return people if not row["rest_n"] else f"{people}, of the others {row['rest_k']} of {row['rest_n']}"

    shown = replace(table, rows=rows.reset_index(drop=True))
    return bars(shown, title=title, alternative=alternative, sort="given", words=said)


@dataclass(frozen=True)
class Placed:
    """A word of a cloud, in pixels: the middle of its line of text, its baseline, the room it has, and its font."""

    word: str
    middle: float
    y: float
    width: float
    size: int


def cloud(weights: Sequence[tuple[str, float]], *, width: int, height: int, seed: int) -> tuple[Placed, ...]:
    """Where the words stand in a box of this size, the heaviest largest; the same seed, the same cloud.

    Words that find no room are left out. The layout is the ``wordcloud`` package's, in the widths of a font that ships
    with it and is wider than the one a page writes in; no two words touch.
    """
    import matplotlib  # it ships the font; both are slow to load, and most pages have no cloud
    from PIL import ImageFont
    from wordcloud import WordCloud

    heaviest = max((weight for _, weight in weights), default=0.0)
    if heaviest <= 0:
        return ()
    font = str(Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf")
    largest = min(LARGEST, max(SMALLEST, width // 9))
    # the package makes the first word as large as it finds room for, and the others in proportion
    least = SMALLEST / largest
    sizes = {word: least + (1 - least) * weight / heaviest for word, weight in weights if weight > 0}
    laid = WordCloud(
        width=width, height=height, font_path=font, prefer_horizontal=1.0, random_state=seed % 2**32, margin=4,
        min_font_size=SMALLEST, max_font_size=largest, relative_scaling=1, max_words=MOST_IN_CLOUD,
    ).generate_from_frequencies(sizes)  # fmt: skip
    found: list[Placed] = []
    for (word, _), size, (top, left), _, _ in laid.layout_:
        # the box begins at the top of its tallest letter; a page places text by its baseline
        from_left, above, to_right, _ = ImageFont.truetype(font, size).getbbox(word, anchor="ls")
        room = float(to_right - from_left)
        placed = Placed(word, float(left) + room / 2, float(top - above), room, int(size))
        if not any(_touch(placed, other) for other in found):  # letters of two words may reach into each other
            found.append(placed)
    return tuple(found)


def _touch(one: Placed, other: Placed) -> bool:
    """Whether the boxes of two words overlap: seven tenths of a size stand above the line, a fifth below it."""
    across = abs(one.middle - other.middle) * 2 < one.width + other.width
    along = one.y - one.size * 0.7 < other.y + other.size * 0.2 and other.y - other.size * 0.7 < one.y + one.size * 0.2
    return across and along
