"""Drawing an edition as it stands, also where a build would refuse it."""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from leafpress.content.project import Project
from leafpress.content.root import Root
from leafpress.findings import Finding, Problem, sort
from leafpress.pages.formats import Kind
from leafpress.pages.render import Markup
from leafpress.pdf.booklet.booklet import impose
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.press import pipeline
from leafpress.press.edition import BuildOptions, Edition
from leafpress.press.writers import WRITERS, BuiltFile
from leafpress.preview.preview import DrawJob, PlacedFinding, Preview, gravest_first
from leafpress.proof.channels import ink_checks
from leafpress.proof.channels.raster_page import RasterPage
from leafpress.proof.channels.rasterise import MOST, PdfiumDocument
from leafpress.proof.layout import layout_checks
from leafpress.proof.text import web_checks
from leafpress.system.digest import of_bytes
from leafpress.system.files import write
from leafpress.web.page import write_page

_NAME = 20
"""Letters of a digest in a name: no two pictures of one evening share 80 bits."""

_SQUEEZE = 1
"""zlib's quickest: nobody downloads these pictures, and it takes a third of the usual time."""

_BITS, _RGB = 8, 2
"""Of a colour, and PNG's number for red, green and blue."""


def draw(job: DrawJob, project: Project) -> Preview:
    """The edition as it stands now; its files lie in `job.options.out`."""
    edition, options = job.edition, job.options
    try:
        markup, found = pipeline.drafted(edition, options, project)
    except Problem:
        said = pipeline.check(edition, options, project)
        return Preview(edition, _placed(said, options.root))
    try:
        file, pictures = _drawn(markup, edition, options)
    except Problem as problem:
        return Preview(edition, _placed(sort([*found, *problem.findings]), options.root))
    placed = _placed(sort([*found, *file.findings]), options.root)
    name = f"{of_bytes(file.data)[:_NAME]}.{markup.format.kind}"
    _keep(options.out / name, file.data)
    return Preview(edition, placed, name, pictures)


def _drawn(
    markup: Markup, edition: Edition, options: BuildOptions
) -> tuple[BuiltFile, tuple[str, ...]]:
    """The file, and the names of its pages' pictures."""
    if markup.format.kind is Kind.PDF:
        return _pdf(markup, edition, options)
    if markup.format.kind is Kind.WEB:
        return _web(markup, edition), ()
    return WRITERS[markup.format.kind](markup, edition, options), ()


def _pdf(
    markup: Markup, edition: Edition, options: BuildOptions
) -> tuple[BuiltFile, tuple[str, ...]]:
    """As `press/writers.py` makes it, with its faults: an author has to see them.

    The layout is checked while pdfium draws, which needs no Python. pdfium itself bears one thread.
    """
    rendering = lay_out(markup, PROFILES[options.profile], edition.place)
    written = data = write_pdf(rendering)
    if markup.format.folded:
        data = impose(written, right_to_left=markup.language.direction == "rtl")
    with ThreadPoolExecutor(max_workers=1) as drawing:
        pictures = drawing.submit(lambda: tuple(_pictures(data, options.out)))
        found = layout_checks.check(rendering)
    found = (*found, *ink_checks.check(written, markup.format, edition.place))
    return BuiltFile(data, rendering.pages, found), pictures.result()


def _web(markup: Markup, edition: Edition) -> BuiltFile:
    page = write_page(markup)
    return BuiltFile(page, 0, tuple(web_checks.check(page, markup, edition.place)))


def _pictures(data: bytes, folder: Path) -> Iterator[str]:
    """The names of the pages' pictures, called by what is seen on them."""
    document = PdfiumDocument(data)
    for number in range(1, min(document.pages, MOST) + 1):
        page = document.draw(number, words=False)
        name = f"{_seen(page)}.png"
        if not (folder / name).exists():
            _keep(folder / name, _png(page))
        yield name


def _seen(page: RasterPage) -> str:
    pixels = page.image.tobytes()
    size = repr(page.image.size).encode()
    return hashlib.sha256(size + pixels).hexdigest()[:_NAME]


def _png(page: RasterPage) -> bytes:
    """The picture as PNG (W3C, third edition), each line as it is: half the time of Pillow's."""
    (wide, high), pixels = page.image.size, page.image.tobytes()
    line = len(pixels) // high
    rows = (b"\0" + pixels[start : start + line] for start in range(0, len(pixels), line))
    pieces = (
        (b"IHDR", struct.pack(">IIBBBBB", wide, high, _BITS, _RGB, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"".join(rows), _SQUEEZE)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*piece) for piece in pieces)


def _chunk(name: bytes, data: bytes) -> bytes:
    check = zlib.crc32(name + data)
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", check)


def _keep(path: Path, data: bytes) -> None:
    write(path, data, path.name, sync=False)


def _placed(findings: tuple[Finding, ...], root: Root) -> tuple[PlacedFinding, ...]:
    return tuple(
        PlacedFinding(finding, _line(finding, root)) for finding in gravest_first(findings)
    )


def _line(finding: Finding, root: Root) -> str:
    """The line that a finding is about, as its file has it."""
    span = finding.span
    if not span.line:
        return ""
    try:
        text = root.called(span.file).read_text(encoding="utf-8")
    except (OSError, UnicodeError):
        return ""
    return dict(enumerate(text.splitlines(), start=1)).get(span.line, "").strip()
