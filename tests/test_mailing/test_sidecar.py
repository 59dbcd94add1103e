"""Sidecars as programs write them: row 16 of the faults."""

from __future__ import annotations

import pytest

from leafpress.findings import Problem
from leafpress.mailing.lists.sidecar import LARGEST, read_sidecar

READ = {
    "nulls and lists": (
        b'{"email": null, "need": ["large print", null], "leaflets": ["a", "b"]}',
        {"need": "large print", "leaflets": "a; b"},
    ),
    "a number": (b'{"reference": 200001}', {"reference": "200001"}),
    "an empty list": (b'{"need": []}', {"need": ""}),
    "with a mark in front": (b'\xef\xbb\xbf{"reference": "RX1"}', {"reference": "RX1"}),
    "in UTF-16": ('{"reference": "RX1"}'.encode("utf-16"), {"reference": "RX1"}),
    "the letter's own name": (b'{"letter": "one.pdf"}', {}),
    "the letter's name in other letters": ('{"letter": "Zo\u0065\u0308.pdf"}'.encode(), None),
}


@pytest.mark.parametrize("case", READ.values(), ids=READ)
def test_read(case: tuple[bytes, dict[str, str] | None]) -> None:
    content, row = case
    letter = "one.pdf" if row is not None else "Zo\u00eb.pdf"
    assert read_sidecar(content, letter) == {**(row or {}), "letter": letter}


REFUSED = {
    "a name twice": (
        b'{"language": "ur", "language": "en-GB"}',
        "“language” stands twice",
    ),
    "a name twice, one as null": (b'{"need": "braille", "need": null}', "“need” stands twice"),
    "a name twice deep inside": (b'{"need": [{"a": 1, "a": 2}]}', "“a” stands twice"),
    "an unknown name": (b'{"languge": "ur"}', "did you mean `language`?"),
    "a name in capitals": (b'{"Language": "ur"}', "did you mean `language`?"),
    "unknown names": (b'{"x": 1, "AIS flag": "braille"}', "“x”, a name, which are not known"),
    "several languages": (b'{"language": ["ur", "pl"]}', "a list for `language`"),
    "yes and no": (b'{"need": true}', "`need` that is neither a text nor a whole number"),
    "a fraction": (b'{"reference": 200001.0}', "neither a text nor a whole number"),
    "a number that programs change": (b'{"reference": 12345678901234567890}', "whole number"),
    "a list in a list": (b'{"need": [["braille"]]}', "neither a text nor a whole number"),
    "an object": (b'{"need": {"format": "braille"}}', "neither a text nor a whole number"),
    "another letter": (b'{"letter": "two.pdf"}', "names another letter"),
    "no object": (b"[]", "not a JSON object"),
    "nothing": (b"", "not JSON"),
    "NaN": (b'{"reference": NaN}', "a number that is none"),
    "another encoding": ('{"reference": "Zoë"}'.encode("cp1252"), "not UTF-8"),
    "half of a character": (b'{"reference": "\\ud800"}', "half of a character"),
    "deep": (b'{"need": ' + b"[" * 500 + b"]" * 500 + b"}", "nested more than"),
    "large": (b" " * (LARGEST + 1), "larger than"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_refused(case: tuple[bytes, str]) -> None:
    content, words = case
    with pytest.raises(Problem) as caught:
        read_sidecar(content, "one.pdf")
    (only,) = caught.value.findings
    assert only.rule == "E041"
    assert words in only.sentence
