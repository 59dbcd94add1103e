"""WeasyPrint's private names that leafpress uses: the only list of them.

Two are replaced while a document is painted: `add_tags`, which writes the structure tree, and
`draw_first_line`, which writes words; `Stream.marked` is taught to tell artifacts. The others
are read. A test compares the digest of each one's source with the one written here;
`docs/upgrading-weasyprint.md` says what to do when it differs.
"""

from __future__ import annotations

import hashlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from leafpress.pdf.engine import weasyprint

VERSION = "70.0"
"""The version in which every name below was read."""


@dataclass(frozen=True, slots=True)
class Private:
    """A private name: where it is, what for, and the digest of its source when it was read."""

    module: str
    name: str
    use: str
    digest: str

    def source_digest(self) -> str:
        """SHA-256 of its source here, 16 digits."""
        thing = attrgetter(self.name)(importlib.import_module(self.module))
        return hashlib.sha256(inspect.getsource(thing).encode()).hexdigest()[:16]


NAMES = (
    Private("weasyprint.pdf.tags", "add_tags", "replaced: pdf/tagging.py", ""),
    Private("weasyprint.draw.text", "draw_first_line", "replaced: pdf/text_layer.py", ""),
    Private("weasyprint.pdf.stream", "Stream.marked", "replaced: artifacts", ""),
    Private("weasyprint.pdf.stream", "Stream.add_font", "called: fonts of a page", ""),
    Private("weasyprint.draw.text", "draw_text", "calls draw_first_line", ""),
    Private("weasyprint.draw", "draw_inline_level", "calls Stream.marked for words", ""),
    Private("weasyprint.draw", "draw_block_level", "calls Stream.marked for pictures", ""),
    Private("weasyprint.pdf", "generate_pdf", "calls add_tags, keeps the order of steps", ""),
    Private("weasyprint.pdf.anchors", "add_links", "writes box.link_annotation", ""),
    Private("weasyprint.pdf.anchors", "add_outlines", "writes the outlines in their order", ""),
    Private("weasyprint.anchors", "gather_anchors", "finds links and bookmarks in boxes", ""),
    Private("weasyprint.pdf.fonts", "build_fonts_dictionary", "writes ToUnicode", ""),
    Private("weasyprint.pdf.fonts", "_build_vector_font_dictionary", "writes widths", ""),
    Private("weasyprint.document", "Page", "keeps _page_box", ""),
)


@dataclass(frozen=True)
class Replacements:
    """What is painted our way.

    Args:
        add_tags: takes (pdf, document, version, page streams).
        draw_first_line: takes (stream, text box, overflow, ellipsis, matrix); the emojis drawn.
        artifact: the properties of an artifact when a box is one, else None.
    """

    add_tags: Callable[..., None]
    draw_first_line: Callable[..., list[Any]]
    artifact: Callable[[Any], Any]


@contextmanager
def replaced(ours: Replacements) -> Iterator[None]:
    """WeasyPrint paints our way inside the block, and its own way again afterwards."""
    weasyprint()
    import weasyprint.draw.text as text
    from weasyprint import pdf
    from weasyprint.pdf.stream import Stream

    before = pdf.add_tags, text.draw_first_line, Stream.marked
    pdf.add_tags, text.draw_first_line = ours.add_tags, ours.draw_first_line
    Stream.marked = _marked(ours.artifact, Stream.marked)
    try:
        yield
    finally:
        pdf.add_tags, text.draw_first_line, Stream.marked = before


def _marked(artifact: Callable[[Any], Any], usual: Callable[..., Any]) -> Callable[..., Any]:
    @contextmanager
    def marked(stream: Any, box: Any, tag: str) -> Iterator[None]:
        properties = artifact(box)
        if properties is None:
            with usual(stream, box, tag):
                yield
            return
        stream.begin_marked_content("Artifact", properties)
        yield
        stream.end_marked_content()

    return marked
