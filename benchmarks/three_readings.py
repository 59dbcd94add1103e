"""Three readings of a PDF: by its tags, as it is painted, and by pdf.js, Firefox's viewer.

`python -m benchmarks.three_readings FILE.pdf…` says of each whether they are the same words in the
same order, and counts the pieces that pdf.js reads otherwise by the reason that is known.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf

from leafpress.proof.tags import tagged
from leafpress.proof.tags.blocks import plain
from leafpress.proof.tags.tagged import RIGHT_TO_LEFT, Tagged

SCRIPT = Path(__file__).with_name("pdfjs.mjs")

READINGS = ("by its tags", "as it is painted", "by the tags in pdf.js", "by the text in pdf.js")


@dataclass(slots=True)
class Readings:
    """What came of one file.

    Args:
        pieces: how many pieces of content its elements hold.
        disorder: pages on which two readings differ in the order of their pieces.
        otherwise: by reason, the pieces whose words pdf.js reads otherwise: ours and its words.
        unexplained: those for which there is no reason.
    """

    pieces: int = 0
    disorder: list[str] = field(default_factory=list)
    otherwise: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    unexplained: list[tuple[str, str]] = field(default_factory=list)


_UNSEEN = str.maketrans("", "", " \u200c\u200d")
"""Blanks and joiners."""


def _only_blanks(ours: str, theirs: str, _: str) -> bool:
    return ours.translate(_UNSEEN) == theirs.translate(_UNSEEN)


def _turned(ours: str, theirs: str, language: str) -> bool:
    same = Counter(ours.translate(_UNSEEN)) == Counter(theirs.translate(_UNSEEN))
    return same and language.partition("-")[0] in RIGHT_TO_LEFT


REASONS: Mapping[str, Callable[[str, str, str], bool]] = {
    "a blank too many, or no joiner": _only_blanks,
    "another order in a line": _turned,
}
"""Why pdf.js reads a piece otherwise (docs/proof.md), and how that is seen: from our words, its
words and the language."""


def by_pdfjs(files: Sequence[Path]) -> list[list[dict[str, Any]]]:
    """The pages of each file as pdf.js reads them: one process for all.

    Raises:
        subprocess.CalledProcessError: it cannot read one.
    """
    command = ["node", str(SCRIPT), *map(str, files)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def compare(file: Path, pages: list[dict[str, Any]]) -> Readings:
    """One file by all three readings."""
    with pikepdf.open(file) as pdf:
        ours = tagged.read(pdf)
        readings = Readings()
        for number, page in enumerate(pages):
            _order(ours, number, page, readings)
            _words(ours, number, page, readings)
        return readings


def _order(ours: Tagged, number: int, page: dict[str, Any], readings: Readings) -> None:
    """A page's pieces, in four ways; where a picture with words stands is not asked (P109)."""
    marks = ours.pages[number]
    heard = [mark.mcid for mark in _marks(ours, number)]
    theirs = list(dict.fromkeys(mcid for mcid, _ in page["painted"]))
    orders = (heard, list(marks.pieces), page["heard"], theirs)
    wanted = [[mcid for mcid in order if mcid not in marks.lettered] for order in orders]
    for name, order in zip(READINGS, wanted, strict=True):
        if order != wanted[0]:
            readings.disorder.append(f"page {number + 1} {name}: {order}")


def _words(ours: Tagged, number: int, page: dict[str, Any], readings: Readings) -> None:
    texts: dict[int, str] = {}
    for mcid, text in page["painted"]:
        texts[mcid] = texts.get(mcid, "") + text
    for element in ours.elements():
        for mark in element.kids:
            if isinstance(mark, tagged.Mark) and mark.page == number:
                readings.pieces += 1
                if mark.mcid not in ours.pages[number].lettered:
                    pair = plain(mark.text), plain(texts.get(mark.mcid, ""))
                    _sort(pair, element.language, readings)


def _sort(pair: tuple[str, str], language: str, readings: Readings) -> None:
    ours, theirs = pair
    if ours == theirs:
        return
    reason = next((name for name, fits in REASONS.items() if fits(ours, theirs, language)), None)
    if reason is None:
        readings.unexplained.append(pair)
    else:
        readings.otherwise.setdefault(reason, []).append(pair)


def _marks(ours: Tagged, number: int) -> Iterator[tagged.Mark]:
    marks = ours.root.marks() if ours.root is not None else iter(())
    return (mark for mark in marks if mark.page == number)


def main(arguments: Sequence[str]) -> None:
    """Print a line a file, and what is not explained."""
    files = [Path(name) for name in arguments]
    for file, pages in zip(files, by_pdfjs(files), strict=True):
        readings = compare(file, pages)
        counts = {reason: len(pairs) for reason, pairs in readings.otherwise.items()}
        order = f"{len(readings.disorder)} pages in another order"
        left = f"{len(readings.unexplained)} without a reason"
        print(f"{file}: {readings.pieces} pieces; {order}; {counts}; {left}")
        for problem in [*readings.disorder[:3], *readings.unexplained[:3]]:
            print("   ", problem)


if __name__ == "__main__":
    main(sys.argv[1:])
