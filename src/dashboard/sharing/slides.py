"""Slides to take away: charts that can be edited, the finding as title, of whom it speaks, quotes in the notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Pt
from xlsxwriter import Workbook

from dashboard.sharing.plots import NO_BREAK, Plot

MOST_QUOTES = 30
_INK, _SOFT, _ACCENT, _RULE = "1F2A2C", "5A6568", "0F766E", "C9D1D3"
_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_NAVIGATION = (13, 15, 16)  # kinds of placeholder that number and date a slide


@dataclass(frozen=True)
class Slide:
    """One slide. title: what was found. denominator, caveats: what must be said with it. lines: instead of a chart.

    quotes: as they may be passed on. source: of what and when, at the foot.
    """

    title: str
    plot: Plot | None = None
    denominator: str = ""
    caveats: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    note: str = ""
    source: str = ""


def deck(slides: Sequence[Slide], *, title: str, template: bytes | None = None) -> bytes:
    """The slides as a PowerPoint file. template: as ``template.cleaned`` gives it; its own slides are not in there."""
    show = Presentation(io.BytesIO(template) if template else None)
    if template is None:
        show.slide_width, show.slide_height = _WIDTH, _HEIGHT
    layout = _layout(show)
    for slide in slides:
        _draw(show, layout, slide, own=template is None)
    about = show.core_properties
    about.title, about.author, about.last_modified_by, about.comments = _clean(title)[:250], "", "", ""
    about.subject = about.keywords = about.category = ""
    written = io.BytesIO()
    show.save(written)
    return written.getvalue()


def _layout(show: Any) -> Any:
    """The layout with a title and as little as possible besides."""
    titled = [layout for layout in show.slide_layouts if any(_is_title(each) for each in layout.placeholders)]

    def others(layout: Any) -> int:
        kinds = [each.placeholder_format.type for each in layout.placeholders if not _is_title(each)]
        return sum(1 for kind in kinds if kind not in _NAVIGATION)

    return min(titled or list(show.slide_layouts), key=others)


def _is_title(placeholder: Any) -> bool:
    return bool(placeholder.placeholder_format.idx == 0)


class _Box(NamedTuple):
    left: int
    top: int
    width: int
    height: int


def _draw(show: Any, layout: Any, slide: Slide, *, own: bool) -> None:
    page = show.slides.add_slide(layout)
    for each in list(page.placeholders):
        if not _is_title(each):
            each._element.getparent().remove(each._element)  # an empty placeholder says "click to add text"
    width, height = int(show.slide_width), int(show.slide_height)
    side = int(width * 0.055)
    title = page.shapes.title
    if title is None:
        title = page.shapes.add_textbox(side, int(height * 0.06), width - 2 * side, int(height * 0.16))
    elif own:
        title.left, title.top, title.width, title.height = (
            side,
            int(height * 0.055),
            width - 2 * side,
            int(height * 0.17),
        )
    _write_title(title, _clean(slide.title), own=own)
    left, room = int(title.left), int(title.width)
    top = max(int(title.top + title.height), int(height * 0.2)) + int(height * 0.015)
    foot = int(height * (0.17 if own else 0.19))
    body = _Box(left, top, room, height - top - foot - int(height * 0.02))
    if slide.plot is not None:
        _write_chart(page, body, slide.plot, title=slide.title)
    elif slide.lines:
        _write_lines(page, body, slide.lines)
    _write_foot(page, _Box(left, height - foot, room, foot - int(height * 0.035)), slide)
    said = [*([slide.note] if slide.note else []), *(f"“{each}”" for each in slide.quotes[:MOST_QUOTES])]
    more = len(slide.quotes) - MOST_QUOTES
    said += [f"… and {more:,} more in the dashboard."] if more > 0 else []
    said = [*slide.caveats, *said]
    if said:
        page.notes_slide.notes_text_frame.text = _clean("\n\n".join(said))


def _write_title(title: Any, text: str, *, own: bool) -> None:
    frame = title.text_frame
    frame.word_wrap = True
    frame.text = text
    size = 28 if len(text) <= 90 else 22 if len(text) <= 180 else 18
    for paragraph in frame.paragraphs:
        if own:
            paragraph.alignment = PP_ALIGN.LEFT
            paragraph.font.bold, paragraph.font.color.rgb = True, _rgb(_INK)
        paragraph.font.size = Pt(size)
    if own:
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        frame.margin_left = frame.margin_right = 0


def _write_foot(page: Any, box: _Box, slide: Slide) -> None:
    """Of whom the figures speak, what limits them, and where they come from: small, and legible."""
    shape = page.shapes.add_textbox(*box)
    shape.name = "Denominator and caveats"
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    left_out = slide.plot.left_out if slide.plot else 0
    behind = [f"{left_out:,} more in the dashboard; the first are shown."] if left_out else []
    caveats = _shortened([*behind, *slide.caveats], 330)
    lines = [(slide.denominator, 12, _INK), (caveats, 11, _SOFT), (slide.source, 10, _SOFT)]
    first = True
    for text, size, colour in lines:
        if text:
            paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
            first = False
            _run(paragraph, text, size, colour)
            paragraph.space_before = Pt(3)


def _shortened(sentences: Sequence[str], most: int) -> str:
    """As many whole sentences as there is room for; what is left stands in the notes.

    >>> _shortened(["One.", "Two."], 6)
    'One. More in the notes.'
    """
    kept: list[str] = []
    for each in sentences:
        if kept and sum(map(len, kept)) + len(each) > most:
            return " ".join([*kept, "More in the notes."])
        kept.append(each)
    return " ".join(kept)


def _run(paragraph: Any, text: str, size: int, colour: str) -> None:
    paragraph.text = _clean(text)
    paragraph.font.size, paragraph.font.color.rgb = Pt(size), _rgb(colour)


def _write_lines(page: Any, box: _Box, lines: Sequence[str]) -> None:
    shape = page.shapes.add_textbox(*box)
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = 0
    size = 18 if len(lines) <= 9 else 14
    for n, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        heading = line.startswith("# ")
        _run(paragraph, line.removeprefix("# "), 13 if heading else size, _ACCENT if heading else _INK)
        paragraph.font.bold = heading
        paragraph.space_before = Pt(12 if heading and n else 3)


# ---------------------------------------------------------------- the chart


class _InertWorkbook(CategoryWorkbookWriter):
    """The sheet behind a chart, in which a name is never a formula or a link, whatever it begins with."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: Any) -> Iterator[Any]:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, options) as book:
            yield book, book.add_worksheet("Figures")


