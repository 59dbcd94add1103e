"""Which marked content a page or a form shows: read fast where that is sure, else exactly."""

from __future__ import annotations

import re
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from leafpress.enclosure.limits import entry, listed, whole

_MCID = re.compile(rb"/MCID\s+(\d{1,9})")

EXACT = 4_000_000
"""Bytes of a page's content that are still parsed exactly; a full page has 50,000."""


def fit(owner: Any, tagged: set[int]) -> bool:
    """Whether `owner` (a page or a form) shows exactly the content that has a tag.

    A pattern finds the numbers wherever the bytes are plain; only where that does not agree with
    the tags is every operator read: text may look like a number, and numbers may stand elsewhere.
    """
    data = content(owner)
    if {int(each) for each in _MCID.findall(data)} == tagged:
        return True
    return len(data) <= EXACT and _exact(owner) == tagged


def content(owner: Any) -> bytes:
    """The operators of a page or a form.

    Raises:
        pikepdf.PdfError: they cannot be unpacked.
    """
    if isinstance(owner, pikepdf.Stream):
        return bytes(owner.read_bytes())
    streams = [each for each in listed(owner.get("/Contents")) if isinstance(each, pikepdf.Stream)]
    return b"\n".join(each.read_bytes() for each in streams)


def _exact(owner: Any) -> set[int] | None:
    resources = entry(owner, "/Resources") or Dictionary()
    properties = entry(resources, "/Properties") or Dictionary()
    found: set[int] = set()
    for instruction in pikepdf.parse_content_stream(owner, "BDC"):
        operands = list(instruction.operands)
        if str(instruction.operator) != "BDC" or len(operands) < 2:
            continue
        given: Any = operands[1]
        if isinstance(given, Name):
            given = properties.get(str(given))
        number = whole(given.get("/MCID")) if isinstance(given, Dictionary) else None
        if number is not None:
            found.add(number)
    return found
