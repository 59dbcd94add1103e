"""BRF: cells of six dots as ASCII, as embossers take them."""

from __future__ import annotations

_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
"""North American ASCII braille, a character a cell, in the order of Unicode from U+2800 (the table
that liblouis keeps as `en-us-brf.dis`; a test compares them). Capitals, since every embosser takes
those."""

LINE_END, PAGE_END = "\r\n", "\f"

_TO_ASCII = {0x2800 + dots: character for dots, character in enumerate(_ASCII)}
_TO_CELLS = {ord(character): chr(cell) for cell, character in _TO_ASCII.items()}


def encode(pages: list[list[str]]) -> bytes:
    """Pages of lines of cells as a file: CR LF after each line, a form feed after each page."""
    ended = ("".join(line + LINE_END for line in page) + PAGE_END for page in pages)
    return "".join(ended).translate(_TO_ASCII).encode("ascii")


def decode(data: bytes) -> list[list[str]]:
    """The pages of a file, as lines of cells.

    Raises:
        ValueError: it is not a file of ASCII braille, with pages that end as `encode` ends them.
    """
    text = data.decode("ascii")
    pages = text.split(PAGE_END)
    if pages.pop() or not all(page.endswith(LINE_END) for page in pages):
        raise ValueError("a page does not end as it should")
    lines = [page.split(LINE_END)[:-1] for page in pages]
    if not all(character in _ASCII for page in lines for line in page for character in line):
        raise ValueError("there is a character that is no cell")
    return [[line.translate(_TO_CELLS) for line in page] for page in lines]