class _InertData(CategoryChartData):
    """The values of a chart, with such a sheet."""

    @property
    def _workbook_writer(self) -> Any:
        write: Any = _InertWorkbook
        return write(self)


def _write_chart(page: Any, box: _Box, plot: Plot, *, title: str) -> None:
    if plot.about:
        head = page.shapes.add_textbox(box.left, box.top, box.width, Pt(22))
        head.text_frame.margin_left = 0
        head.text_frame.word_wrap = True
        _run(head.text_frame.paragraphs[0], plot.about, 13, _ACCENT)
        head.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        head.text_frame.paragraphs[0].font.bold = True
        box = _Box(box.left, box.top + int(Pt(24)), box.width, box.height - int(Pt(24)))
    make: Any = _InertData
    data = make(number_format="0%" if plot.percent else "General")
    data.categories = [_clean(name) for name in plot.categories]
    for series in plot.series:
        data.add_series(_clean(series.name), series.values)
    kind = XL_CHART_TYPE.BAR_CLUSTERED if plot.kind == "bar" else XL_CHART_TYPE.LINE_MARKERS
    shape = page.shapes.add_chart(kind, *box, data)
    shape.name = "Chart"
    shape._element.nvGraphicFramePr.cNvPr.set("descr", _clean(_alternative(plot, title)))
    chart = shape.chart
    chart.has_title = False
    chart.font.size, chart.font.color.rgb = Pt(12), _rgb(_INK)
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
        chart.legend.font.size = Pt(12)
    if plot.kind == "bar":
        _as_bars(chart, plot)
    else:
        _as_lines(chart, plot)


