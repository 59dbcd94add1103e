"""YAML with a place for every value: what `yaml.compose` knows and `safe_load` forgets.

Nothing is implicitly typed: `no`, `12:30` and `2026-11-22` stay strings until the model reads
them. Anchors, aliases and tags are refused (that is how a small file becomes a huge one).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

import yaml

from leafpress.content.source import SourceText
from leafpress.content.yaml_signs import signs_without_quotes
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding

Kind = TypeVar("Kind")
Path = tuple[str | int, ...]
"""The way to a value: `("sections", 0, "blocks", 2, "alt")`."""

_QUOTED = re.compile(r"""\s*(?:- +)*(?:[\w-]+: +)?(["'])""")
"""A line whose value is in quotes."""

_CLOSED = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"'),
    "'": re.compile(r"'(?:[^']|'')*'"),
}

_CURLY = re.compile("[“”„‘‚]")

MAX_DEPTH = 24
"""A leaflet with four levels of list needs 12."""

MERGE_MARK = "<<<<<<< "
"""How Git begins two versions of something that it could not put together (git-merge(1))."""

MOST_CLEVER = 10
"""Anchors and tags that are named one by one."""


@dataclass(slots=True)
class Tree:
    """A file's data (dicts, lists and strings) with the place of each value and key.

    Args:
        ends: the line in which each value ends.
        plain: the values that stand without quotes.
        lines: the file's lines.
    """

    source: SourceText
    data: object = None
    spans: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    ends: dict[Path, int] = field(default_factory=dict)
    plain: set[Path] = field(default_factory=set)
    lines: list[str] = field(default_factory=list)

    def span(self, path: Path) -> Span:
        """Where the value at `path` stands, or the nearest value around it."""
        while path and path not in self.spans:
            path = path[:-1]
        return self.spans.get(path, Span(self.source.name))

    def key_span(self, path: Path) -> Span:
        """Where the key of `path` stands."""
        return self.keys.get(path) or self.span(path)

    def span_of_piece(self, path: Path, piece: str) -> Span:
        """Where `piece` stands inside the text at `path`; the text's start if it is not found."""
        start = self.span(path)
        last = min(self.ends.get(path, start.line), len(self.lines))
        for number in range(start.line, last + 1):
            offset = start.column - 1 if number == start.line else 0
            column = self.lines[number - 1].find(piece, offset) if piece else -1
            if column >= 0:
                return Span(start.file, number, column + 1)
        return start

    def each(self, pattern: str, kind: type[Kind]) -> Iterator[tuple[Path, Kind]]:
        """Every value of type `kind` at `pattern`: keys and `*` joined by dots."""
        for path, value in _descend(self.data, pattern.split("."), ()):
            if isinstance(value, kind):
                yield path, value

    def value(self, path: Path) -> object:
        """The value at `path`; None where there is none."""
        found: object = self.data
        for step in path:
            if isinstance(found, dict):
                found = found.get(step)
            elif isinstance(found, list) and isinstance(step, int) and step < len(found):
                found = found[step]
            else:
                return None
        return found


def _descend(value: object, steps: list[str], path: Path) -> Iterator[tuple[Path, object]]:
    if not steps:
        yield path, value
    elif steps[0] == "*" and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _descend(item, steps[1:], (*path, index))
    elif isinstance(value, dict) and steps[0] in value:
        yield from _descend(value[steps[0]], steps[1:], (*path, steps[0]))


