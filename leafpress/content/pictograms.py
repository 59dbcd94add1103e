"""The pictograms of easy read: a list with names and alternative texts, and files in one style."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, NamedTuple
from xml.parsers import expat

from pydantic import StringConstraints

from leafpress.content import figures
from leafpress.content.base import Frozen, Id
from leafpress.content.root import Root
from leafpress.content.source import read
from leafpress.content.text import Role, Text
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding, Span
from leafpress.rules import finding

FOLDER = "pictograms"
"""Below `leaflets/`."""

PLACE = f"leaflets/{FOLDER}"

LIST = "pictograms.yaml"

Shows = Annotated[
    Text,
    Role("alternative text of a pictogram: read out", 120, markup=False, placeholders=False),
]

INK, TINT, PAPER, ACCENT, RED = "#12344d", "#dce8ef", "#ffffff", "#b8480f", "#a81b11"
"""The colours of all our pictures. Accent is for pain and movement, red for danger and "do not"."""

ROOT = {
    "viewBox": "0 0 120 120",
    "fill": "none",
    "stroke": INK,
    "stroke-width": "4",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
"""What every pictogram's `<svg>` says, so that all lines are alike."""

ELEMENTS = {"svg", "path", "circle", "ellipse", "rect"}
ATTRIBUTES = {
    "path": {"d"},
    "circle": {"cx", "cy", "r"},
    "ellipse": {"cx", "cy", "rx", "ry"},
    "rect": {"x", "y", "width", "height", "rx"},
}
COLOURS = {INK, TINT, PAPER, ACCENT, RED, "none"}
LIMB = 8
"""A limb is a wide line of ink, and over it the same line, lighter and narrower by twice 4."""

BAR = "8"
"""How wide the red ring and bar of "do not" are."""


class Pictogram(Frozen):
    """One picture, in the file `<id>.svg`."""

    id: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=60)]
    """In English, for authors who look for a picture. Not printed."""
    shows: Shows


class Pictograms(Frozen):
    """`leaflets/pictograms/pictograms.yaml`."""

    pictograms: tuple[Pictogram, ...]

    def __getitem__(self, id_: str) -> Pictogram:
        """The pictogram `id_`, which is listed: L080 and L089 see to that."""
        return {each.id: each for each in self.pictograms}[id_]


class DrawnShape(NamedTuple):
    """An element of a picture and where it stands."""

    name: str
    attributes: dict[str, str]
    line: int


def check(tree: Tree, root: Root) -> Iterator[Finding]:
    """What is wrong with the list, and with the pictures that lie beside it."""
    listed: dict[str, int] = {}
    for path, id_ in tree.each("pictograms.*.id", str):
        if id_ in listed:
            yield finding("L017", tree.span(path), id=id_, line=listed[id_])
            continue
        listed[id_] = tree.span(path).line
        yield from _picture(f"{id_}.svg", root, tree.span(path))
    for file in root.files(PLACE, "*.svg"):
        if file.stem not in listed:
            yield finding("L089", Span(root.shown(file)), id=file.stem)


def _picture(file: str, root: Root, span: Span) -> Iterator[Finding]:
    folder = root.folder_of(PLACE, file)
    found = figures.check(file, folder, span, root.shown(folder / file))
    yield from found or style(folder / file, root.shown(folder / file))


def style(path: Path, name: str) -> Iterator[Finding]:
    """Where the picture departs from the one style (L088)."""
    shapes = _shapes(read(path, name).text)
    for shape in shapes:
        for problem in _problems(shape, shapes):
            yield finding("L088", Span(name, shape.line), problem=problem)


def _shapes(text: str) -> list[DrawnShape]:
    shapes: list[DrawnShape] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, attributes: shapes.append(
        DrawnShape(name.rsplit(" ", 1)[-1], attributes, parser.CurrentLineNumber)
    )
    parser.Parse(text.encode(), True)
    return shapes


def _problems(shape: DrawnShape, shapes: list[DrawnShape]) -> Iterator[str]:
    if shape.name not in ELEMENTS:
        yield f"the element `<{shape.name}>`"
    elif shape.name == "svg":
        wrong = (key for key, value in ROOT.items() if shape.attributes.get(key) != value)
        yield from (f'`{key}` is not "{ROOT[key]}" in `<svg>`' for key in wrong)
    else:
        known = ATTRIBUTES[shape.name] | {"fill", "stroke", "stroke-width"}
        yield from (f"the attribute `{key}`" for key in shape.attributes if key not in known)
        yield from _colours(shape)
        yield from _width(shape, shapes)


def _colours(shape: DrawnShape) -> Iterator[str]:
    for key in ("fill", "stroke"):
        colour = shape.attributes.get(key, INK)
        if colour not in COLOURS:
            yield f"the colour {colour}"


def _width(shape: DrawnShape, shapes: list[DrawnShape]) -> Iterator[str]:
    """A line is 4 wide, unless it is one of the two lines of a limb."""
    width = shape.attributes.get("stroke-width")
    if width is None or (shape.attributes.get("stroke"), width) == (RED, BAR):
        return
    outline = shape.attributes.get("stroke", INK) == INK
    other = str(int(width) + (-LIMB if outline else LIMB)) if width.isdigit() else ""
    if not any(
        _same_line(shape, each) and each.attributes["stroke-width"] == other for each in shapes
    ):
        yield f"the line is {width} wide, and not one of a limb's two"


def _same_line(one: DrawnShape, other: DrawnShape) -> bool:
    drawn = one.attributes.get("d")
    return "stroke-width" in other.attributes and drawn == other.attributes.get("d") is not None
