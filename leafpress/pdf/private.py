"""WeasyPrint's private names that leafpress uses: the only list of them.

Some are replaced for good by quicker ones that give the same (`pdf/quick/replacing.py`).
Three are replaced while a document is painted: `add_tags`, which writes the structure tree,
`draw_first_line`, which writes words, and `Stream.marked`, which sets pieces of a page apart. One
is replaced while pages are laid out: `split_first_line`. The others are read. A test compares the
digest of each one's source with the one written here; `docs/upgrading-weasyprint.md` says what to
do when it differs.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from leafpress.pdf.engine import weasyprint
from leafpress.pdf.first_line import with_blank_at_its_end
from leafpress.pdf.quick.replacing import removed
from leafpress.pdf.tags.paint_order import marked
from leafpress.system.digest import of_text


@dataclass(frozen=True, slots=True)
class Private:
    """A private name: where it is, what for, and the digest of its source when it was read."""

    module: str
    name: str
    use: str
    digest: str

    def source_digest(self) -> str:
        """SHA-256 of its source here, 16 digits."""
        weasyprint()
        with removed():
            thing = attrgetter(self.name)(importlib.import_module(self.module))
            thing = getattr(thing, "fget", thing)  # of a property, what gets it
            return of_text(inspect.getsource(thing))[:16]


_BOXES = "weasyprint.formatting_structure.boxes"

NAMES = (
    Private("weasyprint.pdf.tags", "add_tags", "replaced: pdf/tags/tagging.py", "f0e74575b0bafaf3"),
    Private(
        "weasyprint.draw.text",
        "draw_first_line",
        "replaced: pdf/text/text_layer.py",
        "1bb8eae6d88e71b1",
    ),
    Private(
        "weasyprint.text.line_break",
        "split_first_line",
        "replaced: pdf/first_line.py",
        "39ad1016863ca34d",
    ),
    Private(
        "weasyprint.pdf.stream",
        "Stream.marked",
        "replaced: pdf/tags/paint_order.py",
        "3fa3acacbbf66422",
    ),
    Private(
        "weasyprint.pdf.stream",
        "Stream.add_font",
        "called: fonts of a page",
        "e4226e1117477217",
    ),
    Private("weasyprint.pdf.stream", "Stream.push_state", "called; keeps ctm", "3e2340c99b30acb9"),
    Private(
        "weasyprint.pdf.stream",
        "Stream.pop_state",
        "called; what it forgets pieces forget: _current_color, _current_alpha, _current_font",
        "de364bfee3bd7f4f",
    ),
    Private("weasyprint.pdf.stream", "Stream.transform", "called; changes ctm", "b8314df0b240f3b3"),
    Private(
        "weasyprint.pdf.stream",
        "Stream.add_group",
        "groups have extra, pages none; each stands in the _resources of its stream",
        "6022122164739805",
    ),
    Private("weasyprint.matrix", "Matrix", "called: invert, values", "312bf3b1eee91a0a"),
    Private(
        "weasyprint.draw",
        "draw_stacking_context",
        "clips a picture right before Stream.marked; sets no colour outside a saved state",
        "c5811b178bdff82e",
    ),
    Private("weasyprint.draw", "draw_replacedbox", "sets its own opacity", "7cb1486a51be82ab"),
    Private("weasyprint.draw.text", "draw_text", "calls draw_first_line", "ebaf96239c6ca363"),
    Private(
        "weasyprint.draw",
        "draw_inline_level",
        "calls Stream.marked for words",
        "068162a401d00efd",
    ),
    Private(
        "weasyprint.draw",
        "draw_block_level",
        "calls Stream.marked for pictures",
        "3de9ec3ad4aaad3c",
    ),
    Private(
        "weasyprint.pdf",
        "generate_pdf",
        "calls add_tags, keeps the order of steps",
        "626343ef25c396e8",
    ),
    Private(
        "weasyprint.pdf.anchors",
        "add_links",
        "writes box.link_annotation",
        "262e8b9b299892a7",
    ),
    Private(
        "weasyprint.pdf.anchors",
        "add_outlines",
        "writes the outlines in their order",
        "9f5d6afde78956a1",
    ),
    Private(
        "weasyprint.anchors",
        "gather_anchors",
        "finds links and bookmarks in boxes",
        "373f8c676f27da3b",
    ),
    Private(
        "weasyprint.pdf.fonts",
        "build_fonts_dictionary",
        "writes ToUnicode",
        "fc551bef35d0d6c3",
    ),
    Private(
        "weasyprint.pdf.fonts",
        "_build_vector_font_dictionary",
        "writes widths",
        "aa6eea312c6e3375",
    ),
    Private("weasyprint.document", "Page", "keeps _page_box", "69061840d66b7804"),
    Private(
        "weasyprint.pdf.stream",
        "Stream.__init__",
        "has _tags, ink_rect, logical_rect",
        "918b7e8bb22a7a82",
    ),
    Private(
        "weasyprint.pdf.stream",
        "Stream.set_font_size",
        "called: type of words",
        "34b9096d1555895d",
    ),
    Private(
        "weasyprint.pdf.fonts",
        "Font",
        "has to_unicode, glyph_count, file_content",
        "1888854798bf8726",
    ),
    Private("weasyprint.svg.text", "text", "calls draw_first_line in pictures", "67a30c3e181b4a80"),
    Private("weasyprint.text.line_break", "Layout", "called: get_first_line", "681b737d1ba5e004"),
    Private("weasyprint.text", "ffi", "Pango, FROM_UNITS, harfbuzz_subset", "530e83118f7841d2"),
    Private("weasyprint", "logger", "LOGGER: missing characters", "3c1e715fc63e3391"),
    Private("weasyprint.layout.absolute", "AbsolutePlaceholder", "keeps _box", "336e26c56311f105"),
    Private(
        _BOXES, "Box", "has element_tag, is_leader, content_box_x, border_width", "ff6d62300bafef85"
    ),
    Private(_BOXES, "TextBox", "words; layout adds pango_layout", "7fcb818c71c2bb89"),
    Private(_BOXES, "LineBox", "told by its class's name", "1a068a4d0ed800f8"),
    Private(_BOXES, "InlineBox", "told by its class's name", "4feae895b8404092"),
    Private(_BOXES, "InlineBlockBox", "told by its class's name", "6ad4a959586ed633"),
    Private(_BOXES, "ReplacedBox", "told by its class's name", "6c9405f6cce6026e"),
    Private(_BOXES, "TableRowGroupBox", "has is_header, is_footer", "aff92804f7828117"),
    Private(_BOXES, "MarginBox", "has at_keyword", "79a17d1578a5dbfe"),
    Private(
        "weasyprint.css",
        "ComputedStyle.__missing__",
        "quicker: pdf/quick/quick_styles.py; has cascaded, parent_style",
        "b318d8efc8ac79d7",
    ),
    Private(
        "weasyprint.css",
        "AnonymousStyle.__missing__",
        "quicker: pdf/quick/quick_styles.py",
        "d392527077647306",
    ),
    Private(
        "weasyprint.layout.percent",
        "resolve_percentages",
        "quicker: pdf/quick/quick_sizes.py",
        "71673078096fcf87",
    ),
    Private("weasyprint.layout.percent", "percentage", "called", "ebe404ccd9da50bf"),
    Private(
        "weasyprint.layout.percent",
        "resolve_radii_percentages",
        "quicker: pdf/quick/quick_sizes.py",
        "4980b3798c671710",
    ),
    Private(
        _BOXES, "Box.is_in_normal_flow", "quicker: pdf/quick/quick_sizes.py", "5f49d6ab23da7e51"
    ),
    Private(
        "weasyprint.text.line_break",
        "Layout.setup",
        "quicker: pdf/quick/quick_lines.py",
        "fb227a55094f41d4",
    ),
    Private(
        "weasyprint.text.line_break",
        "Layout.deactivate",
        "quicker: pdf/quick/quick_lines.py",
        "bfec3ec8406e1c82",
    ),
    Private(
        "weasyprint.text.line_break",
        "Layout.reactivate",
        "quicker: pdf/quick/quick_lines.py",
        "0b89ee097104b713",
    ),
    Private(
        "weasyprint.text.line_break",
        "strut",
        "quicker: pdf/quick/quick_lines.py",
        "b57885b70dd08efe",
    ),
    Private("weasyprint.text.fonts", "get_font_description", "called", "85734b8947b9bf64"),
    Private("weasyprint.text.fonts", "font_features", "called", "e35741064c068852"),
    Private(
        "weasyprint.layout.preferred",
        "shrink_to_fit",
        "quicker: pdf/quick/quick_sizes.py; calls min_content_width, max_content_width",
        "38ecf6d5c6439df6",
    ),
    Private(
        "weasyprint.layout.background",
        "layout_box_backgrounds",
        "quicker: pdf/quick/quick_painting.py; sets box.background",
        "617a870678c82755",
    ),
    Private(
        "weasyprint.draw.border",
        "draw_outline",
        "quicker: pdf/quick/quick_painting.py",
        "c98afcef4e21d301",
    ),
    Private(
        "weasyprint",
        "HTML._ua_stylesheets",
        "quicker: pdf/quick/quick_reading.py",
        "4fadfde9d15075b2",
    ),
    Private(
        "tinyhtml5.inputstream",
        "HTMLUnicodeInputStream.chars_until",
        "quicker: pdf/quick/quick_reading.py; has chunk, chunk_offset, chunk_size",
        "dfe353323dff1fdc",
    ),
    Private(
        "pydyf",
        "_to_bytes",
        "quicker: pdf/quick/quick_writing.py",
        "1cefd02c285d3aee",
    ),
    Private(
        "pydyf",
        "PDF.write",
        "quicker: pdf/quick/quick_writing.py; asks for data twice",
        "242cd38f92ecd33f",
    ),
    Private(
        "pydyf",
        "Stream.data",
        "quicker: pdf/quick/quick_writing.py",
        "bdc2bc513f286de7",
    ),
    Private(
        "pydyf",
        "Dictionary.data",
        "quicker: pdf/quick/quick_writing.py",
        "1a6ebf2b6bc6adcb",
    ),
    Private(
        "weasyprint.css.tokens",
        "Pending.solve",
        "quicker: pdf/quick/quick_styles.py",
        "7163bf515d3c22ef",
    ),
    Private(
        "tinycss2.color4",
        "parse_color",
        "quicker: pdf/quick/quick_styles.py",
        "a84708d3f4818d65",
    ),
    Private(
        "weasyprint.text.line_break",
        "Layout.set_text",
        "quicker: pdf/quick/quick_lines.py",
        "fe23ca9937dbf520",
    ),
    Private(
        "weasyprint.text.line_break",
        "line_size",
        "quicker: pdf/quick/quick_lines.py",
        "03fa04fd51fc69aa",
    ),
    Private(
        "weasyprint.formatting_structure.boxes",
        "Box.descendants",
        "quicker: pdf/quick/quick_sizes.py",
        "c15a877f61361343",
    ),
    Private("weasyprint.draw.color", "get_color", "called", "8196bf0c7ddc3e54"),
)


@contextmanager
def lines_mended() -> Iterator[None]:
    """WeasyPrint breaks lines our way inside the block."""
    weasyprint()
    from weasyprint.layout import inline

    before = inline.split_first_line
    inline.split_first_line = with_blank_at_its_end(before)
    try:
        yield
    finally:
        inline.split_first_line = before


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
    from weasyprint import pdf
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    before = pdf.add_tags, text.draw_first_line, Stream.marked
    pdf.add_tags, text.draw_first_line = ours.add_tags, ours.draw_first_line
    Stream.marked = marked(ours.artifact)
    try:
        yield
    finally:
        pdf.add_tags, text.draw_first_line, Stream.marked = before
