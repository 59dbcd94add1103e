"""One file before one channel, opened and drawn once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import pikepdf

from leafpress.findings import Finding, Span
from leafpress.proof.channels import inventory
from leafpress.proof.channels.channels import Channel
from leafpress.proof.channels.raster_page import RasterPage
from leafpress.proof.channels.rasterise import MOST, PdfiumDocument, Undrawn
from leafpress.rules import finding


@dataclass(frozen=True)
class PreflightCase:
    """One file before one channel."""

    pdf: pikepdf.Pdf
    data: bytes
    channel: Channel
    place: Span

    def finding(self, rule: str, **facts: object) -> Finding:
        """A finding about this file."""
        return finding(rule, self.place, channel=self.channel.id, **facts)

    @cached_property
    def sizes(self) -> list[inventory.Size]:
        """Every page's size."""
        return inventory.sizes(self.pdf)

    @cached_property
    def paper(self) -> PdfiumDocument:
        """The file as pdfium opens it."""
        return PdfiumDocument(self.data, [size.unit for size in self.sizes])

    @cached_property
    def _drawn(self) -> tuple[list[RasterPage], dict[int, str]]:
        pages: list[RasterPage] = []
        undrawn: dict[int, str] = {}
        for number in range(1, len(self.sizes) + 1):
            try:
                if number > MOST:
                    raise Undrawn(f"only the first {MOST} pages are drawn")
                pages.append(self.paper.draw(number, words=self.channel.mono))
            except Undrawn as error:
                undrawn[number] = str(error)
        return pages, undrawn

    @property
    def pages(self) -> list[RasterPage]:
        """The pages that could be drawn."""
        return self._drawn[0]

    @property
    def undrawn(self) -> dict[int, str]:
        """Why other pages could not be drawn, by number."""
        return self._drawn[1]


Check = Callable[[PreflightCase], Iterator[Finding]]
