"""A clinic's own files, what each of them stands in for, and whether that has changed since.

The own folder remembers the SHA-256 of each shipped file that was copied into it, in lines as
`sha256sum` writes and checks them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from leafpress.content.root import CLINIC, SOURCES, Root
from leafpress.findings import Finding, Span
from leafpress.rules import finding
from leafpress.system import digest
from leafpress.system.files import write

FILE = "originals.txt"

_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
_SCHEMA = re.compile(rb"\A(# yaml-language-server: \$schema=)(\S+)")

_MADE = frozenset({".pot"})
"""Endings of files that `build.py extract` writes anew from the others: nobody compares them."""


_ADDED_TO = frozenset({"locales/languages.toml"})
"""Files whose rows come behind those of the shipped one, and stand in for nothing."""


class OwnState(StrEnum):
    """What a clinic's own file is, beside what is shipped."""

    ONLY = "only here"
    EQUAL = "the same as the shipped one, which would be used without it"
    INSTEAD = "in place of the shipped one"
    CHANGED = "in place of the shipped one, which has changed since it was copied"
    GONE = "copied from a shipped one, which is not shipped any more"
    UNKNOWN = "in place of the shipped one; nobody knows of which version it was a copy"


_RULES = {OwnState.CHANGED: "B016", OwnState.UNKNOWN: "B017", OwnState.GONE: "B018"}
"""What a person has to look at."""


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file of a clinic's folder.

    Args:
        name: in either folder, as `leaflets/back-pain.yaml`.
        shown: as findings name it.
    """

    name: str
    shown: str
    state: OwnState


def own_files(root: Root) -> list[OwnFile]:
    """The sources that lie in the clinic's folder; none without one."""
    known = recorded(root)
    return [
        OwnFile(root.name(path), root.shown(path), _state(root, path, known))
        for path in _own_sources(root)
    ]


def _own_sources(root: Root) -> Iterator[Path]:
    if root.own is None:
        return
    for path in (root.own / CLINIC, *(root.own / folder for folder in SOURCES)):
        every = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (each for each in every if _is_source(each))


def _is_source(path: Path) -> bool:
    return path.is_file() and path.suffix not in _MADE and not path.name.startswith(".")


def _state(root: Root, path: Path, known: dict[str, str]) -> OwnState:
    name = root.name(path)
    shipped = root.shipped / name
    if name in _ADDED_TO:
        return OwnState.ONLY
    if not shipped.is_file():
        return OwnState.GONE if name in known else OwnState.ONLY
    if _bytes(path) in (shipped.read_bytes(), copy_of(root, name)):
        return OwnState.EQUAL
    if name not in known:
        return OwnState.UNKNOWN
    return OwnState.INSTEAD if known[name] == digest.of_file(shipped) else OwnState.CHANGED


def _bytes(path: Path) -> bytes:
    """A file's bytes; none where it cannot be read, which is said where it is read in earnest."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def findings(root: Root) -> Iterator[Finding]:
    """Own files that a person should compare with what is shipped now (B016 to B019)."""
    if root.own and not (root.own / CLINIC).is_file():
        yield finding("B019", Span(root.label), command=root.command)
    for own in own_files(root):
        if own.state in _RULES:
            shipped = (root.shipped / own.name).as_posix()
            facts = {"name": own.name, "shipped": shipped, "command": root.command}
            yield finding(_RULES[own.state], Span(own.shown), **facts)


def recorded(root: Root) -> dict[str, str]:
    """The digests of the shipped files that were copied, by their names."""
    path = root.home / FILE
    if root.own is None or not path.is_file():
        return {}
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return {match[2]: match[1] for match in map(_LINE.fullmatch, lines) if match}


def record(root: Root, names: Iterable[str]) -> None:
    """Remember the shipped files of these names as they are now.

    Raises:
        Problem: it cannot be written (B004).
    """
    rows = recorded(root)
    for name in names:
        shipped = root.shipped / name
        rows.pop(name, None)
        if shipped.is_file():
            rows[name] = digest.of_file(shipped)
    text = "".join(f"{rows[name]}  {name}\n" for name in sorted(rows))
    write(root.home / FILE, text.encode(), f"{root.label}/{FILE}")


def copy_of(root: Root, name: str) -> bytes:
    """A shipped file as it is copied."""
    return with_schema(root, name, (root.shipped / name).read_bytes())


def with_schema(root: Root, name: str, data: bytes) -> bytes:
    """A file's bytes for where it is written: an editor finds the shipped schema from there too."""
    match = _SCHEMA.match(data)
    if match is None:
        return data
    schema = (root.shipped / name).parent / match[2].decode(errors="replace")
    address = os.path.relpath(schema, (root.home / name).parent)
    return match[1] + Path(address).as_posix().encode() + data[match.end() :]


def store(root: Root, path: Path, data: bytes) -> Path:
    """Write a source into the clinic's folder, where there is one; where it is now.

    Raises:
        Problem: it cannot be written (B004).
    """
    target = root.target(path)
    name = root.name(target)
    is_copy = root.own is not None and not target.exists() and (root.shipped / name).is_file()
    write(target, data, root.shown(target))
    if is_copy and target.suffix not in _MADE and name not in _ADDED_TO:
        record(root, [name])
    return target
