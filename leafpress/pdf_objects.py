"""Objects of a PDF that any program may have written, read by type.

pikepdf hands out whatever stands in a place: a number where a dictionary should be. What is asked
for here by type is that type or absent (None, "", []): nobody calls a method of the wrong thing.
Where a file cannot be used without the right type, `WrongShape` says so. So an AttributeError or
a TypeError of a reader is a bug of ours, and is never taken for damage of the file.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String
from pikepdf.exceptions import QpdfRuntimeError

logging.getLogger("pikepdf").addHandler(logging.NullHandler())  # broken files are findings

PDF2_NAMESPACE = "http://iso.org/pdf2/ssn"
"""The namespace of PDF 2.0's structure types (ISO 32000-2, 14.8.6.2)."""

ENTRIES = 50_000
"""Entries of one list, of one tree of names or numbers, of bookmarks or of fields."""

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage

ObjectRef = tuple[int, int]
"""Number and generation of an indirect object."""

IN_PLACE: ObjectRef = (0, 0)
"""The reference of what is written in place, or is no object at all."""


class UnusableFile(Exception):
    """The file, not the program, is the reason why it cannot be followed: `what`, in words."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class Excess(UnusableFile):
    """The file goes past a bound."""


class WrongShape(UnusableFile):
    """Something that has to be there is of another type, or cannot be read."""


UNREADABLE = (
    WrongShape,
    pikepdf.PdfError,
    pikepdf.DependencyError,
    QpdfRuntimeError,
    UnicodeError,
)
"""What reading a stranger's file raises for a reason of the file, and never for one of ours.

qpdf's errors; DependencyError, for packings that need another program; and UnicodeError, which
pikepdf raises for names and operators that are no UTF-8."""


_HOLDERS = (Dictionary, Stream)
"""What has keys. Asked for a thousand times a file: a tuple is quicker than a union."""


def object_ref(thing: object) -> ObjectRef:
    """Which indirect object this is; `IN_PLACE` for anything else."""
    return thing.objgen if isinstance(thing, Object) else IN_PLACE


def value_at(holder: object, key: str) -> object:
    """What stands at `key` of a dictionary or stream; None without it, or in anything else."""
    if isinstance(holder, _HOLDERS) and key in holder:
        return holder[key]
    return None


def dictionary_at(holder: object, key: str) -> Dictionary | None:
    """The dictionary at `key`; None for anything else. A stream is none."""
    value = value_at(holder, key)
    return value if isinstance(value, Dictionary) else None


def stream_at(holder: object, key: str) -> Stream | None:
    """The stream at `key`; None for anything else."""
    value = value_at(holder, key)
    return value if isinstance(value, Stream) else None


def array_at(holder: object, key: str) -> Array | None:
    """The array at `key`; None for anything else."""
    value = value_at(holder, key)
    return value if isinstance(value, Array) else None


def name_at(holder: object, key: str) -> str:
    """The name at `key` with its slash, as `/Figure`; "" for anything else.

    Raises:
        UnicodeError: the name is no UTF-8.
    """
    value = value_at(holder, key)
    return str(value) if isinstance(value, Name) else ""


def text_at(holder: object, key: str) -> str:
    """The text string at `key`, decoded; "" for anything else."""
    return text_of(value_at(holder, key))


def integer_at(holder: object, key: str) -> int | None:
    """The whole number at `key`; None for anything else. A truth value is none."""
    return integer_of(value_at(holder, key))


def items_at(holder: object, key: str) -> list[object]:
    """What stands at `key` as a list: an array's items, a single thing alone, nothing as [].

    Many entries of a PDF are "a thing or an array of things" (`/K`, `/Contents`, `/A`, `/C`).

    Raises:
        Excess: more than `ENTRIES` items.
    """
    return items_of(value_at(holder, key))


def dictionaries_at(holder: object, key: str) -> list[Dictionary]:
    """The dictionaries among `items_at`; anything else is left out.

    Raises:
        Excess: more than `ENTRIES` items.
    """
    return [item for item in items_at(holder, key) if isinstance(item, Dictionary)]


def text_of(value: object) -> str:
    """A text string, decoded; "" for anything else."""
    return str(value) if isinstance(value, String) else ""


def integer_of(value: object) -> int | None:
    """A whole number; None for anything else. A truth value is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def items_of(value: object) -> list[object]:
    """An array's items, a single thing alone, nothing as [].

    Raises:
        Excess: more than `ENTRIES` items.
    """
    if value is None:
        return []
    if not isinstance(value, Array):
        return [value]
    if len(value) > ENTRIES:
        raise Excess(f"a list of {len(value)} entries")
    return list(value)


def entries_of(holder: Dictionary | None) -> dict[str, object]:
    """The entries of a dictionary by their keys with slashes; none of None.

    Raises:
        Excess: more than `ENTRIES`.
        UnicodeError: a key is no UTF-8.
    """
    if holder is None:
        return {}
    if len(holder) > ENTRIES:
        raise Excess(f"a dictionary of {len(holder)} entries")
    return dict(holder.items())


def number_tree(tree: object) -> Iterator[tuple[int, object]]:
    """The pairs of a number tree (ISO 32000-1, 7.9.7), in order; keys that are no number left out.

    Raises:
        Excess: more than `ENTRIES` nodes and pairs.
    """
    for key, value in _pairs(tree, "/Nums"):
        number = integer_of(key)
        if number is not None:
            yield number, value


def name_tree(tree: object) -> Iterator[tuple[bytes, object]]:
    """The pairs of a name tree (ISO 32000-1, 7.9.6), in order; keys that are no string left out.

    Raises:
        Excess: more than `ENTRIES` nodes and pairs.
    """
    for key, value in _pairs(tree, "/Names"):
        if isinstance(key, String):
            yield bytes(key), value


def _pairs(tree: object, key: str) -> Iterator[tuple[object, object]]:
    waiting, count = [tree], 0
    seen: set[ObjectRef] = set()
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Dictionary) or object_ref(node) in seen:
            continue
        seen |= {object_ref(node)} - {IN_PLACE}
        flat = items_at(node, key)
        count += len(flat) + 1
        if count > ENTRIES or len(waiting) > ENTRIES:
            raise Excess("a tree of names without end")
        yield from zip(flat[::2], flat[1::2], strict=False)
        waiting += reversed(items_at(node, "/Kids"))


def instructions(owner: Dictionary | Stream, operators: str = "") -> list[Instruction]:
    """The operators of a page or a form, each with what it is applied to.

    Args:
        operators: the ones that matter, with blanks between them; "" for all.

    Raises:
        WrongShape: the page's content is no stream, or holds what cannot be in one, or pikepdf
            cannot follow it.
        pikepdf.PdfError: the content cannot be unpacked or parsed.
    """
    try:
        return list(pikepdf.parse_content_stream(owner, operators))
    except IndexError:  # pikepdf's word for an inline picture without anything
        raise WrongShape("the content of a page has a picture of nothing") from None
    except TypeError:  # pikepdf's word for what is no stream, and for operators inside arrays
        raise WrongShape("the content of a page is no stream, or is broken") from None
