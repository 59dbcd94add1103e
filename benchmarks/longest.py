"""The longest editions of a build, by format: `python -m benchmarks.longest FOLDER`.

FOLDER is one of `build.py --language all --out FOLDER`. What it says first of each format belongs
into `tests/test_press/test_longest_languages.py`.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

SHOWN = 4


def main(folder: Path) -> None:
    """Print the longest of each format: pages and, where they have none, bytes come first."""
    editions = json.loads((folder / "manifest.json").read_bytes())["editions"]
    rows: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name, entry in editions.items():
        rows[entry["format"]].append((entry["pages"] or 0, entry["size"], name))
    for format_, found in sorted(rows.items()):
        for pages, size, name in sorted(found, reverse=True)[:SHOWN]:
            print(f"{format_:16} {pages:3} pages {size / 1000:6.0f} kB  {name}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
