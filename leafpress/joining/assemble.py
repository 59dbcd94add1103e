"""One root for all parts: the letter's objects behind the leaflets' (`xref_writer`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from leafpress.joining import acroform, deduplicate, joined_metadata, navigation, xref_writer
from leafpress.joining.conformance_claims import OF_PDF2
from leafpress.joining.copying import copied
from leafpress.joining.leaflet_set import LeafletSet, base_object, take_pages_out
from leafpress.joining.optional_content import joined_layers
from leafpress.joining.part import Part, PlacedPart
from leafpress.pdf_objects import (
    PDF2_NAMESPACE,
    ObjectRef,
    array_at,
    dictionaries_at,
    dictionary_at,
    text_at,
)

_PREFERENCES = ("/PrintScaling", "/Duplex", "/PickTrayByPDFSize", "/NumCopies")
"""The letter's wishes that are kept: a window envelope wants the address where it was."""


def assemble(
    source: pikepdf.Pdf, letter: PlacedPart, leaflets: LeafletSet, claims: tuple[str, ...]
) -> bytes:
    """The joined file of a letter, in `source`, and a set of leaflets.

    Args:
        claims: what the joined file claims, as veraPDF's flavours.
    """
    pdf = leaflets.new_file()
    pdf.trailer.Root = pdf.make_indirect(Dictionary(Type=Name.Catalog))
    pdf.Root.ViewerPreferences = _preferences(source.Root)
    take_pages_out(source, letter.holder)
    holder = copied(pdf, letter.holder, letter.part.nesting)
    inputs = [PlacedPart(letter.part, holder), *leaflets.placed_in(pdf)]
    parts = [placed.part for placed in inputs]
    anchors = {key: pdf.get_object(number, 0) for key, number in leaflets.anchors.items()}
    _pages(pdf, inputs, anchors["/Pages"])
    _tags(pdf, inputs, anchors["/Document"], claims)
    _bookmarks(pdf, inputs, anchors)
    _rest(pdf, inputs)
    joined_metadata.describe(pdf, parts, claims)
    shared = _share(pdf, leaflets)
    own = _own_numbers(pdf, leaflets) - shared - {holder.objgen[0]}
    version = joined_metadata.version(parts)
    return xref_writer.write_joined(leaflets.base, pdf, sorted(own), version)


def _own_numbers(pdf: pikepdf.Pdf, leaflets: LeafletSet) -> set[int]:
    """The numbers of the letter's objects: the anchors, and all behind the base."""
    end = pdf.make_indirect(Dictionary()).objgen[0]
    return {*leaflets.anchors.values(), *range(leaflets.base.last + 1, end)}


def _share(pdf: pikepdf.Pdf, leaflets: LeafletSet) -> set[int]:
    """Lead the letter's references to streams that the base has to those; what is left over."""
    streams = deduplicate.streams(pdf)
    own = [stream for stream in streams if stream.objgen[0] > leaflets.base.last]
    same = dict(deduplicate.duplicates(own, leaflets.streams))
    if same:
        originals = {ref: base_object(pdf, number) for ref, number in same.items()}
        deduplicate.redirect(pdf.objects, originals)
    return {number for number, _ in same}


def _preferences(root: Object) -> Dictionary:
    """How the letter wants to be printed; and that its title is shown."""
    kept = Dictionary(DisplayDocTitle=True)
    own = dictionary_at(root, "/ViewerPreferences")
    for key in _PREFERENCES:
        value: object = None if own is None else own.get(key)
        if isinstance(value, Name | int | bool):
            kept[key] = value
    return kept


def _pages(pdf: pikepdf.Pdf, inputs: Sequence[PlacedPart], tree: Object) -> None:
    """All pages below one node, and the labels of each part's pages from where it begins."""
    pages = [page for placed in inputs for page in placed.holder.Pages]
    tree.Type, tree.Kids, tree.Count = Name.Pages, Array(pages), len(pages)
    for page in inputs[0].holder.Pages:
        page.Type, page.Parent = Name.Page, tree
    pdf.Root.Pages = tree
    pdf.Root.PageLabels = Dictionary(Nums=Array(_labels(inputs)))


def _labels(inputs: Sequence[PlacedPart]) -> list[object]:
    labels: list[object] = []
    first = 0
    for placed in inputs:
        own = list(placed.holder.Labels)
        for index, label in zip(own[::2], own[1::2], strict=True):
            labels += [int(index) + first, label]
        first += placed.part.pages
    return labels


