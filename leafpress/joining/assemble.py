"""One catalogue for all parts: the letter's objects behind the leaflets' (`written`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leafpress.joining import acroform, conformance_claims, deduplicate, navigation, writer
from leafpress.joining.leaflet_set import Bundle, emptied, place
from leafpress.joining.limits import copied, entry, words
from leafpress.joining.part import Part
from leafpress.pdf_objects import PDF2_NAMESPACE

_PREFERENCES = ("/PrintScaling", "/Duplex", "/PickTrayByPDFSize", "/NumCopies")
"""The letter's wishes that are kept: a window envelope wants the address where it was."""


def assemble(source: pikepdf.Pdf, letter: Part, bundle: Bundle, claims: tuple[str, ...]) -> bytes:
    """The joined file of a letter, in `source`, and a set of leaflets."""
    pdf = bundle.reserve()
    pdf.trailer.Root = pdf.make_indirect(Dictionary(Type=Name.Catalog))
    pdf.Root.ViewerPreferences = _preferences(source.Root)
    emptied(source, letter)
    holder = copied(pdf, letter.holder, letter.nesting)
    parts = [replace(letter, holder=holder), *bundle.placed(pdf)]
    anchors = {key: pdf.get_object(number, 0) for key, number in bundle.anchors.items()}
    _pages(pdf, parts, anchors["/Pages"])
    _tree(pdf, parts, anchors["/Document"], claims)
    _bookmarks(pdf, parts, anchors)
    _rest(pdf, parts)
    conformance_claims.describe(pdf, parts, claims)
    shared = _share(pdf, bundle)
    end = pdf.make_indirect(Dictionary()).objgen[0]
    numbers = {*bundle.anchors.values(), *range(bundle.base.last + 1, end)}
    own = sorted(numbers - shared - {holder.objgen[0]})
    return writer.join(bundle.base, pdf, own, conformance_claims.version(parts))


def _share(pdf: pikepdf.Pdf, bundle: Bundle) -> set[int]:
    """Lead the letter's references to streams that the base has to those; what is left over."""
    own = [each for each in deduplicate.streams(pdf) if each.objgen[0] > bundle.base.last]
    same = dict(deduplicate.doubles(own, bundle.streams))
    if same:
        deduplicate.redirect(pdf.objects, {key: place(pdf, number) for key, number in same.items()})
    return {number for number, _ in same}


def _preferences(root: Any) -> Any:
    own = entry(root, "/ViewerPreferences") or Dictionary()
    kept = {key: own[key] for key in _PREFERENCES if isinstance(own.get(key), Name | int | bool)}
    return Dictionary({**kept, "/DisplayDocTitle": True})


def _pages(pdf: pikepdf.Pdf, parts: Sequence[Part], tree: Any) -> None:
    """All pages below one node, and the labels of each part's pages from where it begins."""
    pages = [page for part in parts for page in part.holder.Pages]
    tree.Type, tree.Kids, tree.Count = Name.Pages, Array(pages), len(pages)
    for page in parts[0].holder.Pages:
        page.Type, page.Parent = Name.Page, tree
    pdf.Root.Pages = tree
    pdf.Root.PageLabels = Dictionary(Nums=Array(list(_labels(parts))))


def _labels(parts: Sequence[Part]) -> Iterator[Any]:
    first = 0
    for part in parts:
        own = list(part.holder.Labels)
        for index, label in zip(own[::2], own[1::2], strict=True):
            yield from (index + first, label)
        first += part.pages


