"""What no PDF of ours holds (P119): whatever acts, plays, hides, is filled in, or lies behind.

A file without films, scripts and fields keeps most of what WCAG and the Matterhorn Protocol ask of
them; so it is asked whether there are none. Everything that is not known is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Dictionary

from leafpress.pdf_objects import dictionary_at, entries_of, items_at, name_at, value_at
from leafpress.proof.tags.tagged import Tagged

_OF_CATALOGS = frozenset(
    {
        *("/Type", "/Pages", "/Lang", "/MarkInfo", "/Metadata", "/Names", "/Outlines"),
        *("/OutputIntents", "/PageLabels", "/StructTreeRoot", "/ViewerPreferences"),
    }
)
_OF_PAGES = frozenset(
    {
        *("/Type", "/Parent", "/Contents", "/Resources", "/MediaBox", "/BleedBox", "/TrimBox"),
        *("/Annots", "/StructParents", "/Tabs"),
    }
)
_OF_LINKS = frozenset(
    {"/Type", "/Subtype", "/A", "/BS", "/Contents", "/F", "/Rect", "/StructParent"}
)
_DESTINATIONS = frozenset({"/Dests"})
_DO = frozenset({"/URI", "/GoTo"})
"""A link leads to an address, or to a place in the document (ISO 32000-1, table 198)."""


def unknown(tagged: Tagged) -> Iterator[str]:
    """Entries of the catalog, of names, of pages and of links that ours do not have."""
    root = tagged.pdf.Root
    yield from _beyond("the document", root, _OF_CATALOGS)
    yield from _beyond("the document's names", dictionary_at(root, "/Names"), _DESTINATIONS)
    if tagged.pdf.is_encrypted:
        yield "the file is locked"
    for number, page in enumerate(tagged.pdf.pages, start=1):
        yield from _beyond(f"page {number}", page.obj, _OF_PAGES)
        for annotation in items_at(page.obj, "/Annots"):
            yield from _annotation(annotation, number)


def _annotation(annotation: object, number: int) -> Iterator[str]:
    kind = name_at(annotation, "/Subtype")
    if kind != "/Link" or not isinstance(annotation, Dictionary):
        yield f"page {number} has something to fill in, play or open: {kind[1:]}"
        return
    yield from _beyond(f"a link on page {number}", annotation, _OF_LINKS)
    action = dictionary_at(annotation, "/A")
    does = name_at(action, "/S")
    if does not in _DO:
        yield f"a link on page {number} does something else than lead somewhere: {does[1:]}"
    if value_at(action, "/Next") is not None or value_at(action, "/IsMap") is not None:
        yield f"a link on page {number} does more than lead somewhere"


def _beyond(where: str, holder: Dictionary | None, known: frozenset[str]) -> Iterator[str]:
    for key in entries_of(holder):
        if key not in known:
            yield f"{where} has what no leaflet has: {key[1:]}"
