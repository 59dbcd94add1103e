"""Which files are joined at all: refusals, each with its reason, before anything is touched."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Object

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.limits import BYTES, DEEP, INFLATED, OBJECTS, PAGES
from leafpress.pdf_objects import IN_PLACE, ObjectRef, dictionary_at, items_at, value_at
from leafpress.rules import finding

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What a page may have from the nodes above it (ISO 32000-1, table 30)."""

_HEADER = re.compile(rb"%PDF-\d")
_NOISE = re.compile(r"^.*?(?:object at 0x[0-9a-f]+>|stream <[^>]*>)\s*:?\s*", re.DOTALL)


def open_checked(data: bytes, name: str, *, repair: bool) -> tuple[pikepdf.Pdf, list[Finding]]:
    """Open a file that may be joined; with warnings, where it was repaired (E021).

    Raises:
        Problem: it may not be joined (E001 to E010).
        Excess: its form has too many fields.
    """
    _check_size(data, name)
    _check_head(data, name)
    _limit_memory()
    pdf = _opened(data, name, repair=repair)
    reasons = list(_refusals(pdf, name))
    if reasons:
        raise Problem(*reasons)
    was_repaired = repair and first_warning(pdf) != ""
    return pdf, [finding("E021", Span(name))] if was_repaired else []


HARMLESS = ("a common error handled correctly by qpdf",)
"""What qpdf warns of without having guessed anything."""


def first_warning(pdf: pikepdf.Pdf) -> str:
    """The first thing that qpdf had to guess while reading; "" for none. Ask once: it forgets."""
    for warning in map(str, pdf.get_warnings()):
        if not any(harmless in warning for harmless in HARMLESS):
            return warning
    return ""


def _check_size(data: bytes, name: str) -> None:
    if len(data) > BYTES:
        size = len(data) / 1_000_000
        raise Problem(finding("E010", Span(name), size=f"{size:.0f}", limit=BYTES // 1_000_000))


def _check_head(data: bytes, name: str) -> None:
    """A PDF says so within its first 1024 bytes (ISO 32000-1, annex H.3.4.1)."""
    if not _HEADER.search(data[:1024]):
        reason = "it does not begin as a PDF does" if data else "it is empty"
        raise Problem(finding("E007", Span(name), reason=reason))


@cache
def _limit_memory() -> None:
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
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:  # whatever qpdf says of bytes
        raise damaged(name, str(error), repair=repair) from None


def damaged(name: str, words: str, *, repair: bool) -> Problem:
    """The refusal of a file that cannot be read as it is (E006 to E008, E011).

    Args:
        words: qpdf's, or ours: what is wrong.
        repair: whether it was mended already, as far as possible.
    """
    reason = _NOISE.sub("", words).strip(" ,:") or "qpdf does not say how"
    if "no pages found" in reason:
        return Problem(finding("E008", Span(name)))
    if "limit" in reason or "memory" in reason:
        return Problem(finding("E011", Span(name), what=reason[:120]))
    if repair:
        return Problem(finding("E007", Span(name), reason=f"it is beyond repair ({reason[:120]})"))
    return Problem(finding("E006", Span(name), reason=reason[:120]))


def _refusals(pdf: pikepdf.Pdf, name: str) -> Iterator[Finding]:
    root = pdf.Root
    if not isinstance(root, Dictionary):
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
    if dictionary_at(pdf.Root, "/Perms") is not None:
        return True
    waiting = items_at(dictionary_at(pdf.Root, "/AcroForm"), "/Fields")
    seen: set[ObjectRef] = set()
    while waiting:
        field = waiting.pop()
        if isinstance(field, Dictionary) and field.objgen not in seen:
            seen |= {field.objgen} - {IN_PLACE}
            if field.get("/FT") == "/Sig" and "/V" in field:
                return True
            waiting += items_at(field, "/Kids")
    return False


def _is_dynamic(pdf: pikepdf.Pdf) -> bool:
    """A dynamic XFA form: its pages are made by the reader (ISO 32000-1, 12.7.8; table 28)."""
    form = dictionary_at(pdf.Root, "/AcroForm")
    return form is not None and "/XFA" in form and bool(value_at(pdf.Root, "/NeedsRendering"))


def _is_portfolio(pdf: pikepdf.Pdf) -> bool:
    return "/Collection" in pdf.Root


_TABLE: tuple[tuple[str, Callable[[pikepdf.Pdf], bool]], ...] = (
    ("E002", _is_encrypted),
    ("E003", _is_signed),
    ("E004", _is_dynamic),
    ("E005", _is_portfolio),
)


def pages_of(pdf: pikepdf.Pdf, name: str) -> list[Dictionary]:
    """Every page in order, with what it inherits written on it.

    Raises:
        Problem: there is none (E008), there are too many (E009), or the tree is damaged (E006).
    """
    pages: list[Dictionary] = []
    for page, inherited in _walked(dictionary_at(pdf.Root, "/Pages"), name):
        for key, value in inherited.items():
            if key not in page:
                page[key] = value
        pages.append(page)
        if len(pages) > PAGES:
            raise Problem(finding("E009", Span(name), limit=f"{PAGES} pages"))
    if not pages:
        raise Problem(finding("E008", Span(name)))
    return pages


_Inherited = dict[str, Object]


def _walked(tree: Dictionary | None, name: str) -> Iterator[tuple[Dictionary, _Inherited]]:
    """The pages in order, each with what the nodes above it say of it."""
    waiting: list[tuple[object, _Inherited, int]] = []
    if tree is not None:
        waiting.append((tree, {}, 0))
    seen: set[ObjectRef] = set()
    while waiting:
        node, inherited, depth = waiting.pop()
        if not isinstance(node, Dictionary) or not _is_new(node, seen) or depth > DEEP:
            reason = "its tree of pages holds something that is no page, or holds it twice"
            raise Problem(finding("E006", Span(name), reason=reason))
        seen.add(node.objgen)
        if "/Kids" not in node:
            yield node, inherited
            continue
        own = {key: node[key] for key in INHERITED if key in node}
        kids = items_at(node, "/Kids")
        waiting += [(kid, inherited | own, depth + 1) for kid in reversed(kids)]


def _is_new(node: Dictionary, seen: set[ObjectRef]) -> bool:
    return node.is_indirect and node.objgen not in seen
