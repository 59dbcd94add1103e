"""The messages of a gettext catalogue with their lines, and the first thing that is not gettext.

Babel's reader refuses what gettext reads (`#~|`, a tab behind a keyword), and forgets where a
`msgstr` stands. The grammar is that of GNU gettext 0.22: its manual, "The Format of PO Files",
and what `msgfmt` accepts: several tokens may share a line, and one may stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_STRING = r'"((?:[^"\\]|\\.)*)"'
_FORM = r"[ \t]*\[[ \t]*([0-9]{1,4})[ \t]*\]"
_TOKEN = re.compile(
    rf"[ \t\f\v]*(?:{_STRING}|(msgctxt|msgid_plural|msgid|msgstr)(?![a-z_])(?:{_FORM})?)[ \t\f\v]*"
)
_COMMENT = re.compile(r"[ \t\f\v]*#(~\||~|\||[.:,=]?)(.*)")
_REMARKS = {"~|": "#|", "=": "#,"}
"""Marks of comments that mean the same as others."""

_BLANKS = " \t\f\v"

_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))")
_ESCAPED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
    '"': '"',
    "\\": "\\",
}

_MAY_FOLLOW = {
    "msgctxt": {"", "msgstr"},
    "msgid": {"", "msgctxt", "msgstr"},
    "msgid_plural": {"msgid"},
    "msgstr": {"msgid", "msgid_plural", "msgstr"},
}
"""Which keyword may stand before which."""

FUZZY = "fuzzy"

LENGTH = "max-length:"
"""How the flag begins that says how many characters fit, as Weblate and others read it."""


def limit_of(flags: Iterable[str]) -> int:
    """The least number of characters that a message's flags say; 0 where they say none."""
    said = [flag.removeprefix(LENGTH).strip() for flag in flags if flag.startswith(LENGTH)]
    return min((int(limit) for limit in said if limit.isdecimal()), default=0)


_NO_FORM = -1
"""A `msgstr` without a number."""


