"""A text that begins with a sign of YAML's, such as `**Never** do this`: what makes YAML stop.

The parser says where it stopped, in its own words; an author needs the text that wants quotes.
"""

from __future__ import annotations

import re

import yaml

from leafpress.content.source import SourceText
from leafpress.findings import Finding, Span
from leafpress.rules import finding

_SIGNS = "*{[@%&!|>?`-\"'"
"""Signs that begin something else than a text (YAML 1.2, 5.3)."""

_ENTRY = re.compile(r"\s*(?:- +|[\w-]+: +)+[*{\[@%`]")
"""An entry or a key with such a sign behind it."""

_ANYWHERE = tuple("*@%&!`-?")
"""Those that stop YAML also inside a list in brackets, or behind a key."""

_VALUE = re.compile(r"\s*(?:- +)*(?:[\w-]+: +)?(?P<value>\S.*)")
"""A line, and what stands behind its dashes and its key."""

_BRACKETS = "[{"
_COMMENT = re.compile(r"\s(#.*)")

_MOST_LINES = 40
"""How far above the place where YAML stops its cause is looked for: the longest block has 30."""


def signs_without_quotes(error: yaml.YAMLError, source: SourceText) -> list[Finding]:
    """The texts that made YAML stop because they begin with a sign; none where that is not why.

    The parser stops at the first. Those on other lines are named with it, so that an author need
    not try again for each.
    """
    lines = source.text.split("\n")
    first = _first(error, lines)
    if first is None:
        return []
    places = {number: _sign_in(line) for number, line in enumerate(lines) if _ENTRY.match(line)}
    whole = [(number, column) for number, column in places.items() if column is not None]
    others = [place for place in whole if place[0] != first[0] and _is_whole(lines, *place)]
    return [_needs_quotes(source, *place) for place in sorted([first, *others])]


def _first(error: yaml.YAMLError, lines: list[str]) -> tuple[int, int] | None:
    """Line and column of the sign that stopped the parser."""
    for mark in (getattr(error, "problem_mark", None), getattr(error, "context_mark", None)):
        if mark is None or mark.line >= len(lines):
            continue
        column = _sign_at(lines[mark.line], mark.column)
        if column is not None:
            return mark.line, column
        for number in range(mark.line, max(mark.line - _MOST_LINES, -1), -1):
            column = _sign_in(lines[number])
            if column is not None:
                return number, column
    return None


def _is_whole(lines: list[str], number: int, column: int) -> bool:
    """Whether what opens on a line is closed there: else it may go on below, and be right."""
    text = lines[number][column:]
    return all(text.count(start) == text.count(end) for start, end in ("[]", "{}"))


def _sign_at(line: str, column: int) -> int | None:
    """The column of a sign at or just before a place, where a value of a list could begin."""
    for place in (column, column - 1):
        before = line[:place].rstrip()
        if line[place : place + 1] in _ANYWHERE and before.endswith(("[", ",", "-", ":")):
            return place
    return None


def _sign_in(line: str) -> int | None:
    """The column where a line's value begins with a sign and is not YAML by itself."""
    value = _VALUE.match(line)
    if not value or value["value"][0] not in _SIGNS or _is_yaml(value["value"]):
        return None
    return value.start("value")


def _is_yaml(value: str) -> bool:
    try:
        # Events and no nodes: a composer would run out of stack in a line of brackets.
        list(yaml.parse(value, Loader=yaml.CBaseLoader))
    except yaml.YAMLError:
        return False
    return True


def _needs_quotes(source: SourceText, line: int, column: int) -> Finding:
    text = source.text.split("\n")[line][column:].strip()
    comment = _COMMENT.search(text)
    if text[0] in _BRACKETS and comment:
        # The list is not closed on its line, because its end stands in the comment.
        place = Span(source.name, line + 1, column + comment.start(1) + 1)
        return finding("L095", place, words=comment[1])
    span = Span(source.name, line + 1, column + 1)
    return finding("L097", span, sign=text[0], start=text[:30])
