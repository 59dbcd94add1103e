"""Joins a second on one core, and how memory grows, against appending without tags.

    python -m benchmarks.joining FOLDER LEAFLET.pdf LEAFLET.pdf [--joins 5000]

FOLDER holds letters of several kinds. `--corpus FOLDER` instead joins every PDF/UA-1 file in it
and says whether anything got worse (veraPDF's public corpus: github.com/veraPDF/veraPDF-corpus).
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf

from leafpress.findings import Problem, Verdict
from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, Prepared, join, prepare
from leafpress.proof.standards.verapdf import VeraPDF

SECONDS = 10
"""For each of the floors, which are slow."""

Work = Callable[[bytes], object]


def ours(leaflets: list[Prepared]) -> Work:
    """What leafpress does."""
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
    """Pages behind pages, written by Python alone."""
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
    """Print a row for each way."""
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
    counts: Counter[str] = Counter()
    with VeraPDF() as verapdf, TemporaryDirectory() as temporary:
        target = Path(temporary) / "joined.pdf"
        for path in sorted(folder.rglob("*.pdf")):
            if verapdf.judge(path, "ua1").verdict is not Verdict.PASS:
                continue
            counts["pass before"] += 1
            try:
                result = join(path.read_bytes(), path.name, [prepared])
            except Problem as problem:
                counts["refused"] += 1
                yield str(problem.findings[0])
                continue
            target.write_bytes(result.data)
            broken = {each.rule for each in verapdf.judge(target, "ua1").broken}
            counts["claim" if result.claims else "joined without a claim"] += 1
            yield from (f"{path.name}: {each}" for each in _wrong(path, result, broken))
    yield ", ".join(f"{number} {what}" for what, number in counts.items())


def _wrong(path: Path, result: Joined, broken: set[str]) -> Iterator[str]:
    yield from faults(result.data, result.pages)
    if result.claims and broken:
        yield f"claims, and breaks {sorted(broken)}"
    if not result.claims:
        about = next(each for each in result.findings if "PDF/UA" in each.sentence)
        yield f"{about.sentence}; breaks {sorted(broken)}"
    if _pictures(path.read_bytes()) != _pictures(result.data)[: result.pages[0]]:
        left = [each.sentence for each in result.findings if each.rule == "E016"]
        yield f"looks otherwise: {left}"


def _pictures(data: bytes) -> list[bytes]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    return [page.render(scale=0.5).to_pil().tobytes() for page in document]


def main() -> None:
    """What was asked for on the command line."""
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
