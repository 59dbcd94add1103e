"""Whether the type of every language holds in every format, seen by catalogues of filler.

`python -m benchmarks.languages --language el,ti --format a4,web` builds and proves editions of
filler in a folder that is deleted afterwards (`--keep FOLDER` keeps it), and prints what was found,
and how long it took. Where none is named it takes the languages without translations of their own.
It takes minutes a language.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.filler import write_catalogues
from leafpress.cli.options import Options
from leafpress.cli.session import Session
from leafpress.content.root import Root
from leafpress.translation.language import LANGUAGES, offered

ROOT = Path(__file__).parents[1]


def own_folder(folder: Path, tags: list[str]) -> Path:
    """A clinic's folder with catalogues of filler in these languages."""
    for name in ("clinic.yaml", "clinic-logo.svg"):
        shutil.copy(ROOT / name, folder)
    with (folder / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write(f"languages: [{', '.join(tags)}]\n")
    session = Session(ROOT, Options(own=folder))
    for tag in tags:
        write_catalogues(session.build_options, tag)
    return folder


def _run(own: Path, tag: str, options: list[str]) -> bool:
    command = [sys.executable, "build.py", "--own", str(own), "--language", tag, *options]
    before = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    said = (done.stdout + done.stderr).strip()
    print(f"{tag}: rc {done.returncode}, {time.monotonic() - before:.0f} s\n{said}\n", flush=True)
    return done.returncode == 0


def main() -> None:
    """Build and prove, and say what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", default="")
    parser.add_argument("--format", default="all")
    parser.add_argument("--leaflet", default="all")
    parser.add_argument("--no-proof", action="store_true")
    parser.add_argument("--keep", type=Path)
    asked = parser.parse_args()
    there = {*offered(Root(ROOT))}
    waiting = [tag for tag, row in LANGUAGES.items() if tag not in there and not row.pseudo]
    tags = asked.language.split(",") if asked.language else waiting
    with tempfile.TemporaryDirectory() as name:
        folder = asked.keep or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        own = own_folder(folder, tags)
        options = ["--format", asked.format, "--leaflet", asked.leaflet, "--jobs", "1"]
        options += [] if asked.no_proof else ["--prove"]
        failed = [tag for tag in tags if not _run(own, tag, options)]
    print(f"{len(tags)} languages, {len(failed)} with findings: {', '.join(failed) or 'none'}")


if __name__ == "__main__":
    main()
