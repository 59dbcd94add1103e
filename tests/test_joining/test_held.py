"""What a letter holds is kept, or the letter is refused for the true reason."""

from __future__ import annotations

import resource
import time
import warnings
from io import BytesIO

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, String
from test_joining.held import JOINED, REFUSED, content, saved, widget
from test_joining.small import letter

from leafpress.findings import Problem
from leafpress.joining import unpacking
from leafpress.joining.file_kinds import kind_of
from leafpress.joining.integrity import faults
from leafpress.joining.join import Joined, Prepared, join, prepare
from leafpress.mailing.selection import letters
from leafpress.proof.channels.inventory import not_printable
from leafpress.proof.channels.rasterise import PdfiumDocument

SECONDS = 20
"""For each letter, on a machine that does other things besides."""
MEGABYTES = 400
"""How far the memory of this process may grow for one letter."""


@pytest.fixture(scope="module")
def leaflet() -> Prepared:
    return prepare(saved(letter([["H1", "P"], ["P"]], "pl")), "leaflet.pdf")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, leaflet: Prepared) -> None:
    maker, rule = REFUSED[name]
    data = maker()
    start, before = time.monotonic(), _peak()
    with pytest.raises(Problem) as caught:
        join(data, "letter.pdf", [leaflet])
    assert {each.rule for each in caught.value.findings} == {rule}, caught.value
    assert time.monotonic() - start < SECONDS
    assert _peak() - before < MEGABYTES


@pytest.mark.parametrize("name", JOINED)
def test_joined(name: str, leaflet: Prepared) -> None:
    maker, rules = JOINED[name]
    joined = join(maker(), "letter.pdf", [leaflet])
    assert {each.rule for each in joined.findings} == rules, joined.findings
    assert list(faults(joined.data, joined.pages)) == []


# --- fields --------------------------------------------------------------------------------------


def _joined(pdf: pikepdf.Pdf) -> tuple[Joined, pikepdf.Pdf]:
    """A letter joined, with every warning an error; and the joined file."""
    data = saved(pdf)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        joined = join(data, "letter.pdf", [])
    return joined, pikepdf.open(BytesIO(joined.data))


def test_fields_that_hang_on_the_page_only() -> None:
    pdf = letter()
    widget(pdf, FT=Name.Tx, T=String("date"), V=String("Monday"))
    helv = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(),
        DR=Dictionary(Font=Dictionary(Helv=helv)),
        DA=String("/Helv 11 Tf"),
        Q=2,
        NeedAppearances=True,
    )
    _, opened = _joined(pdf)
    form = opened.Root.AcroForm
    (field,) = form.Fields
    assert str(field.V) == "Monday"
    assert str(field.DA) == "/Helv 11 Tf"
    assert field.Q == 2  # from the right
    assert bool(form.NeedAppearances)
    assert form.DR.Font.Helv.BaseFont == Name.Helvetica


def test_what_a_field_shows_is_drawn_as_before() -> None:
    """A date without a look of its own: drawn by the form's font, which has to come along."""
    pdf = letter()
    widget(pdf, FT=Name.Tx, T=String("date"), V=String("Monday"), F=4)
    helv = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    pdf.Root.AcroForm = Dictionary(
        DR=Dictionary(Font=Dictionary(Helv=helv)),
        DA=String("/Helv 11 Tf 0 g"),
        NeedAppearances=True,
    )
    before = saved(pdf)
    with_words = PdfiumDocument(before).draw(1, words=False).image
    joined = PdfiumDocument(join(before, "letter.pdf", []).data).draw(1, words=False).image
    without = PdfiumDocument(saved(letter())).draw(1, words=False).image
    assert joined.tobytes() == with_words.tobytes() != without.tobytes()


def test_inherited_values_are_read_beside_the_page() -> None:
    pdf = letter()
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("nr"), V=String("RX-1234")))
    widget(pdf).Parent = above
    assert "RX-1234" in letters._beside_the_page(saved(pdf))
    assert not_printable(pdf) == ["form fields"]


