"""Words that stand in a template or style sheet outside every catalogue (P108).

Nobody translates them, and nobody signs them: what is printed goes through `{% trans %}`, where
translators and those who sign find it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from leafpress.findings import Finding, Span
from leafpress.pages.lint.scan import blanked
from leafpress.rules import finding

_TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?\{%-?\s*endtrans\s*-?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)
_STRING = re.compile(r"\"((?:[^\"\\]|\\.)*)\"|'((?:[^'\\]|\\.)*)'")
_WORD = re.compile(r"[^\W\d_]{2}")
_WORDS = re.compile(r"[^\W\d_]{2,}[,:;.!?]? +[^\W\d_]")
"""In Jinja's own strings: names of classes and formats are single words."""

_SAME_EVERYWHERE = re.compile(r"\bPDF\b")
"""A name that is written so in every language."""

_SPOKEN = ("alt", "aria-label", "aria-description", "title", "summary", "placeholder")
_UNSPOKEN = ("style", "script")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PRINTED = re.compile(
    r"(?<![\w-])(content|quotes|list-style|list-style-type|string-set|symbols|prefix|suffix"
    r"|additive-symbols|--[\w-]+)\s*:([^;{}]*)"
)
_FONTS = ("--families", "--latin")
_ESCAPED = re.compile(r"\\[0-9a-fA-F]")


def of_template(name: str, text: str) -> Iterator[Finding]:
    """Bare words of a template; `name` is how findings call it."""
    rest = _TRANSLATED.sub(_emptied, _COMMENT.sub(_emptied, text))
    for tag in _TAG.finditer(rest):
        for string in _STRING.finditer(tag[0]):
            if _WORDS.search(string[1] or string[2] or ""):
                yield _finding(name, rest, tag.start() + string.start(), string[0])
    reader = _Reader()
    reader.feed(blanked(rest))
    reader.close()
    for line, column, words in reader.found:
        yield finding("P108", Span(name, line, column + 1), words=_short(words))


def of_style(name: str, text: str) -> Iterator[Finding]:
    """Bare words that a style sheet prints."""
    rest = _CSS_COMMENT.sub(_emptied, text)
    for declaration in _PRINTED.finditer(rest):
        for string in _STRING.finditer(declaration[2]):
            printed = _WORD.search(string[0]) or _ESCAPED.search(string[0])
            if printed and declaration[1] not in _FONTS:
                yield _finding(name, rest, declaration.start(2) + string.start(), string[0])


def _emptied(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _finding(name: str, text: str, at: int, words: str) -> Finding:
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    return finding("P108", Span(name, line, column), words=_short(words.strip("\"'")))


def _short(words: str) -> str:
    whole = " ".join(words.split())
    return whole if len(whole) <= 60 else whole[:59].rstrip() + "…"


class _Reader(HTMLParser):
    """Finds words between tags, and in attributes that are read out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, int, str]] = []
        self._unspoken = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unspoken += tag in _UNSPOKEN
        for name, value in attrs:
            if name in _SPOKEN and value and _is_word(value):
                self.found.append((*self.getpos(), value))

    def handle_endtag(self, tag: str) -> None:
        self._unspoken -= tag in _UNSPOKEN

    def handle_data(self, data: str) -> None:
        if not self._unspoken and _is_word(data):
            self.found.append((*self.getpos(), data))


def _is_word(text: str) -> bool:
    """Whether there is a word; what Jinja fills in is blanked with a character of private use."""
    return bool(_WORD.search(_SAME_EVERYWHERE.sub("", text)))
