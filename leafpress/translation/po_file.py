"""A catalogue's file: its messages, and what its header says. Nothing of the header is believed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from leafpress.findings import Problem, Span
from leafpress.rules import finding
from leafpress.translation.po_lines import NotGettext, PoEntry, entries

_CHARSET = re.compile(r"charset=\s*([^;\s]*)", re.IGNORECASE)
_PLURALS = re.compile(r"nplurals\s*=\s*([0-9]{1,2})\s*;\s*plural\s*=\s*([^;]*)", re.IGNORECASE)

_UNFILLED = "charset"
"""What `xgettext` leaves for the translator to fill in."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in the first message.

    Args:
        fields: (name, value) of each line, in order.
        comments: the lines above it, without `#`.
    """

    fields: tuple[tuple[str, str], ...] = ()
    comments: tuple[str, ...] = ()
    fuzzy: bool = False

    @classmethod
    def of(cls, entry: PoEntry) -> Header:
        """The header of a file, from its first message."""
        lines = (line.partition(":") for line in entry.string.split("\n"))
        fields = tuple((name.strip(), value.strip()) for name, colon, value in lines if colon)
        return cls(fields, entry.comments, entry.fuzzy)

    def get(self, name: str) -> str:
        """A line's value, whatever case its name has; "" where there is none."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), "")

    @property
    def charset(self) -> str:
        """The encoding that it names; "" where it names none."""
        named = _CHARSET.search(self.get("Content-Type"))
        return named[1] if named else ""

    @property
    def is_utf8(self) -> bool:
        """Whether it names UTF-8."""
        return self.charset.lower().replace("-", "").replace("_", "") == "utf8"

    @property
    def misleads(self) -> bool:
        """Whether it names another encoding than UTF-8, and not only none yet."""
        return self.charset.lower() not in ("", _UNFILLED) and not self.is_utf8

    @property
    def plurals(self) -> tuple[int, str] | None:
        """How many plural forms there are, and the formula; None where neither can be read."""
        forms = _PLURALS.search(self.get("Plural-Forms"))
        return (int(forms[1]), forms[2].strip()) if forms else None


@dataclass(frozen=True, slots=True)
class PoFile:
    """A catalogue as it stands in its file; `name` is how findings call it."""

    name: str
    header: Header
    entries: tuple[PoEntry, ...] = ()

    @property
    def live(self) -> tuple[PoEntry, ...]:
        """The messages that are not obsolete, without the header."""
        return tuple(entry for entry in self.entries if not entry.obsolete and entry.key[1])


def parse(text: str, name: str) -> PoFile:
    """A catalogue from its text, with a line feed behind each line.

    Raises:
        Problem: it is not gettext (T005), or a message stands twice (T017).
    """
    try:
        found = entries(text)
    except NotGettext as error:
        raise Problem(finding("T005", Span(name, error.line), problem=error.problem)) from error
    first: dict[tuple[str | None, str], int] = {}
    twice = [
        finding("T017", Span(name, entry.line), line=first[entry.key])
        for entry in found
        if not entry.obsolete and first.setdefault(entry.key, entry.line) != entry.line
    ]
    if twice:
        raise Problem(*twice)
    headers = [entry for entry in found if entry.key == (None, "") and not entry.obsolete]
    header = Header.of(headers[0]) if headers else Header()
    return PoFile(name, header, tuple(found))
