"""The last line of a page that is made of many things: a digest of them all.

A page that ends with it says already what it has to, and is not written again.
"""

from __future__ import annotations

from pathlib import Path

from leafpress.system.digest import of_text


def last_line(made_of: str) -> str:
    """The line for what a page is made of."""
    return f"<!-- {of_text(made_of)} -->\n"


def ends_with(path: Path, line: str) -> bool:
    """Whether there is a page that ends with this line."""
    return path.exists() and path.read_text(encoding="utf-8").endswith(line)
