"""From markup to a finished file: one maker for each kind of format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leafpress.findings import Finding, Problem, errors
from leafpress.pages.formats import Kind
from leafpress.pages.render import Markup
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import Edition, Order
from leafpress.proof import layout_checks


@dataclass(frozen=True, slots=True)
class Made:
    """A finished file: its bytes, how many pages it has, and what was found on the way."""

    data: bytes
    pages: int
    findings: tuple[Finding, ...] = ()


def _pdf(markup: Markup, edition: Edition, order: Order) -> Made:
    rendering = lay_out(markup, PROFILES[order.profile], edition.place)
    findings = layout_checks.check(rendering)
    if errors(findings):
        raise Problem(*findings)
    return Made(write_pdf(rendering), rendering.pages, findings)


Maker = Callable[[Markup, Edition, Order], Made]

MAKERS: Mapping[Kind, Maker] = {
    Kind.PDF: _pdf,
}
"""How each kind is made. Each raises `Problem` when what it makes is not fit to be handed out."""
