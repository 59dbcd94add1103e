"""What a font's codes stand for, in maps of any program; and files that are read aloud."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Stream
from test_joining import held
from test_joining.small import letter, saved

from leafpress.cli.channel import against_files
from leafpress.cli.listen import screen_reader_lines
from leafpress.findings import ExitCode, Problem
from leafpress.proof.channels.channels import CHANNELS
from leafpress.proof.tags.to_unicode import CODES, WORK, entries, texts_of

SECONDS = 10

MAPS: list[tuple[str, dict[int, str]]] = [
    ("1 beginbfchar <01> <0041> endbfchar", {1: "A"}),
    ("2 beginbfchar <01> <0041> <0002> <00660069> endbfchar", {1: "A", 2: "fi"}),
    ("1 beginbfrange <01> <03> <0058> endbfrange", {1: "X", 2: "Y", 3: "Z"}),
    ("1 beginbfrange <01> <03> [<0058> <00590021> <005A>] endbfrange", {1: "X", 2: "Y!", 3: "Z"}),
    (
        "2 beginbfrange\n<01><02>[<0058> <0059>]\n<0010> <0011> <0041>\nendbfrange",
        {1: "X", 2: "Y", 16: "A", 17: "B"},
    ),
    ("1 beginbfrange <01> <04> [<0058>] endbfrange", {1: "X"}),
    ("1 beginbfrange <03> <01> <0058> endbfrange", {}),
    ("1 beginbfchar <01> <D83DDE00> endbfchar", {1: "😀"}),
    ("1 beginbfrange <01> <02> <D83DDE00> endbfrange", {1: "😀", 2: "😁"}),
    ("1 beginbfrange <01> <03> <DBFFDFFE> endbfrange", {1: "\U0010fffe", 2: "\U0010ffff", 3: "�"}),
    ("1 beginbfrange <01> <02> <D7FF> endbfrange", {1: "\ud7ff", 2: "�"}),
    ("1 beginbfchar <01> <D83D> endbfchar", {1: "�"}),
    ("1 beginbfchar <01> <41> endbfchar", {1: "A"}),
    ("1 beginbfchar <01> <> endbfchar", {1: ""}),
    ("1 beginbfchar <0 1> <00 41> endbfchar", {1: "A"}),
    ("2 beginbfchar <01> /space <02> <0042> endbfchar", {1: " ", 2: "B"}),
    ("1 beginbfchar % <07> <0047>\n<01> <0041> endbfchar", {1: "A"}),
    ("/CIDSystemInfo << /Registry (Adobe) >> def <00> <FF> 1 beginbfchar <01> <0041>", {1: "A"}),
    ("1 begincodespacerange <00> <FF> endcodespacerange", {}),
    ("1 beginbfchar <01> <0041> endbfchar 1 beginbfchar <01> <0042> endbfchar", {1: "B"}),
    ("beginbfrange <01> [<0041>] <02> endbfrange [ [ <> ] ]", {}),
]
"""Sections of maps, and what they say."""


@pytest.mark.parametrize(("source", "texts"), MAPS)
def test_maps(source: str, texts: dict[int, str]) -> None:
    assert dict(entries(source.encode())) == texts


HOSTILE = {
    "a range of all numbers": b"beginbfrange <0000> <FFFFFFFF> <> endbfrange",
    "a range of more": b"beginbfrange <00> <" + b"F" * 5000 + b"> <0041> endbfrange",
    "ranges over ranges": b"beginbfrange " + b"<0000> <FFFF> <0041> " * 20_000,
    "sections without an end": b"beginbfchar " * 200_000,
    "brackets without an end": b"beginbfrange " + b"[" * 1_000_000,
    "digits without an end": b"beginbfchar <" + b"0" * 2_000_000,
    "an array without an end": b"beginbfrange <00> <FFFF> [" + b"<0041> " * 300_000,
    "a long text": b"beginbfrange <0000> <FFFF> <" + b"0041" * 2000 + b"> endbfrange",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_maps_without_measure(name: str) -> None:
    start = time.monotonic()
    assert len(entries(HOSTILE[name])) <= CODES <= WORK
    assert time.monotonic() - start < SECONDS


WORDS = st.sampled_from(
    [b"beginbfchar", b"beginbfrange", b"endbfrange", b"[", b"]", b"<00>", b"<FFFF>", b"<", b"/A"]
)


@given(st.lists(st.one_of(WORDS, st.binary(max_size=6)), max_size=30))
@settings(max_examples=300, deadline=None)
def test_any_bytes(pieces: list[bytes]) -> None:
    found = entries(b" ".join(pieces))
    assert all(0 <= code < CODES and isinstance(text, str) for code, text in found)


def _font(pdf: pikepdf.Pdf, **entries: Any) -> Any:
    return pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, **entries))


def test_simple_fonts_without_a_map() -> None:
    pdf = pikepdf.new()
    differences = Array([65, Name.eacute, Name.eth, 200, Name.zcaron])
    encoding = Dictionary(BaseEncoding=Name.WinAnsiEncoding, Differences=differences)
    texts = texts_of(_font(pdf, Encoding=encoding))
    assert (texts[65], texts[66], texts[67], texts[200], texts[128]) == ("é", "ð", "C", "ž", "€")
    assert texts_of(_font(pdf, Encoding=Name.MacRomanEncoding))[0xA9] == "©"
    assert texts_of(_font(pdf))[65] == "A"
    assert texts_of(3) == texts_of(_font(pdf))


# --- files that are read aloud -------------------------------------------------------------------


def _heard(folder: Path, data: bytes) -> list[str]:
    path = folder / "letter.pdf"
    path.write_bytes(data)
    return screen_reader_lines(str(path), folder)


def _page(pdf: pikepdf.Pdf, content: bytes) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(content)


_MARKED = b"/H1 <</MCID 0>> BDC BT /F 12 Tf (Hello) Tj ET EMC "

BROKEN: dict[str, bytes] = {
    "numbers that are none": b"1e-7 0 0 1 0 0 cm 4 5 m",
    "too few numbers": b"1 0 cm 3 m re Td",
    "numbers without end": b"9" * 400 + b" 0 0 1 0 0 cm",
    "operators without operands": b"Tf Tj TJ ' \" Tr BDC EMC EMC Q Q Do gs",
    "operands of other types": b"(a) Tr [1] Tf <</A 1>> Tj /N TJ (x) (y) BDC <</A 1>> Tr",
    "a number of content that is none": b"/P <</MCID (a)>> BDC EMC /P <</MCID 1.5>> BDC EMC",
    "words in place of others that are none": b"/P <</MCID 7 /ActualText 3 /Subtype 3>> BDC EMC",
    "a list of properties that is none": b"/P 3 BDC EMC /P /None BDC EMC",
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_content_is_read_as_far_as_it_goes(name: str, tmp_path: Path) -> None:
    pdf = letter()
    _page(pdf, _MARKED + BROKEN[name])
    lines = _heard(tmp_path, saved(pdf))
    assert any("Hello" in line for line in lines)


def _odd_fonts(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources.Font = Dictionary(F=3, G=Name.X, H=Dictionary(ToUnicode=Name.X))


def _broken_map(pdf: pikepdf.Pdf) -> None:
    stream = Stream(pdf, b"no deflate")
    stream.Filter = Name.FlateDecode
    pdf.pages[0].obj.Resources.Font.F.ToUnicode = pdf.make_indirect(stream)


def _no_resources(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Resources = Name.No


@pytest.mark.parametrize("change", [_odd_fonts, _broken_map, _no_resources])
def test_odd_files_are_read(change: Any, tmp_path: Path) -> None:
    pdf = letter()
    change(pdf)
    assert _heard(tmp_path, saved(pdf))[0].startswith("Document, language en-GB")


UNREAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "it is empty"),
    "a Word document": (b"PK\x03\x04 word/document.xml", "it is a Word document"),
    "nothing but a head": (b"%PDF-1.7\n", "damaged"),
    "an operator in an array": (b"", "broken"),
}


def _unread(name: str) -> bytes:
    if name != "an operator in an array":
        return UNREAD[name][0]
    pdf = letter()
    _page(pdf, _MARKED + b"BT [(a) Tj] TJ ET")
    return saved(pdf)


@pytest.mark.parametrize("name", UNREAD)
def test_the_true_reason(name: str, tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        _heard(tmp_path, _unread(name))
    (found,) = caught.value.findings
    assert found.rule == "B011"
    assert caught.value.code == ExitCode.USAGE
    assert UNREAD[name][1] in found.sentence


BOMBS = [name for name, (_, rule) in held.REFUSED.items() if rule in {"E011", "E001"}]


@pytest.mark.parametrize("name", BOMBS)
def test_no_file_without_measure_is_read(name: str, tmp_path: Path) -> None:
    start = time.monotonic()
    with pytest.raises(Problem):
        _heard(tmp_path, held.REFUSED[name][0]())
    assert time.monotonic() - start < SECONDS


def test_signed_and_mended_files_may_be_heard(tmp_path: Path) -> None:
    for name in ("flags 3 alone", "a time stamp", "an object twice"):
        assert len(_heard(tmp_path, held.REFUSED[name][0]())) > 1


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_any_damage_is_heard_or_refused(tmp_path_factory: Any, draw: st.DataObject) -> None:
    broken = bytearray(saved(letter([["H1", "P"], ["P"]]), compress_streams=False))
    for _ in range(draw.draw(st.integers(1, 8))):
        at = draw.draw(st.integers(0, len(broken) - 1))
        broken[at] = draw.draw(st.sampled_from(b"0129 /<>[]()RSKPxe.-\n"))
    try:
        _heard(tmp_path_factory.getbasetemp(), bytes(broken))
    except Problem as problem:
        assert problem.findings[0].rule == "B011"


@pytest.mark.parametrize("name", ["uses of uses", "a gigabyte of nothing", "a huge picture"])
def test_no_file_without_measure_is_drawn(name: str, tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(held.REFUSED[name][0]())
    start = time.monotonic()
    (found,) = against_files([path], next(iter(CHANNELS.values())))
    assert found.rule == "P060"
    assert "past what a letter can need" in found.sentence
    assert time.monotonic() - start < SECONDS


def test_what_is_no_pdf_is_not_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(b"PK\x03\x04 word/document.xml")
    (found,) = against_files([path], next(iter(CHANNELS.values())))
    assert "it is a Word document" in found.sentence
