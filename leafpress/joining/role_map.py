"""Types of structure elements, and what an input maps them to (ISO 32000-1, 14.7.3).

In a joined file one map rules all: two inputs that mean different things by one name would turn
each other's headings into paragraphs. A name that another input has taken gets one of its own.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Name

from leafpress.joining.limits import ENTRIES, Excess

STANDARD = frozenset(
    [
        *("Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI"),
        *("Index", "NonStruct", "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L"),
        *("LI", "Lbl", "LBody", "Table", "TR", "TH", "TD", "THead", "TBody", "TFoot", "Span"),
        *("Quote", "Note", "Reference", "BibEntry", "Code", "Link", "Annot", "Ruby", "RB", "RT"),
        *("RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form"),
    ]
)
"""The standard types of the default namespace (ISO 32000-1, 14.8.4): role maps are about those."""


class Roles:
    """One input's types.

    Args:
        taken: what the inputs before it use: a type, and what it is mapped to ("" for nothing).
        tag: ends a name that had to change.
    """

    def __init__(self, mapped: Any, taken: dict[str, str], tag: str) -> None:
        self._taken, self._tag = taken, tag
        self._map = _read(mapped)
        self._names: dict[str, str] = {}
        self.used: dict[str, str] = {}

    def of(self, name: str) -> str:
        """What the type `name` (with its slash) is called in the joined file."""
        if name not in self._names:
            self._names[name] = self._named(name)
        return self._names[name]

    def meaning(self, name: str) -> str:
        """The standard type that `name` stands for; else itself."""
        return self._final(name) or name

    def _named(self, name: str) -> str:
        target = self._final(name)
        if not target and name[1:] in STANDARD:
            return name
        clashes = name[1:] in STANDARD or self._taken.get(name, target) != target
        new = f"{name}-{self._tag}" if clashes else name
        self.used[new] = target
        return new

    def _final(self, name: str) -> str:
        """The standard type at the end of the chain; "" without one, as in a circle."""
        seen, at = {name}, self._map.get(name, "")
        while at and at in self._map and at not in seen:
            seen.add(at)
            at = self._map[at]
        return at if at not in seen and at[1:] in STANDARD else ""


def _read(mapped: Any) -> dict[str, str]:
    if mapped is None:
        return {}
    if len(mapped) > ENTRIES:
        raise Excess("a map of types without end")
    pairs = ((key, value) for key, value in mapped.items() if isinstance(value, Name))
    return {key: str(value) for key, value in pairs if key != str(value)}


class Classes:
    """One input's classes of attributes: as roles, a name may be taken by something else."""

    def __init__(self, defined: Any, taken: dict[str, bytes], tag: str) -> None:
        self._defined, self._taken, self._tag = defined, taken, tag
        self.used: dict[str, bytes] = {}
        self.kept: dict[str, Any] = {}

    def of(self, name: str) -> str:
        """What the class `name` (with its slash) is called in the joined file; "" if undefined."""
        if self._defined is None or name not in self._defined:
            return ""
        what = self._defined[name]
        digest = what.unparse(resolved=True)
        new = name if self._taken.get(name, digest) == digest else f"{name}-{self._tag}"
        self.used[new], self.kept[new] = digest, what
        return new