class NotGettext(Exception):
    """A line that is not gettext. `line` counts from 1."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line
        self.problem = problem


@dataclass(slots=True)
class PoEntry:
    """A message.

    Args:
        line: where its `msgid` stands.
        plural: the English plural; None where the message has none.
        strings: the translations by plural form; 0 where the message has no plural.
        lines: where each of them stands.
        comments: the translators' own, without `#`.
        previous: the English of before, and its plural, of a fuzzy message.
        obsolete: whether it stands behind `#~`: nobody asks for it any more.
    """

    line: int
    message: str = ""
    context: str | None = None
    plural: str | None = None
    strings: dict[int, str] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    flags: frozenset[str] = frozenset()
    comments: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    obsolete: bool = False

    @property
    def key(self) -> tuple[str | None, str]:
        """What makes a message the same as another."""
        return (self.context, self.message)

    @property
    def fuzzy(self) -> bool:
        """Whether its translation is only a guess."""
        return FUZZY in self.flags

    @property
    def string(self) -> str:
        """Its translation, in the first form."""
        return self.strings.get(0, "")


@dataclass(frozen=True, slots=True)
class _Token:
    """One thing that a line says: a comment (its mark is `kind`), a keyword, or a string."""

    line: int
    kind: str
    value: str = ""
    form: int = _NO_FORM
    obsolete: bool = False


def entries(text: str) -> list[PoEntry]:
    """Every message, the obsolete ones too, in order.

    Args:
        text: with a line feed behind each line.

    Raises:
        NotGettext: at the first line that is not gettext.
    """
    reader = _Reader()
    reader.read(text)
    return reader.finish(text.rstrip("\n").count("\n") + 1)


def _tokens(line: str, number: int) -> Iterator[_Token]:
    comment = _COMMENT.match(line)
    if not comment:
        yield from _words(line, number, obsolete=False)
    elif comment[1] == "~":
        yield from _words(comment[2], number, obsolete=True)
    else:
        yield _Token(number, _REMARKS.get(comment[1], f"#{comment[1]}"), comment[2].strip())


def _words(line: str, number: int, *, obsolete: bool) -> Iterator[_Token]:
    """Keywords and strings, up to a comment."""
    place = 0
    while line[place:].strip(_BLANKS) and line[place] != "#":
        token = _TOKEN.match(line, place)
        if not token:
            raise NotGettext(number, _not_understood(line.strip()))
        place = token.end()
        if token[2]:
            form = int(token[3]) if token[3] else _NO_FORM
            yield _Token(number, token[2], form=form, obsolete=obsolete)
        else:
            yield _Token(number, "string", _unescaped(token[1], number))


def _not_understood(line: str) -> str:
    if line.startswith("<<<<<<< "):
        return (
            "Git has left two versions here: keep one, and delete the lines that begin with "
            "`<<<<<<<`, `=======` and `>>>>>>>`"
        )
    if len(re.findall(r'(?<!\\)"', line)) % 2:
        return "a quote is not closed, or one inside it has no backslash"
    return f"`{line[:40]}` is not understood"


def _unescaped(text: str, line: int) -> str:
    def character(escape: re.Match[str]) -> str:
        if escape[1] or escape[2]:
            return chr(int(escape[1], 8) if escape[1] else int(escape[2], 16))
        if escape[3] not in _ESCAPED:
            raise NotGettext(line, f"`\\{escape[3]}` means nothing; a backslash is `\\\\`")
        return _ESCAPED[escape[3]]

    return _ESCAPE.sub(character, text)


class _Reader:
    """Puts tokens together."""

    def __init__(self) -> None:
        self.found: list[PoEntry] = []
        self._before = _Token(0, "")
        self._form = 0
        self._flags: list[str] = []
        self._comments: list[str] = []
        self._previous: list[str] = []

    def read(self, text: str) -> None:
        """Add every line of `text`."""
        for number, line in enumerate(text.split("\n"), start=1):
            for token in _tokens(line, number):
                self._take(token)

    def _take(self, token: _Token) -> None:
        if token.kind.startswith("#"):
            self._remark(token)
        elif token.kind == "string":
            self._string(token)
        else:
            self._keyword(token)

    def finish(self, line: int) -> list[PoEntry]:
        """What was read; `line` is the last."""
        if self._before.kind not in ("", "msgstr"):
            raise NotGettext(line, f"the file ends after `{self._before.kind}`")
        return self.found

    def _remark(self, token: _Token) -> None:
        if token.kind in ("#,", "#="):
            self._flags += [flag.strip() for flag in token.value.split(",")]
        elif token.kind == "#|":
            self._previous.append(token.value)
        elif token.kind == "#":
            self._comments.append(token.value)

    def _keyword(self, token: _Token) -> None:
        before = self._before.kind
        if before not in _MAY_FOLLOW[token.kind]:
            after = f"after `{before}`" if before else "at the start"
            raise NotGettext(token.line, f"`{token.kind}` cannot stand {after}")
        if token.kind == "msgctxt" or (token.kind == "msgid" and before != "msgctxt"):
            self._begin(token)
        entry = self.found[-1]
        if entry.obsolete != token.obsolete:
            raise NotGettext(token.line, "only a part of this message stands behind `#~`")
        self._open(entry, token)
        self._before = token

    def _begin(self, token: _Token) -> None:
        entry = PoEntry(
            token.line,
            flags=frozenset(flag for flag in self._flags if flag),
            comments=tuple(self._comments),
            previous=_previous(self._previous),
            obsolete=token.obsolete,
        )
        self.found.append(entry)
        self._flags, self._comments, self._previous = [], [], []

    def _open(self, entry: PoEntry, token: _Token) -> None:
        """Note where what follows belongs."""
        if token.kind == "msgctxt":
            entry.context = ""
        elif token.kind == "msgid":
            entry.line = token.line
        elif token.kind == "msgid_plural":
            entry.plural = ""
        else:
            self._form = _form(entry, token)
            entry.strings[self._form] = ""
            entry.lines[self._form] = token.line

    def _string(self, token: _Token) -> None:
        keyword = self._before.kind
        if not keyword:
            raise NotGettext(token.line, "a string stands here without `msgid` or `msgstr`")
        entry = self.found[-1]
        if keyword == "msgctxt":
            entry.context = (entry.context or "") + token.value
        elif keyword == "msgid":
            entry.message += token.value
        elif keyword == "msgid_plural":
            entry.plural = (entry.plural or "") + token.value
        else:
            entry.strings[self._form] += token.value


def _form(entry: PoEntry, token: _Token) -> int:
    """Which plural form a `msgstr` is."""
    if entry.plural is None and token.form != _NO_FORM:
        raise NotGettext(token.line, f"`msgstr[{token.form}]` needs a `msgid_plural` before it")
    if entry.plural is not None and token.form == _NO_FORM:
        raise NotGettext(token.line, "`msgstr` needs the number of its form, as in `msgstr[0]`")
    form = max(token.form, 0)
    if form in entry.strings:
        raise NotGettext(token.line, "`msgstr` stands here again")
    return form


def _previous(lines: list[str]) -> tuple[str, ...]:
    """The English of before. Nobody prints it: what cannot be read of it is left out."""
    reader = _Reader()
    try:
        reader.read("\n".join(lines))
    except NotGettext:
        return ()
    entry = reader.found[-1] if reader.found else PoEntry(0)
    return tuple(text for text in (entry.message, entry.plural) if text)
