"""Which column of a list is which, and what its headings leave out or say twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leafpress.findings import Finding, Problem, Span
from leafpress.mailing.lists.mapping import FIELDS, STANDARD, Mapping
from leafpress.mailing.lists.normalise import normalise
from leafpress.mailing.lists.propose_mapping import guess_field
from leafpress.mailing.lists.sheet import ListRow, ListSheet
from leafpress.rules import finding

HEADINGS_WITHIN = 20
"""Rows in which the headings are looked for: titles and logos may stand above them."""


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """Where a sheet has its headings (a row from 1), and the columns (from 0) of each field."""

    row: int
    places: dict[str, tuple[int, ...]]


def meant_sheet(sheets: list[ListSheet], mapping: Mapping) -> tuple[ListSheet, SheetColumns]:
    """The sheet that is meant, and its columns.

    Raises:
        Problem: none has the headings, or several (E035, E036).
    """
    named = [sheet for sheet in sheets if mapping.sheet in (None, sheet.title)]
    fitting = []
    for sheet in named:
        columns = _columns(sheet, mapping)
        if columns:
            fitting.append((sheet, columns))
    name = sheets[0].name if sheets else "list"
    if len(fitting) > 1:
        raise Problem(finding("E036", Span(name), what=f"{len(fitting)} sheets have such columns"))
    if not fitting:
        raise Problem(*_missing(named, mapping, name))
    return fitting[0]


def _columns(sheet: ListSheet, mapping: Mapping) -> SheetColumns | None:
    """The row of headings: the first that has those that every list needs."""
    for row in sheet.rows[:HEADINGS_WITHIN]:
        places = _places(row, mapping)
        if "reference" in places and ("leaflets" in places or "clinic" in places):
            return SheetColumns(row.number, places)
    return None


def heading_fit(mapping: Mapping) -> Callable[[ListRow], int]:
    """How many cells of a row are headings: those of the mapping first, then any that are usual.

    A row with all that a list needs counts more than any other, whatever stands beside it.
    """

    def fit(row: ListRow) -> int:
        own = _places(row, mapping)
        usual = sum(guess_field(cell.text) is not None for cell in row.cells)
        complete = "reference" in own and ("leaflets" in own or "clinic" in own)
        return _COMPLETE * complete + 2 * len(own) + usual

    return fit


_COMPLETE = 1000
"""More than a row can have headings."""


def patients_in(sheet: ListSheet, mapping: Mapping) -> SheetColumns | None:
    """Where a sheet that is no list of appointments has a column of references."""
    for row in sheet.rows[:HEADINGS_WITHIN]:
        places = _places(row, mapping).get("reference")
        if places:
            return SheetColumns(row.number, {"reference": places})
    return None


def _places(row: ListRow, mapping: Mapping) -> dict[str, tuple[int, ...]]:
    """The columns of each field that a row has headings for."""
    spellings = [(at, normalise(cell.text)) for at, cell in enumerate(row.cells) if cell.text]
    places = {}
    for field in FIELDS:
        headings = {normalise(heading) for heading in mapping.columns.headings(field)}
        own = tuple(at for at, spelling in spellings if spelling in headings)
        if own:
            places[field] = own
    return places


def _missing(sheets: list[ListSheet], mapping: Mapping, name: str) -> Iterator[Finding]:
    """Which of the needed headings are nowhere."""
    if not sheets:
        problem = f"it has no sheet “{mapping.sheet}”, or that is hidden"
        yield finding("E031", Span(name), problem=problem)
        return
    rows = sheets[0].rows[:HEADINGS_WITHIN]
    present = {normalise(cell.text) for row in rows for cell in row.cells}
    reference = mapping.columns.headings("reference")
    leaflets = (*mapping.columns.headings("leaflets"), *mapping.columns.headings("clinic"))
    absent = [
        f"“{' or '.join(headings) or field}”"
        for field, headings in (("reference", reference), ("leaflets", leaflets))
        if present.isdisjoint(map(normalise, headings))
    ]
    for column in absent or ["all the headings in one row"]:
        yield finding("E035", Span(name), column=column)


def about_columns(
    sheet: ListSheet, columns: SheetColumns, mapping: Mapping | None
) -> Iterator[Finding]:
    """What the headings leave out, or say twice."""
    used = mapping or STANDARD
    row, span = sheet.rows[columns.row - 1], sheet.span(columns.row)
    present = Counter(normalise(cell.text) for cell in row.cells if cell.text)
    for field in FIELDS:
        counts = {heading: present[normalise(heading)] for heading in used.columns.headings(field)}
        total = sum(counts.values())
        if max(counts.values(), default=0) > 1 or (field != "need" and total > 1):
            yield finding("E036", span, what=f"{total} columns are headed as {field}")
        for heading, count in counts.items():
            if mapping and not count:
                yield finding("E035", span, column=f"“{heading}”")
    yield from _unread(row, span, columns, used)
    for field in ("language", "need"):
        if field not in columns.places:
            yield finding("E038", span, field=field)


def _unread(row: ListRow, span: Span, columns: SheetColumns, mapping: Mapping) -> Iterator[Finding]:
    """Columns that nobody reads, and whose headings say that they matter."""
    read = {place for places in columns.places.values() for place in places}
    ignored = {normalise(heading) for heading in mapping.ignore}
    for place, cell in enumerate(row.cells):
        if place in read or normalise(cell.text) in ignored:
            continue
        field = guess_field(cell.text)
        if field in ("language", "need", "fallback", "delivery"):
            yield finding("E037", span, heading=cell.text, field=field)
