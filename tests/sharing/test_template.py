from __future__ import annotations

import io
import zipfile

import pytest
from lxml import etree
from pptx import Presentation

from dashboard.errors import UnreadableFile
from dashboard.sharing.slides import Slide, deck
from dashboard.sharing.template import cleaned

REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MACRO = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml"


def hostile() -> bytes:
    """A template with a slide, a macro, an object, a link and a picture from elsewhere in its layout."""
    show = Presentation()
    show.slides.add_slide(show.slide_layouts[0]).shapes.title.text = "Secret slide"
    run = show.slide_master.placeholders[0].text_frame.paragraphs[0].add_run()
    run.text = "link"
    run.hyperlink.address = "http://evil.example/beacon"
    plain = io.BytesIO()
    show.save(plain)
    made = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
                    MACRO.encode(),
                ).replace(
                    b"</Types>",
                    b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>',
                )
            if name == "ppt/_rels/presentation.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    b'<Relationship Id="rId900" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
                    b' Target="vbaProject.bin"/></Relationships>',
                )
            if name == "ppt/slideLayouts/_rels/slideLayout6.xml.rels":
                content = content.replace(
                    b"</Relationships>",
                    f'<Relationship Id="rId901" Type="{REL}/image" Target="http://evil.example/a.png" '
                    'TargetMode="External"/>'
                    f'<Relationship Id="rId902" Type="{REL}/oleObject" Target="../embeddings/oleObject1.bin"/>'
                    "</Relationships>".encode(),
                )
            if name == "ppt/slideLayouts/slideLayout6.xml":
                content = content.replace(
                    b"</p:spTree>",
                    b'<p:pic><p:nvPicPr><p:cNvPr id="90" name="P"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
                    b'<a:blip r:link="rId901"/></p:blipFill><p:spPr/></p:pic>'
                    b'<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id="91" name="O"/><p:cNvGraphicFramePr/><p:nvPr/>'
                    b'</p:nvGraphicFramePr><a:graphic><a:graphicData uri="x"><p:oleObj r:id="rId902" progId="Package"/>'
                    b"</a:graphicData></a:graphic></p:graphicFrame></p:spTree>",
                )
            new.writestr(name, content)
        new.writestr("ppt/vbaProject.bin", b"Sub AutoOpen()")
        new.writestr("ppt/embeddings/oleObject1.bin", b"MZ")
        new.writestr("ppt/activeX/activeX1.xml", b"<x/>")
    return made.getvalue()


def test_macros_objects_and_outside_links_are_gone_and_slides_stand_in_it() -> None:
    data = cleaned(hostile(), "ours.pptm")
    for written in (data, deck([Slide("What we heard", lines=("one",))], title="T", template=data)):
        with zipfile.ZipFile(io.BytesIO(written)) as archive:
            whole = b"".join(name.encode() + archive.read(name) for name in archive.namelist())
            for name in archive.namelist():
                if name.endswith((".xml", ".rels")):
                    etree.fromstring(archive.read(name))
        for word in (
            b"evil",
            b"vba",
            b"AutoOpen",
            b"oleObj",
            b"External",
            b"Secret slide",
            b"macroEnabled",
            b"activeX",
        ):
            assert word not in whole, word
    assert [slide.shapes.title.text for slide in Presentation(io.BytesIO(written)).slides] == ["What we heard"]


@pytest.mark.parametrize("junk", [b"", b"hello", b"PK\x03\x04", b"\xd0\xcf\x11\xe0old binary .ppt"])
def test_what_is_no_powerpoint_is_refused_in_one_sentence(junk: bytes) -> None:
    with pytest.raises(UnreadableFile, match=r"“a\.ppt” is no PowerPoint file; save your template"):
        cleaned(junk, "a.ppt")


def test_a_document_of_another_kind_and_xml_that_grows_are_refused() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", b'<!DOCTYPE x [<!ENTITY a "b">]><Types>&a;</Types>')
        archive.writestr("_rels/.rels", b"<Relationships/>")
    with pytest.raises(UnreadableFile):
        cleaned(made.getvalue(), "a.docx")
