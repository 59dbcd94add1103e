"""One look at every object of a file, for all who ask: to write each out as text takes longest."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Object, Stream

from leafpress.joining.limits import NESTED
from leafpress.pdf_objects import Excess

_OF_SIGNATURES = re.compile(rb"/(?:ByteRange|Sig|DocTimeStamp|FT|V)\b")
"""What stands in the text of every object that holds a signature, or is a field with a value."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the objects of a file look like, before anything of it is followed.

    Args:
        nesting: how many dictionaries and lists there are: how deep they could be in each other.
        may_sign: the dictionaries in which a signature could stand.
    """

    nesting: int
    may_sign: tuple[Dictionary, ...]

    def check(self) -> None:
        """Refuse what could be too deep to be copied.

        Raises:
            Excess: more dictionaries and lists than in any file for readers.
        """
        if self.nesting > NESTED:
            raise Excess(f"{self.nesting} dictionaries and lists")


def survey(pdf: pikepdf.Pdf) -> Survey:
    """Look at every object once."""
    nesting = 0
    may_sign: list[Dictionary] = []
    for thing in pdf.objects:
        if not isinstance(thing, Object):
            continue
        entries = thing.stream_dict if isinstance(thing, Stream) else thing
        text = entries.unparse(resolved=True)
        nesting += 1 + text.count(b"[") + text.count(b"<<")
        if isinstance(thing, Dictionary) and _OF_SIGNATURES.search(text):
            may_sign.append(thing)
    return Survey(nesting, tuple(may_sign))
