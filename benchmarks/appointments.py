"""A night's list of 200 rows with most of what can be in one, the same bytes each time."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from benchmarks.letters import LETTERS

ROWS = 200

_COLUMNS: dict[str, tuple[str, ...]] = {
    "language": ("en-GB", "ur", "Polish", "Cymraeg", "bn", "", "Urdu"),
    "need": (
        *("", "", "large print", "", "easy read", "interpreter", ""),
        *("braille", "24 point", "plain text", "audio", "", "large print; easy read"),
    ),
    "leaflets": (*["back-pain", "neck-pain", "back-pain; neck-pain"] * 3, "cannabis-medicines"),
    "delivery": ("print", "email", "portal", "", "post"),
    "fallback": ("", "", "en-GB", "", "a4", "", "en-GB/a4", "", "large print", "", ""),
    "email": ("patient@clinic.example", "", "somebody@clinic.example"),
}
"""What goes round in each column; the lengths have no common measure, so that pairs differ."""

_CHANGES: dict[int, dict[str, str]] = {
    9: {"letter": "not-there.pdf"},
    13: {"reference": "=1+1"},
    17: {"language": "en-GB", "need": "braille", "leaflets": "back-pain"},
    18: {"language": "en-GB", "need": "24 point", "leaflets": "back-pain"},
    29: {"reference": "12"},
    31: {"letter": "../list.pdf"},
    43: {"language": "Klingon"},
    57: {"need": "a quiet room"},
    61: {"delivery": "pigeon"},
    73: {"leaflets": "no-such-leaflet"},
    77: {"letter": "RX100001.pdf", "language": "ur", "need": "", "leaflets": "back-pain"},
    83: {"email": "no address"},
    89: {"reference": "1234.0"},
    97: {"leaflets": ""},
}
"""By row (from 0), what is wrong in it, or rare."""

_COPIES: dict[int, tuple[int, dict[str, str]]] = {
    40: (39, {}),
    80: (79, {}),
    120: (3, {}),
    150: (149, {"language": "pl", "leaflets": "neck-pain"}),
    151: (5, {"delivery": "portal"}),
}
"""By row the earlier row that it repeats, and what it says otherwise."""


_TWO_PATIENTS = 103
"""Row whose letter also holds the next row's reference."""


def rows() -> list[dict[str, str]]:
    """The rows, by heading."""
    turns = zip(*(cycle(values) for values in _COLUMNS.values()), strict=False)
    made: list[dict[str, str]] = []
    for number, values in zip(range(ROWS), turns, strict=False):
        reference = f"RX{100000 + number}"
        row = {"letter": f"{reference}.pdf", "reference": reference}
        row |= dict(zip(_COLUMNS, values, strict=True)) | _CHANGES.get(number, {})
        if number in _COPIES:
            earlier, change = _COPIES[number]
            row = made[earlier] | change
        made.append(row)
    return made


def letters() -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each letter: every kind in turn, and at the end one that no row names."""
    makers = cycle(LETTERS.values())
    for number, maker in zip(range(ROWS + 1), makers, strict=False):
        reference = f"RX{100000 + number}"
        more = f" and RX{100001 + number}" if number == _TWO_PATIENTS else ""
        yield f"{reference}.pdf", maker(reference + more)


def write(folder: Path) -> None:
    """Write `list.csv` and `letters/` below `folder`."""
    (folder / "letters").mkdir(parents=True)
    for name, data in letters():
        (folder / "letters" / name).write_bytes(data)
    every = rows()
    with (folder / "list.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, every[0].keys())
        writer.writeheader()
        writer.writerows(every)
