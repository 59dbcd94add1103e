"""Whether a file is signed, however that is written down: any change would break it (E003).

A signature is a dictionary that covers ranges of bytes (ISO 32000-1, 12.8.1). It is the value of
a field whose type may stand on another node than the value; the field may be listed by the form,
or hang on a page only; or it is known by its own entries alone, wherever it is.
"""

from __future__ import annotations

from collections.abc import Iterable

import pikepdf
from pikepdf import Array, Dictionary, Object

from leafpress.joining.field_trees import inherited, with_values
from leafpress.pdf_objects import dictionaries_at, dictionary_at, integer_at, name_at

_TYPES = frozenset({"/Sig", "/DocTimeStamp"})
"""Types of signatures (ISO 32000-1, table 252; ISO 32000-2, 12.8.5)."""

_EXISTS, _APPEND_ONLY = 1, 2
"""The bits of /SigFlags: there are fields for signatures; a file written anew would break one
(ISO 32000-1, table 219)."""


def why_signed(pdf: pikepdf.Pdf, may_sign: Iterable[Dictionary]) -> str:
    """In which way a file is signed, in words; "" if it is not.

    Args:
        may_sign: the objects in which a signature could stand (`survey`).

    Raises:
        Excess: a form has too many fields.
    """
    form = dictionary_at(pdf.Root, "/AcroForm")
    if dictionary_at(pdf.Root, "/Perms"):
        return "it is certified, or holds rights that a change would end (/Perms)"
    fields = with_values(dictionaries_at(form, "/Fields"), ("/FT", "/V"))
    if any(_is_filled(values) for _, values in fields):
        return "a field of its form holds a signature"
    if any(_holds_signature(thing) for thing in may_sign):
        return "a signature stands in it"
    if _says_so(pdf, integer_at(form, "/SigFlags") or 0):
        return "its form says that it holds signatures (/SigFlags)"
    return ""


def _says_so(pdf: pikepdf.Pdf, flags: int) -> bool:
    """Whether a form says that it is signed: an empty field for a signature explains one flag."""
    if flags & _APPEND_ONLY:
        return True
    return bool(flags & _EXISTS) and not any(_waits_for_signature(thing) for thing in pdf.objects)


def _waits_for_signature(thing: object) -> bool:
    return isinstance(thing, Dictionary) and name_at(thing, "/FT") == "/Sig"


def _is_filled(values: dict[str, Object]) -> bool:
    """Whether a field that has or inherits `values` is a signature with a value."""
    return values.get("/FT") == "/Sig" and values.get("/V") is not None


def _holds_signature(thing: Dictionary) -> bool:
    """Whether an object is or holds a signature, or is a field that has one."""
    if "/V" in thing or "/FT" in thing:
        values = {key: inherited(thing, key) for key in ("/FT", "/V")}
        if _is_filled({key: value for key, value in values.items() if value is not None}):
            return True
    return _has_one_within(thing)


def _has_one_within(thing: Dictionary) -> bool:
    """Whether a signature is `thing`, or is written in place inside it."""
    waiting: list[object] = [thing]
    while waiting:
        value = waiting.pop()
        if isinstance(value, Dictionary):
            if _is_signature(value):
                return True
            waiting += [inner for inner in value.values() if _is_in_place(inner)]
        elif isinstance(value, Array):
            waiting += [inner for inner in value if _is_in_place(inner)]
    return False


def _is_signature(thing: Dictionary) -> bool:
    covers = "/ByteRange" in thing or name_at(thing, "/Type") in _TYPES
    return covers and "/Contents" in thing


def _is_in_place(value: object) -> bool:
    return isinstance(value, Array | Dictionary) and not value.is_indirect
