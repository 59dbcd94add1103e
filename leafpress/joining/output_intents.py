"""Output intents: how an input's colours are meant to be printed (ISO 32000-1, 14.11.5)."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from pikepdf import Dictionary, Stream


def digest(intents: Sequence[Dictionary]) -> str:
    """A digest that is equal only for equal intents; "" for none.

    Raises:
        pikepdf.PdfError: a colour profile cannot be unpacked.
    """
    if not intents:
        return ""
    digest = hashlib.blake2b(digest_size=16)
    for intent in intents:
        for key in ("/S", "/OutputConditionIdentifier"):
            digest.update(str(intent.get(key, "")).encode(errors="replace") + b"\0")
        profile = intent.get("/DestOutputProfile")
        if isinstance(profile, Stream):
            digest.update(profile.read_bytes())
    return digest.hexdigest()
