"""The table of defects, and what their functions reach into a PDF with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pikepdf

from leafpress.proof.tags import tagged
from leafpress.proof.tags.tagged import Mark, TaggedElement

Break = Callable[[pikepdf.Pdf], None]
Change = Callable[[list[Any]], list[Any]]


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to break a file.

    Args:
        of: the file that is broken: `sheet`, or an edition's language.
        rules: one of them has to find it.
    """

    name: str
    of: str
    rules: frozenset[str]
    apply: Break


DEFECTS: list[Defect] = []


def defect(*rules: str, of: str = "sheet") -> Callable[[Break], Break]:
    """Make a function a row of the table."""

    def register(function: Break) -> Break:
        name = function.__name__.replace("_", " ").strip()
        DEFECTS.append(Defect(name, of, frozenset(rules), function))
        return function

    return register


def elements(pdf: pikepdf.Pdf, type_: str, words: str = "") -> list[TaggedElement]:
    """The elements of a type that hold these words, in reading order."""
    found = tagged.read(pdf).elements()
    return [each for each in found if each.type == type_ and words in each.text()]


def find(pdf: pikepdf.Pdf, type_: str, words: str = "") -> Any:
    """The first element of a type that holds these words, as the file has it."""
    return elements(pdf, type_, words)[0].object


def mark(pdf: pikepdf.Pdf, type_: str, words: str = "") -> Mark:
    """The first content of such an element."""
    return next(elements(pdf, type_, words)[0].marks())


def holder(pdf: pikepdf.Pdf, element: Any) -> Any:
    """The list of kids that an element stands in."""
    return element.P.K


def index(kids: Any, element: Any) -> int:
    """Where an element stands among kids."""
    places = (i for i, kid in enumerate(kids) if not isinstance(kid, int))
    return next(i for i in places if kids[i].objgen == element.objgen)


def remove(element: Any) -> None:
    """Take an element from its parent."""
    del element.P.K[index(element.P.K, element)]


def swap(one: Any, other: Any) -> None:
    """Let two elements of one parent change places."""
    kids = one.P.K
    i, j = index(kids, one), index(kids, other)
    kids[i], kids[j] = other, one


def attributes(element: Any, owner: str) -> Any:
    """The attribute object of an owner."""
    return next(each for each in element.A if f"/{owner}" == each.O)


def rewrite(pdf: pikepdf.Pdf, page: int, change: Change) -> None:
    """Change the instructions of a page."""
    content = [(list(each.operands), each.operator) for each in _instructions(pdf, page)]
    stream = pikepdf.unparse_content_stream(change(content))
    pdf.pages[page].obj.Contents = pdf.make_stream(stream)


def _instructions(pdf: pikepdf.Pdf, page: int) -> list[Any]:
    return list(pikepdf.parse_content_stream(pdf.pages[page]))


def instruction(text: str) -> tuple[list[Any], pikepdf.Operator]:
    """An instruction from its text, as `/Artifact BMC` or `10 10 9 9 re`."""
    with pikepdf.new() as pdf:
        (found,) = pikepdf.parse_content_stream(pdf.make_stream(text.encode()))
        return [_free(each) for each in found.operands], pikepdf.Operator(str(found.operator))


def _free(operand: Any) -> Any:
    """An operand that outlives the file that it was read from."""
    return pikepdf.Object.parse(operand.unparse()) if hasattr(operand, "unparse") else operand


def extent(content: list[Any], mcid: int) -> tuple[int, int]:
    """Where a mark begins and ends among the instructions of its page."""
    start = next(i for i, each in enumerate(content) if _mcid(each) == mcid)
    depth = 0
    for i in range(start, len(content)):
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(content[i][1]), 0)
        if not depth:
            return start, i
    raise LookupError(mcid)


def _mcid(each: Any) -> int:
    operands, operator = each
    if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary):
        return int(operands[1].get("/MCID", -1))
    return -1


def shown(content: list[Any], mcid: int) -> list[int]:
    """Where a mark shows text."""
    start, end = extent(content, mcid)
    return [i for i in range(start, end) if str(content[i][1]) in {"Tj", "TJ"}]


def strings(operand: Any) -> list[bytes]:
    """The strings that an instruction shows."""
    parts = operand if isinstance(operand, pikepdf.Array) else [operand]
    return [bytes(each) for each in parts if isinstance(each, pikepdf.String)]


def show(codes: bytes) -> tuple[list[Any], pikepdf.Operator]:
    """An instruction that shows codes."""
    return [pikepdf.Array([pikepdf.String(codes)])], pikepdf.Operator("TJ")
