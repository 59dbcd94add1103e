"""Digests: the same of a file, of its bytes and of its text; the value is SHA-256's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from leafpress.system import digest

KNOWN = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
"""Of "abc" (FIPS 180-4, example B.1)."""


def test_of_one_thing_in_three_forms(tmp_path: Path) -> None:
    (tmp_path / "abc").write_bytes(b"abc")
    assert digest.of_file(tmp_path / "abc") == KNOWN
    assert digest.of_bytes(b"abc") == KNOWN
    assert digest.of_text("abc") == KNOWN


def test_a_text_is_utf_8() -> None:
    assert digest.of_text("اردو") == digest.of_bytes("اردو".encode())


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        digest.of_file(tmp_path / "nothing")
