"""Abbreviations: explained in brackets where each first stands on a page, for all who read it.

A long form in `title` alone reaches those who hear a page or point with a mouse (WCAG 2.2, 3.1.4,
techniques G97 and H28). So the first one is printed; later ones keep it for listeners. Where a
text itself says both, nothing is added, and nothing is heard twice.
"""

from __future__ import annotations

import re
from html import unescape

from markupsafe import Markup

_MARKS = re.compile(
    r'<abbr data-in="(?P<language>[^"]*)" title="(?P<long>[^"]*)">'
    r"|<!--long-form-->(?P<words>.*?)<!--/long-form-->",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]*>")
_ISOLATES = "\u2066\u2067\u2068\u2069"
"""A title has them, where it runs the other way than its line; words have elements instead."""

_BETWEEN = r"\W{1,8}"
"""What stands between an abbreviation and its long form in a text that says both, such as ` (`."""


def opener(long: str, language: str) -> Markup:
    """What opens an abbreviation, until `explained` knows whether it is the first."""
    return Markup('<abbr data-in="{}" title="{}">').format(language, long)


def closer(words: Markup) -> Markup:
    """What stands behind an abbreviation, until it is known whether it is the first.

    Args:
        words: the long form in brackets, as HTML.
    """
    return Markup("<!--long-form-->{}<!--/long-form-->").format(words)


def explained(html: str) -> str:
    """The page, in which each abbreviation is explained once in each of its languages."""
    pieces: list[str] = []
    seen: set[tuple[str, str]] = set()
    end = 0
    is_new = False
    for mark in _MARKS.finditer(html):
        pieces.append(html[end : mark.start()])
        end = mark.end()
        if mark["words"] is not None:
            pieces.append(mark["words"] if is_new else "")
            continue
        key = (mark["language"], unescape(mark["long"]).casefold())
        is_first = key not in seen
        seen.add(key)
        is_new = is_first and not _is_said(html, mark)
        pieces.append("<abbr>" if is_first else f'<abbr title="{mark["long"]}">')
    return "".join((*pieces, html[end:]))


_BLOCK = re.compile(r"</?(?:p|li|td|th|dt|dd|h[1-6]|figcaption|caption)\b[^>]*>")


def _is_said(html: str, mark: re.Match[str]) -> bool:
    """Whether the block in which an abbreviation first stands says the long form itself.

    So may a text before it, where the two stand side by side.
    """
    edges = [edge.end() for edge in _BLOCK.finditer(html, 0, mark.start())]
    start = edges[-1] if edges else 0
    following = _BLOCK.search(html, mark.end())
    block = _words(html[start : following.start() if following else len(html)])
    long = "".join(letter for letter in unescape(mark["long"]) if letter not in _ISOLATES)
    short = _words(html[mark.end() : html.index("</abbr>", mark.end())])
    if long.casefold() in block.casefold():
        return True
    first, second = re.escape(long), re.escape(short)
    both = f"{first}{_BETWEEN}{second}|{second}{_BETWEEN}{first}"
    return re.search(both, _words(html[: mark.start()]), re.IGNORECASE) is not None


def _words(html: str) -> str:
    """What a piece of HTML says, without what was put there to be taken out again."""
    printed = re.sub(r"<!--long-form-->.*?<!--/long-form-->", "", html, flags=re.DOTALL)
    return " ".join(unescape(_TAG.sub(" ", printed)).split())
