"""How much work a picture is: what its references lead to, and what all of it becomes.

A file of 1 kB can ask for a thousand million shapes. They are counted here without drawing any.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leafpress.content.pictures import svg_values as values
from leafpress.content.pictures.svg_reader import DEEPEST, SHAPES, TOO_DEEP, SvgElement
from leafpress.findings import Finding, Problem
from leafpress.rules import finding

MOST = 10_000
"""Steps: a shape is one. WeasyPrint takes 0.02 to 0.4 ms for each, so 4 s at most, for every
edition; the largest of our 153 pictures takes 237."""

NUMBERS_A_STEP = 40
"""Numbers of a path that take as long as a shape."""

DASHES_A_STEP = 10
"""Dashes that a reader draws in the time of a shape."""

ELEMENTS_A_STEP = 500
"""Elements that are looked through for an id in the time of a shape."""

_GRADIENTS = frozenset(["linearGradient", "radialGradient"])
_DRAWN = SHAPES | {"g", "text", "use", "symbol"}

TARGETS = {
    "clip-path": frozenset(["clipPath"]),
    "fill": _GRADIENTS,
    "marker-start": frozenset(["marker"]),
    "marker-mid": frozenset(["marker"]),
    "marker-end": frozenset(["marker"]),
}
"""What each property may lead to."""

LINKS = {"use": _DRAWN, "linearGradient": _GRADIENTS, "radialGradient": _GRADIENTS}
"""What `href` may lead to, by the element that has it."""


@dataclass(frozen=True, slots=True)
class Amount:
    """What an element becomes.

    Args:
        shapes: how much is drawn.
        measured: how much is measured once more, since it is half-transparent.
        below: how deep it goes.
    """

    shapes: int
    measured: int
    below: int

    def and_inside(self, other: Amount, times: int = 1) -> Amount:
        """Together with what stands inside, drawn so many times."""
        return Amount(
            self.shapes + times * other.shapes,
            self.measured + times * other.measured,
            max(self.below, other.below + 1),
        )


def references(element: SvgElement) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Where an element leads: by which property, to which id, and of what kind that has to be."""
    for name, kinds in TARGETS.items():
        id_ = values.reference(element.value(name))
        if id_:
            yield name, id_, kinds
    if element.name in LINKS and values.is_link(element.value("href")):
        yield "href", element.value("href")[1:], LINKS[element.name]


def dead_ends(root: SvgElement, ids: dict[str, SvgElement]) -> Iterator[Finding]:
    """References to nothing, or to something of another kind (L108)."""
    for element in root.descend():
        for name, id_, kinds in references(element):
            target = ids.get(id_)
            if target is None or target.name not in kinds:
                is_there = "nothing" if target is None else f"a <{target.name}>"
                facts = {"name": name, "id": id_, "kind": is_there}
                yield finding("L108", element.span, **facts)


def check(root: SvgElement, ids: dict[str, SvgElement]) -> Iterator[Finding]:
    """Whether it is too much to draw (L107)."""
    everything = list(root.descend())
    targets = {id_ for element in everything for _, id_, _ in references(element)}
    looking = len(targets) * len(everything) // ELEMENTS_A_STEP
    try:
        amount = _Counter(ids).amount(root, 0)
    except Problem as problem:
        yield from problem.findings
        return
    steps = amount.shapes + amount.measured + looking
    if steps > MOST:
        becomes = f"it becomes {steps:,} shapes or as much work, and {MOST:,} are the most"
        yield finding("L107", root.span, problem=becomes)


class _Counter:
    """Counts each element once, however often it is drawn."""

    def __init__(self, ids: dict[str, SvgElement]) -> None:
        self._ids = ids
        self._known: dict[int, Amount] = {}
        self._open: set[int] = set()

    def amount(self, element: SvgElement, depth: int) -> Amount:
        """What an element becomes, if it stands so deep.

        Raises:
            Problem: it goes too deep, or leads back to itself (L107).
        """
        key = id(element)
        if key in self._open:
            problem = f"`{element.value('id')}` is drawn inside itself, without end"
            raise Problem(finding("L107", element.span, problem=problem))
        known = self._known.get(key)
        if known is None:
            self._open.add(key)
            known = self._known[key] = self._count(element, depth)
            self._open.remove(key)
        if depth + known.below > DEEPEST:
            raise Problem(finding("L107", element.span, problem=TOO_DEEP))
        return known

    def _count(self, element: SvgElement, depth: int) -> Amount:
        if depth > DEEPEST:
            return Amount(0, 0, 1)
        sizes = _sizes(element)
        own = 1 + len(sizes) // NUMBERS_A_STEP + _dashes(element, sizes)
        amount = Amount(own, 0, 1)
        for child in element.children:
            amount = amount.and_inside(self.amount(child, depth + 1))
        for name, id_ in _drawn_here(element):
            target = self._ids.get(id_)
            if target is not None:
                times = len(sizes) // 2 + 1 if name == "marker" else 1
                amount = amount.and_inside(self.amount(target, depth + 1), times)
        if _is_part(element.value("opacity")):
            return replace(amount, measured=amount.measured + amount.shapes)
        return amount


def _is_part(opacity: str) -> bool:
    return values.is_part(opacity) and opacity not in {"1", "1.0", "100%"}


def _drawn_here(element: SvgElement) -> Iterator[tuple[str, str]]:
    """What is drawn again for this element: what it leads to, and inherited gradients, markers."""
    for name, id_, _ in references(element):
        if name in {"href", "clip-path"}:
            yield name, id_
    if element.name in SHAPES or element.name == "text":
        yield "fill", values.reference(element.holds("fill"))
        for name in ("marker-start", "marker-mid", "marker-end"):
            yield "marker", values.reference(element.holds(name))


def _sizes(element: SvgElement) -> list[float]:
    """The numbers of its outline, without their signs."""
    return values.sizes_in(element.attributes.get("d", "") + " " + element.value("points"))


def _dashes(element: SvgElement, sizes: list[float]) -> int:
    """Steps for dashes. An outline is no longer than eight times the sum of its numbers."""
    dashes = element.holds("stroke-dasharray", "none")
    if element.name not in SHAPES or not values.are_lengths(dashes):
        return 0
    period = sum(values.length(dash) or 0 for dash in dashes.replace(",", " ").split())
    own = (values.length(element.attributes.get(name, "")) or 0 for name in _MEASURES)
    longest = 8 * (sum(map(abs, own)) + sum(sizes))
    return int(min(longest / period, 1e9)) // DASHES_A_STEP if period > 0 else 0


_MEASURES = ("r", "rx", "ry", "width", "height", "x1", "y1", "x2", "y2")
