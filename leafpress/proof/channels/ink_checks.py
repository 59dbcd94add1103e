"""Ink of finished pages, for formats that promise something of it: little of it, two colours."""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.findings import Finding, Span, sort
from leafpress.pages.formats import Format
from leafpress.proof.channels.raster_page import Colour, RasterPage, grey_of
from leafpress.rules import finding

_ROUNDING = 2
"""Steps of 255, and percent of black, by which a colour may be off."""

_PATCH = 20
"""Pixels of a flat colour that are a fill: about one square millimetre."""


def check(data: bytes, format_: Format, place: Span) -> tuple[Finding, ...]:
    """What pages have that their format must not; nothing is drawn for formats without limits."""
    if not (format_.scale or format_.ink or format_.tint):
        return ()
    from leafpress.proof.channels.rasterise import PdfiumDocument  # heavy, for few formats

    paper = PdfiumDocument(data)
    found: list[Finding] = []
    for number in range(1, paper.pages + 1):
        page = paper.draw(number, words=False)
        found += [*_tints(page, format_, place), *_ink(page, format_, place)]
        found += _colours(page, format_, place)
    return sort(found)


def _fills(page: RasterPage) -> list[Colour]:
    return [colour for colour, count in page.fills().items() if count >= _PATCH]


def _tints(page: RasterPage, format_: Format, place: Span) -> Iterator[Finding]:
    """No fill is lighter than a copier keeps (P027)."""
    black = [100 * (1 - grey_of(colour) / 255) for colour in _fills(page)]
    light = [each for each in black if _ROUNDING < each < (format_.tint or 0) - _ROUNDING]
    if light:
        facts = {"page": page.number, "least": f"{format_.tint:g}"}
        yield finding("P027", place, percent=f"{min(light):.0f}", **facts)


def _ink(page: RasterPage, format_: Format, place: Span) -> Iterator[Finding]:
    """No page takes more ink than the format promises (P028)."""
    if format_.ink is not None and page.black.amount >= format_.ink:
        facts = {"page": page.number, "most": f"{format_.ink:g}"}
        yield finding("P028", place, percent=f"{page.black.amount:.1f}", **facts)


def _colours(page: RasterPage, format_: Format, place: Span) -> Iterator[Finding]:
    """No fill has a colour that is not the format's (P029)."""
    allowed = [_read(colour) for _, colour in format_.scale]
    other = [each for each in _fills(page) if not any(_alike(each, one) for one in allowed)]
    if other and allowed:
        shown = ", ".join("#{:02x}{:02x}{:02x}".format(*each) for each in sorted(other)[:3])
        yield finding("P029", place, page=page.number, colours=shown)


def _read(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _alike(one: Colour, other: Colour) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) <= _ROUNDING
