"""What an input says of itself: title, language, version, and the standards that it claims."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pikepdf
from pikepdf import Object

from leafpress.joining.conformance_claims import DECLARED, LEVELS_HELD
from leafpress.joining.part import Facts
from leafpress.pdf_objects import dictionary_at, text_at, value_at
from leafpress.structure_reader import structure_tree
from leafpress.xmp import CONFORMS, TITLE, claimed, items, packet


def document_facts(pdf: pikepdf.Pdf, name: str) -> Facts:
    """What a file says of itself. Wrong types count as nothing said.

    Args:
        name: the file, as messages call it.
    """
    root = pdf.Root
    xmp = packet(root)
    info = dictionary_at(pdf.trailer, "/Info")
    marks = dictionary_at(root, "/MarkInfo")
    language = text_at(root, "/Lang") or _language_of_tags(root)
    version = max(pdf.pdf_version, str(value_at(root, "/Version") or "")[1:4])
    return Facts(
        name=name,
        title=_title(xmp) or text_at(info, "/Title").strip(),
        language=language if is_language(language) else "",
        version=version,
        marked=value_at(marks, "/Marked") is True and not _is_suspect(marks),
        claims=frozenset() if xmp is None else frozenset(_claims(xmp)),
    )


def _title(xmp: ET.Element | None) -> str:
    """The first title with words, on one line; "" without one."""
    titles = [] if xmp is None else items(xmp, TITLE)
    return next((" ".join(title.split()) for title in titles if title), "")


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag (BCP 47)."""
    return tag.isascii() and tag[:1].isalpha() and tag.replace("-", "").isalnum() and len(tag) < 64


def _is_suspect(marks: Object | None) -> bool:
    """Whether a file says that its tags may be wrong (ISO 32000-1, table 321)."""
    suspects = value_at(marks, "/Suspects")
    return suspects is not None and suspects is not False


def _language_of_tags(root: Object) -> str:
    """The language of a file's one Document, where the root says none."""
    tree = structure_tree(root)
    elements = [] if tree is None else tree.elements()
    return (elements[0].language or "") if len(elements) == 1 else ""


def _claims(xmp: ET.Element) -> Iterator[str]:
    """The flavours of veraPDF that metadata claims, and those that these hold."""
    properties = claimed(xmp)
    if properties.get("pdfuaid:part") in {"1", "2"}:
        yield f"ua{properties['pdfuaid:part']}"
    part = properties.get("pdfaid:part", "")
    level = properties.get("pdfaid:conformance", "").lower()
    if part == "4" and not level:
        yield "4"
    elif part in {"2", "3"} and level in LEVELS_HELD:
        yield from (f"{part}{held}" for held in LEVELS_HELD[level])
    for element in xmp.iter(CONFORMS):
        address = (element.text or "").strip()
        if address in DECLARED:
            yield DECLARED[address]
