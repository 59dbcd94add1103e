"""What inputs say of themselves, and what a joined file may say.

A joined file claims only what every input claims, and only while its tags are whole. Whether it
then passes is for a validator to say; what one denies, the caller withholds (`join`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Dictionary, Name, String

from leafpress.joining.limits import PACKET, entry, listed, words
from leafpress.joining.part import Facts, Part
from leafpress.xmp import CONFORMS, ITEM, PDFUA_SCHEMA, RDF, TITLE, WTPDF, claimed

STANDARDS = {
    "ua1": "PDF/UA-1",
    "ua2": "PDF/UA-2",
    "wt1a": "WTPDF 1.0 for accessibility",
    "wt1r": "WTPDF 1.0 for reuse",
    **{f"{part}{level}": f"PDF/A-{part}{level}" for part in "23" for level in "abu"},
    "4": "PDF/A-4",
}
"""veraPDF's flavours that a joined file may claim. Not PDF/A-1, which knows no object streams."""

ACCESSIBLE = frozenset({"ua1", "ua2"})
TAGGED = ACCESSIBLE | {"2a", "3a", "wt1a", "wt1r"}
"""Claims that are about tags."""

OF_PDF2 = frozenset({"ua2", "wt1a", "wt1r"})
"""Claims whose one Document has to be of PDF 2.0's namespace (ISO 14289-2, 8.2.5.2)."""

_WEAKER = {"a": "aub", "u": "ub", "b": "b"}
"""A level of PDF/A holds all below it (ISO 19005-2, 5.1)."""

_DECLARED = {f"{WTPDF}accessibility1.0": "wt1a", f"{WTPDF}reuse1.0": "wt1r"}


def facts(pdf: pikepdf.Pdf, name: str) -> Facts:
    """What a file says of itself. Wrong types count as nothing said."""
    root = pdf.Root
    xmp = _packet(root)
    info = entry(pdf.trailer, "/Info") or Dictionary()
    mark = entry(root, "/MarkInfo") or Dictionary()
    language = words(root.get("/Lang")) or _language_of_tags(root)
    version = max(pdf.pdf_version, str(root.get("/Version", ""))[1:4])
    return Facts(
        name,
        _title(xmp) or words(info.get("/Title")).strip(),
        language if is_language(language) else "",
        version,
        mark.get("/Marked") is True and mark.get("/Suspects", False) is False,
        frozenset(_claims(xmp)) if xmp is not None else frozenset(),
    )


def _language_of_tags(root: Any) -> str:
    """The language of a file's one Document, where the catalogue says none."""
    tree = entry(root, "/StructTreeRoot")
    kids = listed(tree.get("/K")) if tree is not None else []
    only = kids[0] if len(kids) == 1 and isinstance(kids[0], Dictionary) else Dictionary()
    return words(only.get("/Lang"))


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag (BCP 47)."""
    return tag.isascii() and tag[:1].isalpha() and tag.replace("-", "").isalnum() and len(tag) < 64


def _packet(root: Any) -> ET.Element | None:
    stream = root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        return None
    try:
        data = stream.read_bytes()
        # Since 2.4.1 expat stops entities that grow without end; external ones are not read.
        return ET.fromstring(data) if len(data) < PACKET else None  # noqa: S314
    except (ET.ParseError, pikepdf.PdfError, ValueError, LookupError):
        return None


def _title(xmp: ET.Element | None) -> str:
    items = (item for title in _all(xmp, TITLE) for item in title.iter(ITEM))
    return next((" ".join(item.text.split()) for item in items if item.text), "")


def _all(xmp: ET.Element | None, tag: str) -> Iterable[ET.Element]:
    return xmp.iter(tag) if xmp is not None else ()


def _claims(xmp: ET.Element) -> Iterator[str]:
    said = claimed(xmp)
    if said.get("pdfuaid:part") in {"1", "2"}:
        yield f"ua{said['pdfuaid:part']}"
    part, level = said.get("pdfaid:part", ""), said.get("pdfaid:conformance", "").lower()
    if part == "4" and not level:
        yield "4"
    elif part in {"2", "3"} and level in _WEAKER:
        yield from (f"{part}{each}" for each in _WEAKER[level])
    for each in xmp.iter(CONFORMS):
        if (each.text or "").strip() in _DECLARED:
            yield _DECLARED[(each.text or "").strip()]


def strongest(claims: Iterable[str]) -> tuple[str, ...]:
    """Claims without those that another one holds."""
    found = set(claims)
    for part in "23":
        level = next((each for each in "aub" if f"{part}{each}" in found), "")
        found -= {f"{part}{each}" for each in "aub" if each != level}
    return tuple(each for each in STANDARDS if each in found)


def reasons(parts: Sequence[Part], withheld: Mapping[str, str]) -> dict[str, str]:
    """For each claim that one input makes and the joined file must not: why."""
    found: dict[str, str] = {}
    for claim in strongest({each for part in parts for each in part.facts.claims}):
        reason = next(_against(claim, parts), "") or withheld.get(claim, "")
        if reason:
            found[claim] = reason
    return found


def _against(claim: str, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        name = part.facts.name
        if claim not in part.facts.claims:
            yield f"{name} does not claim it"
        if claim in TAGGED and not part.tagged:
            yield f"{name} has no tags"
        if claim in TAGGED and not part.facts.marked:
            yield f"{name} does not say that its tags are in order"
        if claim in TAGGED and part.faults:
            yield f"the tags of {name} do not fit it: {part.faults[0]}"
        if claim in TAGGED and not part.facts.language:
            yield f"{name} does not say in which language it is"
    if claim in TAGGED and len({each for part in parts for each in part.headings}) > 1:
        yield "some headings have a level in their type (H1), and some have none (H)"
    if claim[0] in "23" and len({part.intents for part in parts}) > 1:
        yield "the inputs do not print their colours alike (output intents)"


def kept(parts: Sequence[Part], withheld: Mapping[str, str]) -> tuple[str, ...]:
    """The claims of the joined file."""
    shared = frozenset.intersection(*(part.facts.claims for part in parts))
    return tuple(
        claim
        for claim in strongest(shared)
        if claim not in withheld and not any(_against(claim, parts))
    )


def packet(parts: Sequence[Part], claims: Iterable[str]) -> bytes:
    """The XMP packet of a joined file: the letter's title, all languages, and the claims."""
    letter = parts[0].facts
    said = set(claims)
    body = "".join([_identified(said), _declared(said), _described(letter, parts)])
    head = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    rdf = f'<rdf:RDF xmlns:rdf="{RDF}">{body}</rdf:RDF>'
    meta = f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{rdf}</x:xmpmeta>'
    return f'{head}\n{meta}\n<?xpacket end="r"?>'.encode(errors="replace")


