"""Whether the QR codes of an edition lead where the words beside them say (P049)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from leafpress.proof.channels.rasterise import PdfiumDocument
from leafpress.proof.tags.blocks import parsed

ON_THE_WEB = "on-the-web"
"""The class of what holds a code and, beside it, the link to the same address
(`templates/parts/about.html`)."""


def addresses(html: str) -> list[str]:
    """The addresses that stand beside codes in a page."""
    return [address for element in parsed(html).iter() for address in _beside_a_code(element)]


def _beside_a_code(element: Any) -> Iterator[str]:
    if ON_THE_WEB in element.attrib.get("class", "").split():
        for inside in element.iter():
            if inside.attrib.get("href"):
                yield inside.attrib["href"]


def read(data: bytes) -> list[str]:
    """What the codes on the pages of a PDF say, in their order.

    Raises:
        Undrawn: a page cannot be drawn.
    """
    document = PdfiumDocument(data)
    texts: list[str] = []
    for number in range(1, document.pages + 1):
        texts += document.draw(number, words=False).codes
    return texts


def compare(expected: list[str], codes: list[str]) -> Iterator[str]:
    """What codes say otherwise than the words beside them.

    Args:
        expected: the addresses in words.
        codes: what a camera reads.
    """
    printed, seen = Counter(expected), Counter(codes)
    for address in printed - seen:
        yield f"no code on the pages leads to {address}, which stands beside one"
    for text in seen - printed:
        yield f"a code leads to {text[:80]}, and no words beside it say so"
