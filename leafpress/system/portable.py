"""Names that every system can hold: what is built here is copied to Windows and network drives.

After Microsoft, "Naming files, paths, and namespaces", section "Naming conventions", and the same
for `MAX_PATH` ("Maximum path length limitation").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

RESERVED = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | {
    f"{device}{number}" for device in ("com", "lpt") for number in (*range(10), *"¹²³")
}
"""Devices: no file may be called so, with or without an ending, in small letters or capitals."""

_FORBIDDEN = re.compile(r'[<>:"|?*\\\x00-\x1f]')

LONGEST = 150
"""UTF-16 units of a path below `out/`. Of the 259 that Windows has without a setting, this leaves
109 for where a clinic keeps the folder, such as on a drive of its server."""


def why_not(path: str) -> str:
    """Why Windows cannot hold a path below some folder, as a clause; empty if it can."""
    if len(path.encode("utf-16-le")) > 2 * LONGEST:
        return f"its path has more than {LONGEST} characters"
    reasons = (_why_not(name) for name in PurePosixPath(path).parts)
    return next(filter(None, reasons), "")


def _why_not(name: str) -> str:
    if name.split(".", maxsplit=1)[0].rstrip(" ").casefold() in RESERVED:
        return f"`{name}` means a device there"
    if name.endswith((".", " ")):
        return f"`{name}` ends with a dot or a blank"
    if _FORBIDDEN.search(name):
        return f"`{name}` has a character that no name there may have"
    return ""


def twins(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Pairs that Windows takes for one file, since it does not tell capitals from small letters."""
    first: dict[str, str] = {}
    for path in paths:
        twin = first.setdefault(path.casefold(), path)
        if twin != path:
            yield twin, path
