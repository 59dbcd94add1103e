"""The pack as XLIFF 1.2 (OASIS, 1 February 2008), for translators' tools."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree
from moz.l10n.formats.xliff.serialize import set_pattern

from leafpress.review.protect import ProtectedPieces
from leafpress.review.rows import ReviewRow
from leafpress.translation.language import SOURCE, Language

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"

OURS = "leafpress"
"""Who wrote the notes that are no remarks of a translator (`from`)."""

CONTEXT = "x-gettext-msgctxt"
"""Kind of a context that the standard does not list (section 2.3, `context-type`)."""

GUESS = "needs-review-translation"
"""State of a translation whose English has changed (section 2.3, `state`)."""


def as_xliff(subject: str, language: Language, rows: Sequence[ReviewRow]) -> bytes:
    """The bytes of the file: a `trans-unit` a row, its id the row's number and code."""
    root = etree.Element("xliff", {"version": "1.2"}, nsmap={None: NAMESPACE})
    facts = {
        "original": subject,
        "datatype": "plaintext",
        "source-language": SOURCE,
        "target-language": language.tag,
    }
    file = etree.SubElement(root, "file", facts)
    body = etree.SubElement(file, "body")
    body.text = "\n"
    for row in rows:
        _unit(body, row).tail = "\n"
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _unit(body: etree._Element, row: ReviewRow) -> etree._Element:
    attributes = {"id": f"{row.number}-{row.code(row.words)}"}
    if row.limit:
        attributes |= {"maxwidth": str(row.limit), "size-unit": "char"}
    unit = etree.SubElement(body, "trans-unit", attributes)
    pieces = ProtectedPieces.of(row.english)
    set_pattern(etree.SubElement(unit, "source"), pieces.encode(row.english))
    target = etree.SubElement(unit, "target")
    set_pattern(target, pieces.encode(row.words))
    if state_of(row):
        target.set("state", state_of(row))
    context, _, _ = row.key
    if context:
        group = etree.SubElement(unit, "context-group", {"purpose": "information"})
        etree.SubElement(group, "context", {"context-type": CONTEXT}).text = context
    for note in _notes(row):
        etree.SubElement(unit, "note", {"from": OURS}).text = note
    return unit


def state_of(row: ReviewRow) -> str:
    """The state of a row's target as it is sent; "" where there is nothing to do."""
    if row.guess:
        return GUESS
    return "" if row.words else "new"


def _notes(row: ReviewRow) -> list[str]:
    safety = ["About safety."] if row.safety else []
    limit = [f"max-length: {row.limit}"] if row.limit else []
    return [row.place, *safety, *limit]
