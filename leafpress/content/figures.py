"""Pictures that a leaflet may show: files beside it, and SVG that can do nothing but be seen.

The elements are an allow-list (after the safe subset of SVG 1.1 that WeasyPrint 70 draws).
Letters inside a picture are refused: nobody could translate them, and WeasyPrint does not
reorder right-to-left text in SVG. Numbers stand in the picture, words in its key.
"""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from leafpress.content.source import read
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding

ELEMENTS = frozenset(
    [
        "svg",
        "g",
        "path",
        "circle",
        "ellipse",
        "rect",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "defs",
        "title",
        "desc",
        "marker",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "use",
        "symbol",
    ]
)
_PNG = b"\x89PNG\r\n\x1a\n"
_REMOTE = re.compile(r"url\(\s*['\"]?(?!#)|@import|javascript:", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_SILENT = {"title", "desc"}
"""Elements whose text is never drawn."""


def check(file: str, folder: Path, span: Span) -> list[Finding]:
    """What is wrong with the picture `file` in `folder`, asked for at `span`."""
    path = (folder / file).resolve()
    if Path(file).is_absolute() or not path.is_relative_to(folder.resolve()):
        return [finding("L041", span, file=file, folder=folder.name)]
    if not path.is_file():
        return [finding("L040", span, file=file, folder=folder.name)]
    name = f"{folder.parent.name}/{folder.name}/{file}"
    if path.suffix == ".svg":
        return check_svg(path, name)
    if path.suffix == ".png" and path.read_bytes()[:8] == _PNG:
        return []
    return [finding("L043", span, file=file)]


def check_svg(path: Path, name: str) -> list[Finding]:
    """What an SVG file holds that it must not."""
    try:
        source = read(path, name)
    except Problem as problem:
        return list(problem.findings)
    return _SvgReader(name).read(source.text)


class _SvgReader:
    """Walks an SVG with expat, which knows line numbers and fetches nothing."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._open: list[str] = []
        self._findings: list[Finding] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = lambda _name: self._open.pop()
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = self._doctype

    def read(self, text: str) -> list[Finding]:
        try:
            self._parser.Parse(text.encode(), True)
        except expat.ExpatError as error:
            span = Span(self._name, error.lineno, error.offset + 1)
            self._findings.append(finding("L044", span, problem=expat.errors.messages[error.code]))
        except Problem as problem:
            self._findings.extend(problem.findings)
        return self._findings

    def _refuse(self, what: str) -> None:
        self._findings.append(finding("L042", self._span(), what=what))

    def _span(self) -> Span:
        return Span(
            self._name, self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber + 1
        )

    def _doctype(self, *_facts: object) -> None:
        # Entities are how a small XML file becomes a huge one, or reads another: stop here.
        raise Problem(finding("L042", self._span(), what="a document type (`<!DOCTYPE`)"))

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        element = qualified.rsplit(" ", 1)[-1]
        self._open.append(element)
        if element not in ELEMENTS:
            self._refuse(f"the element `<{element}>`")
        for key, value in attributes.items():
            attribute = key.rsplit(" ", 1)[-1]
            if attribute.lower().startswith("on"):
                self._refuse(f"the script attribute `{attribute}`")
            elif attribute == "href" and not value.startswith("#"):
                self._refuse(f"a reference to something outside the file (`{value[:60]}`)")
            elif _REMOTE.search(value):
                self._refuse(f"a reference to something outside the file in `{attribute}`")

    def _characters(self, data: str) -> None:
        drawn = "text" in self._open and not _SILENT & set(self._open)
        if drawn and _LETTERS.search(data):
            self._findings.append(finding("L045", self._span(), text=data.strip()[:40]))
