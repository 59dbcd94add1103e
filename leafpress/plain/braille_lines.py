"""The lines of a leaflet in cells, all of them translated at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leafpress.findings import Finding, Problem, Span
from leafpress.plain import braille_tables
from leafpress.plain.braille_tables import BLANK, NO_BREAK, BraillePart
from leafpress.plain.document import Line
from leafpress.rules import finding


@dataclass(frozen=True)
class Cells:
    """Lines of a language in cells of a grade.

    Args:
        lacking: the characters that each table lacks.
        known: each part of the lines in cells.
    """

    language: str
    grade: int
    lacking: dict[str, frozenset[str]]
    known: dict[BraillePart, str]

    def of(self, line: Line) -> str:
        """A line in cells; a blank inside a number that stays whole is `NO_BREAK`."""
        cells = self._joined(line)
        for piece in line:
            together = self._joined((piece,)) if piece.together else ""
            if BLANK in together:
                cells = cells.replace(together, together.replace(BLANK, NO_BREAK))
        return cells

    def _joined(self, line: Line) -> str:
        return "".join(self.known[part] for part in self.parts(line)).strip(BLANK)

    def parts(self, line: Line) -> Iterator[BraillePart]:
        """A line in parts, each for one table."""
        for part in braille_tables.parts(line, self.language, self.grade):
            yield from braille_tables.shared(part, self.lacking)


def in_cells(lines: Iterable[Line], language: str, grade: int, place: Span) -> Cells:
    """The lines in cells.

    Raises:
        Problem: a character has no sign (P082); liblouis or a table is missing (B001, exit code 3).
    """
    wanted = [each for line in lines for each in (line, *_alone(line))]
    parts = [part for line in wanted for part in braille_tables.parts(line, language, grade)]
    empty = Cells(language, grade, braille_tables.unknown(parts), {})
    known = braille_tables.in_cells(part for line in wanted for part in empty.parts(line))
    signs = {part: _without_sign(part, cells, empty.lacking) for part, cells in known.items()}
    bad = [_finding(part, missing, place) for part, missing in signs.items() if missing]
    if bad:
        raise Problem(*bad)
    return Cells(language, grade, empty.lacking, known)


def _alone(line: Line) -> Iterator[Line]:
    """Numbers that stay whole, each by itself, to find them in their line again."""
    return ((piece,) for piece in line if piece.together)


def _without_sign(part: BraillePart, cells: str, lacking: dict[str, frozenset[str]]) -> str:
    """The characters of a part that have no sign; all of it where none is one by itself."""
    missing = "".join(sorted(lacking[part.table].intersection(part.text)))
    if missing or not braille_tables.has_no_sign(cells):
        return missing
    return part.text


def _finding(part: BraillePart, missing: str, place: Span) -> Finding:
    named = ", ".join(f"“{each}” (U+{ord(each):04X})" for each in missing[:20])
    return finding("P082", place, characters=named, table=part.table)
