"""Letters that are broken or meant ill: refused with a reason, or joined and told of."""

from __future__ import annotations

import time
from collections.abc import Iterator
from io import BytesIO

import pikepdf
import pytest
from test_joining.hostile import JOINED, REFUSED
from test_joining.small import letter, saved

from leafpress.findings import Problem
from leafpress.joining.integrity import faults
from leafpress.joining.join import DELIVER_APART, Prepared, join, prepare

SECONDS = 30
"""For each letter, on a machine that does other things besides."""


@pytest.fixture(scope="module")
def leaflet() -> Prepared:
    return prepare(saved(letter([["H1", "P"], ["P"]], "pl")), "leaflet.pdf")


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, leaflet: Prepared) -> None:
    maker, rule = REFUSED[name]
    data = maker()
    start = time.monotonic()
    with pytest.raises(Problem) as caught:
        join(data, "letter.pdf", [leaflet])
    assert {each.rule for each in caught.value.findings} == {rule}, caught.value
    assert "0x" not in str(caught.value)
    assert time.monotonic() - start < SECONDS


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str, leaflet: Prepared) -> None:
    maker, rules = JOINED[name]
    data = maker()
    start = time.monotonic()
    joined = join(data, "letter.pdf", [leaflet])
    assert {each.rule for each in joined.findings} == rules, joined.findings
    assert list(faults(joined.data, joined.pages)) == []
    plain = b"\n".join(_objects(joined.data))
    for forbidden in (b"JavaScript", b"Launch", b"SubmitForm", b"HIDDEN", b"xdp"):
        assert forbidden not in plain
    assert time.monotonic() - start < SECONDS


def _objects(data: bytes) -> Iterator[bytes]:
    """Every object of a file as text: what stands in object streams is packed."""
    with pikepdf.open(BytesIO(data)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                yield thing.stream_dict.unparse()
                yield thing.read_bytes()
            elif isinstance(thing, pikepdf.Object):
                yield thing.unparse(resolved=True)


def test_signed_letters_go_beside() -> None:
    signed = {rule for name, (_, rule) in REFUSED.items() if "signed" in name}
    assert signed == DELIVER_APART


def test_there_are_many() -> None:
    assert len(REFUSED) + len(JOINED) >= 58
