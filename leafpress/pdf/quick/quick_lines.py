"""Pango's objects, made once for each way of writing, and lines that were broken before.

What is kept on a style lives as long as its document. What is kept on the font configuration
stays for the process: one of each context, font description and list of features. Where the same
leaflet is laid out again and again, so do its lines (`keep_lines`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_FONT = (
    "font_style",
    "font_stretch",
    "font_weight",
    "font_size",
    "font_variant_caps",
    "font_variation_settings",
)
_FEATURES = (
    "font_kerning",
    "font_variant_ligatures",
    "font_variant_position",
    "font_variant_caps",
    "font_variant_numeric",
    "font_variant_alternates",
    "font_variant_east_asian",
    "font_feature_settings",
)


_BROKEN_BY = (
    *("white_space", "word_break", "tab_size", "hyphens"),
    *("hyphenate_limit_chars", "hyphenate_limit_zone", "hyphenate_character"),
)
"""What decides where a line breaks, besides what decides how it is written (`_objects_of`)."""

_MOST = 2000
"""Lines kept of each way of writing, of twice as many at most: a leaflet has some 1,000."""


class _Lines:
    """Lines that were broken: those that nobody has asked for in a long time are let go."""

    def __init__(self) -> None:
        self._recent: dict[Any, Any] = {}
        self._older: dict[Any, Any] = {}

    def get(self, key: Any) -> Any:
        line = self._recent.get(key)
        if line is None and key in self._older:
            line = self._recent[key] = self._older.pop(key)
        return line

    def __setitem__(self, key: Any, line: Any) -> None:
        if len(self._recent) >= _MOST:
            self._older, self._recent = self._recent, {}
        self._recent[key] = line


_LINES: dict[Any, _Lines] | None = None
"""Of all documents, by how they are written and broken; None where each has its own."""


def keep_lines() -> None:
    """From now on keep lines from document to document: for the preview, where one word differs."""
    global _LINES  # noqa: PLW0603  # a process either does so or does not
    _LINES = {} if _LINES is None else _LINES


def _lines_of(style: Any) -> Any:
    """Where lines of a style are kept; those that a layout is set up for by stock code, on it."""
    objects = _own_objects(style)
    if _LINES is None or objects is None:
        return {}
    key = objects.number, repr([style[name] for name in _BROKEN_BY])
    return _LINES.setdefault(key, _Lines())


def broken_once(stock: Callable[..., Any]) -> Callable[..., Any]:
    """`split_first_line`: a line of the same words, style and room breaks where it did before.

    Each caller has a layout of its own, since alignment is noted on it.
    """

    def split(text: str, style: Any, context: Any, *room: Any, **more: Any) -> Any:
        own = style.__dict__
        if "_lines" not in own:
            own["_lines"] = _lines_of(style)
        lines = own["_lines"]
        key = text, room, *more.items()
        line = lines.get(key)
        if line is None:
            line = lines[key] = stock(text, style, context, *room, **more)
            del line[0].style  # with it, a document would stay
        layout = line[0].__class__.__new__(line[0].__class__)
        layout.__dict__.update(line[0].__dict__, style=style)
        return (layout, *line[1:])

    return split


def measured_once(stock: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """`strut`: the height of a style's line and its baseline."""

    def strut(style: Any) -> Any:
        kept = style.__dict__.get("_strut")
        if kept is None:
            kept = style.__dict__["_strut"] = stock(style)
        return kept

    return strut


class _Pango:
    """The objects that a kind of style needs: context, language, font and features."""

    def __init__(self, style: Any, number: int) -> None:
        from weasyprint.text.constants import PANGO_DIRECTION
        from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
        from weasyprint.text.fonts import font_features, get_font_description

        self.number = number
        fonts = style.font_config
        context = pango.pango_font_map_create_context(fonts.font_map)
        self.context = ffi.gc(context, gobject.g_object_unref)
        pango.pango_context_set_round_glyph_positions(self.context, False)
        pango.pango_context_set_base_dir(self.context, PANGO_DIRECTION[style["direction"]])
        name, _bytes = unicode_to_char_p(style["lang"])
        self.language = pango.pango_language_from_string(name)
        pango.pango_context_set_language(self.context, self.language)
        self.description = get_font_description(style)
        self.features = ffi.NULL
        features = font_features(*(style[name] for name in _FEATURES))
        if features:
            said = ",".join(f"{name} {value}" for name, value in features.items()).encode()
            attribute = pango.pango_attr_font_features_new(said)
            self.features = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
            pango.pango_attr_list_insert(self.features, attribute)


