"""Pictures of first pages, `out/previews/`: staff see that they have the right leaflet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from leafpress.findings import Finding, Span
from leafpress.pages.formats import FORMATS, Kind
from leafpress.rules import finding
from leafpress.system.files import remove, write

if TYPE_CHECKING:
    from leafpress.press.edition import Entry
    from leafpress.press.manifest import Manifest

FOLDER = "previews"

WIDTH = 360
"""Pixels across: headings are read, and a picture takes some 15 kB."""

_DIGITS = 12
"""Of the file's digest in the picture's name, in hex: another file has another picture."""

_COLOURS = 32
"""Colours that a picture keeps: our pages have few, and it is half as large."""


@dataclass(frozen=True)
class Previews:
    """The pictures.

    Args:
        files: the picture of each leaflet in a language, below the output folder.
        findings: about pages that cannot be drawn (B020).
    """

    files: dict[tuple[str, str], str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


def update(manifest: Manifest) -> Previews:
    """Draw what has no picture yet, and remove pictures of files that stand there no more.

    Raises:
        Problem: a picture cannot be written (B004).
    """
    files: dict[tuple[str, str], str] = {}
    found: list[Finding] = []
    for output, entry in _firsts(manifest):
        name = f"{FOLDER}/{entry.language}/{entry.leaflet}-{entry.digest[:_DIGITS]}.png"
        found += _draw(manifest.folder / output, manifest.folder / name, output)
        if (manifest.folder / name).exists():
            files[entry.leaflet, entry.language] = name
    _remove_others(manifest.folder, set(files.values()))
    return Previews(files, tuple(found))


def _firsts(manifest: Manifest) -> Iterator[tuple[str, Entry]]:
    """Of each leaflet in a language the first edition that has pages, in the order of formats."""
    seen: set[tuple[str, str]] = set()
    order = {id_: number for number, id_ in enumerate(FORMATS)}
    known = [each for each in manifest.entries.items() if each[1].format in order]
    for output, entry in sorted(known, key=lambda named: order[named[1].format]):
        place = (entry.leaflet, entry.language)
        is_pdf = FORMATS[entry.format].kind is Kind.PDF
        if is_pdf and place not in seen and (manifest.folder / output).is_file():
            seen.add(place)
            yield output, entry


def _draw(pdf: Path, picture: Path, output: str) -> Iterator[Finding]:
    if picture.exists():
        return
    from leafpress.proof.channels.rasterise import PdfiumDocument, Undrawn  # heavy, rarely needed

    try:
        image = PdfiumDocument(pdf.read_bytes()).draw(1, words=False).image
    except Undrawn as problem:
        yield finding("B020", Span(output), reason=problem)
        return
    image.thumbnail((WIDTH, 2 * WIDTH))
    data = BytesIO()
    image.quantize(_COLOURS).save(data, "PNG", optimize=True)
    write(picture, data.getvalue(), sync=False)


def _remove_others(folder: Path, wanted: set[str]) -> None:
    for path in sorted((folder / FOLDER).glob("*/*.png")):
        if path.relative_to(folder).as_posix() not in wanted:
            remove(path, folder)
