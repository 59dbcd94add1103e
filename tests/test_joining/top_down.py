"""A PDF as a listener's program meets it: from the root of the tags down, in lists of plain words.

Written for the tests, and apart from what joins and from what `leafpress.proof` reads, so that a
joined file and its inputs can be compared by somebody who knows neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pikepdf

_MARK = re.compile(rb"/MCID\s+(\d+)")


@dataclass(frozen=True)
class Heard:
    """An element's content: the page from 0, its number there, and how it is spoken."""

    page: int
    mcid: int
    types: tuple[str, ...]
    language: str


@dataclass
class Seen:
    """A file."""

    pages: int
    heard: list[Heard] = field(default_factory=list)
    annotations: list[tuple[int, str, str]] = field(default_factory=list)
    bookmarks: list[tuple[int, str, int]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    links: list[tuple[int, str]] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    cells: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    marks: set[tuple[int, int]] = field(default_factory=set)


def read(data: bytes) -> Seen:
    """Everything about a file that a join must keep."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return _Reader(pdf).seen


class _Reader:
    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf, self._root = pdf, pdf.Root
        self._number = {page.obj.objgen: i for i, page in enumerate(pdf.pages)}
        self._names = self._places()
        self.seen = Seen(len(pdf.pages), labels=[page.label for page in pdf.pages])
        for number, page in enumerate(pdf.pages):
            content = b"\n".join(each.read_bytes() for each in _list(page.obj.get("/Contents")))
            self.seen.marks |= {(number, int(each)) for each in _MARK.findall(content)}
            for annotation in _list(page.obj.get("/Annots")):
                self.seen.links += self._link(number, annotation)
        tree = self._root.get("/StructTreeRoot")
        if tree is not None:
            self._roles = {key: str(value) for key, value in tree.get("/RoleMap", {}).items()}
            for kid in _list(tree.get("/K")):
                self._element(kid, (), str(self._root.get("/Lang", "")), ())
        outlines = self._root.get("/Outlines")
        if outlines is not None:
            self._bookmarks(outlines, 0)
        for each in _list(self._root.get("/AcroForm", {}).get("/Fields")):
            self.seen.fields.append(str(each.get("/T")))

    def _places(self) -> dict[str, Any]:
        names = self._root.get("/Names", {}).get("/Dests")
        return dict(pikepdf.NameTree(names).items()) if names is not None else {}

    def _element(self, element: Any, above: tuple[str, ...], language: str, way: Any) -> None:
        assert element.objgen not in way, "the tags go in a circle"
        language = str(element.get("/Lang", language))
        kind = self._role(str(element.S)) if "/NS" not in element else str(element.S)
        types = (*above, kind[1:])
        if kind in ("/TD", "/TH"):
            headers = [str(h) for a in _list(element.get("/A")) for h in _list(a.get("/Headers"))]
            self.seen.cells.append((str(element.get("/ID", "")), tuple(headers)))
        for kid in _list(element.get("/K")):
            if isinstance(kid, int):
                self._hear(element.Pg, kid, types, language)
            elif kid.get("/Type") == "/MCR":
                self._hear(kid.get("/Pg", element.get("/Pg")), int(kid.MCID), types, language)
            elif kid.get("/Type") == "/OBJR":
                page = kid.get("/Pg", element.get("/Pg"))
                page = kid.Obj.get("/P") if page is None else page
                where = self._number[page.objgen]
                self.seen.annotations.append((where, str(kid.Obj.get("/Contents", "")), language))
            else:
                self._element(kid, types, language, (*way, element.objgen))

    def _hear(self, page: Any, mcid: int, types: tuple[str, ...], language: str) -> None:
        self.seen.heard.append(Heard(self._number[page.objgen], mcid, types, language))

    def _role(self, kind: str) -> str:
        for _ in range(20):
            kind = self._roles.get(kind, kind)
        return kind

    def _link(self, page: int, annotation: Any) -> Iterator[tuple[int, str]]:
        action = annotation.get("/A", pikepdf.Dictionary())
        goal = annotation.get("/Dest", action.get("/D"))
        if "/URI" in action:
            yield page, str(action.URI)
        elif goal is not None:
            yield page, f"page {self._page_of(goal)}"

    def _page_of(self, goal: Any) -> int:
        if isinstance(goal, pikepdf.Name):
            goal = self._root.Dests[str(goal)]
        if isinstance(goal, pikepdf.String):
            goal = self._names[str(goal)]
        goal = goal.D if isinstance(goal, pikepdf.Dictionary) else goal
        return self._number[goal[0].objgen]

    def _bookmarks(self, parent: Any, level: int) -> None:
        item = parent.get("/First")
        while item is not None:
            goal = item.get("/Dest", item.get("/A", pikepdf.Dictionary()).get("/D"))
            where = self._page_of(goal) if goal is not None else -1
            self.seen.bookmarks.append((level, str(item.Title), where))
            self._bookmarks(item, level + 1)
            item = item.get("/Next")


def _list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
