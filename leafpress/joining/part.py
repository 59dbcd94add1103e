"""What one input brings to a joined file.

Everything of a PDF that must travel hangs on one dictionary, the *holder*; qpdf copies it, and
all that it leads to, in one piece, so that a page stays the same page for its tags, its links and
its bookmarks. What is in a holder:

| key | what |
|---|---|
| Pages | the pages in order |
| Tree | the one element that holds the input's tags (absent without tags) |
| Numbers, Ids, Names | pairs for the parent tree, the tree of IDs and of destinations |
| Marks | its topmost bookmarks, with those below them |
| Labels | numbers of pages and their labels, in pairs |
| Form, Layers, Intents | AcroForm, OCProperties, OutputIntents |
| Roles, Classes, Spaces | RoleMap, ClassMap, Namespaces |
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from leafpress.findings import Finding

RESERVED = b"leaflet-"
"""How leaflets' names begin; the letter's own that begin so are changed."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What sets an input's names apart from those of the others.

    Args:
        prefix: before its IDs and destinations; the letter keeps its names and has none.
        tag: after its roles and classes that mean something else elsewhere.
        base: its first key in the parent tree.
    """

    prefix: str
    tag: str
    base: int


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an input before its structure is followed.

    Args:
        claims: veraPDF's flavours of the standards that it claims (`ua1`, `2a`).
        name: its file, as messages call it.
    """

    name: str
    title: str
    language: str
    version: str
    marked: bool
    claims: frozenset[str]


@dataclass(slots=True)
class Part:
    """An input whose holder is complete.

    Args:
        holder: see above; None while the part waits to be copied into a joined file.
        nesting: how deep its objects could be in each other.
        keys: how many keys of the parent tree it uses.
        roles: types of elements that it uses: what they are mapped to, "" for nothing.
        headings: whether they are `with` or `without` a number of their level.
        fields: the names of its topmost form fields.
        intents: what its output intents are, digested; equal only for equal ones.
        faults: what is wrong with its tags, in words.
        left: what is not carried into the joined file, in words.
    """

    facts: Facts
    naming: Naming
    holder: Any
    pages: int = 0
    nesting: int = 0
    tagged: bool = False
    keys: int = 0
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, bytes] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()
    fields: list[str] = field(default_factory=list)
    intents: str = ""
    faults: list[str] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)
