"""Reading a file that an author wrote: its text, or findings that say why not."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leafpress.content.text import describe, is_forbidden
from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding
from leafpress.system import digest

MAX_BYTES = 1_000_000
"""A long leaflet is about 40 KB; a file of this size is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file as read.

    Args:
        name: how findings call it.
        strays: findings about characters that must not stand in any file.
        has_mark: whether it begins with a byte order mark.
    """

    name: str
    text: str
    digest: str
    strays: tuple[Finding, ...] = ()
    has_mark: bool = False


def read(path: Path, name: str, *, tabs: bool = False) -> SourceText:
    """The text of a file.

    Args:
        tabs: whether tabs may stand in it, as they may in gettext catalogues.

    Raises:
        Problem: it cannot be read (L001), is not UTF-8 (L002) or is too large (L003).
    """
    data = _bytes(path, name)
    text = decode(data, name)
    strays = tuple(_stray_characters(text, name, tabs))
    has_mark = data.startswith(codecs.BOM_UTF8)
    return SourceText(name, text, digest.of_bytes(data), strays, has_mark)


def _bytes(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise Problem(finding("L001", Span(name), reason="it is a folder, not a file"))
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be opened").lower()
        raise Problem(finding("L001", Span(name), reason=reason)) from error
    if len(data) > MAX_BYTES:
        raise Problem(finding("L003", Span(name), limit=f"{MAX_BYTES:,}"))
    return data


def decode(data: bytes, name: str) -> str:
    """Bytes as text, with a line feed behind each line, also where CR LF or CR alone stood.

    Raises:
        Problem: they are not UTF-8 (L002).
    """
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        span = Span(name, before.count(b"\n") + 1, column)
        raise Problem(finding("L002", span, byte=f"0x{data[error.start]:02X}")) from error


def _stray_characters(text: str, name: str, tabs: bool) -> Iterator[Finding]:
    doubtful = set(text) - {"\t"} if tabs else set(text)
    strays = {each for each in doubtful if each == "\t" or is_forbidden(each)}
    if not strays:
        return  # as in nearly every file: the characters are fewer than the places
    for number, line in enumerate(text.split("\n"), start=1):
        for character in dict.fromkeys(line):
            if character not in strays:
                continue
            if character == "\t":
                yield finding("L004", Span(name, number, line.index("\t") + 1))
            else:
                span = Span(name, number, line.index(character) + 1)
                yield finding("L006", span, character=describe(character), role="file")
