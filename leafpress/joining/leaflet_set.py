"""A set of leaflets, made ready once for every letter that gets it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from leafpress.findings import Finding
from leafpress.joining import acroform, deduplicate, navigation, writer
from leafpress.joining.gather import gather
from leafpress.joining.limits import copied
from leafpress.joining.part import Naming, Part

ANCHORS = ("/Pages", "/Document", "/Outlines", "/Letter")
"""Objects of the base that leaflets point at, and each letter writes: the tree of pages, the
topmost element, the bookmarks, and the letter's bookmark, which the first leaflet's follows."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Leaflets that wait for a letter.

    Args:
        holders: for each part, its holder as `_Reference`s, dicts, lists and plain values.
        anchors: the number of each of `ANCHORS`.
        streams: what the base's streams hold, so that a letter's equal ones are left out.
        renamed: form fields whose names were taken.
    """

    base: writer.Base
    parts: tuple[Part, ...]
    holders: tuple[Any, ...]
    anchors: dict[str, int]
    streams: deduplicate.Digests
    renamed: tuple[Finding, ...] = ()

    @property
    def keys(self) -> int:
        """How many keys of the parent tree are used."""
        return sum(part.keys for part in self.parts)

    def reserve(self) -> pikepdf.Pdf:
        """A new file whose own objects will be numbered after the base's."""
        pdf = pikepdf.new()
        reserve(pdf, max(self.base.last, 2))
        for number in self.anchors.values():
            reserve(pdf, number)
        return pdf

    def placed(self, pdf: pikepdf.Pdf) -> list[Part]:
        """The parts with holders that point at the base's objects, for use in `pdf`."""
        return [
            replace(part, holder=_placed(holder, pdf))
            for part, holder in zip(self.parts, self.holders, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class _Reference:
    number: int


def reserve(pdf: pikepdf.Pdf, number: int) -> None:
    """Make sure that there is an object `number`: what comes next gets a higher one."""
    pdf._replace_object((number, 0), Dictionary())


def place(pdf: pikepdf.Pdf, number: int) -> Any:
    """Something in `pdf` that is written as a reference to the base's object `number`."""
    if pdf.get_object(number, 0) is None:
        reserve(pdf, number)
    return pdf.get_object(number, 0)


def bundle(leaflets: Sequence[tuple[str, bytes]], avoided: frozenset[str]) -> Bundle:
    """Gather leaflets (a name and the bytes of each) into a base.

    Args:
        avoided: names of form fields that the letter has.

    Raises:
        Problem: one of them may not be joined (E001 to E011).
    """
    pdf, first = pikepdf.new(), 0
    parts: list[Part] = []
    _blank(pdf)
    anchors = {key: pdf.make_indirect(Dictionary()) for key in ANCHORS}
    for number, (name, data) in enumerate(leaflets, start=1):
        naming = Naming(f"leaflet-{number:02}/", str(number), first)
        source, part = gather(data, name, naming, tuple(parts))
        _copy(source, pdf, part, anchors)
        parts.append(part)
        first += part.keys
    renamed = tuple(acroform.distinct(parts, avoided))
    return replace(_finished(pdf, parts, anchors), renamed=renamed)


def _copy(source: pikepdf.Pdf, pdf: pikepdf.Pdf, part: Part, anchors: dict[str, Any]) -> None:
    emptied(source, part)
    part.holder = copied(pdf, part.holder, part.nesting)
    for page in part.holder.Pages:
        page.Type, page.Parent = Name.Page, anchors["/Pages"]
    if part.tagged:
        part.holder.Tree.P = anchors["/Document"]


def emptied(source: pikepdf.Pdf, part: Part) -> None:
    """Take the pages out of `source`, so that they are copied as what they hold."""
    for page in part.holder.Pages:
        del page["/Type"]
    _blank(source)


def _blank(pdf: pikepdf.Pdf) -> None:
    """Let there be one bare page: qpdf looks through an empty tree again for every object."""
    blank = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, 1, 1])))
    tree = pdf.make_indirect(Dictionary(Type=Name.Pages, Kids=Array([blank]), Count=1))
    blank.Parent = tree
    pdf.Root.Pages = tree


def _finished(pdf: pikepdf.Pdf, parts: list[Part], anchors: dict[str, Any]) -> Bundle:
    marks = [pdf.make_indirect(Dictionary()) for _ in parts]
    for part, mark in zip(parts, marks, strict=True):
        navigation.mark(part, mark)
    navigation.link(anchors["/Outlines"], [anchors["/Letter"], *marks])
    holders = [_held(pdf, *each) for each in zip(parts, marks, strict=True)]
    first = deduplicate.digests(deduplicate.streams(pdf))
    same = dict(deduplicate.doubles(deduplicate.streams(pdf), first))
    if same:
        places = {key: pdf.get_object(number, 0) for key, number in same.items()}
        deduplicate.redirect(pdf.objects, places)
    pdf.Root.Holders, pdf.Root.Anchors = Array(holders), Dictionary(anchors)
    base, again = writer.base(pdf)
    with again:
        found = tuple(_read(holder) for holder in again.Root.Holders)
        numbers = {key: value.objgen[0] for key, value in again.Root.Anchors.items()}
        digests = deduplicate.digests(deduplicate.streams(again))
    empty = tuple(replace(part, holder=None) for part in parts)
    return Bundle(base, empty, found, numbers, digests)


_NODES = {"/Numbers": "/Nums", "/Ids": "/Names", "/Names": "/Names"}


def _held(pdf: pikepdf.Pdf, part: Part, mark: Any) -> Any:
    """A holder with what a letter's file needs of it: trees as nodes that can be pointed at."""
    held = Dictionary({**dict(part.holder.items()), "/Mark": mark})
    for key, inner in _NODES.items():
        if key in held:
            pairs = held[key]
            limits = Array([pairs[0], pairs[len(pairs) - 2]])
            held[key] = pdf.make_indirect(Dictionary({"/Limits": limits, inner: pairs}))
    for key in held.keys() & {"/Marks", "/Intents"}:
        del held[key]
    return held


def _read(value: Any) -> Any:
    if isinstance(value, pikepdf.Object) and value.is_indirect:
        return _Reference(value.objgen[0])
    if isinstance(value, Dictionary):
        return {key: _read(each) for key, each in value.items()}
    return [_read(each) for each in value] if isinstance(value, Array) else value


def _placed(value: Any, pdf: pikepdf.Pdf) -> Any:
    if isinstance(value, _Reference):
        return place(pdf, value.number)
    if isinstance(value, dict):
        return Dictionary({key: _placed(each, pdf) for key, each in value.items()})
    return Array([_placed(each, pdf) for each in value]) if isinstance(value, list) else value
