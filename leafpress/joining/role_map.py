"""Types of structure elements, and what an input maps them to (ISO 32000-1, 14.7.3).

In a joined file one map rules all: two inputs that mean different things by one name would turn
each other's headings into paragraphs. A name that another input has taken gets one of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from pikepdf import Dictionary, Name, Object

from leafpress.pdf_objects import ENTRIES, Excess, WrongShape, value_at

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
        role_map: the input's, if it has one.
        taken: what the inputs before it use: a type, and what it is mapped to ("" for nothing).
        tag: ends a name that had to change.

    Attributes:
        used: what this input uses, as `taken`.

    Raises:
        Excess: the map is without end.
    """

    def __init__(self, role_map: Dictionary | None, taken: Mapping[str, str], tag: str) -> None:
        self._taken, self._tag = taken, tag
        self._map = _read(role_map)
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


def _read(role_map: Dictionary | None) -> dict[str, str]:
    if role_map is None:
        return {}
    if len(role_map) > ENTRIES:
        raise Excess("a map of types without end")
    names = {key: str(value) for key, value in role_map.items() if isinstance(value, Name)}
    return {key: name for key, name in names.items() if key != name}


class Classes:
    """One input's classes of attributes: as roles, a name may be taken by something else.

    Args:
        class_map: the input's, if it has one.
        taken: what the inputs before it use: a class, and a digest of it.
        tag: ends a name that had to change.

    Attributes:
        used: what this input uses, as `taken`.
        kept: what the classes are, by their new names.

    Raises:
        Excess: the map is without end.
    """

    def __init__(self, class_map: Dictionary | None, taken: Mapping[str, bytes], tag: str) -> None:
        if class_map is not None and len(class_map) > ENTRIES:
            raise Excess("classes without end")
        self._defined, self._taken, self._tag = class_map, taken, tag
        self.used: dict[str, bytes] = {}
        self.kept: dict[str, Object] = {}

    def of(self, name: str) -> str:
        """What the class `name` (with its slash) is called in the joined file; "" if undefined.

        Raises:
            WrongShape: it is defined as a number.
        """
        attributes = value_at(self._defined, name)
        if attributes is None:
            return ""
        if not isinstance(attributes, Object):
            raise WrongShape("a class of attributes that is a number")
        digest = attributes.unparse(resolved=True)
        is_free = self._taken.get(name, digest) == digest
        renamed = name if is_free else f"{name}-{self._tag}"
        self.used[renamed], self.kept[renamed] = digest, attributes
        return renamed
