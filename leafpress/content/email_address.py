"""E-mail addresses that every mail program takes: one rule for the clinic's own and for patients'.

RFC 5322, 3.4.1 without its quoted and obsolete forms: words of letters and signs parted by single
dots, and a domain of two labels at least. Python's `email` takes every address that is taken here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_LONGEST = 254
"""Letters of an address: a path of 256 with its two brackets (RFC 5321, 4.5.3.1.3)."""

_WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_LOCAL = re.compile(rf"{_WORD}(?:\.{_WORD})*")
_DOMAIN = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")

_LOCAL_LONGEST = 64
"""Octets before the @ (RFC 5321, 4.5.3.1.1)."""


def _local(text: str) -> str:
    return text.rpartition("@")[0]


def _dot_alone(text: str) -> bool:
    local = _local(text)
    return ".." in text or local.startswith(".") or local.endswith(".")


_FAULTS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda text: not text.isascii(), "it has letters with accents, or of another script"),
    (lambda text: text.count("@") != 1, "it needs one @"),
    (lambda text: "".join(text.split()) != text, "it has a blank in it"),
    (lambda text: len(text) > _LONGEST or len(_local(text)) > _LOCAL_LONGEST, "it is too long"),
    (_dot_alone, "a dot has nothing before or after it"),
    (lambda text: not _LOCAL.fullmatch(_local(text)), "a sign before the @ is not usual"),
    (
        lambda text: not _DOMAIN.fullmatch(text.rpartition("@")[2]),
        "what stands after the @ is no name of a domain",
    ),
)
"""What an address may have wrong with it; the first that is true is told."""


def address_fault(text: str) -> str:
    """Why a text is not one e-mail address, in words; empty if it is one."""
    return next((words for is_wrong, words in _FAULTS if is_wrong(text)), "")
