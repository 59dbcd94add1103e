"""A finished PDF as a listener meets it: its tag tree as indented text.

Reads with pikepdf alone and shares nothing with leafpress, so that a mistake in the writer is not
made again in the reader. Text comes through ToUnicode and ActualText (ISO 32000-1, 9.10.2 and
14.9.4), as a screen reader takes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

_PAIR = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>")
_SHOWN = ("ID", "Lang", "Alt", "E", "ActualText")
_ORDER = (
    "ListNumbering",
    "Scope",
    "Headers",
    "RowSpan",
    "ColSpan",
    "WritingMode",
    "Placement",
    "Role",
    "Desc",
    "BBox",
)


@dataclass
class Page:
    """A page's words: `marks` by MCID, `artifacts` with their kind, `loose` in neither."""

    marks: dict[int, list[str]] = field(default_factory=dict)
    artifacts: list[tuple[str, list[str]]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    painted: int = 0
    """Things painted outside any mark."""


def read_page(page: Any) -> Page:
    """The words of a page, by the mark that they stand in."""
    found = Page()
    _Reader(found, page.obj.get("/Resources", pikepdf.Dictionary())).read(page)
    return found


class _Reader:
    def __init__(self, found: Page, resources: Any) -> None:
        self._found, self._resources = found, resources
        self._open: list[list[str] | None] = []
        self._actual = 0
        self._codes: dict[int, str] = {}

    def read(self, stream: Any) -> None:
        for operands, operator in pikepdf.parse_content_stream(stream):
            self._do(str(operator), list(operands))

    def _do(self, operator: str, operands: list[Any]) -> None:
        if operator in {"BDC", "BMC"}:
            self._begin(str(operands[0]), operands[1] if len(operands) > 1 else None)
        elif operator == "EMC":
            self._end()
        elif operator == "Tf":
            self._codes = _codes(self._resources["/Font"][operands[0]])
        elif operator in {"Tj", "TJ", "'", '"'}:
            self._show(operands[-1])
        elif operator == "Do":
            self._draw(self._resources["/XObject"][operands[0]])
        elif operator in {"f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "sh"}:
            self._found.painted += not any(each is not None for each in self._open)

    def _begin(self, tag: str, properties: Any) -> None:
        if isinstance(properties, pikepdf.Name):
            properties = self._resources["/Properties"][properties]
        words: list[str] | None = None
        if tag == "/Artifact":
            words = []
            self._found.artifacts.append((_kind(properties), words))
        elif properties is not None and "/MCID" in properties:
            words = self._found.marks.setdefault(int(properties["/MCID"]), [])
        elif properties is not None and "/ActualText" in properties:
            self._words().append(str(properties["/ActualText"]))
            self._actual += 1
            self._open.append(None)
            self._open[-1] = _ACTUAL
            return
        self._open.append(words)

    def _end(self) -> None:
        if self._open.pop() is _ACTUAL:
            self._actual -= 1

    def _words(self) -> list[str]:
        inner = [each for each in self._open if each is not None and each is not _ACTUAL]
        return inner[-1] if inner else self._found.loose

    def _show(self, operand: Any) -> None:
        if self._actual:
            return
        pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
        for piece in pieces:
            if isinstance(piece, pikepdf.String):
                data = bytes(piece)
                for at in range(0, len(data), 2):
                    code = int.from_bytes(data[at : at + 2], "big")
                    self._words().append(self._codes.get(code, "\N{REPLACEMENT CHARACTER}"))

    def _draw(self, thing: Any) -> None:
        if str(thing.get("/Subtype")) != "/Form":
            self._found.painted += not any(each is not None for each in self._open)
            return
        outer = self._resources
        self._resources = thing.get("/Resources", outer)
        self.read(thing)
        self._resources = outer


_ACTUAL: list[str] = ["an ActualText is open"]
"""Stands in the stack of marks for one that replaces the glyphs inside it."""


def _kind(properties: Any) -> str:
    if properties is None:
        return "Artifact"
    names = (str(properties.get(key, "")).removeprefix("/") for key in ("/Type", "/Subtype"))
    return " ".join(filter(None, names)) or "Artifact"


_KNOWN: dict[tuple[Any, Any], dict[int, str]] = {}


def _codes(font: Any) -> dict[int, str]:
    """What each code of a font reads as (ISO 32000-1, 9.10.3)."""
    data = font["/ToUnicode"].read_bytes() if "/ToUnicode" in font else b""
    key = (font.objgen, hash(data))
    if key not in _KNOWN:
        found: dict[int, str] = {}
        for block in re.findall(rb"beginbfchar(.*?)endbfchar", data, re.DOTALL):
            for code, text in _PAIR.findall(block):
                found[int(code, 16)] = bytes.fromhex(text.decode()).decode("utf-16-be")
        _KNOWN[key] = found
    return _KNOWN[key]


def logical(pieces: list[str]) -> str:
    """Pieces as drawn from left to right, in the order in which they are read."""
    text = "".join(pieces)
    if not any(unicodedata.bidirectional(each) in {"R", "AL"} for each in text):
        return text
    turned = "".join(reversed(pieces))
    return re.sub(r"[0-9A-Za-z][0-9A-Za-z .,:/@+-]*[0-9A-Za-z]", lambda m: m[0][::-1], turned)


class _Walk:
    def __init__(self, pdf: Any) -> None:
        self._pdf = pdf
        self._pages = [read_page(page) for page in pdf.pages]
        self._numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        self._used: set[tuple[int, int]] = set()
        self._seen: set[Any] = set()
        self._page = 0
        self.faults: list[str] = []

    def lines(self) -> Iterator[str]:
        root = self._pdf.Root.StructTreeRoot
        for kid in _listed(root.get("/K")):
            yield from self._element(kid, 0, root)
        yield from self._beside()

    def _element(self, thing: Any, depth: int, parent: Any) -> Iterator[str]:
        if thing.objgen in self._seen:
            self.faults.append(f"{thing.S} stands twice in the tree")
            return
        self._seen.add(thing.objgen)
        if thing.get("/P").objgen != parent.objgen:
            self.faults.append(f"{thing.S} has another P than the element that holds it")
        indent = "  " * depth
        yield (indent + str(thing.S)[1:] + "".join(f" {each}" for each in _says(thing))).rstrip()
        words = ""
        for kid in _listed(thing.get("/K")):
            mark = self._mark(kid, thing)
            if mark is not None:
                words += self._text(*mark)
                continue
            if words:
                yield f"{indent}  “{words}”"
                words = ""
            if str(kid.get("/Type")) == "/OBJR":
                yield f"{indent}  {self._annotation(kid)}"
            else:
                yield from self._element(kid, depth + 1, thing)
        if words:
            yield f"{indent}  “{words}”"

    def _mark(self, kid: Any, owner: Any) -> tuple[int, int] | None:
        if isinstance(kid, int):
            return self._numbers[owner.Pg.objgen], kid
        if str(kid.get("/Type")) == "/MCR":
            return self._numbers[kid.get("/Pg", owner.get("/Pg")).objgen], int(kid.MCID)
        return None

    def _text(self, page: int, mcid: int) -> str:
        if (page, mcid) in self._used:
            self.faults.append(f"mark {mcid} of page {page + 1} stands twice in the tree")
        self._used.add((page, mcid))
        if mcid not in self._pages[page].marks:
            self.faults.append(f"mark {mcid} of page {page + 1} is not on the page")
            return ""
        turned = f"⟨page {page + 1}⟩" if page != self._page else ""
        self._page = page
        return turned + (logical(self._pages[page].marks[mcid]) or "⟨picture⟩")

    def _annotation(self, kid: Any) -> str:
        link = kid.Obj
        action = link.get("/A", pikepdf.Dictionary())
        there = str(action.get("/URI", ""))
        if "/SD" in action:
            target = action.SD[0]
            there = f"{str(target.S)[1:]} {self._sample(target)}"
        number = self._numbers[kid.get("/Pg").objgen] + 1
        return f"[link on page {number}: {link.get('/Contents', '')!s} -> {there}]"

    def _sample(self, thing: Any) -> str:
        """How an element begins, to know it by."""
        waiting = [(thing, thing)]
        while waiting:
            kid, owner = waiting.pop(0)
            mark = self._mark(kid, owner)
            if mark is not None:
                text = logical(self._pages[mark[0]].marks.get(mark[1], []))
                if text.strip():
                    return f"“{text[:20]}”"
            elif str(kid.get("/Type")) != "/OBJR":
                waiting = [(each, kid) for each in _listed(kid.get("/K"))] + waiting
        return ""

    def _beside(self) -> Iterator[str]:
        """What is on the pages and not in the tree."""
        for number, page in enumerate(self._pages):
            for kind, pieces in page.artifacts:
                text = logical(pieces)
                if text.strip():
                    yield f"artifact on page {number + 1}, {kind}: “{text}”"
            lost = [mcid for mcid in page.marks if (number, mcid) not in self._used]
            for mcid in lost:
                text = logical(page.marks[mcid])
                self.faults.append(f"in no element, on page {number + 1}: “{text}”")
            if page.loose:
                self.faults.append(f"in no mark, on page {number + 1}: “{''.join(page.loose)}”")
            if page.painted:
                self.faults.append(f"painted outside marks on page {number + 1}: {page.painted}")


def _says(thing: Any) -> Iterator[str]:
    for key in _SHOWN:
        if f"/{key}" in thing:
            value = str(thing[f"/{key}"])
            yield f"{key}={value}" if re.fullmatch(r"[\w-]+", value) else f"{key}=“{value}”"
    attributes: dict[str, str] = {}
    for each in _listed(thing.get("/A")):
        attributes |= {key[1:]: _plain(value) for key, value in each.items() if key != "/O"}
    for key in sorted(attributes, key=lambda name: (*_ORDER, name).index(name)):
        yield f"{key}={attributes[key]}"
    for ref in _listed(thing.get("/Ref")):
        yield f"Ref={str(ref.S)[1:]}"


def _plain(value: Any) -> str:
    if isinstance(value, pikepdf.Array):
        return "[" + " ".join(map(_plain, value)) + "]"
    return str(value).removeprefix("/")


def _listed(kids: Any) -> list[Any]:
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def tree_of(pdf: Any) -> str:
    """The tag tree of an open `pikepdf.Pdf`, what is beside it, and what is broken in it."""
    walk = _Walk(pdf)
    lines = list(walk.lines())
    return "\n".join([*lines, *(f"FAULT {each}" for each in walk.faults)]) + "\n"
