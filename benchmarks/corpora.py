"""Real PDFs as letters: what becomes of each, how long it takes, whether its pages look the same.

    python -m benchmarks.corpora LEAFLET.pdf FOLDER… [--repair] [--listen] [--record rows.json]

FOLDERs hold PDFs of any origin (mozilla/pdf.js `test/pdfs`, apache/pdfbox, py-pdf/sample-files).
Each file has a process of its own, one at a time, with a limit of seconds and of memory: one that
hangs or takes the memory is a row of the table, not the end of the run. POSIX only.
"""

from __future__ import annotations

import argparse
import ctypes
import io
import json
import os
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path

import pikepdf
from PIL import Image, ImageChops

from leafpress.findings import Problem
from leafpress.joining.integrity import faults
from leafpress.joining.join import Prepared, join, prepare

SECONDS = 75
"""For one file, as in the first review of these corpora."""
MEMORY = 4_000_000_000
"""Bytes of address space for one file."""
PAGES = 8
"""How many pages of each file are drawn and compared."""
SCALE = 0.5
DIFFERENT = 40
"""How much a pixel differs, of 255, before it counts: fonts' edges move by less."""


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one file.

    Args:
        outcome: `joined`, `read`, the rules that refused it, or how the process ended.
        rules: what was warned of.
        words: the first message.
        seconds, megabytes: the time it took, and how far the memory grew.
        changed: what its pages show otherwise than before.
    """

    file: str
    outcome: str
    rules: tuple[str, ...] = ()
    words: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0
    changed: tuple[str, ...] = ()


def joined(path: Path, leaflet: Prepared, *, repair: bool) -> Row:
    """Join one file, and compare its first pages with what they were."""
    letter = path.read_bytes()
    start = time.monotonic()
    try:
        result = join(letter, path.name, [leaflet], repair=repair)
    except Problem as problem:
        return _refused(path, problem, time.monotonic() - start)
    seconds = time.monotonic() - start
    broken = tuple(faults(result.data, result.pages))
    rules = tuple(dict.fromkeys(finding.rule for finding in result.findings))
    words = "; ".join(f.sentence for f in result.findings if f.rule in {"E013", "E016", "E093"})
    changed = (*broken, *_changes(letter, result.data, result.pages[0]))
    return Row(path.name, "joined", rules, words, seconds, _peak(), changed)


def _refused(path: Path, problem: Problem, seconds: float) -> Row:
    rules = tuple(dict.fromkeys(finding.rule for finding in problem.findings))
    words = problem.findings[0].sentence
    return Row(path.name, "+".join(rules), rules, words, seconds, _peak())


def listened(path: Path) -> Row:
    """Read one file as `build.py listen` does."""
    from leafpress.cli.listen import screen_reader_lines

    start = time.monotonic()
    try:
        lines = screen_reader_lines(str(path), Path("nowhere"))
    except Problem as problem:
        return _refused(path, problem, time.monotonic() - start)
    return Row(path.name, "read", (), f"{len(lines)} lines", time.monotonic() - start, _peak())


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def _changes(before: bytes, after: bytes, pages: int) -> Iterator[str]:
    """What the first pages show otherwise, drawn by pdfium with what is filled in."""
    if not _opens(before):
        return
    if _fields(before) != _fields(after):
        yield "fields"
    count = min(pages, PAGES)
    drawn = zip(range(count), _pictures(before, count), _pictures(after, count), strict=False)
    for number, old, new in drawn:
        if old.size != new.size:
            yield f"page {number + 1}: another size"
        elif _most(old, new) > DIFFERENT:
            yield f"page {number + 1}: looks otherwise"


def _opens(data: bytes) -> bool:
    import pypdfium2

    try:
        return len(pypdfium2.PdfDocument(data)) > 0
    except pypdfium2.PdfiumError:
        return False


def _pictures(data: bytes, count: int) -> Iterator[Image.Image]:
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    document.init_forms()
    for page in islice(document, count):
        try:
            yield page.render(scale=SCALE).to_pil().convert("L")
        except ValueError:  # pypdfium2: a page's boxes leave nothing to draw
            yield Image.new("L", (1, 1))


def _most(old: Image.Image, new: Image.Image) -> int:
    extremes = ImageChops.difference(old, new).getextrema()
    return int(extremes[1])  # type: ignore[arg-type]  # one channel: two numbers


def _fields(data: bytes) -> Counter[str]:
    """The values that stand on the pages' widgets, read with what they inherit."""
    values: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in islice(pdf.pages, PAGES):
            for widget in page.obj.get("/Annots", []):
                if isinstance(widget, pikepdf.Dictionary) and widget.get("/Subtype") == "/Widget":
                    values[_value(widget)] += 1
    return values


def _value(field: pikepdf.Object) -> str:
    for _ in range(20):
        if "/V" in field:
            return str(field["/V"])[:80]
        if not isinstance(field.get("/Parent"), pikepdf.Dictionary):
            break
        field = field["/Parent"]
    return ""


def apart(work: Callable[[], Row], file: str) -> Row:
    """The row that `work` returns, made in a process of its own."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _limited(work, file, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    _, status = os.waitpid(child, 0)
    if answer:
        return Row(**json.loads(answer))
    return Row(file, f"ended by signal {os.WTERMSIG(status)}")


def _limited(work: Callable[[], Row], file: str, target: int) -> None:
    """In the child: the work within its limits, and the end of the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(SECONDS)
    try:
        row = work()
    except BaseException as error:  # whatever it is, it is a row
        row = Row(file, "crashed", words=f"{type(error).__name__}: {error}")
    with os.fdopen(target, "wb") as pipe:
        pipe.write(json.dumps(asdict(row)).encode())
    os._exit(0)


def run(
    leaflet: Path, folders: list[Path], *, repair: bool = False, listen: bool = False
) -> Iterator[Row]:
    """A row for every PDF below `folders`."""
    prepared = prepare(leaflet.read_bytes(), leaflet.name)
    ctypes.CDLL(None)  # the child has what it needs before its memory is bounded
    for folder in folders:
        for path in sorted(folder.rglob("*.pdf")):

            def work(path: Path = path) -> Row:
                return listened(path) if listen else joined(path, prepared, repair=repair)

            yield apart(work, path.name)


def table(rows: list[Row]) -> Iterator[str]:
    """The outcomes and how many files have each; then what deserves a look."""
    for outcome, number in Counter(row.outcome for row in rows).most_common():
        yield f"{number:5} {outcome}"
    slowest, largest = max(row.seconds for row in rows), max(row.megabytes for row in rows)
    yield f"longest {slowest:.1f} s, largest {largest:.0f} MB"
    for row in rows:
        if row.changed:
            yield f"{row.file}: {', '.join(row.changed)}  {row.words}"


def main() -> None:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("leaflet", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--repair", action="store_true")
    parser.add_argument("--listen", action="store_true")
    parser.add_argument("--record", type=Path)
    options = parser.parse_args()
    made = run(options.leaflet, options.folders, repair=options.repair, listen=options.listen)
    rows = list(made)
    if options.record is not None:
        options.record.write_text(json.dumps([asdict(row) for row in rows], indent=0))
    print(*table(rows), sep="\n")


if __name__ == "__main__":
    main()
