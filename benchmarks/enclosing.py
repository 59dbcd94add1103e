"""Joins a second on one core, and how memory grows, against appending without tags.

    python benchmarks/enclosing.py FOLDER LEAFLET.pdf LEAFLET.pdf [--joins 5000]

FOLDER holds letters of several kinds. `--corpus FOLDER` instead joins every PDF/UA-1 file in it
and says whether anything got worse (veraPDF's public corpus: github.com/veraPDF/veraPDF-corpus).
"""

from __future__ import annotations

import argparse
import io
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path

import pikepdf

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from leafpress.enclosure.integrity import faults
from leafpress.enclosure.join import Prepared, join, prepare
from leafpress.findings import Problem
from leafpress.proof.verapdf import VeraPDF

SECONDS = 10
"""For each of the floors, which are slow."""

Work = Callable[[bytes], object]


def ours(leaflets: list[Prepared]) -> Work:
    return lambda letter: join(letter, "letter.pdf", leaflets)


def appended_by_pikepdf(leaflets: list[Prepared]) -> Work:
    """Pages behind pages: the leaflets' tags lead into the letter's."""
    opened = [pikepdf.open(io.BytesIO(each.data)) for each in leaflets]

    def work(letter: bytes) -> object:
        with pikepdf.open(io.BytesIO(letter)) as pdf:
            for each in opened:
                pdf.pages.extend(each.pages)
            return pdf.save(io.BytesIO())

    return work


def appended_by_pypdf(leaflets: list[Prepared]) -> Work:
    from pypdf import PdfWriter

    def work(letter: bytes) -> object:
        writer = PdfWriter()
        for each in (letter, *(leaflet.data for leaflet in leaflets)):
            writer.append(io.BytesIO(each))
        return writer.write(io.BytesIO())

    return work


def rate(work: Work, letters: list[bytes], joins: int, seconds: float) -> tuple[float, float]:
    """Joins a second of the processor's time, and megabytes of growth, warm."""
    for letter in letters:
        work(letter)
    before, start, done = _megabytes(), time.process_time(), 0
    for letter in islice(cycle(letters), joins):
        work(letter)
        done += 1
        if time.process_time() - start > seconds:
            break
    return done / (time.process_time() - start), _megabytes() - before


def _megabytes() -> float:
    """What the process holds now (`VmRSS`); the highest it ever held where that is not told."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1000


def compare(folder: Path, leaflets: list[Path], joins: int) -> None:
    prepared = [prepare(path.read_bytes(), path.name) for path in leaflets]
    letters = [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]
    rows = {
        "leafpress": (ours(prepared), float("inf")),
        "pikepdf, pages only": (appended_by_pikepdf(prepared), SECONDS),
        "pypdf, pages only": (appended_by_pypdf(prepared), SECONDS),
    }
    print(f"{len(letters)} kinds of letter, {len(prepared)} leaflets")
    for name, (work, seconds) in rows.items():
        speed, growth = rate(work, letters, joins, seconds)
        print(f"{name:22} {speed:7.1f} joins a second of one core, {growth:+.1f} MB", flush=True)


def worse(folder: Path, leaflet: Path) -> Iterator[str]:
    """What a join makes worse in any PDF/UA-1 file of `folder` that passes; then the counts."""
    prepared = prepare(leaflet.read_bytes(), leaflet.name)
    target = Path("/tmp/joined.pdf")  # noqa: S108  # of one run of one person
    passed = joined = refused = 0
    with VeraPDF() as verapdf:
        for path in sorted(folder.rglob("*.pdf")):
            if "ua1" in str(path).lower().replace("_", "").replace("-", "") and not verapdf.judge(
                path, "ua1"
            ).broken:
                passed += 1
                try:
                    result = join(path.read_bytes(), path.name, [prepared])
                except Problem as problem:
                    refused += 1
                    yield f"{path.name}: {problem.findings[0].sentence}"
                    continue
                joined += 1
                yield from (f"{path.name}: {each}" for each in faults(result.data, result.pages))
                target.write_bytes(result.data)
                broken = {each.rule for each in verapdf.judge(target, "ua1").broken}
                if broken and "ua1" in result.claims:
                    yield f"{path.name}: claims and breaks {sorted(broken)}"
                if broken - {"5-1"}:
                    yield f"{path.name}: breaks {sorted(broken)}"
                if "ua1" not in result.claims:
                    reasons = [e.sentence for e in result.findings if "UA-1" in e.sentence]
                    yield f"{path.name}: {reasons}"
                if _pictures(path.read_bytes()) != _pictures(result.data)[: result.pages[0]]:
                    yield f"{path.name}: looks otherwise"
    yield f"{passed} pass before, {joined} joined, {refused} refused"


def _pictures(data: bytes) -> list[bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=0.5).to_pil().tobytes() for page in document]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("leaflets", type=Path, nargs="+")
    parser.add_argument("--joins", type=int, default=5000)
    parser.add_argument("--corpus", action="store_true")
    asked = parser.parse_args()
    if asked.corpus:
        for line in worse(asked.folder, asked.leaflets[0]):
            print(line, flush=True)
    else:
        compare(asked.folder, asked.leaflets, asked.joins)


if __name__ == "__main__":
    main()
