"""How much a reader has to work through to show a page: bounded before anything goes out (E011).

Joining copies what is packed as it is, so a letter that unpacks to a gigabyte would be joined in
no time, and stop the patient's reader. A page weighs what its operators weigh, in bytes; a form,
pattern or soft mask (ISO 32000-1, 8.7 to 8.10 and 11.5) as often as it is drawn, however deep
they are in each other; an annotation its look. Pictures are measured in pixels.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Dictionary, Stream

from leafpress.joining import pixels
from leafpress.joining.limits import (
    ALL_CONTENT,
    CONTENT,
    DEEP,
    DRAWN,
    HEAVY_GLYPH,
    OPERATORS,
    UNPACKED,
)
from leafpress.joining.unpacking import PICTURES, could_become, filters, length, start_of
from leafpress.pdf_objects import (
    Excess,
    ObjectRef,
    dictionaries_at,
    dictionary_at,
    entries_of,
    items_at,
    name_at,
    object_ref,
    value_at,
)

_GAP = rb"(?:[\0\s]|%[^\r\n]*[\r\n])+"
_USE = re.compile(
    rb"/([^\0\s/\[\]<>(){}%]+)" + _GAP + rb"(Do|scn|SCN|gs|Tf|[\d.+-]+" + _GAP + rb"Tf)"
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")

_KINDS = {b"Do": "/XObject", b"scn": "/Pattern", b"SCN": "/Pattern", b"gs": "/ExtGState"}
"""Where the resources have what an operator draws (table 33)."""

_AFTER = frozenset(b"\0\t\n\f\r )]>")
"""Bytes after which an operator may begin."""
_GAPS = bytes(
    ord(" ") if code in _AFTER else ord("a") if chr(code).isalpha() and code < 128 else code
    for code in range(256)
)
"""All those as blanks, all letters as one: so operators can be counted fast."""


def check(pdf: pikepdf.Pdf, pages: Sequence[Dictionary], most: int = ALL_CONTENT) -> None:
    """Refuse what no reader should be given to show.

    Args:
        pages: with what they inherit written on them.
        most: bytes of operators of all pages together.

    Raises:
        Excess: a page, a picture or a font goes past its bound.
    """
    _check_streams(pdf)
    scale = _Scale()
    weight = 0
    for page in pages:
        weight += scale.weigh_page(page)
        if weight > most:
            raise Excess(f"pages that take more than {most // 1_000_000} MB of operators together")


def _check_streams(pdf: pikepdf.Pdf) -> None:
    for thing in pdf.objects:
        if not isinstance(thing, Stream):
            continue
        if name_at(thing, "/Subtype") == "/Image":
            pixels.of_picture(thing)
        elif could_become(thing) > UNPACKED and length(thing, UNPACKED) > UNPACKED:
            raise Excess(f"a stream that unpacks to more than {UNPACKED // 1_000_000} MB")


class _Scale:
    """Weighs pages of one file; what is drawn on many of them is weighed once."""

    def __init__(self) -> None:
        self._weights: dict[ObjectRef, tuple[int, int]] = {}
        """By form: bytes of operators, and pixels of pictures, of one use."""

    def weigh_page(self, page: Dictionary) -> int:
        """The bytes of operators of a page, with all that it draws."""
        streams = [item for item in items_at(page, "/Contents") if isinstance(item, Stream)]
        own = self._content(streams)
        weights = [self._of(own, dictionary_at(page, "/Resources"), 0)]
        for annotation in dictionaries_at(page, "/Annots"):
            weights += [self._form(look, None, 0) for look in _looks(annotation)]
        return _total(weights)[0]

    def _of(self, content: bytes, resources: Dictionary | None, depth: int) -> tuple[int, int]:
        """What operators weigh, with all that they draw."""
        weights = [(len(content), pixels.in_place(content))]
        for (name, operator), times in _uses(content).items():
            thing = value_at(dictionary_at(resources, _KINDS.get(operator, "/Font")), name)
            if operator in _KINDS:
                weight, drawn = self._thing(thing, operator, resources, depth + 1)
            else:
                weight, drawn = self._font(thing, depth + 1, len(content))
            weights.append((weight * times, drawn * times))
        return _total(weights)

    def _thing(
        self, thing: object, operator: bytes, resources: Dictionary | None, depth: int
    ) -> tuple[int, int]:
        """What one use of a resource weighs."""
        if operator == b"gs":
            thing = value_at(dictionary_at(thing, "/SMask"), "/G")
        if not isinstance(thing, Stream):
            return 0, 0
        if name_at(thing, "/Subtype") == "/Image":
            return 0, pixels.of_picture(thing)
        return self._form(thing, resources, depth)

    def _form(self, form: Stream, outer: Dictionary | None, depth: int) -> tuple[int, int]:
        """What a form, a pattern or a glyph weighs; inside itself it weighs nothing.

        Args:
            outer: the resources around it, which readers use for a form without its own.
        """
        if depth > DEEP:
            raise Excess(f"drawings that lie more than {DEEP} levels deep in each other")
        ref = object_ref(form)
        if ref not in self._weights:
            self._weights[ref] = (0, 0)
            resources = dictionary_at(form, "/Resources")
            resources = outer if resources is None else resources
            self._weights[ref] = self._of(self._content([form]), resources, depth)
        return self._weights[ref]

    def _font(self, font: object, depth: int, size: int) -> tuple[int, int]:
        """A font whose glyphs are drawn by operators: heavy ones count for every letter."""
        if name_at(font, "/Subtype") != "/Type3":
            return 0, 0
        resources = dictionary_at(font, "/Resources")
        glyphs = entries_of(dictionary_at(font, "/CharProcs")).values()
        streams = [glyph for glyph in glyphs if isinstance(glyph, Stream)]
        weights = [self._form(glyph, resources, depth)[0] for glyph in streams]
        heaviest = max(weights, default=0)
        letters = size // 4 if heaviest > HEAVY_GLYPH else 1
        return heaviest * letters, 0

    def _content(self, streams: Sequence[Stream]) -> bytes:
        """The operators of streams.

        Raises:
            Excess: there are too many.
        """
        pieces: list[bytes] = []
        size = 0
        for stream in streams:
            if not PICTURES.isdisjoint(filters(stream)):
                continue
            pieces.append(_unpacked(stream))
            size += len(pieces[-1])
            if size > CONTENT:
                raise _too_heavy()
        content = b"\n".join(pieces)
        if len(content) > 2 * OPERATORS and _operators(content) > OPERATORS:
            raise Excess(f"a page with more than {OPERATORS // 1_000_000} million operators")
        return content


def _unpacked(stream: Stream) -> bytes:
    """What a stream holds; nothing where it is damaged: a reader draws no more of it."""
    if could_become(stream) > CONTENT and length(stream, CONTENT) > CONTENT:
        raise _too_heavy()
    try:
        return start_of(stream, CONTENT)
    except pikepdf.PdfError:
        return b""


def _operators(content: bytes) -> int:
    """How many operators there are, by where letters follow a gap; words of text may count."""
    return content.translate(_GAPS).count(b" a")


def _uses(content: bytes) -> Counter[tuple[str, bytes]]:
    """How often each resource is used, by its name with a slash and the operator."""
    uses: Counter[tuple[str, bytes]] = Counter()
    for name, operator in _USE.findall(content):
        plain = _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)
        key = "/" + plain.decode("utf-8", "replace")
        uses[key, b"Tf" if operator.endswith(b"Tf") else operator] += 1
    for use in uses:
        if use[1] == b"Tf":  # that a font is chosen again draws nothing
            uses[use] = 1
    return uses


def _looks(annotation: Dictionary) -> Iterator[Stream]:
    """The streams of an annotation's normal look: one, or one for each state."""
    look = value_at(dictionary_at(annotation, "/AP"), "/N")
    if isinstance(look, Stream):
        yield look
    elif isinstance(look, Dictionary):
        yield from (state for state in entries_of(look).values() if isinstance(state, Stream))


def _total(weights: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The sum of weights.

    Raises:
        Excess: it is past a bound.
    """
    weight = sum(own for own, _ in weights)
    drawn = sum(own for _, own in weights)
    if weight > CONTENT:
        raise _too_heavy()
    if drawn > DRAWN:
        raise Excess(f"a page of pictures with more than {DRAWN // 1_000_000} million pixels")
    return weight, drawn


def _too_heavy() -> Excess:
    return Excess(f"a page whose drawing takes more than {CONTENT // 1_000_000} MB of operators")
