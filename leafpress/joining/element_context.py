"""Where an element stands in its tree, and what follows from that."""

from __future__ import annotations

from dataclasses import dataclass

LEVELS = 6
"""Types of numbered headings: H1 to H6 (ISO 32000-1, table 335)."""


@dataclass(slots=True)
class ElementContext:
    """The way from the top down to one element.

    Args:
        above: of the element that holds it; None at the top.
        language: what holds for its content: its own, or that of the nearest one above.
        headed: whether an unnumbered heading (H) among its children has been met.
    """

    above: ElementContext | None = None
    depth: int = 0
    language: str = ""
    headed: bool = False

    def below(self) -> ElementContext:
        """The context of an element that this one holds."""
        return ElementContext(self, self.depth + 1, self.language)

    def heading_level(self) -> int:
        """The level of an unnumbered heading here, and note that what holds it is headed.

        An H heads the element that holds it (ISO 32000-1, 14.8.4.3.2), so its level is how many
        elements around it are headed. Only those met before count: no level is ever skipped.
        """
        around, count = self.above, 0
        if around is not None:
            around.headed = True
        while around is not None:
            count += around.headed
            around = around.above
        return max(1, min(count, LEVELS))
