"""Whether a way of delivery takes a PDF: ours, a letter with leaflets behind it, or any other.

A check is a function in a list; each limit has a rule (P060 to P079), and each finding says what
was measured. `docs/channels.md` says how, and what cannot be known.
"""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pypdfium2

from leafpress.findings import Finding, Span, sort
from leafpress.pdf_objects import UNREADABLE, Excess
from leafpress.proof.channels import preflight_file, preflight_paper
from leafpress.proof.channels.channels import Channel
from leafpress.proof.channels.preflight_case import Check, PreflightCase
from leafpress.proof.channels.rasterise import Undrawn
from leafpress.rules import finding

LARGEST = 60_000_000
"""Bytes of a file that is opened at all: twelve times what any channel takes."""


_BROKEN = (*UNREADABLE, Excess, Undrawn, pypdfium2.PdfiumError)
"""What is raised for a reason of the file. An AttributeError or TypeError is a fault of ours: it
has to surface, and not to tell a clinic that its letter is damaged."""

CHECKS: tuple[Check, ...] = (*preflight_file.CHECKS, *preflight_paper.CHECKS)


def check(data: bytes, channel: Channel, place: Span) -> tuple[Finding, ...]:
    """Everything for which a channel would refuse a PDF, or a person has to look at it.

    Args:
        data: the file; any bytes: what cannot be read is a finding (P060).
        place: how findings name the file.
    """
    findings = list(_file_size(data, channel, place))
    if len(data) <= LARGEST:
        findings += _inside(data, channel, place)
    return sort(findings)


def _file_size(data: bytes, channel: Channel, place: Span) -> Iterator[Finding]:
    limit = min(channel.size or LARGEST, LARGEST)
    if len(data) >= limit:
        facts = {"size": f"{len(data):,}", "limit": f"{limit:,}"}
        yield finding("P063", place, channel=channel.id, **facts)


def _inside(data: bytes, channel: Channel, place: Span) -> list[Finding]:
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            case = PreflightCase(pdf, data, channel, place)
            findings = list(_looked_at(case))
            was_mended = bool(pdf.get_warnings())
    except pikepdf.PasswordError:
        return [_unusable(channel, place, "it asks for a password")]
    except _BROKEN as error:
        return [_unusable(channel, place, f"it is damaged, or no PDF ({type(error).__name__})")]
    if was_mended:
        reason = "it is damaged, and was mended for this look only"
        findings.append(_unusable(channel, place, reason))
    return findings


def _looked_at(case: PreflightCase) -> Iterator[Finding]:
    for check_one in CHECKS:
        yield from check_one(case)


def _unusable(channel: Channel, place: Span, reason: str) -> Finding:
    return finding("P060", place, channel=channel.id, reason=reason)
