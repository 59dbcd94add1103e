"""A set of leaflets, made ready once for every letter that gets it.

The leaflets are copied into one file, which is written as the *base* of all joined files
(`xref_writer`). A letter's file is made beside it: where something of the letter leads to an
object of the base, a stand-in of the same number is written, and at the end only the letter's own
objects are added to the base's bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from leafpress.findings import Finding
from leafpress.joining import acroform, deduplicate, navigation, xref_writer
from leafpress.joining.copying import copied
from leafpress.joining.gather import gather
from leafpress.joining.part import Naming, Part, PlacedPart

ANCHORS = ("/Pages", "/Document", "/Outlines", "/Letter")
"""Objects of the base that leaflets point at, and each letter writes: the tree of pages, the
topmost element, the bookmarks, and the letter's bookmark, which the first leaflet's follows."""


@dataclass(frozen=True, slots=True)
class BaseObject:
    """An object of the base, by its number."""

    number: int


Described: TypeAlias = object
"""A value in no file: objects as `BaseObject`s, the rest as dicts, lists and plain values."""


@dataclass(frozen=True, slots=True)
class LeafletSet:
    """Leaflets that wait for a letter.

    Args:
        base: their objects as they stand in every joined file.
        parts: what is known of each.
        holders: the holder of each, described.
        anchors: the number of each of `ANCHORS`.
        streams: what the base's streams hold, so that a letter's equal ones are left out.
        renamed: form fields whose names were taken.
    """

    base: xref_writer.PreparedObjects
    parts: tuple[Part, ...]
    holders: tuple[dict[str, Described], ...]
    anchors: dict[str, int]
    streams: deduplicate.Digests
    renamed: tuple[Finding, ...] = ()

    @property
    def keys(self) -> int:
        """How many keys of the parent tree are used."""
        return sum(part.keys for part in self.parts)

    def new_file(self) -> pikepdf.Pdf:
        """A new file whose own objects will be numbered after the base's."""
        pdf = pikepdf.new()
        _reserve(pdf, max(self.base.last, 2))
        for number in self.anchors.values():
            _reserve(pdf, number)
        return pdf

    def placed_in(self, pdf: pikepdf.Pdf) -> list[PlacedPart]:
        """The parts with holders that point at the base's objects, for use in `pdf`."""
        return [
            PlacedPart(part, _dictionary_in_file(holder, pdf))
            for part, holder in zip(self.parts, self.holders, strict=True)
        ]


def base_object(pdf: pikepdf.Pdf, number: int) -> Object:
    """A stand-in in `pdf` that is written as a reference to the base's object `number`."""
    if pdf.get_object(number, 0) is None:
        _reserve(pdf, number)
    return pdf.get_object(number, 0)


def _reserve(pdf: pikepdf.Pdf, number: int) -> None:
    """Make sure that there is an object `number`: what comes next gets a higher one."""
    pdf._replace_object((number, 0), Dictionary())


def make_leaflet_set(leaflets: Sequence[tuple[str, bytes]], avoided: frozenset[str]) -> LeafletSet:
    """Gather leaflets (a name and the bytes of each) into a base.

    Args:
        avoided: names of form fields that the letter has.

    Raises:
        Problem: one of them may not be joined (E001 to E011).
    """
    pdf, first_key = pikepdf.new(), 0
    placed: list[PlacedPart] = []
    _put_blank_page(pdf)
    anchors = {key: pdf.make_indirect(Dictionary()) for key in ANCHORS}
    for number, (name, data) in enumerate(leaflets, start=1):
        naming = Naming(f"leaflet-{number:02}/", str(number), first_key)
        source, own = gather(data, name, naming, [leaflet.part for leaflet in placed])
        placed.append(_copied(source, pdf, own, anchors))
        first_key += own.part.keys
    renamed = tuple(acroform.distinct_names(placed, avoided))
    return replace(_finished(pdf, placed, anchors), renamed=renamed)


def _copied(
    source: pikepdf.Pdf, pdf: pikepdf.Pdf, own: PlacedPart, anchors: dict[str, Dictionary]
) -> PlacedPart:
    """A leaflet's part in the set's file, below the anchors."""
    take_pages_out(source, own.holder)
    holder = copied(pdf, own.holder, own.part.nesting)
    for page in holder.Pages:
        page.Type, page.Parent = Name.Page, anchors["/Pages"]
    if own.part.tagged:
        holder.Tree.P = anchors["/Document"]
    return PlacedPart(own.part, holder)


