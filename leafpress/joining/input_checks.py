"""Which files are joined at all: refusals, each with its reason, before anything is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.limits import BYTES, DEEP, INFLATED, OBJECTS, PAGES, entry, key_of, listed
from leafpress.rules import finding

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What a page may have from the nodes above it (ISO 32000-1, table 30)."""

_HEADER = re.compile(rb"%PDF-\d")
_NOISE = re.compile(r"^.*?(?:object at 0x[0-9a-f]+>|stream <[^>]*>)\s*:?\s*", re.DOTALL)


def admitted(data: bytes, name: str, *, repair: bool) -> tuple[pikepdf.Pdf, list[Finding]]:
    """Open a file that may be joined; with warnings, where it was repaired.

    Raises:
        Problem: it may not be joined (E001 to E010).
    """
    _weighed(data, name)
    _guard()
    pdf = _opened(data, name, repair=repair)
    reasons = list(_refusals(pdf, name))
    if reasons:
        raise Problem(*reasons)
    repaired = [finding("E021", Span(name))] if repair and warned(pdf) else []
    return pdf, repaired


HARMLESS = ("a common error handled correctly by qpdf",)
"""What qpdf warns of without having guessed anything."""


def warned(pdf: pikepdf.Pdf) -> str:
    """The first thing that qpdf had to guess while reading; "" for none. Ask once: it forgets."""
    warnings = (str(each) for each in pdf.get_warnings())
    return next((each for each in warnings if not any(h in each for h in HARMLESS)), "")


def _weighed(data: bytes, name: str) -> None:
    if len(data) > BYTES:
        size = len(data) / 1_000_000
        raise Problem(finding("E010", Span(name), size=f"{size:.0f}", limit=BYTES // 1_000_000))
    if not _HEADER.search(data[:1024]):  # ISO 32000-1, annex H.3.4.1: within the first 1024 bytes
        what = "it is empty" if not data else "it does not begin as a PDF does"
        raise Problem(finding("E007", Span(name), reason=what))


@cache
def _guard() -> None:
    """Bound what qpdf unpacks, once for the process: small files can unpack to fill the memory."""
    pikepdf.settings.set_qpdf_limits(
        flate_max_memory=INFLATED,
        png_max_memory=INFLATED,
        tiff_max_memory=INFLATED,
        run_length_max_memory=INFLATED,
        dct_max_memory=INFLATED,
        doc_max_warnings=1000,
    )


def _opened(data: bytes, name: str, *, repair: bool) -> pikepdf.Pdf:
    try:
        return pikepdf.open(BytesIO(data), attempt_recovery=repair, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise Problem(finding("E001", Span(name))) from None
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise damaged(name, error, repair=repair) from None


def damaged(name: str, error: Exception, *, repair: bool) -> Problem:
    """The refusal of a file that cannot be read as it is."""
    reason = _NOISE.sub("", str(error)).strip(" ,:") or type(error).__name__
    if "no pages found" in reason:
        return Problem(finding("E008", Span(name)))
    if "limit" in reason or "memory" in reason:
        return Problem(finding("E011", Span(name), what=reason[:120]))
    if repair:
        return Problem(finding("E007", Span(name), reason=f"it is beyond repair ({reason[:120]})"))
    return Problem(finding("E006", Span(name), reason=reason[:120]))


def _refusals(pdf: pikepdf.Pdf, name: str) -> Iterator[Finding]:
    root = pdf.Root
    if not isinstance(root, pikepdf.Dictionary):
        yield finding("E006", Span(name), reason="it has no catalogue")
        return
    if len(pdf.objects) > OBJECTS:
        yield finding("E011", Span(name), what=f"{len(pdf.objects)} objects")
        return
    for rule, is_so in _TABLE:
        if is_so(pdf):
            yield finding(rule, Span(name))


def _is_encrypted(pdf: pikepdf.Pdf) -> bool:
    return pdf.is_encrypted


def _is_signed(pdf: pikepdf.Pdf) -> bool:
    """A signature with a value, or a promise about changes (ISO 32000-1, 12.8)."""
    if entry(pdf.Root, "/Perms") is not None:
        return True
    form = entry(pdf.Root, "/AcroForm")
    waiting = listed(form.get("/Fields")) if form is not None else []
    seen: set[tuple[int, int]] = set()
    while waiting:
        field = waiting.pop()
        if isinstance(field, pikepdf.Dictionary) and key_of(field) not in seen:
            seen |= {key_of(field)} - {(0, 0)}
            if field.get("/FT") == "/Sig" and "/V" in field:
                return True
            waiting += listed(field.get("/Kids"))
    return False


def _is_dynamic(pdf: pikepdf.Pdf) -> bool:
    """A dynamic XFA form: its pages are made by the reader (ISO 32000-1, 12.7.8; table 28)."""
    form = entry(pdf.Root, "/AcroForm")
    return form is not None and "/XFA" in form and bool(pdf.Root.get("/NeedsRendering"))


def _is_portfolio(pdf: pikepdf.Pdf) -> bool:
    return "/Collection" in pdf.Root


_TABLE: tuple[tuple[str, Callable[[pikepdf.Pdf], bool]], ...] = (
    ("E002", _is_encrypted),
    ("E003", _is_signed),
    ("E004", _is_dynamic),
    ("E005", _is_portfolio),
)


def pages_of(pdf: pikepdf.Pdf, name: str) -> list[Any]:
    """Every page in order, with what it inherits written on it.

    Raises:
        Problem: there is none (E008), there are too many (E009), or the tree is damaged (E006).
    """
    pages: list[Any] = []
    seen: set[tuple[int, int]] = set()
    for page, inherited in _walked(entry(pdf.Root, "/Pages"), name, seen):
        for key, value in inherited.items():
            if key not in page:
                page[key] = value
        pages.append(page)
        if len(pages) > PAGES:
            raise Problem(finding("E009", Span(name), limit=f"{PAGES} pages"))
    if not pages:
        raise Problem(finding("E008", Span(name)))
    return pages


def _walked(
    tree: Any, name: str, seen: set[tuple[int, int]]
) -> Iterator[tuple[Any, dict[str, Any]]]:
    waiting: list[tuple[Any, dict[str, Any], int]] = [(tree, {}, 0)] if tree is not None else []
    while waiting:
        node, inherited, depth = waiting.pop()
        faulty = not isinstance(node, pikepdf.Dictionary) or not node.is_indirect
        if faulty or key_of(node) in seen or depth > DEEP:
            reason = "its tree of pages holds something that is no page, or holds it twice"
            raise Problem(finding("E006", Span(name), reason=reason))
        seen.add(key_of(node))
        if "/Kids" not in node:
            yield node, inherited
            continue
        own = {key: node[key] for key in INHERITED if key in node}
        kids = listed(node["/Kids"])
        waiting += [(kid, inherited | own, depth + 1) for kid in reversed(kids)]
