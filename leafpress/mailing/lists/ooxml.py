"""The package of a workbook, before openpyxl reads it: bounded, and as openpyxl expects it.

Some programs write what the standard allows and openpyxl does not take: the strict namespaces of
ISO/IEC 29500-1, fills with nothing in them. A small file may unpack to gigabytes, or merge a sheet
of 17 thousand million cells into one; it is refused before anything of it is kept in memory.
"""

from __future__ import annotations

import io
import re
import zipfile

from leafpress.findings import Problem, Span
from leafpress.mailing.lists.sheet import MOST_CELLS
from leafpress.rules import finding

_UNPACKED = 300_000_000
"""Bytes. A list of 100,000 rows has about 40 million."""

_TAGS = 5 * MOST_CELLS
"""Signs `<` in all parts: a cell has four, and a string of its own three more."""

_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""Namespaces and relationships of the strict form. The other form has its year after the first
word: `spreadsheetml/main` is `spreadsheetml/2006/main` there (ISO/IEC 29500-4, Annex A)."""

_TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"

_EMPTY_FILL = re.compile(rb"<((?:\w+:)?)fill\s*(?:/>|>\s*</(?:\w+:)?fill>)")

_AREA = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]*?\bref=[\"']\$?([A-Z]{1,3})\$?(\d{1,9}):"
    rb"\$?([A-Z]{1,3})\$?(\d{1,9})[\"']"
)
"""Areas of which openpyxl makes a cell each."""

_XML = (".xml", ".rels")

_SHOWN_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>\s*[^<\s]")
"""Words in a drawing: text boxes and shapes (DrawingML `a:t`)."""


def prepare_package(data: bytes, name: str) -> bytes:
    """The package as openpyxl can read it: written anew, so that its sizes are what it says.

    Raises:
        Problem: it unpacks to far too much, or is damaged (E031).
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
                raise _refused(name, "it unpacks to far more than a list holds")
            parts = {info.filename: _unpacked(archive, info) for info in archive.infolist()}
            if len(parts) < len(archive.infolist()):
                raise _refused(name, "it is damaged: it holds two parts of one name")
    except Problem:
        raise
    except Exception:  # zipfile lets through what its decompressors raise
        raise _refused(name, "it is damaged: only a part of a workbook") from None
    _require_bounds(parts, name)
    return _written(parts)


def text_boxes(package: bytes) -> int:
    """How many drawings of a package hold words."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = [name for name in archive.namelist() if re.match(r"xl/drawings/[^/]+\.xml", name)]
        return sum(_SHOWN_TEXT.search(archive.read(name)) is not None for name in names)


def _refused(name: str, problem: str) -> Problem:
    return Problem(finding("E031", Span(name), problem=problem))


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A part, never more of it than the archive says that there is."""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("no workbook is compressed otherwise (ISO/IEC 29500-2, Annex B)")
    with archive.open(info) as part:
        return part.read(info.file_size)


def _require_bounds(parts: dict[str, bytes], name: str) -> None:
    """Check that a package holds no more than a list does.

    Raises:
        Problem: it has far more cells, or declares entities (E031).
    """
    tags = cells = 0
    for part_name, part in parts.items():
        if not part_name.endswith(_XML):
            continue
        tags += part.count(b"<")
        cells += sum(_size(area) for area in _AREA.finditer(part))
        if tags > _TAGS or cells > MOST_CELLS:
            raise _refused(name, "it has far more cells than a list holds")
        if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
            raise _refused(name, "it declares entities, as no workbook does")


def _size(area: re.Match[bytes]) -> int:
    """Cells of an area such as `A1:XFD1048576`."""
    left, top, right, bottom = area.groups()
    columns = abs(_column(right) - _column(left)) + 1
    return columns * (abs(int(bottom) - int(top)) + 1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _written(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for name, part in parts.items():
            copy.writestr(name, _as_expected(name, part))
    return out.getvalue()


def _as_expected(name: str, part: bytes) -> bytes:
    if not name.endswith(_XML):
        return part
    part = _STRICT.sub(_TRANSITIONAL, part)
    if name.endswith("styles.xml"):
        part = _EMPTY_FILL.sub(rb"<\1fill><\1patternFill/></\1fill>", part)
    return part
