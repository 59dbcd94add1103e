"""The programs that make letters, each asked for the same appointment."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

_PAGE = """<!doctype html><html lang="en-GB"><head><title>Your appointment</title>
<style>@page {{size: A4; margin: 2cm}} body {{font-family: sans-serif}}</style></head><body>
<h1>Your appointment</h1><p>Dear patient,</p>
<p>Please come on <strong>Monday, 4 January 2027</strong> at 10:30 to
<a href="https://clinic.invalid/map">the clinic</a>.</p>
<h2 id="bring">What to bring</h2><ul><li>This letter</li><li>Your medicines</li></ul>
<table><thead><tr><th scope="col">Day</th><th scope="col">Time</th></tr></thead>
<tbody><tr><td>Monday</td><td>10:30</td></tr></tbody></table>
<p style="break-before: page">See <a href="#bring">what to bring</a>.</p>{form}</body></html>"""

_FORM = '<form><p><label>Name <input name="name" type="text" value=""></label></p></form>'

_RUNNING = """<!doctype html><html lang="en-GB"><head><title>Your appointment</title>
<style>@page {size: A4; margin: 2cm; @top-left {content: element(head)}
@top-right {content: "Outpatients"} @bottom-left {content: element(foot)}
@bottom-right {content: "Page " counter(page) " of " counter(pages)}}
header {position: running(head)} footer {position: running(foot)}</style></head><body>
<header><p>St <b>Elsewhere</b></p></header>
<footer><p>Call <a href="tel:02079460000">020 7946 0000</a></p></footer>
<h1>Your appointment</h1><p>Please come on Monday, 4 January 2027.</p>
<p style="break-before: page">Bring this letter.</p></body></html>"""

_OFFICE = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:meta><dc:title>Your appointment</dc:title></office:meta>
<office:styles><style:default-style style:family="paragraph">
<style:text-properties fo:language="en" fo:country="GB"/></style:default-style></office:styles>
<office:body><office:text>
<text:h text:outline-level="1">Your appointment</text:h><text:p>Dear patient,</text:p>
<text:p>Please come on Monday, 4 January 2027 at 10:30 to
<text:a xlink:type="simple" xlink:href="https://clinic.invalid/map">the clinic</text:a>.</text:p>
<text:h text:outline-level="2">What to bring</text:h>
<text:list><text:list-item><text:p>This letter</text:p></text:list-item></text:list>
</office:text></office:body></office:document>"""

_TYPST = """#set document(title: "Your appointment")
#set text(lang: "en", region: "GB")
#set heading(numbering: "1.")
= Your appointment
Please come on *Monday, 4 January 2027* at 10:30 to #link("https://clinic.invalid/map")[the clinic].
See @bring.
#pagebreak()
== What to bring <bring>
- This letter
- Your medicines
"""

_EXPORT = {"PDFUACompliance": {"type": "boolean", "value": "true"}}


def start_weasyprint(folder: Path) -> subprocess.Popen[str]:
    """Writes plain.pdf, form.pdf and running.pdf: as it comes, with the machine's fonts."""
    return _start([sys.executable, __file__, str(folder)])


def _weasyprint(folder: Path) -> None:
    import weasyprint

    pages = {
        "plain": _PAGE.format(form=""),
        "form": _PAGE.format(form=_FORM),
        "running": _RUNNING,
    }
    for name, page in pages.items():
        document = weasyprint.HTML(string=page)
        target = folder / f"{name}.pdf"
        document.write_pdf(target, pdf_variant="pdf/ua-1", pdf_forms=name == "form")


def typst(folder: Path) -> bytes:
    import typst as compiler

    path = folder / "letter.typ"
    path.write_text(_TYPST)
    return bytes(compiler.compile(str(path), pdf_standards=["ua-1"]))


def reportlab() -> bytes:
    """Without tags, as most billing systems write."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.setTitle("Your appointment")
    canvas.drawString(72, 720, "Your appointment is on Monday, 4 January 2027.")
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry("Appointment", "top")
    canvas.linkURL("https://clinic.invalid/map", (72, 700, 172, 712))
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def start_libreoffice(folder: Path) -> subprocess.Popen[str]:
    """Writes office.pdf."""
    (folder / "office.fodt").write_text(_OFFICE)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    export = f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}"
    command = ["soffice", profile, "--headless", "--convert-to", export]
    return _start([*command, "--outdir", str(folder), str(folder / "office.fodt")])


def start_chromium(folder: Path) -> subprocess.Popen[str]:
    """Writes chromium.pdf."""
    (folder / "letter.html").write_text(_PAGE.format(form=""))
    options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    outline = "--generate-pdf-document-outline"
    data = f"--user-data-dir={folder}/chromium"
    target = f"--print-to-pdf={folder}/chromium.pdf"
    return _start(["chromium", *options, outline, data, target, str(folder / "letter.html")])


def _start(command: list[str]) -> subprocess.Popen[str]:
    # Once WeasyPrint is imported, ours points programs at no fonts (`pdf/engine.py`).
    machine = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    out = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    return subprocess.Popen(command, text=True, env=machine, **out)


if __name__ == "__main__":
    _weasyprint(Path(sys.argv[1]))
