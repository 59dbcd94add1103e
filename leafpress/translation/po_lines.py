"""Where each message of a gettext catalogue stands, and the first thing that is not gettext.

Babel reads catalogues, but it passes over broken lines and forgets where a `msgstr` stands.
The grammar is that of the GNU gettext manual, section "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from babel.messages.pofile import unescape

_STRING = r'"(?:[^"\\]|\\.)*"'
_KEYWORD = re.compile(rf"(msgctxt|msgid_plural|msgid|msgstr(?:\[(\d+)\])?)\s*({_STRING})$")
_MORE = re.compile(rf"{_STRING}$")

_MAY_FOLLOW = {
    "msgctxt": {"", "msgstr"},
    "msgid": {"", "msgctxt", "msgstr"},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid", "msgid_plural", "msgstr"},
}
"""Which keyword may stand before which."""


class NotGettext(Exception):
    """A line that is not gettext. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(slots=True)
class PoEntry:
    """A message and its lines. `strings` has the line of each `msgstr` by plural form."""

    line: int
    context: str | None = None
    message: str = ""
    strings: dict[int, int] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes a message the same as another."""
        return (self.context, self.message)


def entries(text: str) -> list[PoEntry]:
    """Every message that is not obsolete, in order.

    Raises:
        NotGettext: at the first line that is not gettext.
    """
    found: list[PoEntry] = []
    before = last = ""
    for number, keyword, form, value in _lines(text):
        if not keyword:
            _continue(found, last, number, value)
            continue
        if before not in _MAY_FOLLOW[keyword]:
            raise NotGettext(number, f"`{keyword}` cannot stand {_after(before)}")
        if keyword == "msgctxt" or (keyword == "msgid" and before != "msgctxt"):
            found.append(PoEntry(number))
        _store(found[-1], keyword, form, number, value)
        before = last = keyword
    if before not in ("", "msgstr"):
        raise NotGettext(len(text.splitlines()), f"the file ends after `{before}`")
    return found


def _lines(text: str) -> Iterator[tuple[int, str, int, str]]:
    """(line, keyword or "", plural form, string) of each line that says something."""
    for number, raw in enumerate(text.splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        keyword = _KEYWORD.match(line)
        if keyword:
            name = keyword[1].partition("[")[0]
            yield number, name, int(keyword[2] or 0), unescape(keyword[3])
        elif _MORE.match(line):
            yield number, "", 0, unescape(line)
        elif '"' in line and len(re.findall(r'(?<!\\)"', line)) % 2:
            raise NotGettext(number, "a quote is not closed, or one inside it has no backslash")
        else:
            raise NotGettext(number, f"`{line[:40]}` is not understood")


def _store(entry: PoEntry, keyword: str, form: int, number: int, value: str) -> None:
    if keyword == "msgctxt":
        entry.context = value
    elif keyword == "msgid":
        entry.line, entry.message = number, value
    elif keyword == "msgstr":
        if form in entry.strings:
            raise NotGettext(number, "`msgstr` stands here again")
        entry.strings[form] = number


def _continue(found: list[PoEntry], keyword: str, number: int, value: str) -> None:
    if not keyword:
        raise NotGettext(number, "a string stands here without `msgid` or `msgstr`")
    if keyword == "msgid":
        found[-1].message += value
    elif keyword == "msgctxt":
        found[-1].context = (found[-1].context or "") + value


def _after(keyword: str) -> str:
    return f"after `{keyword}`" if keyword else "at the start"
