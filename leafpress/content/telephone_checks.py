"""Numbers to call in `clinic.yaml` and `contacts.yaml`: long enough, and in groups.

United Kingdom: with its 0 a number has 10 or 11 digits (Ofcom, National Telephone Numbering Plan,
part A); 0800 1111 (Childline) alone has eight. Those that begin otherwise are short codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding
from leafpress.rules import finding

_PLACES = ("telephone", "gp_out_of_hours", "contacts.*.telephone", "contacts.*.sms")

_LENGTHS = (("0", 10, 11), ("+44", 11, 12), ("+", 8, 15), ("", 3, 6))
"""Fewest and most digits by how a number begins. Of other countries: ITU-T E.164, 6.2."""

_SHORTER = "08001111"

_LONGEST_GROUP = 6
"""Digits that can be read out without a blank: 60777 and 07700 900123 have no more together."""


def check(tree: Tree) -> Iterator[Finding]:
    """Numbers that nobody can call, and those that are hard to read."""
    for place in _PLACES:
        for path, number in tree.each(place, str):
            digits = number.replace(" ", "").removeprefix("+")
            if not digits.isdecimal():
                continue
            least, most = _bounds(number)
            if not least <= len(digits) <= most and digits != _SHORTER:
                facts = {"number": number, "digits": len(digits), "least": least, "most": most}
                yield finding("L102", tree.span(path), **facts)
            elif max(map(len, number.split())) > _LONGEST_GROUP:
                yield finding("L103", tree.span(path), number=number)


def _bounds(number: str) -> tuple[int, int]:
    start = next(row for row in _LENGTHS if number.startswith(row[0]))
    return start[1], start[2]