def _tags(
    pdf: pikepdf.Pdf, inputs: Sequence[PlacedPart], document: Object, claims: tuple[str, ...]
) -> None:
    """StructTreeRoot, one Document in the letter's language, one Part for each tagged input."""
    tagged = [placed for placed in inputs if placed.part.tagged]
    if not tagged:
        return
    letter = inputs[0]
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.Type, document.S, document.P = Name.StructElem, Name.Document, tree
    document.K = Array([placed.holder.Tree for placed in tagged])
    if letter.part.facts.language:
        document.Lang = String(letter.part.facts.language)
    if letter.part.tagged:
        letter.holder.Tree.P = document
    _indices(pdf, inputs, tree)
    _put_map(tree, "/RoleMap", _role_map([placed.part for placed in tagged]))
    _put_map(tree, "/ClassMap", _class_map([placed.holder for placed in tagged]))
    namespaces = _namespaces([placed.holder for placed in tagged])
    if OF_PDF2 & {*claims}:
        document.NS = _namespace_of_pdf2(pdf, letter.holder)
        namespaces[document.NS.objgen] = document.NS
    if namespaces:
        tree.Namespaces = Array(list(namespaces.values()))
    pdf.Root.StructTreeRoot = tree


def _put_map(tree: Dictionary, key: str, entries: Mapping[str, object]) -> None:
    if entries:
        tree[key] = Dictionary(entries)


def _role_map(parts: Sequence[Part]) -> dict[str, Name]:
    mapped: dict[str, Name] = {}
    for part in parts:
        mapped |= {role: Name(standard) for role, standard in part.roles.items() if standard}
    return mapped


def _class_map(holders: Sequence[Dictionary]) -> dict[str, Object]:
    classes: dict[str, Object] = {}
    for holder in holders:
        classes |= dict(holder.Classes.items())
    return classes


def _namespaces(holders: Sequence[Dictionary]) -> dict[ObjectRef, Object]:
    return {space.objgen: space for holder in holders for space in holder.Spaces}


def _namespace_of_pdf2(pdf: pikepdf.Pdf, letter: Dictionary) -> Object:
    """PDF 2.0's namespace: the letter's, or a new one."""
    for space in dictionaries_at(letter, "/Spaces"):
        if text_at(space, "/NS") == PDF2_NAMESPACE:
            return space
    return pdf.make_indirect(Dictionary(Type=Name.Namespace, NS=String(PDF2_NAMESPACE)))


def _indices(pdf: pikepdf.Pdf, inputs: Sequence[PlacedPart], tree: Dictionary) -> None:
    """The parent tree, leaflets' keys first, and the tree of IDs."""
    letter, *leaflets = inputs
    nodes = [placed.holder.Numbers for placed in leaflets if "/Numbers" in placed.holder]
    own = array_at(letter.holder, "/Numbers")
    if own is not None:
        limits = Array([own[0], own[len(own) - 2]])
        nodes.append(Dictionary(Limits=limits, Nums=own))
    tree.ParentTree = _root_of(pdf, nodes)
    tree.ParentTreeNextKey = max(_next_key(placed.part) for placed in inputs)
    ids = _named(inputs, "/Ids")
    if ids:
        tree.IDTree = _root_of(pdf, ids)


def _next_key(part: Part) -> int:
    return part.naming.first_key + part.keys


def _named(inputs: Sequence[PlacedPart], key: str) -> list[Object]:
    """The nodes of a name tree: what is at `key` of the holders."""
    nodes = [placed.holder[key] for placed in inputs[1:] if key in placed.holder]
    return navigation.named_nodes(array_at(inputs[0].holder, key), nodes)


def _root_of(pdf: pikepdf.Pdf, nodes: Sequence[Object]) -> Dictionary:
    """A tree's root, above nodes that are made objects of their own."""
    kids = [node if node.is_indirect else pdf.make_indirect(node) for node in nodes]
    return pdf.make_indirect(Dictionary(Kids=Array(kids)))


def _bookmarks(
    pdf: pikepdf.Pdf, inputs: Sequence[PlacedPart], anchors: Mapping[str, Object]
) -> None:
    """A bookmark for each part. The leaflets' are linked in the base, behind the letter's."""
    letter, outlines = anchors["/Letter"], anchors["/Outlines"]
    bookmarks = [letter, *(placed.holder.Mark for placed in inputs[1:])]
    navigation.describe_part(inputs[0], letter)
    letter.Parent = outlines
    if len(bookmarks) > 1:
        letter.Next = bookmarks[1]
    outlines.Type, outlines.Count = Name.Outlines, len(bookmarks)
    outlines.First, outlines.Last = letter, bookmarks[-1]
    pdf.Root.Outlines = outlines


def _rest(pdf: pikepdf.Pdf, inputs: Sequence[PlacedPart]) -> None:
    """Named destinations, form, layers, and the output intents that all parts share."""
    holders = [placed.holder for placed in inputs]
    destinations = _named(inputs, "/Names")
    if destinations:
        pdf.Root.Names = Dictionary(Dests=_root_of(pdf, destinations))
    form = acroform.joined_form(holders)
    if form is not None:
        pdf.Root.AcroForm = form
    layers = joined_layers(holders)
    if layers is not None:
        pdf.Root.OCProperties = layers
    intents = {placed.part.intents for placed in inputs}
    if len(intents) == 1 and "/Intents" in holders[0]:
        pdf.Root.OutputIntents = holders[0].Intents