def _is_plain(style: Any) -> bool:
    """Whether nothing is ever added to the list of a layout's features, which is shared."""
    return bool(
        style["lang"]
        and style["font_language_override"] == "normal"
        and style["text_decoration_line"] == "none"
        and style["letter_spacing"] == "normal"
        and not style["word_spacing"]
        and style["overflow_wrap"] == "normal"
    )


def _objects_of(style: Any) -> _Pango | None:
    """The objects for a style; None for one that stock code sets up."""
    if not _is_plain(style):
        return None
    font = tuple(style["font_family"]), *(style[name] for name in (*_FONT, *_FEATURES))
    key = style["direction"], style["lang"], repr(font)
    kept = style.font_config.__dict__.setdefault("_pango", {})
    if key not in kept:
        kept[key] = _Pango(style, len(kept))
    objects: _Pango = kept[key]
    return objects


def _own_objects(style: Any) -> _Pango | None:
    own = style.__dict__
    if "_objects" not in own:
        own["_objects"] = _objects_of(style)
    objects: _Pango | None = own["_objects"]
    return objects


def set_up_once(stock: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`Layout.setup`: objects are made once for each way of writing, and not for each line."""
    from weasyprint.text.ffi import ffi, gobject, pango

    def setup(layout: Any, style: Any) -> None:
        objects = _own_objects(style)
        if objects is None or layout.justification_spacing:
            stock(layout, style)
            return
        layout.style, layout.first_line_direction = style, 0
        layout.language = objects.language
        layout.layout = ffi.gc(pango.pango_layout_new(objects.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, objects.description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        if objects.features != ffi.NULL:
            pango.pango_layout_set_attributes(layout.layout, objects.features)

    return setup


def kept_active(_stock: Callable[[Any], None]) -> Callable[[Any], None]:
    """`Layout.deactivate`: a document of ours has some hundred lines, and each is read again."""

    def deactivate(_layout: Any) -> None:
        pass

    return deactivate


def still_active(stock: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """`Layout.reactivate`: nothing to do, but for a line that was stretched since.

    Stock code makes a layout as wide as it likes to be. So is one that was found without room.
    """
    from weasyprint.text.ffi import pango

    def reactivate(layout: Any, style: Any) -> None:
        if layout.justification_spacing or layout.__dict__.get("style") is not style:
            stock(layout, style)
        else:
            pango.pango_layout_set_width(layout.layout, -1)

    return reactivate


def plain_text(stock: Callable[..., None]) -> Callable[..., None]:
    """`Layout.set_text`: most styles set no blanks or letters apart, and have no tabs."""
    from weasyprint.text.ffi import pango

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        is_stretched = justify and layout.justification_spacing
        if is_stretched or "\t" in text or "\n" in text or _own_objects(layout.style) is None:
            stock(layout, text, justify)
            return
        layout.text = text
        pango.pango_layout_set_text(layout.layout, text.encode().replace(b"\x00", b""), -1)

    return set_text


def sizes_of_lines(_stock: Callable[[Any, Any], tuple[Any, Any]]) -> Callable[..., tuple[Any, Any]]:
    """`line_size`: one rectangle for all answers."""
    from weasyprint.text.ffi import FROM_UNITS, ffi, pango

    answer = ffi.new("PangoRectangle *")

    def line_size(line: Any, style: Any) -> tuple[Any, Any]:
        pango.pango_layout_line_get_extents(line, ffi.NULL, answer)
        width, height = answer.width * FROM_UNITS, answer.height * FROM_UNITS
        if style["letter_spacing"] != "normal":
            width += style["letter_spacing"]
        return width, height

    return line_size
