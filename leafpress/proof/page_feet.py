"""What stands on every page, as readers meet it: within a block that goes over to the next page.

Readers take a page's text from top to bottom, and know nothing of artifacts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from leafpress.proof.lines import is_running, parsed, plain, tag


@lru_cache(maxsize=8)
def pattern(html: str) -> re.Pattern[str] | None:
    """What matches each running title and foot of a page, whole, with any number of a page.

    Before it pdfium puts bullets, the numbers of lists and those of pictures.
    """
    running = [each for each in parsed(html).iter() if tag(each) and is_running(each)]
    texts = {plain(" ".join(_words(each))) for each in running}
    wanted = sorted(map(_with_numbers, filter(None, texts)), key=len, reverse=True)
    return re.compile(rf" ?(?:(?:•|\d{{1,2}}\.?) )*(?:{'|'.join(wanted)}) ?") if wanted else None


_NUMBER = "\ue000"
"""Stands for a number that layout fills in: a character for private use."""


def _words(element: Any) -> Iterator[str]:
    if str(element.attrib.get("class", "")).startswith("number-of-page"):
        yield _NUMBER
    yield element.text or ""
    for child in element:
        yield from _words(child)
        yield child.tail or ""


def _with_numbers(text: str) -> str:
    return r"\s*".join(map(re.escape, text.split())).replace(_NUMBER, r"\d+")
