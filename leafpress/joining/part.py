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

qpdf copies in the alphabetical order of these keys: another name of one of them (`Marks` was the
word for bookmarks) would renumber the objects of every joined file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Object

from leafpress.findings import Finding

RESERVED = b"leaflet-"
"""How leaflets' names begin; the letter's own that begin so are changed."""


@dataclass(frozen=True, slots=True)
class Naming:
    """What sets an input's names apart from those of the others.

    Args:
        prefix: before its IDs and destinations; the letter keeps its names and has none.
        tag: after its roles and classes that mean something else elsewhere.
        first_key: its first key in the parent tree.
    """

    prefix: str
    tag: str
    first_key: int

    @property
    def is_letter(self) -> bool:
        """Whether the input is the letter, which keeps its names."""
        return not self.prefix

    def renamed(self, name: bytes) -> bytes:
        """An ID or a destination, called so that no other input has it."""
        if not self.is_letter:
            return self.prefix.encode() + name
        return b"letter/" + name if name.startswith(RESERVED) else name


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an input before its structure is followed.

    Args:
        name: its file, as messages call it.
        claims: veraPDF's flavours of the standards that it claims (`ua1`, `2a`).
    """

    name: str
    title: str
    language: str
    version: str
    marked: bool
    claims: frozenset[str]


class Faults:
    """What is wrong with an input's tags, in words: each once, in the order in which it was met."""

    def __init__(self) -> None:
        self._sentences: dict[str, None] = {}

    def add(self, sentence: str) -> None:
        """Note a fault."""
        self._sentences.setdefault(sentence)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)


@dataclass(frozen=True, slots=True)
class Part:
    """What is known of an input whose holder is complete.

    Args:
        nesting: how deep its objects could be in each other.
        keys: how many keys of the parent tree it uses.
        roles: types of elements that it uses: what they are mapped to, "" for nothing.
        classes: digests of the classes of attributes that it uses.
        headings: whether they are `with` or `without` a number of their level.
        fields: the names of its topmost form fields.
        intents: what its output intents are, digested; equal only for equal ones.
        faults: what is wrong with its tags, in words.
        left: what is not carried into the joined file, in words.
        findings: what there is to warn of besides.
    """

    facts: Facts
    naming: Naming
    pages: int
    nesting: int
    tagged: bool
    keys: int
    roles: Mapping[str, str]
    classes: Mapping[str, bytes]
    headings: frozenset[str]
    fields: tuple[str, ...]
    intents: str
    faults: tuple[str, ...]
    left: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, eq=False)
class PlacedPart:
    """A part whose holder is in some file: its own, a set of leaflets, or a joined one."""

    part: Part
    holder: Dictionary


@dataclass(slots=True)
class PartBuilder:
    """A part in the making. Only `gather` writes to it; the stages hand it what they found.

    Args: see `Part`, and `holder`.
    """

    facts: Facts
    naming: Naming
    holder: Dictionary
    nesting: int
    pages: int = 0
    tagged: bool = False
    keys: int = 0
    roles: dict[str, str] = field(default_factory=dict)
    classes: dict[str, bytes] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()
    fields: tuple[str, ...] = ()
    intents: str = ""
    faults: Faults = field(default_factory=Faults)
    left: set[str] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def hang(self, key: str, value: Object | None) -> None:
        """Put `value` into the holder, if there is one."""
        if value is not None:
            self.holder[key] = value

    def hang_list(self, key: str, items: Sequence[object]) -> None:
        """Put a list into the holder, if it has items."""
        if items:
            self.holder[key] = Array(items)

    def built(self) -> PlacedPart:
        """The part as nobody changes it any more."""
        part = Part(
            facts=self.facts,
            naming=self.naming,
            pages=self.pages,
            nesting=self.nesting,
            tagged=self.tagged,
            keys=self.keys,
            roles=self.roles,
            classes=self.classes,
            headings=self.headings,
            fields=self.fields,
            intents=self.intents,
            faults=tuple(self.faults),
            left=frozenset(self.left),
            findings=tuple(self.findings),
        )
        return PlacedPart(part, self.holder)
