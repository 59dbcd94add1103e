"""Pages as pdfium draws them for print: where ink lies, how much it is, what is seen in grey.

One pixel is 0.254 mm. Lengths are in millimetres from the top left corner of the page as seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import combinations
from typing import Any

from PIL import Image, ImageChops, ImageStat

from leafpress.pages.colour import contrast
from leafpress.proof.channels import qr_codes
from leafpress.proof.channels.channels import Area

DPI = 100
"""Pixels an inch: a page takes some 10 ms, and a QR code's modules are still told apart."""

_MM = 25.4 / DPI

INK = 5
"""Steps of 255 by which a pixel differs from its ground before it counts: less is rounding."""

_WORTH_SEEING = 0.003
"""Part of a page that a colour has to cover before it is compared with others."""

_OTHER_COLOUR = 60
"""Steps of 255 in red, green or blue by which colours look different to most people."""

_SAME_GREY = 1.2
"""Two greys with less contrast than this look the same beside each other on office paper."""

_SOME = 0.05
"""Part of a word's box that what is behind it covers at least: bold letters leave thrice that."""

_AROUND = ((-1, 0), (1, 0), (0, -1), (0, 1))

_SHADE = 16
"""Steps of 255 that make one shade; those next to the letters' own are edges, or no contrast."""

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Ink:
    """How much of a page is ink, in percent.

    Args:
        amount: full ink counts whole and a tint by its strength, as toner does.
        area: whatever is not white counts whole.
    """

    amount: float
    area: float


@dataclass(frozen=True)
class RasterPage:
    """One page. `image` is RGB; `words` are pieces of text: their colour, and their box."""

    number: int
    image: Image.Image
    words: tuple[tuple[Colour, Box], ...] = ()

    @cached_property
    def grey(self) -> Image.Image:
        """The page as a printer without colour makes it."""
        return self.image.convert("L")

    def edges(self, *, bleed: bool = False) -> dict[str, float]:
        """How far the ink stays from each edge; nothing for a page without ink.

        Args:
            bleed: a colour that all four corners have is the page's ground, and no ink.
        """
        box = self._ink(self._ground() if bleed else WHITE).getbbox()
        if box is None:
            return {}
        left, top, right, bottom = (edge * _MM for edge in box)
        width, height = (length * _MM for length in self.image.size)
        return {"left": left, "right": width - right, "upper": top, "lower": height - bottom}

    def has_ink(self, area: Area) -> bool:
        """Whether anything is drawn in an area; half a millimetre at its edges is let pass."""
        left, top = round((area.left + 0.5) / _MM), round((area.top + 0.5) / _MM)
        right, bottom = round((area.right - 0.5) / _MM), round((area.bottom - 0.5) / _MM)
        return self._ink(WHITE).crop((left, top, right, bottom)).getbbox() is not None

    def _ground(self) -> Colour:
        right, bottom = self.image.width - 1, self.image.height - 1
        places = ((0, 0), (right, 0), (0, bottom), (right, bottom))
        corners = {_colour(self.image.getpixel(place)) for place in places}
        return corners.pop() if len(corners) == 1 else WHITE

    def _ink(self, ground: Colour) -> Image.Image:
        """White where the page differs from its ground."""
        other = ImageChops.difference(self.image, Image.new("RGB", self.image.size, ground))
        return _most(other).point(lambda value: 255 if value > INK else 0)

    @cached_property
    def black(self) -> Ink:
        """All ink as black: how dark the page is in grey."""
        return _coverage(ImageChops.invert(self.grey))

    @cached_property
    def key(self) -> Ink:
        """Black ink where colours have inks of their own: what the three of them share."""
        return _coverage(_least(ImageChops.invert(self.image)))

    @cached_property
    def colour(self) -> Ink:
        """Cyan, magenta and yellow, summed, once what they share is black."""
        inks = ImageChops.invert(self.image)
        shared = _least(inks)
        parts = [ImageChops.subtract(band, shared) for band in inks.split()]
        amount = sum(_coverage(part).amount for part in parts)
        return Ink(amount, _coverage(_most(Image.merge("RGB", parts))).area)

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """What each QR code says whose modules are half a millimetre or more."""
        return qr_codes.read(self.grey)

    def faint(self, least: float) -> float | None:
        """The worst contrast in grey of any words with what is behind them, if below `least`."""
        contrasts = [self._contrast(grey_of(colour), box) for colour, box in self.words]
        return min((ratio for ratio in contrasts if ratio < least), default=None)

    def fills(self) -> dict[Colour, int]:
        """Colours of areas, and of how many pixels each has four neighbours alike."""
        beside = [ImageChops.offset(self.image, across, down) for across, down in _AROUND]
        edges = [ImageChops.difference(self.image, neighbour) for neighbour in beside]
        most = reduce(ImageChops.lighter, edges)
        inside = _most(most).point(lambda value: 0 if value else 255)
        marked: Any = self.image.copy()
        marked.putalpha(inside)
        counted = marked.getcolors(marked.width * marked.height) or []
        return {_colour(colour[:3]): count for count, colour in counted if colour[3]}

    def _contrast(self, letters: int, box: Box) -> float:
        """Contrast of letters with the commonest other shade in their box, where there is one."""
        histogram = self.grey.crop(box).histogram()
        shades = {low: histogram[low : low + _SHADE] for low in _other_shades(letters)}
        commonest = max(shades, key=lambda low: sum(shades[low]))
        pixels = shades[commonest]
        if sum(pixels) < _SOME * sum(histogram):
            return 1.0
        return _contrast(letters, commonest + pixels.index(max(pixels)))

    def lookalikes(self) -> Iterator[tuple[str, str]]:
        """Pairs of colours, each on a part of the page worth seeing, that turn the same grey."""
        size = self.image.width * self.image.height
        counted = self.image.getcolors(size) or []
        wide = sorted(_colour(c) for count, c in counted if count > _WORTH_SEEING * size)
        for one, other in combinations(wide[:20], 2):
            apart = max(abs(a - b) for a, b in zip(one, other, strict=True))
            if apart > _OTHER_COLOUR and _contrast(grey_of(one), grey_of(other)) < _SAME_GREY:
                yield _hex(one), _hex(other)


def _other_shades(letters: int) -> Iterator[int]:
    """The least grey of each shade that letters of a grey, and their edges, do not have."""
    for low in range(0, 256, _SHADE):
        if not low - _SHADE < letters < low + 2 * _SHADE - 1:
            yield low


def _colour(value: Any) -> Colour:
    """A pixel of an RGB image: Pillow's type allows for any image's."""
    red, green, blue = value
    return red, green, blue


def grey_of(colour: Colour) -> int:
    """The grey of a colour, 0 to 255 (ITU-R 601-2, as Pillow's "L")."""
    red, green, blue = colour
    return (299 * red + 587 * green + 114 * blue) // 1000


def _contrast(one: int, other: int) -> float:
    """The contrast of two greys from 0 to 255."""
    return contrast((one / 255,) * 3, (other / 255,) * 3)


def _hex(colour: Colour) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _most(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _least(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def _coverage(strength: Image.Image) -> Ink:
    """Coverage by one ink, whose strength is 255 where it is full."""
    histogram = strength.histogram()
    area = sum(histogram[INK + 1 :]) / sum(histogram)
    return Ink(100 * ImageStat.Stat(strength).mean[0] / 255, 100 * area)
