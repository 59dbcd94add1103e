"""Letters of twelve kinds, the same bytes each time: nothing of leafpress makes them.

Left out are LibreOffice and Chromium, which write the time of day into their files.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
import pypdf
import typst
from pikepdf import Array, Dictionary, Name, String
from pypdf.generic import DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

Maker = Callable[[str], bytes]
"""From a patient's reference to a letter."""

_TIME = 1795305600
"""22 November 2026, in seconds: Typst writes it into its files."""

_TYPST = """#set document(title: "Your appointment")
#set text(lang: "en", region: "GB", font: "Libertinus Serif")
#set heading(numbering: "1.")
= Your appointment
Our reference: #sys.inputs.reference

Please come on *Monday, 4 January 2027* to #link("https://clinic.invalid/map")[the clinic].
See @bring.
#table(columns: 2, table.header[Day][Time], [Monday], [10:30])
#pagebreak()
== What to bring <bring>
- This letter
- Your medicines
"""

_HTML = """<!doctype html><html lang="en-GB"><head><title>Your appointment</title></head><body>
<h1>Your appointment</h1><p>Our reference: {}</p>
<h2 id="bring">What to bring</h2><ul><li>This letter</li></ul>
<table><thead><tr><th scope="col">Day</th><th scope="col">Time</th></tr></thead>
<tbody><tr><td>Monday</td><td>10:30</td></tr></tbody></table>
<p style="break-before: page">See <a href="#bring">what to bring</a>.</p>
<form><p><label>Name <input name="name" type="text" value=""></label></p></form></body></html>"""


def _typst(reference: str, **options: Any) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "letter.typ"
        path.write_text(_TYPST)
        inputs = {"reference": reference}
        options |= {"timestamp": _TIME, "ignore_system_fonts": True, "sys_inputs": inputs}
        return bytes(typst.compile(str(path), **options))


def _weasyprint(reference: str) -> bytes:
    import weasyprint  # heavy

    document = weasyprint.HTML(string=_HTML.format(reference))
    options = {"pdf_variant": "pdf/ua-1", "pdf_forms": True, "pdf_identifier": reference.encode()}
    return bytes(document.write_pdf(**options))


def _reportlab(
    reference: str, change: Callable[[Canvas], object] | None = None, **options: Any
) -> bytes:
    """Two pages without tags, as most billing systems write."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, **options)
    canvas.setTitle("Your appointment")
    canvas.drawString(72, 720, f"Our reference: {reference}")
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("Appointment", "top")
    canvas.linkURL("https://clinic.invalid/map", (72, 700, 172, 712))
    if change:
        change(canvas)
    canvas.showPage()
    canvas.drawString(72, 720, "Please bring this letter.")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _with_field(canvas: Canvas) -> None:
    canvas.acroForm.textfield(name="name", tooltip="Your name", x=72, y=600, width=200, height=20)


def _locked(reference: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    return _reportlab(reference, encrypt=StandardEncryption("open", "own", strength=40))


def _laden(reference: str) -> bytes:
    """With a script and a file inside."""
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(_reportlab(reference)))
    script = {
        NameObject("/S"): NameObject("/JavaScript"),
        NameObject("/JS"): TextStringObject("1;"),
    }
    writer.root_object[NameObject("/OpenAction")] = DictionaryObject(script)
    writer.add_attachment("notes.txt", b"Notes")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _by_hand(reference: str, change: Callable[[pikepdf.Pdf], object] | None = None) -> bytes:
    """A tagged page with tags of its own, headings without a level, a class and an ID."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(595, 842)).obj
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    text = f"/Head <</MCID 0>> BDC BT /F 12 Tf 72 800 Td (Our reference: {reference}) Tj ET EMC "
    text += "/P <</MCID 1>> BDC BT /F 12 Tf 72 700 Td (Dear patient,) Tj ET EMC"
    page.Contents, page.StructParents = pdf.make_stream(text.encode()), 0
    root = pdf.Root
    root.Lang, root.MarkInfo = String("en-GB"), Dictionary(Marked=True)
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title=String("A letter")))
    tree = root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    document = _element(pdf, tree, S=Name.Document)
    head = _element(pdf, document, S=Name.Head, Pg=page, K=0, ID=String("top"), C=Name.wide)
    paragraph = _element(pdf, document, S=Name.P, Pg=page, K=1)
    tree.K, document.K = document, Array([head, paragraph])
    tree.RoleMap = Dictionary(Head=Name.H)
    tree.ClassMap = Dictionary(wide=Dictionary(O=Name.Layout, TextAlign=Name.Center))
    tree.IDTree = Dictionary(Names=Array([String("top"), head]))
    tree.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([0, Array([head, paragraph])])))
    tree.ParentTreeNextKey = 1
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out, static_id=True, fix_metadata_version=False)
    return out.getvalue()


def _element(pdf: pikepdf.Pdf, parent: Any, **entries: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, P=parent, **entries))


def _sign(pdf: pikepdf.Pdf) -> None:
    signature = pdf.make_indirect(Dictionary(Type=Name.Sig, Contents=String("x")))
    field = pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("signature"), V=signature))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), SigFlags=3)


LETTERS: dict[str, Maker] = {
    "typst-ua1": partial(_typst, pdf_standards=["ua-1"]),
    "typst-a2a": partial(_typst, pdf_standards=["a-2a"]),
    "typst-tagged": _typst,
    "typst-untagged": partial(_typst, pdf_tags=False),
    "weasyprint-form": _weasyprint,
    "reportlab": _reportlab,
    "reportlab-form": partial(_reportlab, change=_with_field),
    "reportlab-turned": partial(_reportlab, change=lambda canvas: canvas.setPageRotation(90)),
    "pypdf-laden": _laden,
    "by-hand": _by_hand,
    "locked": _locked,
    "signed": partial(_by_hand, change=_sign),
}
"""Every kind. The last two cannot be joined."""
