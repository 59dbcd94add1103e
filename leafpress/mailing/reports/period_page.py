"""The counts of a period as a page (`out/given.html`) and as a table (`out/given.csv`)."""

from __future__ import annotations

import csv
import datetime
import io
from pathlib import Path

from leafpress.installed import as_called
from leafpress.mailing.lists.needs import DRAFT
from leafpress.mailing.reports.given import language_name
from leafpress.mailing.reports.period import PeriodCounts
from leafpress.pages.formats import FORMATS
from leafpress.system.csv_cells import safe_cell
from leafpress.templating import pages_for_staff

_TEMPLATE = Path(__file__).with_name("given.html")

COLUMNS = (
    "month",
    "leaflet",
    "language",
    "language_tag",
    "format",
    "version",
    "delivery",
    "copies",
)


def table(counts: PeriodCounts) -> bytes:
    """A line for each kind of copy: UTF-8 with a mark, no cell that a spreadsheet would run."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for kind, number in counts.copies.items():
        language = (language_name(kind.language), kind.language)
        last = (kind.format, kind.version, kind.delivery, number)
        writer.writerow(map(safe_cell, (kind.month, kind.leaflet, *language, *last)))
    return text.getvalue().encode("utf-8-sig")


def page(counts: PeriodCounts, today: datetime.date) -> str:
    """The page, as HTML.

    Args:
        today: the day of which it is.
    """
    template = pages_for_staff().from_string(as_called(_TEMPLATE.read_text(encoding="utf-8")))
    needs = [(row.name, row.recorded, row.met, row.fallback, row.unmet) for row in counts.needs]
    return template.render(
        counts=counts,
        today=today,
        sentence=sentence(counts),
        groups=[(names, _in_words(counts, names)) for names in _GROUPS],
        need_rows=needs,
        left_out=left_out(counts),
        draft=DRAFT,
    )


_GROUPS = (
    ("leaflet",),
    ("language",),
    ("format",),
    ("delivery",),
    ("month",),
    ("leaflet", "language", "format"),
)
"""By what copies are counted, a table each."""


def _in_words(counts: PeriodCounts, names: tuple[str, ...]) -> list[list[str]]:
    return [[*map(_word, names, row), row[-1]] for row in counts.by(*names)]


def _word(name: str, cell: str) -> str:
    return _WORDS[name](cell) if name in _WORDS else cell


def _format_name(id_: str) -> str:
    """As the library calls it; a format that is not made any more may have only its id."""
    row = FORMATS.get(id_)
    return row.title if row else id_


def _delivery(delivery: str) -> str:
    return delivery or "not said"


_WORDS = {"language": language_name, "format": _format_name, "delivery": _delivery}
"""How the page calls what kinds say."""


def sentence(counts: PeriodCounts) -> str:
    """What was counted, in a sentence."""
    letters, copies = _number(counts.letters, "letter"), _number(counts.total, "leaflet")
    files = _number(counts.files, "file")
    days = f" on {counts.first}"
    if counts.first != counts.last:
        days = f" from {counts.first} to {counts.last}"
    return f"{letters} with {copies}{days if counts.first else ''}, by {files} of receipts"


def left_out(counts: PeriodCounts) -> list[str]:
    """What was not counted, and why, a sentence each."""
    reasons = (
        (len(counts.unread), "file", "of receipts, which nobody can read"),
        (counts.repeated, "file", "of receipts, the same as another"),
        (
            counts.undated,
            "refused row",
            "of lists of which nothing was done: no day is known",
        ),
    )
    return [f"Not counted: {_number(own, noun)} {why}." for own, noun, why in reasons if own]


def _number(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
