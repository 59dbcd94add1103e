"""Checks before delivery of drawn pages: where ink lies, how much, and what is left in grey."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from leafpress.findings import Finding
from leafpress.proof.channels.preflight_case import Check, PreflightCase
from leafpress.proof.channels.raster_page import Ink

PIXEL = 0.3
"""Millimetres by which ink may reach into a margin: the pixel in which it begins."""

GREY_CONTRAST = 4.5
"""Least contrast of words in grey (WCAG 2.2, 1.4.3): the copier takes its share after that."""

_ADDRESS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
"""A web address in words."""


def margins(case: PreflightCase) -> Iterator[Finding]:
    """The margins are free of ink."""
    sides, ends = case.channel.sides, case.channel.ends
    if not sides:
        return
    edges = {page.number: page.edges(bleed=case.channel.bleed) for page in case.pages}
    places: list[str] = []
    for edge, free in {"left": sides, "right": sides, "upper": ends, "lower": ends}.items():
        distances = {number: there.get(edge, free) for number, there in edges.items()}
        near = {number: mm for number, mm in distances.items() if mm < free - PIXEL}
        if near:
            nearest = min(near.values())
            places.append(f"{nearest:.1f} mm from the {edge} edge (page {_ranges(near)})")
    if places:
        yield case.finding("P065", where=", ".join(places), sides=f"{sides:g}", ends=f"{ends:g}")


def _ranges(pages: Iterable[int]) -> str:
    """Numbers of pages, as `1–3, 5`."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(_range(run[0], run[-1]) for run in runs)


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def around_address(case: PreflightCase) -> Iterator[Finding]:
    """Nothing is printed around the address, where the envelope's window may show it."""
    first = next((page for page in case.pages if page.number == 1), None)
    if first is None:
        return
    inked = [area.name for area in case.channel.around if first.has_ink(area)]
    if inked:
        yield case.finding("P066", areas=", ".join(inked))


def address(case: PreflightCase) -> Iterator[Finding]:
    """The block holds words that a program can read; a person says whether they are the address."""
    area = case.channel.address
    if area is None or not case.pages or case.pages[0].number != 1:
        return
    if case.sizes[0].turned:
        yield case.finding("P078", page=1, reason="it is turned", what="its address block")
    elif case.paper.text(1, area).strip():
        yield case.finding("P068")
    else:
        yield case.finding("P067")


def qr_codes(case: PreflightCase) -> Iterator[Finding]:
    """Few QR codes, and their address in words."""
    most = case.channel.codes
    if most is None:
        return
    for page in case.pages:
        if len(page.codes) > most:
            yield case.finding("P070", page=page.number, count=len(page.codes), most=most)
        if page.codes and not _ADDRESS.search(case.paper.text(page.number)):
            yield case.finding("P071", page=page.number)


def coverage(case: PreflightCase) -> Iterator[Finding]:
    """Ink: the mean of the pages counts; stricter ways of counting are for a person to judge."""
    channel = case.channel
    measures = (
        ("black", channel.black, "black" if channel.colour is None else "key"),
        ("colour", channel.colour, "colour"),
    )
    for ink, limit, measure in measures:
        if limit is not None and case.pages:
            pages = [getattr(page, measure) for page in case.pages]
            yield from _coverage(case, ink, limit, pages)


def _coverage(case: PreflightCase, ink: str, limit: float, pages: list[Ink]) -> Iterator[Finding]:
    amounts = [page.amount for page in pages]
    mean, worst = sum(amounts) / len(pages), max(amounts)
    area = sum(page.area for page in pages) / len(pages)
    facts = {"ink": ink, "mean": f"{mean:.1f}", "worst": f"{worst:.1f}", "limit": f"{limit:g}"}
    if mean >= limit:
        yield case.finding("P072", **facts)
    elif worst >= limit or area >= limit:
        yield case.finding("P073", area=f"{area:.1f}", **facts)


def without_colour(case: PreflightCase) -> Iterator[Finding]:
    """In grey, words stand out, and no two colours turn into one."""
    if not case.channel.mono:
        return
    faint = {page.number: page.faint(GREY_CONTRAST) for page in case.pages}
    ratios = {number: ratio for number, ratio in faint.items() if ratio is not None}
    if ratios:
        facts = {"ratio": f"{min(ratios.values()):.1f}", "least": f"{GREY_CONTRAST:g}"}
        yield case.finding("P074", pages=_ranges(ratios), **facts)
    alike: dict[tuple[str, str], list[int]] = {}
    for page in case.pages:
        for pair in page.lookalikes():
            alike.setdefault(pair, []).append(page.number)
    for (one, other), numbers in alike.items():
        yield case.finding("P075", pages=_ranges(numbers), one=one, other=other)


def undrawn(case: PreflightCase) -> Iterator[Finding]:
    """What was not looked at is said."""
    if not case.channel.printed:
        return
    for number, reason in case.undrawn.items():
        yield case.finding("P078", page=number, reason=reason, what="its ink")


CHECKS: tuple[Check, ...] = (
    margins,
    around_address,
    address,
    qr_codes,
    coverage,
    without_colour,
    undrawn,
)
