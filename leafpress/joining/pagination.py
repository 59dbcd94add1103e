"""Which lost content is pagination: running heads, feet and page numbers outside the text.

A wrong answer is not the same harm both ways: a running head that is heard disturbs, a date that
is not heard is missed. So content has to stand outside all other content of its page, and besides
nearer to the edge than any other content comes on pages of this size (that is: in the margin), or
at the same place with nearly the same letters on another page. All else is heard.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name, Stream, TokenType

from leafpress.joining.content_places import Box, Content, PagePlaces
from leafpress.joining.marked_content import Owner, number_of
from leafpress.pdf_objects import instructions

SAME_PLACE = 2.0
"""Points by which a running head may stand higher or lower on another page."""
NUMBER = 4
"""Codes of a page number, which differ on each page: `viii`."""


@dataclass(frozen=True, slots=True)
class LostPiece:
    """A lost tree that stands on one page.

    Args:
        page: which page.
        box: around all its content.
        codes: of its text, as the page has them.
    """

    page: int
    box: Box
    codes: bytes


def edge_of(
    piece: LostPiece,
    others: Sequence[LostPiece],
    body: Mapping[int, Box],
    pages: Sequence[PagePlaces],
) -> str:
    """The edge at which a piece of pagination stands: `Top`, `Left` …; "" for what is none.

    Args:
        others: the other lost pieces of the file.
        body: around the content in the tree, by page; without the pages that have none.
    """
    page = pages[piece.page]
    alike = [
        number
        for number, other in enumerate(pages)
        if _size(other) == _size(page) and number in body
    ]
    own = body.get(piece.page) or _around([body[number] for number in alike])
    if own is None:
        return ""
    margin = min(_margin(body[number], pages[number]) for number in alike)
    edges = _outside(piece.box, own)
    in_margin = [edge for edge in edges if _reach(piece.box, page)[edge] <= margin]
    runs = any(_runs(piece, other) for other in others)
    return next(iter(in_margin or (edges if runs else ())), "")


def _size(page: PagePlaces) -> tuple[int, int]:
    return round(page.width), round(page.height)


def _around(boxes: Sequence[Box]) -> Box | None:
    around: Box | None = None
    for box in boxes:
        around = box if around is None else around.with_(box)
    return around


def _outside(box: Box, body: Box) -> list[str]:
    """On which sides of the body a box stands."""
    sides = {
        "Top": box.bottom >= body.top,
        "Bottom": box.top <= body.bottom,
        "Left": box.right <= body.left,
        "Right": box.left >= body.right,
    }
    return [side for side, outside in sides.items() if outside]


def _reach(box: Box, page: PagePlaces) -> dict[str, float]:
    """How far from each edge the far side of a box is, in points."""
    return {
        "Top": page.height - box.bottom,
        "Bottom": box.top,
        "Left": box.right,
        "Right": page.width - box.left,
    }


def _margin(body: Box, page: PagePlaces) -> float:
    """How near the content of a page comes to any edge, in points."""
    return min(body.left, body.bottom, page.width - body.right, page.height - body.top)


def _runs(piece: LostPiece, other: LostPiece) -> bool:
    """Whether another page has nearly the same at the same height."""
    if piece.page == other.page:
        return False
    rise = abs(piece.box.top - other.box.top), abs(piece.box.bottom - other.box.bottom)
    return max(rise) <= SAME_PLACE and _are_alike(piece.codes, other.codes)


def _are_alike(one: bytes, other: bytes) -> bool:
    """Whether two texts begin and end alike for half their length, or are page numbers."""
    longest = max(len(one), len(other))
    shortest = min(len(one), len(other))
    start = _same_start(one, other)
    end = min(_same_start(one[::-1], other[::-1]), shortest - start)
    return longest <= NUMBER or 2 * (start + end) >= longest


def _same_start(one: bytes, other: bytes) -> int:
    for count, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return count
    return min(len(one), len(other))


def make_artifacts(pdf: pikepdf.Pdf, owner: Owner, edges: Mapping[int, str]) -> None:
    """Mark content of a page or a form as pagination (ISO 32000-1, 14.8.2.2.2 and table 330).

    Every other byte stays as it is.

    Args:
        edges: by number, the edge of the page at which it stands.

    Raises:
        pikepdf.PdfError: the content cannot be parsed.
    """
    numbers = [number_of(owner, mark) for mark in instructions(owner, "BDC")]
    marker = _Marker([edges.get(number, "") if number is not None else "" for number in numbers])
    if isinstance(owner, Stream):
        page = pdf.make_indirect(Dictionary(Type=Name.Page, Contents=owner))
        owner.write(pikepdf.Page(page).get_filtered_contents(marker))
    else:
        owner.Contents = pdf.make_stream(pikepdf.Page(owner).get_filtered_contents(marker))


class _Marker(pikepdf.TokenFilter):
    """Writes other marks in place of some.

    Args:
        edges: of each mark with properties (BDC) in order, the edge; "" for one that stays.
    """

    def __init__(self, edges: Sequence[str]) -> None:
        super().__init__()
        self._edges = iter(edges)
        self._operands: list[pikepdf.Token] = []

    # pikepdf's stub gives the token a default, which it never uses.
    def handle_token(self, token: pikepdf.Token) -> list[pikepdf.Token]:  # type: ignore[override]
        """Hold back operands until their operator is known."""
        self._operands.append(token)
        if token.type_ not in {TokenType.word, TokenType.eof}:
            return []
        written, self._operands = self._operands, []
        edge = next(self._edges, "") if token.raw_value == b"BDC" else ""
        if edge:
            return [pikepdf.Token(TokenType.word, _artifact(edge))]
        return written if token.type_ == TokenType.word else written[:-1]


def _artifact(edge: str) -> bytes:
    """The mark of pagination. A box is optional there, and ours would be a guess."""
    subtype = f" /Subtype /{_SUBTYPES[edge]}" if edge in _SUBTYPES else ""
    return f"\n/Artifact <</Type /Pagination /Attached [/{edge}]{subtype}>> BDC".encode()


_SUBTYPES = {"Top": "Header", "Bottom": "Footer"}


def body_boxes(
    owned: Collection[Content],
    pages: Sequence[PagePlaces],
) -> dict[int, Box]:
    """Around the content of each page that is in the tree; without the pages that have none."""
    found: dict[int, Box] = {}
    for number, page in enumerate(pages):
        around = _around([box for content, box in page.boxes.items() if content in owned])
        if around is not None:
            found[number] = around
    return found
