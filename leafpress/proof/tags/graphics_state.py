"""Where on a page things are drawn, as far as a proof asks: from the operators of its content."""

from __future__ import annotations

from typing import Any

import pikepdf

_POINTS = {"Tm": slice(4, 6), "re": slice(0, 2), "m": slice(0, 2)}
"""Operators that say where the next thing begins, and which of their operands do so."""


class GraphicsState:
    """Follows the matrix of a page and the point at which something is drawn next."""

    def __init__(self) -> None:
        self._matrix = pikepdf.Matrix()
        self._kept: list[pikepdf.Matrix] = []
        self._point = (0.0, 0.0)

    def take(self, operator: str, operands: list[Any]) -> None:
        """Follow one operator (ISO 32000-1, 8.4.4, 8.5.2 and 9.4.2)."""
        if operator == "q":
            self._kept.append(self._matrix)
        elif operator == "Q" and self._kept:
            self._matrix = self._kept.pop()
        elif operator == "cm":
            self._matrix = pikepdf.Matrix(*map(float, operands)) @ self._matrix
            self._point = (0.0, 0.0)
        elif operator in _POINTS:
            right, up = map(float, operands[_POINTS[operator]])
            self._point = (right, up)

    @property
    def left(self) -> float:
        """Points from the left edge of the page."""
        return float(self._matrix.transform(self._point)[0])