def test_fields_without_a_form() -> None:
    pdf = letter()
    widget(pdf, FT=Name.Tx, T=String("date"), V=String("Monday"))
    _, opened = _joined(pdf)
    form = opened.Root.AcroForm
    assert [str(field.V) for field in form.Fields] == ["Monday"]


@pytest.mark.parametrize("has_kids", [True, False])
@pytest.mark.parametrize("is_listed", [True, False])
def test_widgets_below_a_field(*, has_kids: bool, is_listed: bool) -> None:
    pdf = letter()
    first, second = widget(pdf), widget(pdf)
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("date"), V=String("Monday")))
    above.Kids = Array([first, second] if has_kids else [first])
    first.Parent = second.Parent = above
    pdf.Root.AcroForm = Dictionary(Fields=Array([above] if is_listed else []))
    _, opened = _joined(pdf)
    form = opened.Root.AcroForm
    (field,) = form.Fields
    assert str(field.V) == "Monday"
    assert len(field.Kids) == 2  # both widgets


def test_a_field_that_is_written_in_place() -> None:
    pdf = letter()
    below = widget(pdf)
    in_place = Dictionary(FT=Name.Tx, T=String("date"), V=String("Monday"), Kids=Array([below]))
    pdf.Root.AcroForm = Dictionary(Fields=Array([in_place]))
    _, opened = _joined(pdf)
    form = opened.Root.AcroForm
    assert [str(field.V) for field in form.Fields] == ["Monday"]


def test_a_page_is_no_field() -> None:
    pdf = letter()
    widget(pdf, FT=Name.Tx, T=String("date")).Parent = pdf.pages[0].obj
    joined, opened = _joined(pdf)
    form = opened.Root.AcroForm
    assert [str(field.T) for field in form.Fields] == ["date"]
    assert list(faults(joined.data, joined.pages)) == []


def test_many_widgets_below_a_field_are_quick() -> None:
    pdf = letter()
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("date"), Kids=Array()))
    below = {"/Type": Name.Annot, "/Subtype": Name.Widget, "/Parent": above}
    widgets = [pdf.make_indirect(Dictionary(below)) for _ in range(10_000)]
    pdf.pages[0].obj.Annots = Array(widgets)
    start = time.monotonic()
    _, opened = _joined(pdf)
    form = opened.Root.AcroForm
    assert len(form.Fields[0].Kids) == len(widgets)
    assert time.monotonic() - start < SECONDS


def test_what_a_field_runs_stays_behind() -> None:
    pdf = letter()
    script = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    above = pdf.make_indirect(Dictionary(FT=Name.Tx, T=String("a"), AA=Dictionary(K=script)))
    widget(pdf).Parent = above
    joined, opened = _joined(pdf)
    form = opened.Root.AcroForm
    assert "E016" in {each.rule for each in joined.findings}
    assert "/AA" not in form.Fields[0]


# --- what is no PDF, and how far damage goes -----------------------------------------------------


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\0" * 5000, "nothing but blanks or zeros"),
        (b"PK\x03\x04" + b"\0" * 30 + b"word/document.xml", "Word document"),
        (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "LibreOffice document"),
        (b"PK\x03\x04" + b"a.pdf", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "before 2007"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"\xef\xbb\xbf<!DOCTYPE html><title>Sign in", "web page"),
        (b"<?xml version='1.0'?><letter/>", "XML"),
        (b'{"resourceType": "Binary"}', "JSON"),
        (b"JVBERi0xLjcKJb/3ov4K", "Base64"),
        (b"%!PS-Adobe-3.0", "PostScript"),
        (b"II*\0", "TIFF"),
        (b"From: clinic@example.org\nSubject: your letter", "e-mail"),
        (b"Dear patient,\nplease come on Monday.", "plain text"),
        (b"\x01\x02\x03" + b" " * 1200 + b"%PDF-1.7", "first 1024 bytes"),
        (b"\x01\x02\x03\x04", "does not begin as a PDF does"),
    ],
)
def test_what_is_no_pdf(data: bytes, words: str) -> None:
    assert words in kind_of(data)
    with pytest.raises(Problem) as caught:
        join(data, "letter.pdf", [])
    (found,) = caught.value.findings
    assert found.rule == "E007"
    assert words in found.sentence


