"""What a second judge of PDFs says of ours, `outloud`, and which of it has a reason.

`python -m benchmarks.second_opinions FILE.pdf…` prints what is left without one. A reason is a
function that looks into the file anew: a finding that it does not fit stays a finding.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from leafpress.proof.tags import place_checks, tagged, tree_checks
from leafpress.proof.tags.tagged import Tagged, TaggedElement


@dataclass(frozen=True, slots=True)
class Opinion:
    """A finding of outloud's: its rule, how grave it calls it, where, and what."""

    rule: str
    severity: str
    page: int | None
    message: str
    evidence: str


Fits = Callable[[Tagged, Opinion], bool]


def _painted_in_order(file: Tagged, _: Opinion) -> bool:
    """ORD-001 takes an element's own words before those of the elements among them."""
    return not any(place_checks.painted_as_heard(file))


def _heard_before(file: Tagged, _: Opinion) -> bool:
    """TAG-002: a head that stands again on the next page is heard once, where it stands first."""
    return not any(tree_checks.running_text(file))


_JOINING = ("ARABIC LETTER", "BENGALI LETTER", "BENGALI VOWEL SIGN")


_ONE_CHARACTER = re.compile(r"different codes all map to U\+([0-9A-F]+) ")


def _shapes_of_one(_: Tagged, opinion: Opinion) -> bool:
    """TXT-004: many shapes of one letter, or parts of a cluster that a joiner stands for."""
    one = _ONE_CHARACTER.search(opinion.message)
    if one is None or "code(s)" in opinion.message:
        return False
    character = chr(int(one[1], 16))
    return character == "\u200c" or unicodedata.name(character).startswith(_JOINING)


def _words_with_marks(file: Tagged, _: Opinion) -> bool:
    """FIG-012 takes vowel signs and marks for no part of a word."""
    texts = [e.alternative or "" for e in file.elements() if e.type == "Figure"]
    return all(_is_language(text) for text in texts)


def _is_language(text: str) -> bool:
    kinds = [unicodedata.category(character)[0] for character in text if not character.isspace()]
    of_words = sum(kind in "LM" for kind in kinds)
    return of_words > len(kinds) / 2


def _numbers_are_not_of_pages(file: Tagged, opinion: Opinion) -> bool:
    """PAG-001: the number of a block stands at the edge of a page; its own number is no content."""
    artifacts = [" ".join(text for _, text in page.artifacts) for page in file.pages]
    return "page numbers" in opinion.message and all(
        any(character.isdigit() for character in text) for text in artifacts
    )


def _two_tables(file: Tagged, opinion: Opinion) -> bool:
    """TBL-014 takes the lines of two tables on a page for one grid, larger than either."""
    tables = [element for element in file.elements() if element.type == "Table"]
    pages = [{mark.page + 1 for mark in table.marks()} for table in tables]
    return sum(opinion.page in on for on in pages) > 1


def _heads_of_rows(file: Tagged, opinion: Opinion) -> bool:
    """TBL-010 counts: a table of two rows has a head for each column and row, and fewer cells."""
    tables = [element for element in file.elements() if element.type == "Table"]
    on_page = [t for t in tables if opinion.page in {mark.page + 1 for mark in t.marks()}]
    return bool(on_page) and all(_is_headed(table) for table in on_page)


def _is_headed(table: TaggedElement) -> bool:
    """Heads alone in its first row; below it a head, and then cells."""
    rows = [element for element in table.descend() if element.type == "TR"]
    cells = [[kid.type for kid in row.descend() if kid.type in {"TH", "TD"}] for row in rows]
    first, *others = cells
    has_cells = all("TD" in row for row in others)
    return has_cells and set(first) == {"TH"} and all(map(_begins_with_heads, others))


def _begins_with_heads(row: list[str]) -> bool:
    return row.index("TD") == row.count("TH")


REASONS: Mapping[str, tuple[str, Fits]] = {
    "ORD-001": ("words, a link in them, and words again are taken apart", _painted_in_order),
    "TAG-002": ("the head of what goes on is heard once", _heard_before),
    "TXT-004": ("one letter has many shapes", _shapes_of_one),
    "FIG-012": ("vowel signs are taken for no letters", _words_with_marks),
    "PAG-001": ("numbers of blocks are taken for those of pages", _numbers_are_not_of_pages),
    "TBL-010": ("each row of a small table has a head", _heads_of_rows),
    "TBL-014": ("two tables are taken for one", _two_tables),
}
"""By outloud's rule: why it says so of sound files (docs/proof.md), and how that is seen."""


def opinions(file: Path) -> list[Opinion]:
    """What outloud finds, but for hints.

    Raises:
        RuntimeError: it could not read the file, or a rule of its own stopped.
    """
    from outloud import check

    result = check(str(file))
    stopped = [run.rule for run in result.runs if run.status == "crashed"]
    if result.error or stopped:
        raise RuntimeError(f"{file}: {result.error or stopped}")
    return [
        Opinion(each.rule, each.severity, each.page, each.message, each.evidence or "")
        for each in result.findings
        if each.severity != "info"
    ]


def unexplained(file: Path, own: frozenset[str] = frozenset()) -> Iterator[Opinion]:
    """What outloud finds without a reason. `own`: rules that a letter breaks by itself."""
    with pikepdf.open(file) as pdf:
        read = tagged.read(pdf)
        for opinion in opinions(file):
            _, fits = REASONS.get(opinion.rule, ("", lambda *_: False))
            if opinion.rule not in own and not fits(read, opinion):
                yield opinion


def main(arguments: Sequence[str]) -> None:
    """Print what has no reason, and how often each reason was needed."""
    needed: Counter[str] = Counter()
    for name in arguments:
        left = list(unexplained(Path(name)))
        needed.update({opinion.rule for opinion in opinions(Path(name))})
        for opinion in left:
            print(
                f"{name}: {opinion.severity} {opinion.rule}, page {opinion.page}: {opinion.message}"
            )
    counts = ", ".join(f"{rule} in {count}" for rule, count in sorted(needed.items()))
    print(f"{len(arguments)} files; {counts or 'nothing was found'}")


if __name__ == "__main__":
    main(sys.argv[1:])
