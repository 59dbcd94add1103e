"""Copies of leaflets that are built, with their editions, as if they had been built too.

Run by `benchmarks.idle` with the package of a checkout in the path, of whichever version.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from leafpress.press.edition import Entry, Memory
from leafpress.press.manifest import Manifest


def add(root: Path, copies: int) -> int:
    """Add so many copies of each leaflet and of what is known of it; how many editions stand."""
    manifest = Manifest.read(root / "out")
    rows = [*manifest.entries.items()]
    for number in range(copies):
        for file in _files(root, {entry.leaflet for _, entry in rows}):
            words = file.read_text(encoding="utf-8")
            renamed = words.replace(f"\nid: {file.stem}\n", f"\nid: {file.stem}-{number}\n", 1)
            _renamed(file, number).write_text(renamed, encoding="utf-8")
        for output, entry in rows:
            _add(manifest, root, number, output, entry)
    manifest.save()
    return len(manifest.entries)


def _files(root: Path, leaflets: set[str]) -> list[Path]:
    words = [root / "leaflets" / f"{id_}.yaml" for id_ in sorted(leaflets)]
    catalogues = (root.glob(f"locales/*/LC_MESSAGES/{id_}.po") for id_ in sorted(leaflets))
    return [*words, *(path for paths in catalogues for path in paths)]


def _renamed(file: Path, number: int) -> Path:
    return file.with_stem(f"{file.stem}-{number}")


def _add(manifest: Manifest, root: Path, number: int, output: str, entry: Entry) -> None:
    leaflet = f"{entry.leaflet}-{number}"
    copied = output.replace(entry.leaflet, leaflet)
    file = shutil.copy2(manifest.folder / output, manifest.folder / copied)
    state, memory = Path(file).stat(), manifest.memories[output]
    inputs = dict(_inputs(root, memory, entry.leaflet, number))
    stands = (state.st_size, state.st_mtime_ns)
    manifest.put(
        copied, replace(entry, leaflet=leaflet), replace(memory, inputs=inputs, output=stands)
    )


def _inputs(root: Path, memory: Memory, leaflet: str, number: int):  # type: ignore[no-untyped-def]
    for name, stamp in memory.inputs.items():
        path = root / name
        if path.stem == leaflet and _renamed(path, number).exists():
            copied = _renamed(path, number)
            state, digest = copied.stat(), hashlib.sha256(copied.read_bytes()).hexdigest()
            own = copied if Path(name).is_absolute() else copied.relative_to(root)
            yield str(own), (state.st_size, state.st_mtime_ns, digest)
        else:
            yield name, stamp


if __name__ == "__main__":
    print(add(Path(sys.argv[1]), int(sys.argv[2])))
