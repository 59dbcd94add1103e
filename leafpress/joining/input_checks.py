"""Which files are joined at all: refusals, each with its reason, before anything is touched."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Object

from leafpress.findings import Finding, Problem, Span
from leafpress.joining.damage import (
    damage_of,
    has_impossible_generation,
    is_whole,
    refusal,
    without_table,
)
from leafpress.joining.file_kinds import kind_of
from leafpress.joining.limits import BYTES, DEEP, INFLATED, OBJECTS, PAGES
from leafpress.joining.signatures import why_signed
from leafpress.joining.survey import Survey
from leafpress.joining.xfa import is_dynamic
from leafpress.pdf_objects import ObjectRef, dictionary_at, items_at
from leafpress.rules import finding

INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
"""What a page may have from the nodes above it (ISO 32000-1, table 30)."""

_HEADER = re.compile(rb"%PDF-\d")


class Mending(Enum):
    """How far a file is mended while it is read."""

    AS_IT_IS = "as it is"
    REBUILT = "with a new table of objects, if nothing else is wrong"
    REPAIRED = "with whatever qpdf guesses"


def open_bounded(data: bytes, name: str, mending: Mending = Mending.AS_IT_IS) -> pikepdf.Pdf:
    """Open a file that a stranger wrote, to look at it: within bounds, whatever it is.

    Raises:
        Problem: it cannot be opened, or has no measure (E001, E006 to E011).
    """
    _check_size(data, name)
    _check_head(data, name)
    _limit_memory()
    pdf = _opened(data, name, mending)
    if not isinstance(pdf.Root, Dictionary):
        raise Problem(finding("E006", Span(name), reason="it has no catalogue"))
    if len(pdf.objects) > OBJECTS:
        raise Problem(finding("E011", Span(name), what=f"{len(pdf.objects)} objects"))
    return pdf


def refuse(pdf: pikepdf.Pdf, surveyed: Survey, name: str) -> None:
    """Refuse a file that may not be joined, though it can be opened.

    Raises:
        Problem: it is encrypted, signed, a form of XFA only, or a portfolio (E002 to E005).
        Excess: its form has too many fields; it could be too deep.
    """
    reasons = list(_refusals(pdf, surveyed, name))
    if reasons:
        raise Problem(*reasons)
    surveyed.check()


def findings_of(pdf: pikepdf.Pdf, name: str, mending: Mending) -> list[Finding]:
    """What there is to tell of how a file could be read: asked when it is read (E021, E093).

    Raises:
        Problem: it is damaged, and may not be mended (E006).
    """
    damage = damage_of(pdf, rebuilt=mending is Mending.REBUILT)
    if damage.harmful and mending is Mending.REPAIRED:
        return [finding("E021", Span(name))]
    if damage.harmful:
        raise refusal(name, damage.harmful, repair=False)
    return damage.told(name)


def _check_size(data: bytes, name: str) -> None:
    if len(data) > BYTES:
        size = len(data) / 1_000_000
        raise Problem(finding("E010", Span(name), size=f"{size:.0f}", limit=BYTES // 1_000_000))


def _check_head(data: bytes, name: str) -> None:
    """A PDF says so within its first 1024 bytes (ISO 32000-1, annex H.3.4.1)."""
    if not _HEADER.search(data[:1024]):
        raise Problem(finding("E007", Span(name), reason=kind_of(data)))


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


def _opened(data: bytes, name: str, mending: Mending) -> pikepdf.Pdf:
    repair = mending is not Mending.AS_IT_IS
    if not repair and has_impossible_generation(data):
        raise refusal(name, "invalid xref entry", repair=False)
    source = BytesIO(without_table(data) if mending is Mending.REBUILT else data)
    try:
        pdf = pikepdf.open(source, attempt_recovery=repair, inherit_page_attributes=False)
    except pikepdf.PasswordError:
        raise Problem(finding("E001", Span(name), key="a password")) from None
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:  # whatever qpdf says of bytes
        raise _unopened(data, name, str(error), repair=repair) from None
    if mending is Mending.REBUILT and not is_whole(pdf, data):
        raise Problem(finding("E006", Span(name), reason="not all of it can be found again"))
    return pdf


_CIPHERS = ("encryption dictionary", "unsupported encryption", "encryption filter")
"""What qpdf says of a file that no password of its kinds opens."""


def _unopened(data: bytes, name: str, words: str, *, repair: bool) -> Problem:
    if not any(cipher in words for cipher in _CIPHERS):
        return refusal(name, words, repair=repair)
    by_certificate = b"/Adobe.PubSec" in data or b"/Adobe.PPKLite" in data
    key = "somebody’s certificate" if by_certificate else "a program or key of its own"
    return Problem(finding("E001", Span(name), key=key))


def _refusals(pdf: pikepdf.Pdf, surveyed: Survey, name: str) -> Iterator[Finding]:
    if pdf.is_encrypted:
        yield finding("E002", Span(name))
    signed = why_signed(pdf, surveyed.may_sign)
    if signed:
        yield finding("E003", Span(name), how=signed)
    if is_dynamic(pdf):
        yield finding("E004", Span(name))
    if "/Collection" in pdf.Root:
        yield finding("E005", Span(name))


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
