"""What holds for any letter and leaflets: small tagged files, made at random."""

from __future__ import annotations

import re

import pikepdf
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import letter, link, saved
from test_joining.top_down import read

from leafpress.findings import Problem
from leafpress.joining.integrity import faults
from leafpress.joining.join import join, prepare

PAGES = st.lists(
    st.lists(st.sampled_from(["H1", "H2", "P", "Own", "Other"]), max_size=5), min_size=1, max_size=4
)
ROLES = st.dictionaries(
    st.sampled_from(["Own", "Other", "H2"]), st.sampled_from(["P", "H1", "Own", "Sect"]), max_size=3
)
"""Maps that end at a standard type, go in a circle, or lead nowhere."""
LANGUAGES = st.sampled_from(["en-GB", "ur", "pl", "cy", ""])


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A tagged file with types and IDs of its own, perhaps a link into itself."""
    pdf = letter(draw(PAGES), draw(LANGUAGES))
    tree = pdf.Root.StructTreeRoot
    roles = draw(ROLES)
    if roles.get("H2") == "Own":  # a heading mapped to nothing stays a heading
        roles["Own"] = "P"
    if roles:
        tree.RoleMap = Dictionary({f"/{key}": Name(f"/{value}") for key, value in roles.items()})
    for number, element in enumerate(tree.K.K):
        if draw(st.booleans()):
            element.ID = String(draw(st.sampled_from(["a", "b", "leaflet-01/a"])) + str(number))
        if draw(st.booleans()):
            element.Lang = String(draw(LANGUAGES))
    if draw(st.booleans()):
        name = draw(st.sampled_from(["here", "leaflet-01/here", "\xff"]))
        place = Array([pdf.pages[-1].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(name), place])))
        link(pdf, Dest=String(name))
    return saved(pdf)


@given(files(), st.lists(files(), max_size=3))
@settings(max_examples=60, deadline=None)
def test_parts_in_parts_out(first: bytes, others: list[bytes]) -> None:
    leaflets = [prepare(data, f"{number}.pdf") for number, data in enumerate(others)]
    joined = join(first, "letter.pdf", leaflets)
    assert list(faults(joined.data, joined.pages)) == []
    found, parts = read(joined.data), [read(data) for data in (first, *others)]
    assert list(joined.pages) == [part.pages for part in parts]
    expected, start = [], 0
    for part in parts:
        spoken = [(e.page + start, e.mcid, _plain(e.types[1:]), e.language) for e in part.heard]
        expected += spoken
        start += part.pages
    assert [(e.page, e.mcid, _plain(e.types[2:]), e.language) for e in found.heard] == expected
    places = [(e.page, e.mcid) for e in found.heard]
    assert len(set(places)) == len(places)  # each content one element; `faults` looks back
    assert found.links == [
        (page + first_page, f"page {int(goal[5:]) + first_page}")
        for part, first_page in zip(parts, _firsts(parts), strict=True)
        for page, goal in part.links
    ]


def _plain(types: tuple[str, ...]) -> tuple[str, ...]:
    """Types that mean nothing: they may have got other names, to mean nothing with."""
    return tuple(re.sub(r"^(Own|Other)(-\w+)?$", "?", each) for each in types)


def _firsts(parts: list) -> list[int]:  # type: ignore[type-arg]
    return [sum(part.pages for part in parts[:at]) for at in range(len(parts))]


@given(files(), st.data())
@settings(max_examples=150, deadline=None)
def test_damage_never_crashes(data: bytes, draw: st.DataObject) -> None:
    """Bytes changed at random: joined, or refused with a reason; never anything else."""
    broken = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, len(broken) - 1))
        broken[at] = draw.draw(st.sampled_from(b"0129 /<>[]()RSKPx\n"))
    for repair in (False, True):
        try:
            joined = join(bytes(broken), "letter.pdf", [], repair=repair)
        except Problem as problem:
            assert problem.findings[0].rule.startswith("E0")
        else:
            assert list(faults(joined.data, joined.pages)) == []


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_wrong_shapes_never_crash(draw: st.DataObject) -> None:
    """Any value of the structure replaced by one of another type."""
    pdf = letter([["H1", "P"], ["P"]])
    link(pdf, Dest=Array([pdf.pages[0].obj, Name.Fit]))
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Own=Name.P)
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.r)]))
    objects = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
    thing = draw.draw(st.sampled_from(objects))
    if thing.keys():
        key = draw.draw(st.sampled_from(sorted(thing.keys())))
        others = [1, -1, Name.X, String("x"), Array([]), Array([thing]), Dictionary(), thing, True]
        thing[key] = draw.draw(st.sampled_from(others))
    try:
        data = saved(pdf)
    except pikepdf.PdfError:
        return
    try:
        joined = join(data, "letter.pdf", [])
    except Problem as problem:
        assert problem.findings[0].rule.startswith("E0")
    else:
        assert list(faults(joined.data, joined.pages)) == []
