"""Links that say nothing of where they lead, in letters that claim to be accessible.

Such a link breaks the claim (ISO 14289-1, 7.18.5): it shall have a description in `/Contents`.
LibreOffice 7 wrote one and 25.2 does not. The address is what WeasyPrint and Typst write there.
"""

from __future__ import annotations

from pikepdf import Dictionary, String

from leafpress.findings import Span
from leafpress.joining.annotations import PageContents
from leafpress.joining.conformance_claims import ACCESSIBLE
from leafpress.joining.parent_tree import ParentTree
from leafpress.joining.part import PartBuilder
from leafpress.pdf_objects import dictionary_at, integer_at, text_at
from leafpress.rules import finding

HIDDEN = 2
"""The flag of an annotation that nobody meets (ISO 32000-1, table 165)."""


def describe_links(part: PartBuilder, contents: PageContents, parents: ParentTree) -> None:
    """Describe links by their address; one that leads elsewhere is a fault of the letter.

    So is one without a tag: a listener does not come to it.
    """
    if ACCESSIBLE.isdisjoint(part.facts.claims):
        return
    links = [annotation for annotation, _ in contents.annotations if _is_seen(annotation)]
    if not all(parents.has_object(link.objgen) for link in links):
        part.faults.add("a link has no tag")
    mute = [link for link in links if not text_at(link, "/Contents").strip()]
    count = 0
    for link in mute:
        address = text_at(dictionary_at(link, "/A"), "/URI")
        if address:
            link.Contents = String(address)
            count += 1
    if count:
        part.findings.append(finding("E099", Span(part.facts.name), count=count))
    if count < len(mute):
        part.faults.add("a link has no description of where it leads")


def _is_seen(annotation: Dictionary) -> bool:
    """Whether an annotation is a link that somebody can meet."""
    is_hidden = (integer_at(annotation, "/F") or 0) & HIDDEN
    return annotation.get("/Subtype") == "/Link" and not is_hidden
