"""A report to read and pass on, as a Word document or one HTML file: blocks in, bytes out."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any, Literal

from dashboard.sharing.page import page

_TEAL = (0x0F, 0x76, 0x6E)

Tone = Literal["plain", "lead", "quiet"]


@dataclass(frozen=True)
class Heading:
    """level: 1 for a part of the report, 2 within it, 3 below that."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    tone: Tone = "plain"


@dataclass(frozen=True)
class Quote:
    """What somebody said. of: where, in words that name nobody."""

    text: str
    of: str = ""


@dataclass(frozen=True)
class Shares:
    """Rows of names and figures. heads: above the columns. rows: name, what stands beside it, and its bar (0 … 1)."""

    heads: tuple[str, ...]
    rows: tuple[tuple[tuple[str, ...], float | None], ...]


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[str, ...]


Block = Heading | Text | Quote | Shares | Points


def html(title: str, subtitle: str, blocks: Sequence[Block]) -> bytes:
    """The report as one page without scripts; nothing is fetched, and it prints as it reads."""
    body = "".join(_html(block) for block in blocks)
    head = f"<h1>{escape(title)}</h1><p class=quiet>{escape(subtitle)}</p>"
    made = page(title, f"<main>{head}{body}</main>", style=_STYLE)
    return made.replace(" %", "\N{NO-BREAK SPACE}%").encode("utf-8", "replace")


def _html(block: Block) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level + 1}>{escape(block.text)}</h{block.level + 1}>"
    if isinstance(block, Text):
        return f"<p class={block.tone}>{escape(block.text)}</p>"
    if isinstance(block, Quote):
        of = f"<footer>{escape(block.of)}</footer>" if block.of else ""
        return f"<blockquote>{escape(block.text)}{of}</blockquote>"
    if isinstance(block, Points):
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in block.items) + "</ul>"
    heads = "".join(f"<th scope=col>{escape(head)}</th>" for head in block.heads)
    rows = "".join(
        f"<tr><th scope=row>{escape(cells[0])}</th>"
        + "".join(f"<td>{escape(cell)}</td>" for cell in cells[1:])
        + (f"<td class=bar><meter value={min(1.0, max(0.0, share)):.4f}></meter></td>" if share is not None else "<td>")
        + "</tr>"
        for cells, share in block.rows
    )
    return f"<table><thead><tr>{heads}<td></td></tr></thead><tbody>{rows}</tbody></table>"


_STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.55 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
main{max-width:46rem;margin:0 auto;padding:3rem 1.25rem 5rem}
h1{font-size:2rem;line-height:1.2;margin:0 0 .25rem;text-wrap:balance}
h2{font-size:1.4rem;margin:3rem 0 .5rem;padding-top:1rem;border-top:1px solid #8b959855}
h3{font-size:1.1rem;margin:2rem 0 .35rem}
h4{font-size:1rem;margin:1.4rem 0 .25rem}
p{margin:.4rem 0 .8rem}
.lead{font-size:1.15rem}
.quiet,footer{color:#68757a;font-size:.9rem}
blockquote{margin:.6rem 0;padding:.1rem 0 .1rem 1rem;border-left:3px solid #0f766e;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.95rem;margin:.5rem 0 1rem}
th,td{text-align:left;font-weight:400;padding:.3rem .9rem .3rem 0;vertical-align:top;border-bottom:1px solid #8b959833}
thead th{color:#68757a;font-size:.85rem}
.bar{width:30%}
meter{width:100%;height:.7rem;appearance:none;background:#8b959822;border:0}
meter::-webkit-meter-bar{background:#8b959822;border:0;border-radius:0}
meter::-webkit-meter-optimum-value{background:#0f766e}
meter::-moz-meter-bar{background:#0f766e}
@media print{main{padding:0;max-width:none}h2,h3,h4{break-after:avoid}tr,blockquote{break-inside:avoid}}
"""


# ---------------------------------------------------------------- Word


def docx(title: str, subtitle: str, blocks: Sequence[Block], *, at: datetime) -> bytes:
    """The report as a Word document, with headings that make its table of contents, and no author in its properties."""
    from docx import Document
    from docx.shared import Cm, Pt, RGBColor

    paper = Document()
    for section in paper.sections:
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
    normal = paper.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(11), Pt(6)
    normal.font.name = "Calibri"
    for level, size in ((1, 18), (2, 13), (3, 11.5)):
        style = paper.styles[f"Heading {level}"]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0x1F, 0x2A, 0x2C)
        style.paragraph_format.space_before, style.paragraph_format.keep_with_next = Pt(30 - 6 * level), True
    about = paper.core_properties
    about.title, about.author, about.last_modified_by, about.comments = _clean(title)[:250], "", "", ""
    about.created = about.modified = at.replace(tzinfo=None)
    head = paper.add_paragraph().add_run(_clean(title))
    head.font.size, head.font.bold = Pt(26), True
    _quiet(paper.add_paragraph(_clean(subtitle)))
    for block in blocks:
        _docx(paper, block)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _docx(paper: Any, block: Block) -> None:
    from docx.shared import Pt

    if isinstance(block, Heading):
        paper.add_heading(_clean(block.text), block.level)
    elif isinstance(block, Text):
        paragraph = paper.add_paragraph(_clean(block.text))
        if block.tone == "quiet":
            _quiet(paragraph)
        elif block.tone == "lead":
            for run in paragraph.runs:
                run.font.size = Pt(13)
    elif isinstance(block, Quote):
        paragraph = paper.add_paragraph(_clean(block.text))
        paragraph.paragraph_format.left_indent = Pt(14)
        paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(6)
        _at_the_left(paragraph)
        if block.of:
            _quiet(paragraph, paragraph.add_run(f"\n{_clean(block.of)}"))
    elif isinstance(block, Points):
        for item in block.items:
            paper.add_paragraph(_clean(item), style="List Bullet")
    else:
        _table(paper, block)


def _table(paper: Any, block: Shares) -> None:
    """Rows with a hair line beneath each; the bar is letters, which every program draws."""
    from docx.shared import Cm, Pt, RGBColor

    bars = any(share is not None for _, share in block.rows)
    heads = (*block.heads, *([""] if bars else []))
    table = paper.add_table(rows=1, cols=len(heads))
    table.autofit = False
    _lined(table)
    widths = [Cm(4.2), *[Cm((16.0 - 4.2 - (4.2 if bars else 0)) / (len(block.heads) - 1))] * (len(block.heads) - 1)]
    widths += [Cm(4.2)] if bars else []
    lines = [(heads, None), *(((*cells, *([""] if bars else [])), share) for cells, share in block.rows)]
    for n, (cells, share) in enumerate(lines):
        line = table.rows[0].cells if n == 0 else table.add_row().cells
        for cell, text, width in zip(line, cells, widths, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = paragraph.paragraph_format.space_before = Pt(2)
            run = paragraph.add_run(_clean(text))
            run.font.size = Pt(9 if n == 0 else 10)
            if n == 0:
                run.font.color.rgb = RGBColor(0x5A, 0x65, 0x68)
        if share is not None:
            run = line[-1].paragraphs[0].add_run("█" * round(20 * min(1.0, max(0.0, share))) or "▏")
            run.font.size, run.font.color.rgb = Pt(7), RGBColor(*_TEAL)
    _repeated(table.rows[0])
    paper.add_paragraph()


def _lined(table: Any) -> None:
    from docx.oxml import OxmlElement

    borders = OxmlElement("w:tblBorders")
    for side in ("bottom", "insideH"):
        borders.append(_border(f"w:{side}", "D5DBDD", size=4, space=0))
    table._tbl.tblPr.append(borders)


def _border(tag: str, colour: str, *, size: int, space: int) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    line = OxmlElement(tag)
    for name, value in (("val", "single"), ("sz", str(size)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    return line


def _repeated(row: Any) -> None:
    """The heads stand on every page that the table reaches."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _at_the_left(paragraph: Any) -> None:
    """A teal line beside the paragraph."""
    from docx.oxml import OxmlElement

    borders = OxmlElement("w:pBdr")
    borders.append(_border("w:left", "0F766E", size=18, space=8))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _quiet(paragraph: Any, *runs: Any) -> None:
    from docx.shared import Pt, RGBColor

    for run in runs or paragraph.runs:
        run.font.size, run.font.color.rgb = Pt(9.5), RGBColor(0x5A, 0x65, 0x68)
        run.font.italic = run.font.bold = False


def _clean(text: str) -> str:
    """Text that the XML of a document can hold."""
    text = text.encode("utf-8", "replace").decode()
    text = "".join(c if c in "\n\t" or (c >= " " and c not in "\ufffe\uffff") else " " for c in text)
    return text.replace(" %", "\N{NO-BREAK SPACE}%")
