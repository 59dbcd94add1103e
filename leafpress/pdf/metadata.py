"""What a PDF says of itself: one file that claims PDF/UA-1 and PDF/A-2a.

WeasyPrint's variants each write the XMP of their own standard only. We render as PDF/A-2a and
give the document a metadata writer that names both, with the extension schema that PDF/A asks
for when `pdfuaid` is used (ISO 19005-2, 6.6.2.3.1; ISO 14289-1, clause 5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from leafpress.xmp import DECLARATIONS, NAMESPACES, OURS, PDFUA_SCHEMA, REVISIONS, qualified


@dataclass(frozen=True, slots=True)
class Profile:
    """What a PDF claims, and how WeasyPrint is asked for it.

    Args:
        flavours: veraPDF's names of what has to hold.
        variant: WeasyPrint's name of the variant that comes nearest.
        pdf2: whether it is a PDF 2.0.
        claims: properties of the XMP that name the standards.
        declarations: what the file declares besides (PDF Declarations, PDF Association).
    """

    id: str
    title: str
    flavours: tuple[str, ...]
    variant: str
    pdf2: bool
    claims: Mapping[str, str]
    declarations: tuple[str, ...] = ()


_ROWS = (
    Profile(
        "ua1+a2a",
        "PDF/UA-1 and PDF/A-2a in one file",
        ("ua1", "2a"),
        "pdf/a-2a",
        pdf2=False,
        claims={"pdfaid:part": "2", "pdfaid:conformance": "A", "pdfuaid:part": "1"},
    ),
    Profile(
        "ua2+a4",
        "PDF/UA-2, Well-Tagged PDF (accessibility and reuse) and PDF/A-4 in one file",
        ("ua2", "wt1a", "wt1r", "4"),
        "pdf/a-4e",
        pdf2=True,
        claims={
            "pdfaid:part": "4",
            "pdfaid:rev": REVISIONS["pdfaid", "4"],
            "pdfuaid:part": "2",
            "pdfuaid:rev": REVISIONS["pdfuaid", "2"],
        },
        declarations=(DECLARATIONS["wt1a"], DECLARATIONS["wt1r"]),
    ),
)

PROFILES = {profile.id: profile for profile in _ROWS}
DEFAULT = "ua1+a2a"


def claim(document: Any, profile: Profile, language: str) -> None:
    """Make `document` write XMP that names every standard of the profile."""
    metadata = document.metadata
    metadata.generate_rdf_metadata = lambda *_claims: rdf(metadata, profile, language)


def rdf(metadata: Any, profile: Profile, language: str) -> bytes:
    """The RDF of a PDF's XMP packet, equal to its document information (ISO 19005-2, 6.6.3)."""
    for prefix, address in NAMESPACES.items():
        ET.register_namespace(prefix, address)
    root = ET.Element(qualified("rdf:RDF"))
    _describe(root, dict(profile.claims))
    _declare(root, profile.declarations)
    if not profile.pdf2:
        root.append(ET.fromstring(PDFUA_SCHEMA))  # noqa: S314  # a constant of ours
    facts = _describe(root, {"pdf:Producer": f"WeasyPrint {_version()}"})
    _alternatives(facts, "dc:title", metadata.title, language)
    _alternatives(facts, "dc:description", metadata.description, language)
    _list(facts, "dc:creator", "rdf:Seq", metadata.authors)
    _list(facts, "dc:language", "rdf:Bag", [language])
    for name, value in _simple(metadata).items():
        ET.SubElement(facts, qualified(name)).text = value
    return bytes(ET.tostring(root, encoding="utf-8"))


def _declare(root: ET.Element, declarations: tuple[str, ...]) -> None:
    """PDF Declarations: a bag of what the file says that it conforms to."""
    if declarations:
        bag = ET.SubElement(_describe(root, {}), qualified("pdfd:declarations"))
        bag = ET.SubElement(bag, qualified("rdf:Bag"))
    for address in declarations:
        item = ET.SubElement(bag, qualified("rdf:li"), {qualified("rdf:parseType"): "Resource"})
        ET.SubElement(item, qualified("pdfd:conformsTo")).text = address


def _simple(metadata: Any) -> dict[str, str]:
    values = {
        "xmp:CreatorTool": OURS,
        "xmp:CreateDate": metadata.created,
        "xmp:ModifyDate": metadata.modified,
        "pdf:Keywords": ", ".join(metadata.keywords),
    }
    return {name: value for name, value in values.items() if value}


def _describe(root: ET.Element, attributes: dict[str, str]) -> ET.Element:
    named = {qualified(key): value for key, value in {"rdf:about": "", **attributes}.items()}
    return ET.SubElement(root, qualified("rdf:Description"), named)


def _alternatives(parent: ET.Element, name: str, value: str | None, language: str) -> None:
    if value:
        alternatives = ET.SubElement(ET.SubElement(parent, qualified(name)), qualified("rdf:Alt"))
        for tag in ("x-default", language):
            item = ET.SubElement(alternatives, qualified("rdf:li"))
            item.set("xml:lang", tag)
            item.text = value


def _list(parent: ET.Element, name: str, kind: str, values: list[str]) -> None:
    if values:
        items = ET.SubElement(ET.SubElement(parent, qualified(name)), qualified(kind))
        for value in values:
            ET.SubElement(items, qualified("rdf:li")).text = value


def _version() -> str:
    from leafpress.pdf.engine import weasyprint

    return str(weasyprint().__version__)
