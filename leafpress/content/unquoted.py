"""What an author wrote without quotes, and YAML reads as less or as something else.

` #` begins a comment, `null` is nothing elsewhere. The curly quotes of a word processor are letters
to YAML, and are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import yaml
from pydantic import BaseModel

from leafpress.content.schema import is_words
from leafpress.content.yaml_tree import Tree
from leafpress.findings import Finding, Span
from leafpress.rules import finding

_NOTHING = frozenset({"null", "Null", "NULL", "~"})
"""What YAML 1.2 (10.3.2) reads as no value at all."""

_CURLY = "“”„‟‘’‚‛«»"
_IN_CURLY = re.compile(rf"[{_CURLY}].*[{_CURLY}]", re.DOTALL)


def check(tree: Tree, model: type[BaseModel]) -> Iterator[Finding]:
    """Words that YAML passes over or reads as another thing.

    Args:
        model: whose keys these are; it says which values are words, and which are codes.
    """
    yield from _comments(tree, model)
    for path in tree.plain:
        value = str(tree.value(path))
        if value in _NOTHING:
            yield finding("L096", tree.span(path), value=value)
        elif _IN_CURLY.fullmatch(value) and len(value) > 1:
            yield finding("L098", tree.span(path), words=value[1:-1])


def _comments(tree: Tree, model: type[BaseModel]) -> Iterator[Finding]:
    """Comments that may be words: directly behind a text, or with no blank behind their `#`."""
    text = tree.source.text
    values = {span: path for path, span in tree.spans.items() if path in tree.plain}
    for token, following in pairwise(yaml.scan(text, Loader=yaml.CBaseLoader)):
        gap = text[token.end_mark.index : following.start_mark.index]
        comment = _BEHIND.match(gap)
        if comment and _says_something(token, text):
            path = values.get(_span(token.start_mark, tree))
            behind_words = path is not None and is_words(model, tree.data, path)
            if behind_words or _may_be_words(token, comment[1]):
                yield _lost(tree, token.end_mark, comment)
        below = _BELOW.search(gap)
        if below and isinstance(token, yaml.ScalarToken) and token.plain:
            yield _lost(tree, token.end_mark, below)


_BEHIND = re.compile(r"[ \t]*(#.*)")
_BELOW = re.compile(r"\n[ \t]+(#\d.*)")
"""A line of its own, but with a number: `#2 pills`, where a text goes on."""


def _span(mark: Any, tree: Tree) -> Span:
    return Span(tree.source.name, mark.line + 1, mark.column + 1)


def _says_something(token: yaml.Token, text: str) -> bool:
    """Whether the token ends on a line where it said something: a block's end does not."""
    here = text.rfind("\n", 0, token.end_mark.index) + 1
    return bool(text[here : token.end_mark.index].strip())


def _lost(tree: Tree, mark: Any, comment: re.Match[str]) -> Finding:
    """The finding for a comment that was found behind `mark`."""
    lines = comment.string[: comment.start(1)].split("\n")
    column = len(lines[-1]) + (mark.column if len(lines) == 1 else 0)
    span = Span(tree.source.name, mark.line + len(lines), column + 1)
    return finding("L095", span, words=comment[1].strip())


_LIKE_WORDS = re.compile(r"#(?:[^\s#]|\s*\d{1,5}$)")
_BEFORE_A_VALUE = (yaml.ScalarToken, yaml.ValueToken, yaml.BlockEntryToken, yaml.FlowEntryToken)


def _may_be_words(token: yaml.Token, comment: str) -> bool:
    """`#2 pills` and `# 12` are more likely words than `# the same as the file's name`."""
    return isinstance(token, _BEFORE_A_VALUE) and bool(_LIKE_WORDS.match(comment))