def _tree(pdf: pikepdf.Pdf, parts: Sequence[Part], document: Any, claims: tuple[str, ...]) -> None:
    """StructTreeRoot, one Document in the letter's language, one Part for each tagged input."""
    tagged = [part for part in parts if part.tagged]
    if not tagged:
        return
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array([document])))
    document.Type, document.S, document.P = Name.StructElem, Name.Document, tree
    document.K = Array([part.holder.Tree for part in tagged])
    if parts[0].facts.language:
        document.Lang = String(parts[0].facts.language)
    if parts[0].tagged:
        parts[0].holder.Tree.P = document
    _indices(pdf, parts, tree)
    mapped = {key: Name(value) for part in tagged for key, value in part.roles.items() if value}
    classes = {key: value for part in tagged for key, value in part.holder.Classes.items()}
    spaces = {space.objgen: space for part in tagged for space in part.holder.Spaces}
    if conformance_claims.OF_PDF2 & {*claims}:
        document.NS = _of_pdf2(pdf, parts[0].holder.Spaces)
        spaces[document.NS.objgen] = document.NS
    for key, value in {
        "/RoleMap": Dictionary(mapped) if mapped else None,
        "/ClassMap": Dictionary(classes) if classes else None,
        "/Namespaces": Array(list(spaces.values())) if spaces else None,
    }.items():
        if value is not None:
            tree[key] = value
    pdf.Root.StructTreeRoot = tree


def _of_pdf2(pdf: pikepdf.Pdf, spaces: Any) -> Any:
    """PDF 2.0's namespace: the letter's, or a new one."""
    new = Dictionary(Type=Name.Namespace, NS=String(PDF2_NAMESPACE))
    own = [each for each in spaces if words(each.get("/NS")) == PDF2_NAMESPACE]
    return own[0] if own else pdf.make_indirect(new)


def _indices(pdf: pikepdf.Pdf, parts: Sequence[Part], tree: Any) -> None:
    """The parent tree, leaflets' keys first, and the tree of IDs."""
    letter, *leaflets = parts
    nodes = [part.holder.Numbers for part in leaflets if "/Numbers" in part.holder]
    own = letter.holder.get("/Numbers")
    if own is not None:
        limits = Array([own[0], own[len(own) - 2]])
        nodes.append(Dictionary(Limits=limits, Nums=own))
    tree.ParentTree = _rooted(pdf, nodes)
    tree.ParentTreeNextKey = max(part.naming.base + part.keys for part in parts)
    ids = _named(parts, "/Ids")
    if ids:
        tree.IDTree = _rooted(pdf, ids)


def _named(parts: Sequence[Part], key: str) -> list[Any]:
    nodes = [part.holder[key] for part in parts[1:] if key in part.holder]
    return navigation.named(parts[0].holder.get(key), nodes)


def _rooted(pdf: pikepdf.Pdf, nodes: list[Any]) -> Any:
    kids = [each if each.is_indirect else pdf.make_indirect(each) for each in nodes]
    return pdf.make_indirect(Dictionary(Kids=Array(kids)))


def _bookmarks(pdf: pikepdf.Pdf, parts: Sequence[Part], anchors: dict[str, Any]) -> None:
    """A bookmark for each part. The leaflets' are linked in the base, behind the letter's."""
    letter, outlines = anchors["/Letter"], anchors["/Outlines"]
    marks = [letter, *(part.holder.Mark for part in parts[1:])]
    navigation.mark(parts[0], letter)
    letter.Parent = outlines
    if len(marks) > 1:
        letter.Next = marks[1]
    outlines.Type, outlines.Count = Name.Outlines, len(marks)
    outlines.First, outlines.Last = letter, marks[-1]
    pdf.Root.Outlines = outlines


def _rest(pdf: pikepdf.Pdf, parts: Sequence[Part]) -> None:
    places = _named(parts, "/Names")
    if places:
        pdf.Root.Names = Dictionary(Dests=_rooted(pdf, places))
    for key, value in {
        "/AcroForm": acroform.forms(parts),
        "/OCProperties": acroform.layers(parts),
    }.items():
        if value is not None:
            pdf.Root[key] = value
    intents = {part.intents for part in parts}
    if len(intents) == 1 and "/Intents" in parts[0].holder:
        pdf.Root.OutputIntents = parts[0].holder.Intents