_ID = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"'
_REVISED = {"pdfaid": {"4": "2020"}, "pdfuaid": {"2": "2024"}}
"""The years that PDF/A-4 and PDF/UA-2 want named (ISO 19005-4, 6.7.3; ISO 14289-2, clause 5)."""


def _identified(said: set[str]) -> str:
    rows: dict[str, str] = {}
    for claim in sorted(said & STANDARDS.keys()):
        if claim[:2] == "ua":
            rows |= {"pdfuaid:part": claim[2]} | _year("pdfuaid", claim[2])
        elif claim[0] in "234":
            rows |= {"pdfaid:part": claim[0]} | _year("pdfaid", claim[0])
            rows |= {"pdfaid:conformance": claim[1].upper()} if claim[1:] else {}
    if not rows:
        return ""
    attributes = " ".join(f'{key}="{value}"' for key, value in rows.items())
    needs_schema = "ua1" in said and any(key.startswith("pdfaid") for key in rows)
    schema = PDFUA_SCHEMA if needs_schema else ""
    return f'<rdf:Description rdf:about="" {_ID} {attributes}/>{schema}'


def _year(space: str, part: str) -> dict[str, str]:
    year = _REVISED[space].get(part)
    return {f"{space}:rev": year} if year else {}


def _declared(said: set[str]) -> str:
    addresses = [address for address, claim in _DECLARED.items() if claim in said]
    items = "".join(
        f'<rdf:li rdf:parseType="Resource"><pdfd:conformsTo>{each}</pdfd:conformsTo></rdf:li>'
        for each in addresses
    )
    if not items:
        return ""
    bag = f"<pdfd:declarations><rdf:Bag>{items}</rdf:Bag></pdfd:declarations>"
    return f'<rdf:Description rdf:about="" xmlns:pdfd="http://pdfa.org/declarations/">{bag}</rdf:Description>'


def _described(letter: Facts, parts: Sequence[Part]) -> str:
    languages = dict.fromkeys(part.facts.language for part in parts if part.facts.language)
    rows = []
    if letter.title:
        title = f'<rdf:li xml:lang="x-default">{_safe(letter.title)}</rdf:li>'
        rows.append(f"<dc:title><rdf:Alt>{title}</rdf:Alt></dc:title>")
    if languages:
        items = "".join(f"<rdf:li>{each}</rdf:li>" for each in languages)
        rows.append(f"<dc:language><rdf:Bag>{items}</rdf:Bag></dc:language>")
    rows.append("<pdf:Producer>leafpress</pdf:Producer>")
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
    return f'<rdf:Description rdf:about="" {spaces}>{"".join(rows)}</rdf:Description>'


def _safe(text: str) -> str:
    """Text for XML: without the control characters that XML forbids."""
    return escape("".join(each for each in text if each >= " " and each not in "\ufffe\uffff"))


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
        info = {"/Title": letter.title, "/Producer": "leafpress"}
        pdf.trailer.Info = pdf.make_indirect(
            Dictionary({key: String(value) for key, value in info.items() if value})
        )


def version(parts: Sequence[Part]) -> str:
    """The version of PDF that a joined file has."""
    return max("1.7", *(part.facts.version for part in parts))
