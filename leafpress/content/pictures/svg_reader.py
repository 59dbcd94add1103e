"""Reading an SVG file with expat, which knows line numbers and fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from leafpress.content.pictures.svg_properties import INHERITED, is_free
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

SHAPES = frozenset(["path", "circle", "ellipse", "rect", "line", "polyline", "polygon"])
ELEMENTS = SHAPES | {
    *("svg", "g", "text", "tspan", "defs", "title", "desc", "marker", "linearGradient"),
    *("radialGradient", "stop", "clipPath", "use", "symbol"),
}
DEEPEST = 40
"""Elements inside each other. Drawing programs nest some ten; WeasyPrint stops at 200 to 300."""

TOO_DEEP = f"its elements stand more than {DEEPEST} deep inside each other"

_REMOTE = re.compile(r"url\((?!\s*['\"]?\s*#)|@import|javascript:|\\", re.IGNORECASE)
"""An address outside the file; a backslash could hide one."""

_LETTERS = re.compile(r"[^\W\d_]")
_SILENT = {"title", "desc"}
"""Elements whose text is never drawn."""


@dataclass(frozen=True, slots=True)
class SvgElement:
    """An element of a picture.

    Args:
        attributes: by name; `xlink:href` counts as `href`, those of other programs are left out.
        style: the declarations of `style=`, in order.
        inherited: of the properties that are inherited, what holds here.
    """

    name: str
    span: Span
    attributes: dict[str, str]
    style: tuple[tuple[str, str], ...]
    inherited: dict[str, str]
    children: list[SvgElement] = field(default_factory=list)

    def value(self, name: str, default: str = "") -> str:
        """A property or attribute of its own: `style=` goes before the attribute."""
        own = {**self.attributes, **dict(self.style)}
        return own.get(name, default).strip()

    def holds(self, name: str, default: str = "") -> str:
        """An inherited property, as it holds here."""
        return self.inherited.get(name, default).strip()

    def descend(self) -> Iterator[SvgElement]:
        """Walk this element and all below it."""
        yield self
        for child in self.children:
            yield from child.descend()


class SvgReader:
    """Reads one file, once."""

    def __init__(self, name: str) -> None:
        """`name` is how findings call the file."""
        self.root: SvgElement | None = None
        self.findings: list[Finding] = []
        self._name = name
        self._open: list[SvgElement] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _name: self._open.pop()
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, text: str) -> None:
        """Read the file into `root` and `findings`."""
        try:
            self._parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            span = Span(self._name, error.lineno, error.offset + 1)
            self.findings.append(finding("L044", span, problem=expat.errors.messages[error.code]))
        except Problem as problem:
            self.findings.extend(problem.findings)

    def _refuse(self, what: str) -> None:
        self.findings.append(finding("L042", self._span(), what=what))

    def _span(self) -> Span:
        return Span(
            self._name, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        )

    def _doctype(self, *_facts: object) -> None:
        # Entities are how a small XML file becomes a huge one, or reads another: stop here.
        raise Problem(finding("L042", self._span(), what="a document type (`<!DOCTYPE`)"))

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        space, _, name = qualified.rpartition(" ")
        if len(self._open) == DEEPEST:
            raise Problem(finding("L107", self._span(), problem=TOO_DEEP))
        if space != SVG:
            what = f'the element `<{name}>` outside the namespace of SVG (`xmlns="{SVG}"`)'
            self._refuse(what)
        elif name not in ELEMENTS or (not self._open and name != "svg"):
            self._refuse(f"the element `<{name}>`" + ("" if self._open else " as its outermost"))
        self._attributes(attributes)
        self._keep(name, attributes)

    def _attributes(self, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            name = key.rsplit(" ", 1)[-1]
            if name.lower().startswith("on"):
                self._refuse(f"the script attribute `{name}`")
            elif name == "href" and not value.strip().startswith("#"):
                self._refuse(f"a reference to something outside the file (`{value[:60]}`)")
            elif not is_free(name) and _REMOTE.search(value):
                self._refuse(f"a reference to something outside the file in `{name}`")

    def _keep(self, name: str, attributes: dict[str, str]) -> None:
        above = self._open[-1] if self._open else None
        own = _own(attributes)
        style = tuple(_declarations(own.pop("style", "")))
        holds = dict(above.inherited) if above else {}
        for key, value in (*own.items(), *style):
            if key in INHERITED and value.strip() != "inherit":
                holds[key] = value
        element = SvgElement(name, self._span(), own, style, holds)
        if above is None:
            self.root = element
        else:
            above.children.append(element)
        self._open.append(element)

    def _characters(self, data: str) -> None:
        names = {element.name for element in self._open}
        if "text" in names and not _SILENT & names and _LETTERS.search(data):
            self.findings.append(finding("L045", self._span(), text=data.strip()[:40]))


def _own(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of SVG itself, and of others those that matter: a wrong one has to be named."""
    own: dict[str, str] = {}
    for key, value in attributes.items():
        space, _, name = key.rpartition(" ")
        if not space or (space == XLINK and name == "href"):
            own[name] = value
        elif space == XML and name == "base":
            own["xml:base"] = value
    return own


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    """The declarations of `style=`; what cannot be read, or goes before others, is no property."""
    import tinycss2  # type: ignore[import-untyped]  # it has no types

    for declaration in tinycss2.parse_blocks_contents(style, True, True):
        if declaration.type != "declaration":
            yield style.strip()[:40], ""
        elif declaration.important:
            yield f"{declaration.name} … !important", ""
        else:
            yield declaration.name, tinycss2.serialize(declaration.value).strip()
