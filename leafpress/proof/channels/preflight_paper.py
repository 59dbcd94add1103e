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
    pages = case.pages if sides else []
    edges = {page.number: page.edges(bleed=case.channel.bleed) for page in pages}
    told = []
    for edge, free in {"left": sides, "right": sides, "upper": ends, "lower": ends}.items():
        near = {number: there.get(edge, free) for number, there in edges.items()}
        near = {number: there for number, there in near.items() if there < free - PIXEL}
        if near:
            told.append(f"{min(near.values()):.1f} mm from the {edge} edge (page {_listed(near)})")
    if told:
        yield case.finding("P065", where=", ".join(told), sides=f"{sides:g}", ends=f"{ends:g}")


def _listed(pages: Iterable[int]) -> str:
    """Numbers of pages, as `1–3, 5`."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def around_address(case: PreflightCase) -> Iterator[Finding]:
    """Nothing is printed around the address, where the envelope's window may show it."""
    areas = case.channel.around
    first = next((page for page in case.pages if page.number == 1), None)
    inked = [area.name for area in areas if first is not None and first.has_ink(area)]
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
        pages = [getattr(page, measure) for page in case.pages] if limit is not None else []
        if pages and limit is not None:
            yield from _coverage(case, ink, limit, pages)


def _coverage(case: PreflightCase, ink: str, limit: float, pages: list[Ink]) -> Iterator[Finding]:
    mean = sum(each.amount for each in pages) / len(pages)
    worst = max(each.amount for each in pages)
    area = sum(each.area for each in pages) / len(pages)
    facts = {"ink": ink, "mean": f"{mean:.1f}", "worst": f"{worst:.1f}", "limit": f"{limit:g}"}
    if mean >= limit:
        yield case.finding("P072", **facts)
    elif worst >= limit or area >= limit:
        yield case.finding("P073", area=f"{area:.1f}", **facts)


def without_colour(case: PreflightCase) -> Iterator[Finding]:
    """In grey, words stand out, and no two colours turn into one."""
    pages = case.pages if case.channel.mono else []
    faint = {page.number: page.faint(GREY_CONTRAST) for page in pages}
    ratios = {number: ratio for number, ratio in faint.items() if ratio is not None}
    if ratios:
        facts = {"ratio": f"{min(ratios.values()):.1f}", "least": f"{GREY_CONTRAST:g}"}
        yield case.finding("P074", pages=_listed(ratios), **facts)
    alike: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        for pair in page.lookalikes():
            alike.setdefault(pair, []).append(page.number)
    for (one, other), numbers in alike.items():
        yield case.finding("P075", pages=_listed(numbers), one=one, other=other)


def undrawn(case: PreflightCase) -> Iterator[Finding]:
    """What was not looked at is said."""
    for number, reason in case.drawn[1].items() if case.channel.printed else ():
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
