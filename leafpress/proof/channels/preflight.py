"""Whether a way of delivery takes a PDF: ours, a letter with leaflets behind it, or any other.

A check is a function in a list; each limit has a rule (P060 to P079), and each finding says what
was measured. `docs/channels.md` says how, and what cannot be known.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from io import BytesIO

import pikepdf

from leafpress.findings import Finding, Span, sort
from leafpress.proof.channels import preflight_file, preflight_paper
from leafpress.proof.channels.channels import Channel
from leafpress.proof.channels.preflight_case import Check, PreflightCase
from leafpress.proof.channels.rasterise import Undrawn
from leafpress.rules import finding

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # broken files are findings here

LARGEST = 60_000_000
"""Bytes of a file that is opened at all: twelve times what any channel takes."""


_BROKEN = (
    pikepdf.PdfError,
    Undrawn,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""What pikepdf, pdfium and our own reading raise for objects that are not what they should be."""

CHECKS: tuple[Check, ...] = (*preflight_file.CHECKS, *preflight_paper.CHECKS)


def check(data: bytes, channel: Channel, place: Span) -> tuple[Finding, ...]:
    """Everything for which a channel would refuse a PDF, or a person has to look at it.

    Args:
        data: the file; any bytes: what cannot be read is a finding (P060).
        place: how findings name the file.
    """
    found = list(_file_size(data, channel, place))
    if len(data) <= LARGEST:
        found += _inside(data, channel, place)
    return sort(found)


def _file_size(data: bytes, channel: Channel, place: Span) -> Iterator[Finding]:
    limit = min(channel.size or LARGEST, LARGEST)
    if len(data) >= limit:
        facts = {"size": f"{len(data):,}", "limit": f"{limit:,}"}
        yield finding("P063", place, channel=channel.id, **facts)


def _inside(data: bytes, channel: Channel, place: Span) -> list[Finding]:
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            case = PreflightCase(pdf, data, channel, place)
            found = [each for look in CHECKS for each in look(case)]
            damage = (
                "it is damaged, and was mended for this look only" if pdf.get_warnings() else ""
            )
    except pikepdf.PasswordError:
        return [finding("P060", place, channel=channel.id, reason="it asks for a password")]
    except _BROKEN as error:
        reason = f"it is damaged, or no PDF ({type(error).__name__})"
        return [finding("P060", place, channel=channel.id, reason=reason)]
    return [*found, finding("P060", place, channel=channel.id, reason=damage)] if damage else found
