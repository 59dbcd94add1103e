"""What decides the bytes of a finished file, besides letter and leaflets."""

from __future__ import annotations

import pikepdf

from leafpress.press.inputs import program_digest

_ROOMS = ("joining", "mailing", "proof")
"""The rooms whose code decides what a finished file is."""


def program() -> str:
    """Digests of their code as it stands on the disk, and pikepdf's version."""
    rooms = " ".join(program_digest(room) for room in _ROOMS)
    return f"{rooms} {pikepdf.__version__}"
