"""Ways to break a good PDF, each with the rules of which one at least has to find it.

`test_proof/test_defects.py` breaks files with these, one at a time. A function is a row: its name
says what is wrong with the file that it leaves behind.
"""

from __future__ import annotations

from defects import claims, links, marks, never, order, places, tables, tree, words
from defects.table import DEFECTS, Defect

__all__ = [
    "DEFECTS",
    "Defect",
    "claims",
    "links",
    "marks",
    "never",
    "order",
    "places",
    "tables",
    "tree",
    "words",
]
