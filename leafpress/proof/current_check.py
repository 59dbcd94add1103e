"""Whether the address that an edition prints leads to the page about it (P107)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from leafpress.proof.tags.blocks import parsed

IS_CURRENT = "is-current"
"""The class of what holds the address (`templates/parts/about.html`)."""


def addresses(html: str) -> list[str]:
    """The addresses at which a page says that readers can ask after their copy."""
    holders = filter(_says_so, parsed(html).iter())
    return [
        inside.attrib["href"] for holder in holders for inside in holder.iter("*") if _leads(inside)
    ]


def _says_so(element: Any) -> bool:
    return IS_CURRENT in element.attrib.get("class", "").split()


def _leads(element: Any) -> bool:
    return bool(element.attrib.get("href"))


def problems(printed: Sequence[str], code: str, *, there: bool) -> Iterator[str]:
    """What is wrong with the addresses of a copy.

    Args:
        printed: those on its pages.
        code: of the copy, by the manifest.
        there: whether there is a page about it.
    """
    if not printed:
        yield "it does not say where to ask whether it is current"
    for address in printed:
        if code not in address:
            yield f"it leads to {address}, and its code is {code}"
    if not there:
        yield f"there is no page about the copy {code}"
