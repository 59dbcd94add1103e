"""Metadata (XMP): its names, and what a packet claims. Its writers are in pdf and joining."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    import pikepdf

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
NAMESPACES = {
    "rdf": RDF,
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfd": "http://pdfa.org/declarations/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}

PDFUA_SCHEMA = f"""
<rdf:Description xmlns:rdf="{RDF}" rdf:about=""
    xmlns:pdfaExtension="{NAMESPACES["pdfaExtension"]}"
    xmlns:pdfaSchema="{NAMESPACES["pdfaSchema"]}"
    xmlns:pdfaProperty="{NAMESPACES["pdfaProperty"]}">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>{NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Which part of ISO 14289 the file follows</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""
"""PDF/A wants the properties of PDF/UA described (ISO 19005-2, 6.6.2.3.1)."""

WTPDF = "http://pdfa.org/declarations/wtpdf#"
"""Well-Tagged PDF 1.0, clause 6.1.3."""

DECLARATIONS = {"wt1a": f"{WTPDF}accessibility1.0", "wt1r": f"{WTPDF}reuse1.0"}
"""Addresses by which a file declares what it conforms to, by veraPDF's flavours."""

REVISIONS = {("pdfaid", "4"): "2020", ("pdfuaid", "2"): "2024"}
"""The years that PDF/A-4 and PDF/UA-2 want named (ISO 19005-4, 6.7.3; ISO 14289-2, clause 5)."""

LARGEST = 1_000_000
"""Bytes of a packet that is read."""


def qualified(prefixed: str) -> str:
    """A name as ElementTree writes it: `dc:title` as `{http://…}title`."""
    prefix, local = prefixed.split(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


CONFORMS = qualified("pdfd:conformsTo")
TITLE = qualified("dc:title")
LANGUAGE = qualified("dc:language")
ITEM = qualified("rdf:li")
DESCRIPTION = qualified("rdf:Description")
CREATOR = qualified("xmp:CreatorTool")
OURS = "leafpress"
"""What an edition says in `CREATOR`: so that a copy is known, wherever it lies."""

_CLAIMS = {
    qualified(name): name
    for name in (
        "pdfaid:part",
        "pdfaid:conformance",
        "pdfaid:rev",
        "pdfuaid:part",
        "pdfuaid:rev",
    )
}


def packet(root: pikepdf.Object) -> ET.Element | None:
    """The metadata of a document's root; None without any that can be read."""
    import pikepdf  # heavy, and who only needs the names opens no file

    from leafpress.pdf_objects import stream_at

    stream = stream_at(root, "/Metadata")
    if stream is None:
        return None
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    try:
        # Any file may come here. Since 2.4.1 expat stops entities that grow without end; external
        # ones are not read.
        return ET.fromstring(data) if len(data) < LARGEST else None  # noqa: S314
    except (ET.ParseError, LookupError, ValueError):  # the last two: an encoding nobody knows
        return None


def items(xmp: ET.Element, tag: str) -> list[str]:
    """The words of each item of a list, as the titles of `TITLE`."""
    return [item.text or "" for holder in xmp.iter(tag) for item in holder.iter(ITEM)]


def claimed(xmp: ET.Element) -> dict[str, str]:
    """What metadata says of standards: `{"pdfuaid:part": "1", …}`."""
    claims: dict[str, str] = {}
    for element in xmp.iter():
        if element.tag in _CLAIMS:
            claims[_CLAIMS[element.tag]] = (element.text or "").strip()
        for attribute, value in element.attrib.items():
            if attribute in _CLAIMS:
                claims[_CLAIMS[attribute]] = value
    return claims
