"""Pictures that a leaflet may show: files beside it, and SVG that can do nothing but be seen.

Elements, their properties and the values of these are allow-lists of what all programs draw alike.
Letters inside a picture are refused: nobody could translate them, and WeasyPrint does not
reorder right-to-left text in SVG. Numbers stand in the picture, words in its key.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from leafpress.content.pictures import png, svg_looks, svg_work
from leafpress.content.pictures.svg_reader import SvgElement, SvgReader
from leafpress.content.source import read
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding


def check(file: str, folder: Path, span: Span, name: str = "") -> list[Finding]:
    """What is wrong with the picture `file` in `folder`, asked for at `span`.

    Args:
        name: how findings call the picture, if not by its last two folders.
    """
    try:
        return _check(file, folder, span, name or f"{folder.parent.name}/{folder.name}/{file}")
    except OSError as error:  # a name that is too long, a file that may not be read
        reason = (error.strerror or "the picture cannot be opened").lower()
        return [finding("L001", span, reason=reason)]


def _check(file: str, folder: Path, span: Span, name: str) -> list[Finding]:
    path = (folder / file).resolve()
    if Path(file).is_absolute() or not path.is_relative_to(folder.resolve()):
        return [finding("L041", span, file=file, folder=folder.name)]
    if not path.is_file():
        return [finding("L040", span, file=file, folder=folder.name)]
    if path.suffix == ".svg":
        return check_svg(path, name)
    if path.suffix == ".png" and png.is_png(path):
        return list(png.check(path, span))
    return [finding("L043", span, file=file)]


def check_svg(path: Path, name: str) -> list[Finding]:
    """What an SVG file holds that it must not."""
    try:
        source = read(path, name)
    except Problem as problem:
        return list(problem.findings)
    reader = SvgReader(name)
    reader.read(source.text)
    if reader.root is None or reader.findings:
        return reader.findings
    return list(_checked(reader.root))


def _checked(root: SvgElement) -> Iterator[Finding]:
    """What can be asked once it is known that the picture is whole and harmless."""
    ids: dict[str, SvgElement] = {}
    for element in root.descend():
        if element.attributes.get("id"):
            ids.setdefault(element.attributes["id"], element)
    yield from svg_looks.check(root, ids)
    yield from svg_work.dead_ends(root, ids)
    yield from svg_work.check(root, ids)
