"""The shipped leaflets: complete, sourced, and honest about what nobody has checked."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT, TODAY

from leafpress.content import inline
from leafpress.content.blocks import BlockBase, EmergencyBlock
from leafpress.content.model import Leaflet, printed
from leafpress.content.project import Project
from leafpress.content.text import words
from leafpress.content.texts import texts

PROJECT = Project.at(ROOT)
IDS = PROJECT.leaflet_ids()

UNVERIFIED = frozenset(
    [
        "B25",
        "B26",
        "B27",
        "B43",
        "B45",
        "B54",
        "B62",
        "B65",
        "B66",
        "N23",
        "N24",
        "N37",
        "C31",
        "C44",
        "C52",
        "C60",
        "C80",
        "C81",
        "C86",
        "C90",
        "C91",
        "C92",
        "C95",
        "C97",
        "C105",
        "C112",
        "C114",
        "L4",
        "H10",
    ]
)
"""Statements of the fact sheet that are marked unverified."""

PROMISES = re.compile(
    r"\b(?:natural|gentle on|rebalance|heals?|cures|guarantee|proven|miracle|breakthrough|safer)\b",
    re.I,
)


def _leaflet(id_: str) -> Leaflet:
    leaflet = PROJECT.leaflet(id_).model
    assert leaflet is not None
    return leaflet


def _blocks(leaflet: Leaflet) -> list[BlockBase]:
    return [block for section in leaflet.sections for block in section.blocks]


def _all_words(leaflet: Leaflet) -> str:
    return " ".join(inline.plain(text) for _, text in texts(leaflet))


@pytest.mark.parametrize("id_", IDS)
def test_length(id_: str) -> None:
    usual = printed(_leaflet(id_), easy_read=False)
    read = [t for _, t in texts(usual) if "alternative text" not in t.role.name]
    # What a review asked for (names, treatments, reasons) in whole sentences, on six pages of A4.
    assert 890 <= sum(words(inline.plain(text)) for text in read) <= 1850


@pytest.mark.parametrize("id_", IDS)
def test_help_comes_first(id_: str) -> None:
    """Boxes of both kinds, the most urgent first, before anything but what belongs to them."""
    blocks = _blocks(_leaflet(id_))
    urgencies = [each.urgency for each in blocks if isinstance(each, EmergencyBlock)]
    assert isinstance(blocks[0], EmergencyBlock)
    assert set(urgencies) == {"now", "today"}
    assert urgencies == sorted(urgencies)


@pytest.mark.parametrize("id_", IDS)
def test_what_is_unverified_says_so(id_: str) -> None:
    for block in _blocks(_leaflet(id_)):
        open_points = UNVERIFIED & set(block.evidence)
        if open_points:
            assert block.review, open_points
            assert "needs a clinician" in block.review


@pytest.mark.parametrize("id_", IDS)
def test_every_block_that_claims_something_names_its_evidence(id_: str) -> None:
    silent = {"heading", "contacts", "sources", "lines", "diary", "questions"}
    for block in _blocks(_leaflet(id_)):
        if block.kind not in silent:  # type: ignore[attr-defined]  # every block has a kind
            shows = block.evidence or block.review or block.kind in {"figure", "steps"}  # type: ignore[attr-defined]
            assert shows, block


@pytest.mark.parametrize("id_", IDS)
def test_no_promise(id_: str) -> None:
    assert PROMISES.findall(_all_words(_leaflet(id_))) == []


def test_cannabis_stands_in_its_own_leaflet_only() -> None:
    for id_ in set(IDS) - {"cannabis-medicines"}:
        assert not re.search("cannabis|THC|CBD", _all_words(_leaflet(id_)), re.I)


def test_both_sides_on_benefit() -> None:
    said = _all_words(_leaflet("cannabis-medicines"))
    assert "no THC for long-term pain" in said
    assert "some people may try" in said
    assert "ease pain only a little" in said


@pytest.mark.parametrize("id_", IDS)
def test_dates(id_: str) -> None:
    leaflet = _leaflet(id_)
    assert leaflet.date <= TODAY < leaflet.review