def parse(source: SourceText) -> tuple[Tree, tuple[Finding, ...]]:
    """The tree of a file, with findings for stray characters and keys that stand twice.

    Raises:
        Problem: not YAML (L005), nested too deep (L009), anchors or tags (L008), both versions of a
            merge (L123), or empty (L001).
    """
    try:
        _refuse_cleverness(source)
        root = yaml.compose(source.text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError as error:
        # A tab or a control character is what stopped the parser: its own finding says it better.
        problems = list(_merge_marks(source)) or source.strays or _syntax(error, source)
        raise Problem(*problems) from error
    if root is None:
        empty = finding("L001", Span(source.name, 1, 1), reason="nothing stands in it")
        raise Problem(*source.strays, empty)
    tree, findings = Tree(source, lines=source.text.splitlines()), list(source.strays)
    tree.data = _value(root, (), tree, findings)
    return tree, tuple(findings)


def _refuse_cleverness(source: SourceText) -> None:
    """Look at the file's events before anything is built from them."""
    depth, findings = 0, list[Finding]()
    for event in yaml.parse(source.text, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(
            event, yaml.CollectionEndEvent
        )
        if depth > MAX_DEPTH:
            raise Problem(finding("L009", _span(event.start_mark, source.name), limit=MAX_DEPTH))
        what = _clever(event)
        if what:
            findings.append(finding("L008", _span(event.start_mark, source.name), what=what))
    if findings:
        raise Problem(*_first(findings))


def _clever(event: Any) -> str:
    """What a piece of a file does besides saying something."""
    if getattr(event, "anchor", None):
        return "an anchor or alias (`&` or `*`)"
    return "a tag (`!`)" if getattr(event, "tag", None) else ""


def _first(findings: list[Finding]) -> list[Finding]:
    """The first ten, and one for all others: a bomb has hundreds."""
    rest = len(findings) - MOST_CLEVER
    if rest <= 1:
        return findings
    more = f"each of {rest} more like these"
    return [*findings[:MOST_CLEVER], finding("L008", findings[MOST_CLEVER].span, what=more)]


def _merge_marks(source: SourceText) -> Iterator[Finding]:
    """Where Git has left two versions of something, of which a person has to choose one.

    Its marks begin a line, which nothing of YAML does that they could be taken for.
    """
    for number, line in enumerate(source.text.split("\n"), start=1):
        if line.startswith(MERGE_MARK):
            yield finding("L123", Span(source.name, number, 1), mark=line[:40])


def _syntax(error: yaml.YAMLError, source: SourceText) -> list[Finding]:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    span = _span(mark, source.name) if mark else Span(source.name)
    # A quote that is not closed is only noticed lines later, where the next one opens.
    opened = _open_quote(source, span.line)
    if opened:
        return [finding("L005", opened, problem="the quote that opens here is not closed")]
    unquoted = signs_without_quotes(error, source)
    if unquoted:
        return unquoted
    problem = str(getattr(error, "problem", None) or error).strip()
    line = "".join(source.text.split("\n")[span.line - 1 : span.line])
    if _CURLY.search(line):
        problem += " (the quotes on this line are curly, and YAML knows straight ones only)"
    return [finding("L005", span, problem=problem)]


def _open_quote(source: SourceText, last: int) -> Span | None:
    """The first quote before line `last` that opens a value and is not closed on its line."""
    for number, line in enumerate(source.text.splitlines()[:last], start=1):
        value = _QUOTED.match(line)
        if value and not _CLOSED[value[1]].match(line, value.start(1)):
            return Span(source.name, number, value.start(1) + 1)
    return None


def _span(mark: Any, name: str) -> Span:
    if mark is None:
        return Span(name)
    return Span(name, mark.line + 1, mark.column + 1)


def _value(node: yaml.Node, path: Path, tree: Tree, findings: list[Finding]) -> object:
    tree.spans[path] = _span(node.start_mark, tree.source.name)
    tree.ends[path] = node.end_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, tree, findings)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, (*path, index), tree, findings) for index, item in enumerate(node.value)
        ]
    if isinstance(node, yaml.ScalarNode) and not node.style:
        tree.plain.add(path)
    return node.value


def _mapping(
    node: yaml.MappingNode, path: Path, tree: Tree, findings: list[Finding]
) -> dict[str, object]:
    mapping: dict[str, object] = {}
    for key_node, value_node in node.value:
        span = _span(key_node.start_mark, tree.source.name)
        if not isinstance(key_node, yaml.ScalarNode):
            findings.append(finding("L013", span, wanted="a word", got="a list or a mapping"))
            continue
        key = key_node.value
        if key in mapping:
            first = tree.keys[*path, key]
            findings.append(finding("L007", span, key=key, line=first.line))
            continue
        tree.keys[*path, key] = span
        mapping[key] = _value(value_node, (*path, key), tree, findings)
    return mapping
