"""A company's own PowerPoint template, with nothing in it that runs or reaches elsewhere: no macros, no outside links.

What is kept is rebuilt: the parts that masters and layouts need, and of the XML all but what refers to anything else.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from lxml import etree

from dashboard.errors import UnreadableFile
from dashboard.intake.unpack import DAMAGED

_MOST_PARTS = 5_000
_MOST_BYTES = 200_000_000
_PLAIN = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_KEPT = frozenset({
    "officeDocument", "slideMaster", "slideLayout", "theme", "image", "font", "presProps", "tableStyles", "viewProps",
    "notesMaster", "core-properties", "themeOverride",
})  # fmt: skip
"""Kinds of relationship that a template needs; every other part stays behind, and with it all macros and objects."""
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WITHIN = frozenset({"hlinkClick", "hlinkHover", "hlinkMouseOver", "snd", "videoFile", "audioFile", "sldIdLst"})
_SHAPES = frozenset({"oleObj", "control", "contentPart", "chart", "relIds"})
_RUN = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def cleaned(data: bytes, name: str) -> bytes:
    """The template as a plain presentation without slides, macros, objects and outside links.

    Raises UnreadableFile for what is no PowerPoint file, with one sentence.
    """
    refused = UnreadableFile(
        f"“{name}” is no PowerPoint file; save your template in PowerPoint as .pptx or .potx and give that."
    )
    parts = _parts(data, refused)
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise refused
    try:
        types = _tree(parts["[Content_Types].xml"], refused)
        kept, main = _reached(parts, refused)
        if main not in kept or not main.endswith(".xml") or not main.startswith("ppt/"):
            raise refused
        _retype(types, kept, main)
    except (etree.XMLSyntaxError, KeyError, ValueError) as problem:
        raise refused from problem
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", etree.tostring(types, encoding="UTF-8", xml_declaration=True))
        for path in sorted(kept):
            archive.writestr(path, kept[path])
    return written.getvalue()


def _parts(data: bytes, refused: UnreadableFile) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise refused
            return {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()}
    except DAMAGED as problem:
        raise refused from problem


def _tree(content: bytes, refused: UnreadableFile) -> etree._Element:
    root = etree.fromstring(content, _RUN)
    if root.getroottree().docinfo.doctype:
        raise refused
    return root


def _reached(parts: dict[str, bytes], refused: UnreadableFile) -> tuple[dict[str, bytes], str]:
    """Path → content of every part that a kept relationship leads to, and the path of the presentation itself."""
    kept: dict[str, bytes] = {}
    main = ""
    waiting = [""]
    while waiting:
        path = waiting.pop()
        relations = posixpath.join(posixpath.dirname(path), "_rels", posixpath.basename(path) + ".rels")
        dropped: set[str] = set()
        if relations in parts:
            root = _tree(parts[relations], refused)
            for each in list(root):
                kind = str(each.get("Type", "")).rpartition("/")[2]
                target = _target(path, str(each.get("Target", "")))
                if kind not in _KEPT or each.get("TargetMode") == "External" or target not in parts:
                    dropped.add(str(each.get("Id", "")))
                    root.remove(each)
                    continue
                main = target if kind == "officeDocument" and not path else main
                if target not in kept:
                    kept[target] = parts[target]
                    waiting.append(target)
            kept[relations] = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
        if path.endswith(".xml"):
            kept[path] = _harmless(_tree(parts[path], refused), dropped)
    return kept, main


def _target(path: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join("/", posixpath.dirname(path), target)
    return posixpath.normpath(joined).lstrip("/")


def _harmless(root: etree._Element, dropped: set[str]) -> bytes:
    """The part without what refers to anything that was dropped."""
    for element in list(root.iter(etree.Element)):
        name = etree.QName(element).localname
        if name in _SHAPES:
            _remove(_shape_of(element))
        elif name in _WITHIN or (name == "ext" and any(each.tag.endswith("}sectionLst") for each in element)):
            _remove(element)
    for element in list(root.iter(etree.Element)):
        for attribute in [name for name, value in element.attrib.items() if _refers(str(name)) and value in dropped]:
            if etree.QName(attribute).localname == "link":
                del element.attrib[attribute]
            else:
                _remove(element)
                break
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
    return written


def _refers(attribute: str) -> bool:
    return attribute.startswith(_OFFICE)


def _shape_of(element: etree._Element) -> etree._Element:
    """The shape that an object stands in: what lies right beneath its tree of shapes."""
    for above in _upwards(element):
        parent = above.getparent()
        if parent is not None and etree.QName(parent).localname in ("spTree", "grpSp"):
            return above
    return element


def _upwards(element: etree._Element) -> Iterator[etree._Element]:
    at: etree._Element | None = element
    while at is not None:
        yield at
        at = at.getparent()


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _retype(types: etree._Element, kept: dict[str, bytes], main: str) -> None:
    """Content types of the kept parts alone; the presentation is a plain one."""
    endings = {path.rpartition(".")[2].lower() for path in kept}
    for each in list(types):
        part = str(each.get("PartName", "")).lstrip("/")
        gone = (
            part not in kept if each.tag == f"{_TYPES}Override" else str(each.get("Extension")).lower() not in endings
        )
        if part == main:
            each.set("ContentType", _PLAIN)
        elif gone:
            types.remove(each)
