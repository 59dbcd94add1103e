"""Small tagged PDFs, made object by object: sound ones, to be broken by tests."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from pikepdf.exceptions import PageCopyWarning

XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
</rdf:RDF></x:xmpmeta>"""

Paragraphs = Sequence[Sequence[str]]
"""For each page the types of its elements, as `[["H1", "P"], ["P"]]`."""


def letter(pages: Paragraphs = (("H1", "P"),), language: str = "en-GB") -> pikepdf.Pdf:
    """A tagged letter that claims PDF/UA-1; each element has one piece of content."""
    pdf = pikepdf.new()
    root = pdf.Root
    root.Lang, root.MarkInfo = String(language), Dictionary(Marked=True)
    root.Metadata = pdf.make_stream(XMP.encode())
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("A letter")))
    tree = root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    tree.K, document.K = document, Array()
    numbers = Array()
    for number, types in enumerate(pages):
        page = _page(pdf, types)
        page.StructParents = number
        elements = [_element(pdf, document, page, mcid, each) for mcid, each in enumerate(types)]
        document.K.extend(elements)
        numbers.extend([number, Array(elements)])
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=numbers))
    tree.ParentTreeNextKey = len(pages)
    return pdf


def _page(pdf: pikepdf.Pdf, types: Sequence[str]) -> Any:
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    text = "".join(
        f"/{each} <</MCID {mcid}>> BDC BT /F 12 Tf 72 {800 - 20 * mcid} Td ({each} {mcid}) Tj ET "
        "EMC\n"
        for mcid, each in enumerate(types)
    )
    page.Contents = pdf.make_stream(text.encode())
    return page


def _element(pdf: pikepdf.Pdf, document: Any, page: Any, mcid: int, kind: str) -> Any:
    entries = Dictionary(Type=Name.StructElem, S=Name(f"/{kind}"), P=document, Pg=page, K=mcid)
    return pdf.make_indirect(entries)


def link(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    """A link on the first page, with its tag."""
    page, tree = pdf.pages[0].obj, pdf.Root.StructTreeRoot
    annotation = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Link,
            Rect=Array([72, 700, 172, 720]),
            Contents=String("a link"),
            StructParent=tree.ParentTreeNextKey,
            **entries,
        )
    )
    page.Annots = Array([*page.get("/Annots", []), annotation])
    reference = Dictionary(Type=Name.OBJR, Obj=annotation, Pg=page)
    element = pdf.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Link, P=tree.K, K=Array([reference]))
    )
    tree.K.K.append(element)
    tree.ParentTree.Nums.extend([tree.ParentTreeNextKey, element])
    tree.ParentTreeNextKey += 1
    return annotation


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False, **options)
    return out.getvalue()


Maker = Callable[[], bytes]
Change = Callable[[pikepdf.Pdf], object]


def changed(change: Change, **options: Any) -> Maker:
    """A sound letter with one change, however its fields hang: pikepdf warns of some."""

    def make() -> bytes:
        pdf = letter()
        change(pdf)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PageCopyWarning)
            return saved(pdf, **options)

    return make


def with_bytes(change: Callable[[bytes], bytes]) -> Maker:
    """A sound letter whose bytes are changed."""
    return lambda: change(saved(letter(), compress_streams=False))
