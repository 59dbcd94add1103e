"""Whether lines of one paragraph stay together where a page ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leafpress.findings import Finding
from leafpress.pdf.split_words import lines
from leafpress.proof.layout.laid_out import Layout, short


def no_lonely_lines(layout: Layout) -> Iterator[Finding]:
    """No page ends with the first line of a paragraph, or begins with its last.

    In large print an emergency box may be cut anywhere: more of it stands on page 1.
    """
    exempt = _in_emergency(layout) if layout.rendering.markup.format.large else frozenset()
    blocks: dict[Any, list[tuple[int, str]]] = {}
    for page, block, words in lines(layout.rendering):
        blocks.setdefault(block, []).append((page, "".join(each.text for each in words)))
    for found in (found for block, found in blocks.items() if block not in exempt):
        (first, text), (last, _) = found[0], found[-1]
        pages = [page for page, _ in found]
        if first != last and pages.count(first) == 1:
            yield layout.finding("P023", text=short(text), where="at the foot of", page=first)
        if first != last and pages.count(last) == 1:
            yield layout.finding("P023", text=short(text), where="at the head of", page=last)


def _in_emergency(layout: Layout) -> frozenset[Any]:
    boxes = (
        each
        for each in layout.rendering.root.iter()
        if "emergency" in each.attrib.get("class", "").split()
    )
    return frozenset(element for box in boxes for element in box.iter())
