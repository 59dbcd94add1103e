"""What a joined file says of itself: metadata (XMP), title, language, version."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

from leafpress.joining.conformance_claims import STANDARDS
from leafpress.joining.part import Part
from leafpress.xmp import DECLARATIONS, NAMESPACES, PDFUA_SCHEMA, RDF, REVISIONS


def describe(pdf: pikepdf.Pdf, parts: Sequence[Part], claims: tuple[str, ...]) -> None:
    """Write what the joined file says of itself."""
    letter, root = parts[0].facts, pdf.Root
    root.Metadata = pdf.make_stream(packet(parts, claims))
    root.Metadata.Type, root.Metadata.Subtype = Name.Metadata, Name.XML
    tagged = all(part.tagged and part.facts.marked for part in parts)
    root.MarkInfo = Dictionary(Marked=tagged)
    if letter.language:
        root.Lang = String(letter.language)
    if version(parts) < "2.0":  # PDF 2.0 knows the packet only (ISO 32000-2, 14.3.3)
        pdf.trailer.Info = pdf.make_indirect(_information(letter.title))


def _information(title: str) -> Dictionary:
    """The document information that older readers show."""
    information = Dictionary(Producer=String("leafpress"))
    if title:
        information.Title = String(title)
    return information


def version(parts: Sequence[Part]) -> str:
    """The version of PDF that a joined file has."""
    return max("1.7", *(part.facts.version for part in parts))


def packet(parts: Sequence[Part], claims: Collection[str]) -> bytes:
    """The XMP packet of a joined file: the letter's title, all languages, and the claims.

    Written as text, where `pdf/metadata.py` uses ElementTree: one is made for every letter.
    """
    body = _identified(claims) + _declared(claims) + _described(parts)
    head = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    rdf = f'<rdf:RDF xmlns:rdf="{RDF}">{body}</rdf:RDF>'
    meta = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
    return f'{head}\n{meta}\n<?xpacket end="r"?>'.encode(errors="replace")


def _identified(claims: Collection[str]) -> str:
    """The standards of ISO: which part, which level, and the year of those that want it."""
    properties: dict[str, str] = {}
    for claim in sorted(STANDARDS.keys() & set(claims)):
        if claim[:2] == "ua":
            properties |= _of_standard("pdfuaid", claim[2])
        elif claim[0] in "234":
            properties |= _of_standard("pdfaid", claim[0])
            if claim[1:]:
                properties["pdfaid:conformance"] = claim[1:].upper()
    if not properties:
        return ""
    attributes = " ".join(f'{key}="{value}"' for key, value in properties.items())
    claims_pdfa = any(key.startswith("pdfaid") for key in properties)
    schema = PDFUA_SCHEMA if "ua1" in claims and claims_pdfa else ""
    return f'<rdf:Description rdf:about="" {_spaces("pdfaid", "pdfuaid")} {attributes}/>{schema}'


def _of_standard(prefix: str, part: str) -> dict[str, str]:
    properties = {f"{prefix}:part": part}
    if (prefix, part) in REVISIONS:
        properties[f"{prefix}:rev"] = REVISIONS[prefix, part]
    return properties


def _declared(claims: Collection[str]) -> str:
    """Claims that are made by an address (PDF Declarations)."""
    items = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{address}</pdfd:conformsTo></rdf:li>'
        for claim, address in DECLARATIONS.items()
        if claim in claims
    )
    if not items:
        return ""
    bag = f"<pdfd:declarations><rdf:Bag>{items}</rdf:Bag></pdfd:declarations>"
    return f'<rdf:Description rdf:about="" {_spaces("pdfd")}>{bag}</rdf:Description>'


def _described(parts: Sequence[Part]) -> str:
    """The letter's title, and the languages of all parts."""
    rows = []
    title = parts[0].facts.title
    if title:
        item = f'<rdf:li xml:lang="x-default">{_safe(title)}</rdf:li>'
        rows.append(f"<dc:title><rdf:Alt>{item}</rdf:Alt></dc:title>")
    languages = dict.fromkeys(part.facts.language for part in parts if part.facts.language)
    if languages:
        items = "".join(f"<rdf:li>{language}</rdf:li>" for language in languages)
        rows.append(f"<dc:language><rdf:Bag>{items}</rdf:Bag></dc:language>")
    rows.append("<pdf:Producer>leafpress</pdf:Producer>")
    return f'<rdf:Description rdf:about="" {_spaces("dc", "pdf")}>{"".join(rows)}</rdf:Description>'


def _spaces(*prefixes: str) -> str:
    """Declarations of namespaces."""
    return " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in prefixes)


def _safe(text: str) -> str:
    """Text for XML: without the control characters that XML forbids."""
    allowed = [character for character in text if character >= " " and character not in _NEVER]
    return escape("".join(allowed))


_NEVER = "\ufffe\uffff"
"""What is no character at all (XML 1.0, 2.2)."""