def _alternative(plot: Plot, title: str) -> str:
    parts = [f"{plot.about}. " if plot.about else ""]
    for series in plot.series:
        words = series.words or tuple("" if value is None else f"{value:.2f}" for value in series.values)
        said = [f"{name}: {word}" for name, word in zip(plot.categories, words, strict=True) if word]
        parts.append(f"{series.name}: {'; '.join(said)}. ")
    return f"{title} {''.join(parts)}".strip()[:4_000]


def _as_bars(chart: Any, plot: Plot) -> None:
    several = len(plot.series) > 1
    bars = chart.plots[0]
    bars.gap_width, bars.overlap = (45 if several else 40), (-5 if several else 0)
    for drawn, series in zip(bars.series, plot.series, strict=True):
        drawn.invert_if_negative = False
        _fill(drawn, series.colour)
        for at, (value, word) in enumerate(zip(series.values, series.words, strict=True)):
            if value is None:
                continue
            point = drawn.points[at]
            if series.colours and series.colours[at] != series.colour:
                _fill(point, series.colours[at])
            label = point.data_label
            label.text_frame.text = _clean(word).replace(" ", NO_BREAK)  # else it is broken into three lines
            label.text_frame.word_wrap = False
            run = label.text_frame.paragraphs[0].font
            run.size, run.color.rgb = Pt(11 if not several else 10), _rgb(_SOFT)
            label.position = XL_LABEL_POSITION.OUTSIDE_END
    names = chart.category_axis
    names.reverse_order = True  # the first line on top
    names.tick_labels.font.size = Pt(12 if len(plot.categories) <= 10 else 11)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW  # beside the bars, also of those below nothing
    names.major_tick_mark = XL_TICK_MARK.NONE
    names.format.line.color.rgb = _rgb(_RULE)
    values = chart.value_axis
    values.has_major_gridlines = False
    values.visible = False  # each bar says its own value
    known = [value for series in plot.series for value in series.values if value is not None]
    most, least = max([*known, 0.0]), min([*known, 0.0])
    span = (most - least) or 1.0
    words = max((len(word) for series in plot.series for word in series.words), default=0)
    room = span * min(1.2, 0.016 * words + 0.04)  # beyond the bars stand their words
    values.maximum_scale = most + room
    values.minimum_scale = least - 1.3 * room if least < 0 else 0


def _as_lines(chart: Any, plot: Plot) -> None:
    for drawn, series in zip(chart.plots[0].series, plot.series, strict=True):
        drawn.smooth = False
        drawn.format.line.color.rgb, drawn.format.line.width = _rgb(series.colour), Pt(2.25)
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = _rgb(series.colour)
        drawn.marker.format.line.color.rgb = _rgb(series.colour)
        drawn.marker.size = 7
    values = chart.value_axis
    values.major_gridlines.format.line.color.rgb = _rgb(_RULE)
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(11)
    values.tick_labels.number_format = "0%" if plot.percent else "0.0" if _is_graded(plot) else "0"
    values.tick_labels.number_format_is_linked = False
    names = chart.category_axis
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.tick_labels.font.size = Pt(11)
    names.format.line.color.rgb = _rgb(_RULE)
    if plot.percent:
        values.minimum_scale = 0


def _is_graded(plot: Plot) -> bool:
    return any(
        value is not None and value != int(value) and abs(value) <= 1 for each in plot.series for value in each.values
    )


def _fill(of: Any, colour: str) -> None:
    of.format.fill.solid()
    of.format.fill.fore_color.rgb = _rgb(colour)


def _rgb(colour: str) -> Any:
    make: Any = RGBColor
    return make(*bytes.fromhex(colour.removeprefix("#")))


def _clean(text: str) -> str:
    """Text that the XML of a slide can hold.

    >>> _clean("a\\x0bb \\ud800")
    'a b ?'
    """
    text = text.encode("utf-8", "replace").decode()
    return "".join(
        letter if letter in "\n\t" or (letter >= " " and letter not in "\ufffe\uffff") else " " for letter in text
    )