def take_pages_out(source: pikepdf.Pdf, holder: Dictionary) -> None:
    """Take the pages out of `source`, so that they are copied as what they hold."""
    for page in holder.Pages:
        del page["/Type"]
    _put_blank_page(source)


def _put_blank_page(pdf: pikepdf.Pdf) -> None:
    """Let there be one bare page: qpdf looks through an empty tree again for every object."""
    blank = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 1, 1])))
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([blank]), Count=1))
    blank.Parent = tree
    pdf.Root.Pages = tree


def _finished(
    pdf: pikepdf.Pdf, placed: Sequence[PlacedPart], anchors: dict[str, Dictionary]
) -> LeafletSet:
    """Write the set's file as a base, and describe the holders in its numbers."""
    holders = _with_bookmarks(pdf, placed, anchors)
    _share_streams(pdf)
    pdf.Root.Holders, pdf.Root.Anchors = Array(holders), Dictionary(anchors)
    base, again = xref_writer.prepare_objects(pdf)
    with again:
        root = again.Root
        return LeafletSet(
            base=base,
            parts=tuple(leaflet.part for leaflet in placed),
            holders=tuple(_described_entries(holder) for holder in root.Holders),
            anchors={key: anchor.objgen[0] for key, anchor in root.Anchors.items()},
            streams=deduplicate.digests(deduplicate.streams(again)),
        )


def _with_bookmarks(
    pdf: pikepdf.Pdf, placed: Sequence[PlacedPart], anchors: dict[str, Dictionary]
) -> list[Dictionary]:
    """The holders with what a letter's file needs of them, each with its part's bookmark."""
    bookmarks = [pdf.make_indirect(Dictionary()) for _ in placed]
    for own, bookmark in zip(placed, bookmarks, strict=True):
        navigation.describe_part(own, bookmark)
    navigation.link_items(anchors["/Outlines"], [anchors["/Letter"], *bookmarks])
    return [
        _with_nodes(pdf, own.holder, bookmark)
        for own, bookmark in zip(placed, bookmarks, strict=True)
    ]


_NODES = {"/Numbers": "/Nums", "/Ids": "/Names", "/Names": "/Names"}
"""Pairs of a holder that become a node of a tree, and how that calls them."""


def _with_nodes(pdf: pikepdf.Pdf, holder: Dictionary, bookmark: Dictionary) -> Dictionary:
    """A holder whose pairs are nodes that can be pointed at, with the part's bookmark."""
    entries: dict[str, Object] = {**dict(holder.items()), "/Mark": bookmark}
    for key, inner in _NODES.items():
        if key in entries:
            pairs = entries[key]
            limits = Array([pairs[0], pairs[len(pairs) - 2]])
            entries[key] = pdf.make_indirect(Dictionary({"/Limits": limits, inner: pairs}))
    for key in ("/Marks", "/Intents"):  # the bookmark has the one, the other is the letter's
        entries.pop(key, None)
    return Dictionary(entries)


def _share_streams(pdf: pikepdf.Pdf) -> None:
    """Let equal streams stand once."""
    known = deduplicate.digests(deduplicate.streams(pdf))
    same = dict(deduplicate.duplicates(deduplicate.streams(pdf), known))
    if same:
        originals = {ref: pdf.get_object(number, 0) for ref, number in same.items()}
        deduplicate.redirect(pdf.objects, originals)


def _described(value: object) -> Described:
    """A value of the base's file, in no file."""
    if isinstance(value, Object) and value.is_indirect:
        return BaseObject(value.objgen[0])
    if isinstance(value, Dictionary):
        return _described_entries(value)
    if isinstance(value, Array):
        return [_described(item) for item in value]
    return value


def _described_entries(dictionary: Object) -> dict[str, Described]:
    return {key: _described(entry) for key, entry in dictionary.items()}


def _in_file(described: Described, pdf: pikepdf.Pdf) -> object:
    """What `_described` took out of the base's file, in `pdf`."""
    if isinstance(described, BaseObject):
        return base_object(pdf, described.number)
    if isinstance(described, dict):
        return _dictionary_in_file(described, pdf)
    if isinstance(described, list):
        return Array([_in_file(item, pdf) for item in described])
    return described


def _dictionary_in_file(described: dict[str, Described], pdf: pikepdf.Pdf) -> Dictionary:
    return Dictionary({key: _in_file(entry, pdf) for key, entry in described.items()})
