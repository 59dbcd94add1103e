"""What a joined file may claim.

A joined file claims only what every input claims, and only while its tags are whole. Whether it
then passes is for a validator to say; what one denies, the caller withholds (`join`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from leafpress.joining.part import Part
from leafpress.xmp import DECLARATIONS

STANDARDS = {
    "ua1": "PDF/UA-1",
    "ua2": "PDF/UA-2",
    "wt1a": "WTPDF 1.0 for accessibility",
    "wt1r": "WTPDF 1.0 for reuse",
    **{f"{part}{level}": f"PDF/A-{part}{level}" for part in "23" for level in "abu"},
    "4": "PDF/A-4",
}
"""veraPDF's flavours that a joined file may claim. Not PDF/A-1, which knows no object streams."""

ACCESSIBLE = frozenset({"ua1", "ua2"})
TAGGED = ACCESSIBLE | {"2a", "3a", "wt1a", "wt1r"}
"""Claims that are about tags."""

OF_PDF2 = frozenset({"ua2", "wt1a", "wt1r"})
"""Claims whose one Document has to be of PDF 2.0's namespace (ISO 14289-2, 8.2.5.2)."""

WEAKER_THAN = {"a": ("u", "b"), "u": ("b",), "b": ()}
"""A level of PDF/A holds all below it (ISO 19005-2, 5.1)."""

LEVELS_HELD = {level: (level, *weaker) for level, weaker in WEAKER_THAN.items()}
"""Each level with all that it holds."""

DECLARED = {address: flavour for flavour, address in DECLARATIONS.items()}
"""Flavours that are declared by an address."""


def strongest(claims: Iterable[str]) -> tuple[str, ...]:
    """Claims without those that another one holds, in the order of `STANDARDS`."""
    left = set(claims)
    for part in "23":
        for level, weaker in WEAKER_THAN.items():
            if f"{part}{level}" in left:
                left -= {f"{part}{held}" for held in weaker}
    return tuple(claim for claim in STANDARDS if claim in left)


def reasons(parts: Sequence[Part], withheld: Mapping[str, str]) -> dict[str, str]:
    """For each claim that one input makes and the joined file must not: why.

    Args:
        withheld: claims that the caller withholds, each with its reason.
    """
    made: set[str] = set()
    for part in parts:
        made |= part.facts.claims
    found: dict[str, str] = {}
    for claim in strongest(made):
        reason = next(_against(claim, parts), "") or withheld.get(claim, "")
        if reason:
            found[claim] = reason
    return found


def _against(claim: str, parts: Sequence[Part]) -> Iterator[str]:
    for part in parts:
        yield from _against_part(claim, part)
    if claim in TAGGED and len({heading for part in parts for heading in part.headings}) > 1:
        yield "some headings have a level in their type (H1), and some have none (H)"
    if claim[0] in "23" and len({part.intents for part in parts}) > 1:
        yield "the inputs do not print their colours alike (output intents)"


def _against_part(claim: str, part: Part) -> Iterator[str]:
    name = part.facts.name
    if claim not in part.facts.claims:
        yield f"{name} does not claim it"
    if claim not in TAGGED:
        return
    if not part.tagged:
        yield f"{name} has no tags"
    if not part.facts.marked:
        yield f"{name} does not say that its tags are in order"
    if part.faults:
        yield f"the tags of {name} do not fit it: {part.faults[0]}"
    if not part.facts.language:
        yield f"{name} does not say in which language it is"


def kept(parts: Sequence[Part], withheld: Mapping[str, str]) -> tuple[str, ...]:
    """The claims of the joined file.

    Args:
        withheld: claims that the caller withholds, each with its reason.
    """
    shared = frozenset.intersection(*(part.facts.claims for part in parts))
    allowed = [claim for claim in strongest(shared) if claim not in withheld]
    return tuple(claim for claim in allowed if not any(_against(claim, parts)))
