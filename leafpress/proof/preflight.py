"""Whether a way of delivery takes a PDF: ours, a letter with leaflets behind it, or any other.

A check is a function in a list; each limit has a rule (P060 to P079), and each finding says what
was measured. `docs/channels.md` says how, and what cannot be known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from math import ceil

import pikepdf

from leafpress.findings import Finding, Span, sort
from leafpress.proof import contents
from leafpress.proof.channels import Channel
from leafpress.proof.drawing import MOST, Paper, Undrawn
from leafpress.proof.drawn import Drawn
from leafpress.rules import finding

A4 = (210.0, 297.0)

A4_TOLERANCE = 2.0
"""Millimetres (GOV.UK Notify's own check)."""

PIXEL = 0.3
"""Millimetres by which ink may reach into a margin: the pixel in which it begins."""

GREY_CONTRAST = 4.5
"""Least contrast of words in grey (WCAG 2.2, 1.4.3): the copier takes its share after that."""

LARGEST = 60_000_000
"""Bytes of a file that is opened at all: twelve times what any channel takes."""

_ADDRESS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b", re.IGNORECASE)
"""A web address in words."""


@dataclass(frozen=True)
class Case:
    """One file before one channel."""

    pdf: pikepdf.Pdf
    data: bytes
    channel: Channel
    place: Span

    def finding(self, rule: str, **facts: object) -> Finding:
        """A finding about this file."""
        return finding(rule, self.place, channel=self.channel.id, **facts)

    @cached_property
    def sizes(self) -> list[contents.Size]:
        """Every page's size."""
        return contents.sizes(self.pdf)

    @cached_property
    def paper(self) -> Paper:
        """The file as pdfium opens it."""
        return Paper(self.data, [size.unit for size in self.sizes])

    @cached_property
    def drawn(self) -> tuple[list[Drawn], dict[int, str]]:
        """The pages that could be drawn, and why others could not."""
        pages, undrawn = [], {}
        for number in range(1, len(self.sizes) + 1):
            try:
                if number > MOST:
                    raise Undrawn(f"only the first {MOST} pages are drawn")
                pages.append(self.paper.draw(number, words=self.channel.mono))
            except Undrawn as error:
                undrawn[number] = str(error)
        return pages, undrawn

    @property
    def pages(self) -> list[Drawn]:
        """The pages that could be drawn."""
        return self.drawn[0]


Check = Callable[[Case], Iterator[Finding]]


def protection(case: Case) -> Iterator[Finding]:
    """No encryption: who prints or converts has to open the file."""
    if case.pdf.is_encrypted:
        yield case.finding("P060", reason="it is protected by encryption")


def outside_links(case: Case) -> Iterator[Finding]:
    """Addresses outside a message are checked by its sender."""
    count = contents.outside_links(case.pdf) if case.channel.links else 0
    if count:
        yield case.finding("P061", count=count)


def page_count(case: Case) -> Iterator[Finding]:
    """No more pages and sheets than the envelope holds."""
    pages, channel = len(case.sizes), case.channel
    sheets = ceil(pages / 2)
    facts = {"pages": pages, "sheets": sheets}
    if channel.pages is not None and pages > channel.pages:
        yield case.finding("P062", most=f"{channel.pages} pages", **facts)
    elif channel.sheets is not None and sheets > channel.sheets:
        yield case.finding("P062", most=f"{channel.sheets} sheets", **facts)


def page_size(case: Case) -> Iterator[Finding]:
    """Every page is A4, upright, by its MediaBox and by what is shown of it."""
    for number, size in enumerate(case.sizes, start=1) if case.channel.a4 else ():
        for width, height in size.boxes:
            off = max(abs(width - A4[0]), abs(height - A4[1]))
            if off > A4_TOLERANCE:
                yield case.finding(
                    "P064", page=number, width=f"{width:.0f}", height=f"{height:.0f}"
                )
                break


def margins(case: Case) -> Iterator[Finding]:
    """The margins are free of ink."""
    sides, ends = case.channel.sides, case.channel.ends
    for edge, least in _EDGES.items() if sides else ():
        free = {"sides": sides, "ends": ends}[least]
        found = {}
        for page in case.pages:
            distance = page.edges(bleed=case.channel.bleed).get(edge, free)
            if distance < free - PIXEL:
                found[page.number] = distance
        if found:
            facts = {"edge": edge, "least": f"{free:g}", "pages": _listed(found)}
            yield case.finding("P065", distance=f"{min(found.values()):.1f}", **facts)


_EDGES = {"left": "sides", "right": "sides", "upper": "ends", "lower": "ends"}


def _listed(pages: Iterable[int]) -> str:
    return ", ".join(map(str, pages))


def around_address(case: Case) -> Iterator[Finding]:
    """Nothing is printed around the address, where the envelope's window may show it."""
    areas = case.channel.around
    first = next((page for page in case.pages if page.number == 1), None)
    inked = [area.name for area in areas if first is not None and first.has_ink(area)]
    if inked:
        yield case.finding("P066", areas=", ".join(inked))


def address(case: Case) -> Iterator[Finding]:
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


def embedded_fonts(case: Case) -> Iterator[Finding]:
    """Every font is in the file."""
    missing = contents.unembedded(case.pdf) if case.channel.fonts else []
    if missing:
        yield case.finding("P069", fonts=", ".join(missing[:5]))


def qr_codes(case: Case) -> Iterator[Finding]:
    """Few QR codes, and their address in words."""
    most = case.channel.codes
    for page in case.pages if most is not None else ():
        if most is not None and page.codes > most:
            yield case.finding("P070", page=page.number, count=page.codes, most=most)
        if page.codes and not _ADDRESS.search(case.paper.text(page.number)):
            yield case.finding("P071", page=page.number)


def coverage(case: Case) -> Iterator[Finding]:
    """Ink: the mean of the pages counts; stricter ways of counting are for a person to judge."""
    for ink in ("black", "colour"):
        limit = getattr(case.channel, ink)
        if limit is None or not case.pages:
            continue
        pages = [getattr(page, ink) for page in case.pages]
        mean = sum(each.amount for each in pages) / len(pages)
        worst = max(each.amount for each in pages)
        area = sum(each.area for each in pages) / len(pages)
        facts = {"ink": ink, "mean": f"{mean:.1f}", "worst": f"{worst:.1f}", "limit": f"{limit:g}"}
        if mean >= limit:
            yield case.finding("P072", **facts)
        elif worst >= limit or area >= limit:
            yield case.finding("P073", area=f"{area:.1f}", **facts)


def without_colour(case: Case) -> Iterator[Finding]:
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


def only_paper(case: Case) -> Iterator[Finding]:
    """Nothing that paper cannot show."""
    things = contents.unprinted(case.pdf) if case.channel.printed else []
    if things:
        yield case.finding("P076", things=", ".join(things))


def at_rest(case: Case) -> Iterator[Finding]:
    """Nothing that acts by itself or at a click."""
    found = contents.acts(case.pdf)
    if found:
        yield case.finding("P077", things=", ".join(found))


def listened_to(case: Case) -> Iterator[Finding]:
    """A listener gets structure, language and title."""
    missing = contents.unheard(case.pdf) if case.channel.tagged else []
    if missing:
        yield case.finding("P079", missing=", ".join(missing))


def undrawn(case: Case) -> Iterator[Finding]:
    """What was not looked at is said."""
    for number, reason in case.drawn[1].items() if case.channel.printed else ():
        yield case.finding("P078", page=number, reason=reason, what="its ink")


CHECKS: tuple[Check, ...] = (
    protection,
    outside_links,
    page_count,
    page_size,
    margins,
    around_address,
    address,
    embedded_fonts,
    qr_codes,
    coverage,
    without_colour,
    only_paper,
    at_rest,
    listened_to,
    undrawn,
)


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
            case = Case(pdf, data, channel, place)
            found = [each for look in CHECKS for each in look(case)]
            damage = (
                "it is damaged, and was mended for this look only" if pdf.get_warnings() else ""
            )
    except pikepdf.PasswordError:
        return [finding("P060", place, channel=channel.id, reason="it asks for a password")]
    except (pikepdf.PdfError, Undrawn, ValueError, TypeError, KeyError, AttributeError) as error:
        reason = f"it is damaged, or no PDF ({type(error).__name__})"
        return [finding("P060", place, channel=channel.id, reason=reason)]
    return [*found, finding("P060", place, channel=channel.id, reason=damage)] if damage else found
