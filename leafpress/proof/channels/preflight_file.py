"""Checks before delivery that need no drawing: how large a file is, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from leafpress.findings import Finding
from leafpress.proof.channels import inventory
from leafpress.proof.channels.preflight_case import Check, PreflightCase

A4 = (210.0, 297.0)

A4_TOLERANCE = 2.0
"""Millimetres (GOV.UK Notify's own check)."""


def can_be_opened(case: PreflightCase) -> Iterator[Finding]:
    """No encryption, and something to show: who prints or converts has to open the file."""
    if case.pdf.is_encrypted:
        yield case.finding("P060", reason="it is protected by encryption")
    if not case.sizes:
        yield case.finding("P060", reason="it has no pages")


def outside_links(case: PreflightCase) -> Iterator[Finding]:
    """Addresses outside a message are checked by its sender."""
    if not case.channel.links:
        return
    count = inventory.outside_links(case.pdf)
    if count:
        yield case.finding("P061", count=count)


def page_count(case: PreflightCase) -> Iterator[Finding]:
    """No more pages and sheets than the envelope holds."""
    pages, channel = len(case.sizes), case.channel
    sheets = ceil(pages / 2)
    facts = {"pages": pages, "sheets": sheets}
    if channel.pages is not None and pages > channel.pages:
        yield case.finding("P062", most=f"{channel.pages} pages", **facts)
    elif channel.sheets is not None and sheets > channel.sheets:
        yield case.finding("P062", most=f"{channel.sheets} sheets", **facts)


def page_size(case: PreflightCase) -> Iterator[Finding]:
    """Every page is A4, by its MediaBox and by what is shown of it."""
    if not case.channel.a4:
        return
    for number, size in enumerate(case.sizes, start=1):
        wrong = [box for box in size.boxes if not _is_a4(box, case.channel.upright)]
        if wrong:
            width, height = wrong[0]
            facts = {"width": f"{width:.0f}", "height": f"{height:.0f}"}
            yield case.finding("P064", page=number, paper=case.channel.paper, **facts)


def _is_a4(box: tuple[float, float], upright: bool) -> bool:
    width, height = box if upright else sorted(box)
    return max(abs(width - A4[0]), abs(height - A4[1])) <= A4_TOLERANCE


def embedded_fonts(case: PreflightCase) -> Iterator[Finding]:
    """Every font is in the file."""
    if not case.channel.fonts:
        return
    missing = inventory.unembedded(case.pdf)
    if missing:
        yield case.finding("P069", fonts=", ".join(missing[:5]))


def prints_completely(case: PreflightCase) -> Iterator[Finding]:
    """Nothing that paper cannot show."""
    if not case.channel.printed:
        return
    things = inventory.not_printable(case.pdf)
    if things:
        yield case.finding("P076", things=", ".join(things))


def has_no_actions(case: PreflightCase) -> Iterator[Finding]:
    """Nothing that acts by itself or at a click."""
    actions = inventory.actions(case.pdf)
    if actions:
        yield case.finding("P077", things=", ".join(actions))


def is_tagged(case: PreflightCase) -> Iterator[Finding]:
    """There are tags, a language and a title: what a screen reader cannot do without (P079)."""
    if not case.channel.tagged:
        return
    missing = inventory.missing_accessibility(case.pdf)
    if missing:
        yield case.finding("P079", missing=", ".join(missing))


CHECKS: tuple[Check, ...] = (
    can_be_opened,
    outside_links,
    page_count,
    page_size,
    embedded_fonts,
    prints_completely,
    has_no_actions,
    is_tagged,
)
