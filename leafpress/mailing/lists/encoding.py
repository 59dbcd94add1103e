"""The encoding of a list: said by a mark, told by its zeros, or guessed."""

from __future__ import annotations

from leafpress.findings import Finding, Problem, Span
from leafpress.rules import finding

_MARKS = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
"""Byte order marks, the longest first: that of UTF-32 begins like that of UTF-16."""

_SAMPLE = 4000
"""Bytes in which the zeros of UTF-16 are looked for."""

_MANY = 0.3
"""Of every second byte of UTF-16 without a mark, so many are zero at least: those of
separators, digits and references are, whatever script the names are in."""


def decode(data: bytes, name: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of a file, and a warning where its encoding had to be guessed (E039).

    Raises:
        Problem: it is no text, or in no encoding that is known (E031).
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    encoding = marked or _of_zeros(data[:_SAMPLE]) or "utf-8"
    guessed = not marked and encoding != "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if not encoding.startswith("utf-8"):
            problem = f"it is in {encoding.upper()}, and is damaged or cut off"
            raise Problem(finding("E031", Span(name), problem=problem)) from None
        text, encoding, guessed = _windows(data, name), "Windows-1252", True
    if "\0" in text:
        raise Problem(finding("E031", Span(name), problem="it is not a file of text"))
    return text, (finding("E039", Span(name), encoding=encoding),) if guessed else ()


def _of_zeros(sample: bytes) -> str | None:
    """UTF-16 without a mark: half of its bytes are zero, always the same half."""
    half = len(sample) // 2
    if not half or b"\0" not in sample:
        return None
    if sample[1::2].count(0) >= _MANY * half and sample[::2].count(0) == 0:
        return "UTF-16-LE"
    if sample[::2].count(0) >= _MANY * half and sample[1::2].count(0) == 0:
        return "UTF-16-BE"
    return None


def _windows(data: bytes, name: str) -> str:
    try:
        return data.removeprefix(b"\xef\xbb\xbf").decode("cp1252")
    except UnicodeDecodeError:
        problem = "its letters are in an encoding that is not known"
        raise Problem(finding("E031", Span(name), problem=problem)) from None
