"""Words as people type them into lists, made comparable."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[\W_]+")
_PIECES = re.compile(r"[;|,\n\r]+|\s+[+&]\s+")


def normalise(text: str) -> str:
    """Letters and digits in lower case, one blank between words: `Large-Print` is `large print`."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def split_cell(text: str) -> list[str]:
    """The things that a cell holds, in order: parted by `;`, `,`, `|`, `+`, `&` or lines."""
    return [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
