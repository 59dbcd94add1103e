"""A tagged PDF of small pages, imposed on sheets: two pages a side, to fold and staple.

The contents of two pages become one content stream. A form XObject a page would leave them as they
are, but many programs that read aloud find no marked content inside one. So content numbers
(MCID) of the second page rise, and everything that names a page or a place on it moves along.
The structure tree keeps its order: who listens hears the pages as they are read, not as they stand.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from leafpress.pdf.booklet.imposition import SHEET, SIDES, Side, sheets, sides
from leafpress.pdf.booklet.move_pages import Move, move_tree

_MM = 72 / 25.4

_FOLD = (5 * _MM, 10 * _MM)
"""From where to where a fold mark goes, from the edge: printers keep some 4 mm free."""
_STAPLE = 12 * _MM
"""Width of an office staple (24/6, 26/6). It covers its mark."""


def impose(data: bytes, *, right_to_left: bool) -> bytes:
    """A booklet of the pages of a tagged PDF that this package wrote.

    Args:
        data: a PDF whose pages are at most half an A4 sheet, and share their resources.
        right_to_left: whether the booklet opens from the other side.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        _impose(pdf, sides(sheets(len(pdf.pages), right_to_left=right_to_left)))
        done = io.BytesIO()
        pdf.save(done, deterministic_id=True)
    return done.getvalue()


def _impose(pdf: Any, imposed: tuple[Side, ...]) -> None:
    small = list(pdf.pages)
    _refuse(small)
    large = [pdf.add_blank_page(page_size=SHEET) for _ in imposed]
    moves: dict[tuple[int, int], Move] = {}
    for number, (side, sheet) in enumerate(zip(imposed, large, strict=True)):
        marks = _marks(staples=number == 0 and len(imposed) > SIDES)
        halves = list(_halves(small, side, sheet, moves))
        sheet.obj.Contents = pdf.make_stream(b"\n".join([*halves, marks]))
        sheet.obj.Tabs = pikepdf.Name.S
    move_tree(pdf, moves)
    del pdf.pages[: len(small)]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(_labels(imposed)))
    pdf.Root.ViewerPreferences = _preferences(pdf.Root.get("/ViewerPreferences"))


def _halves(
    small: list[Any], side: Side, sheet: Any, moves: dict[tuple[int, int], Move]
) -> Iterator[bytes]:
    """The content of each half of a side, the page that is read first before the other."""
    taken = 0
    middle = SHEET[0] / 2
    pages = [(side.left, -1), (side.right, 0)]
    for number, halves in sorted((number, half) for number, half in pages if number):
        page = small[number - 1]
        _, _, wide, high = (float(each) for each in page.mediabox)
        move = Move(sheet.obj, middle + halves * wide, (SHEET[1] - high) / 2, taken)
        moves[page.obj.objgen] = move
        _move_patterns(page, move)
        content, taken = _raised(page, taken)
        clip = f"q 1 0 0 1 {move.right:.6f} {move.up:.6f} cm 0 0 {wide:g} {high:g} re W n\n"
        yield clip.encode() + content + b"\nQ"
        _share(sheet, page)


def _share(sheet: Any, page: Any) -> None:
    """What a page brings along besides its content."""
    sheet.obj.Resources = page.obj.Resources
    if "/Annots" in page.obj:
        sheet.obj.Annots = pikepdf.Array([*sheet.obj.get("/Annots", []), *page.obj.Annots])


def _refuse(small: list[Any]) -> None:
    """What WeasyPrint 70 does not write, or nobody asked it for, would be drawn wrongly."""
    if len({page.obj.Resources.objgen for page in small}) > 1:
        raise AssertionError("the pages of a document share one dictionary of resources")


def _move_patterns(page: Any, move: Move) -> None:
    """Move the gradients of a page with it.

    They are tied to the corner of the page, not to what they fill (ISO 32000-1, 8.7.3.1).
    WeasyPrint writes one for each thing that it fills.
    """
    patterns = page.obj.Resources.get("/Pattern", pikepdf.Dictionary())
    painted = [each.operands[-1] for each in pikepdf.parse_content_stream(page, "scn SCN")]
    for name in {each for each in painted if isinstance(each, pikepdf.Name)}:
        before = pikepdf.Matrix(patterns[name].get("/Matrix", pikepdf.Matrix().as_array()))
        after = before @ pikepdf.Matrix(1, 0, 0, 1, move.right, move.up)
        patterns[name].Matrix = after.as_array()


def _raised(page: Any, by: int) -> tuple[bytes, int]:
    """A page's content with higher content numbers, and the first number that is free after it."""
    free = by
    content: list[Any] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands = list(instruction.operands)
        if str(instruction.operator) == "BDC" and _is_content(operands[1]):
            mcid = int(operands[1]["/MCID"]) + by
            operands[1]["/MCID"], free = mcid, max(free, mcid + 1)
        content.append((operands, instruction.operator))
    return pikepdf.unparse_content_stream(content), free


def _is_content(properties: Any) -> bool:
    return isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties


def _marks(*, staples: bool) -> bytes:
    """Short lines that show where to fold; outside on the cover, also where the staples go."""
    wide, high = SHEET
    start, end = _FOLD
    lines = [(start, end), (high - end, high - start)]
    if staples:
        lines += [(each - _STAPLE / 2, each + _STAPLE / 2) for each in (high / 4, 3 * high / 4)]
    drawn = " ".join(f"{wide / 2:.3f} {y:.3f} m {wide / 2:.3f} {to:.3f} l S" for y, to in lines)
    return f"/Artifact <</Type /Page>> BDC q 0.5 w 0 G {drawn} Q EMC".encode()


def _labels(imposed: tuple[Side, ...]) -> Iterator[Any]:
    """Each side is called by the pages that stand on it, as “8, 1” (ISO 32000-1, 12.4.2)."""
    for number, side in enumerate(imposed):
        name = ", ".join(str(page) for page in (side.left, side.right) if page)
        yield number
        yield pikepdf.Dictionary(P=pikepdf.String(name))


def _preferences(before: Any) -> Any:
    """What a print dialogue is told: both sides, turned on the short edge, at its own size.

    ISO 32000-1, table 150.
    """
    told = pikepdf.Dictionary(before or {})
    told.Duplex = pikepdf.Name.DuplexFlipShortEdge
    told.PrintScaling = pikepdf.Name("/None")
    told.PickTrayByPDFSize = True
    return told
