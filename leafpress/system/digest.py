"""SHA-256 in hex: of files, of bytes, of texts."""

from __future__ import annotations

import hashlib
from pathlib import Path


def of_file(path: Path) -> str:
    """Of a file, which is never in memory as a whole.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def of_bytes(data: bytes) -> str:
    """Of bytes."""
    return hashlib.sha256(data).hexdigest()


def of_text(text: str) -> str:
    """Of a text, as UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