def test_what_is_told_of_damage() -> None:
    maker, _ = JOINED["a wrong startxref"]
    (found,) = join(maker(), "letter.pdf", []).findings
    assert "no object is missing" in found.sentence
    maker, _ = JOINED["a wrong size"]
    (found,) = join(maker(), "letter.pdf", []).findings
    assert "it counts its objects wrongly" in found.sentence


def test_who_can_open_it() -> None:
    for name, words in (("for a certificate", "certificate"), ("for a program", "program")):
        maker, _ = REFUSED[name]
        with pytest.raises(Problem, match=words):
            join(maker(), "letter.pdf", [])


WHOLE = saved(letter([["H1", "P"], ["P"]]), compress_streams=False)
TABLE = WHOLE.index(b"\nxref\n")


def _contents(data: bytes) -> list[bytes]:
    with pikepdf.open(BytesIO(data)) as pdf:
        return [page.obj.Contents.read_bytes() for page in pdf.pages]


@example([(1949, 57)])  # a generation of 90000: a page was joined empty, without a word
@given(
    st.lists(
        st.tuples(st.integers(TABLE, len(WHOLE) - 1), st.sampled_from(b"0129 x\n")), max_size=6
    )
)
@settings(max_examples=100, deadline=None)
def test_a_broken_table_loses_nothing(changes: list[tuple[int, int]]) -> None:
    """Bytes of the table and all behind it changed: every word is there, or the file is refused."""
    broken = bytearray(WHOLE)
    for at, byte in changes:
        broken[at] = byte
    try:
        joined = join(bytes(broken), "letter.pdf", [])
    except Problem as problem:
        assert {each.rule for each in problem.findings} <= {"E006", "E007", "E008"}
    else:
        assert _contents(joined.data) == _contents(WHOLE)


@given(st.integers(0, len(WHOLE) - 1))
@settings(max_examples=60, deadline=None)
def test_a_cut_file_is_never_joined_in_part(length: int) -> None:
    try:
        joined = join(WHOLE[:length], "letter.pdf", [])
    except Problem:
        return
    assert _contents(joined.data) == _contents(WHOLE)


# --- how much is in a stream ---------------------------------------------------------------------


def _lzw(data: bytes) -> bytes:
    """Packed as in TIFF and PDF, most significant bit first (ISO 32000-1, 7.4.4.2)."""
    table, size = {bytes([code]): code for code in range(256)}, 258
    codes, before = [(256, 9)], b""
    for byte in data:
        now = before + bytes([byte])
        if now in table:
            before = now
            continue
        codes.append((table[before], max(9, size.bit_length())))
        table[now], size, before = size, size + 1, bytes([byte])
        if size == 4094:  # before the table is full
            codes.append((256, 12))
            table, size = {bytes([code]): code for code in range(256)}, 258
    codes.append((table[before], max(9, size.bit_length())))
    codes.append((257, max(9, (size + 1).bit_length())))
    bits = "".join(f"{code:0{width}b}" for code, width in codes)
    bits += "0" * (-len(bits) % 8)
    return int(bits, 2).to_bytes(len(bits) // 8, "big")


@pytest.mark.parametrize("data", [b"q Q " * 5000, bytes(range(256)) * 60, b"a", b"-----A---B"])
def test_the_length_of_lzw(data: bytes) -> None:
    pdf = pikepdf.new()
    stream = content(pdf, _lzw(data), "/LZWDecode")
    assert bytes(stream.read_bytes()) == data
    assert unpacking.length(stream, 10**9) == len(data)


@given(
    st.binary(max_size=300), st.sampled_from(["Flate", "LZW", "RunLength", "ASCII85", "ASCIIHex"])
)
@settings(max_examples=200, deadline=None)
def test_any_bytes_have_a_length(data: bytes, kind: str) -> None:
    pdf = pikepdf.new()
    stream = content(pdf, data, f"/{kind}Decode")
    assert 0 <= unpacking.length(stream, 10**6) <= 10**6 + 65_536
