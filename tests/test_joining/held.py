"""Letters by what they hold: signatures, forms, damage that nobody notices, pages too heavy.

A row is a maker and what has to come of it: the rule that refuses it, or the rules that warn.
"""

from __future__ import annotations

import base64
import re
import warnings
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from pikepdf.exceptions import PageCopyWarning
from test_joining import small
from test_joining.small import Change, Maker, changed, letter, with_bytes


def saved(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    """The file's bytes, however its fields hang: pikepdf warns of those that no form lists."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PageCopyWarning)
        data: bytes = small.saved(pdf, **options)
    return data


# --- fields and signatures -----------------------------------------------------------------------


def widget(pdf: pikepdf.Pdf, *, place: Array | None = None, **entries: Any) -> Any:
    """A field's widget on the first page, in no form; without a tag, as an artifact of print."""
    field = pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Widget, **entries))
    field.Rect = Array([72, 600, 272, 620]) if place is None else place
    page = pdf.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), field])
    return field


def _signature(pdf: pikepdf.Pdf) -> Any:
    value = Dictionary(Type=Name.Sig, Contents=String("x"), ByteRange=Array([0, 1, 2, 3]))
    return pdf.make_indirect(value)


def _parent(pdf: pikepdf.Pdf, field: Any, **entries: Any) -> Any:
    parent = pdf.make_indirect(Dictionary(T=String("above"), Kids=Array([field]), **entries))
    field.Parent = parent
    return parent


def _listed(pdf: pikepdf.Pdf, *fields: Any) -> None:
    pdf.Root.AcroForm = Dictionary(Fields=Array(fields))


def _value_below_type(pdf: pikepdf.Pdf) -> None:
    _listed(pdf, _parent(pdf, widget(pdf, V=_signature(pdf)), FT=Name.Sig))


def _type_below_value(pdf: pikepdf.Pdf) -> None:
    _listed(pdf, _parent(pdf, widget(pdf, FT=Name.Sig), V=_signature(pdf)))


def _bare_value_below_type(pdf: pikepdf.Pdf) -> None:
    """A value that nothing but the field's type tells to be a signature."""
    _listed(pdf, _parent(pdf, widget(pdf, V=Dictionary(Filter=Name.X)), FT=Name.Sig))


def _bare_on_the_page(pdf: pikepdf.Pdf) -> None:
    _parent(pdf, widget(pdf, V=Dictionary(Filter=Name.X)), FT=Name.Sig)


def _kid_in_place(pdf: pikepdf.Pdf) -> None:
    """A field whose kid is written in place, and names no parent."""
    kid = Dictionary(V=Dictionary(Filter=Name.X))
    _listed(pdf, pdf.make_indirect(Dictionary(FT=Name.Sig, T=String("a"), Kids=Array([kid]))))


def _on_the_page_only(pdf: pikepdf.Pdf) -> None:
    widget(pdf, FT=Name.Sig, V=_signature(pdf))
    pdf.Root.AcroForm = Dictionary(Fields=Array())


def _without_a_form(pdf: pikepdf.Pdf) -> None:
    widget(pdf, FT=Name.Sig, V=_signature(pdf))


def _flags(number: int, *, field: bool = False) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        _listed(pdf, *([widget(pdf, FT=Name.Sig, T=String("s"))] if field else []))
        pdf.Root.AcroForm.SigFlags = number

    return change


def _anywhere(pdf: pikepdf.Pdf) -> None:
    del (value := _signature(pdf)).Type
    pdf.Root.Private = value


def _in_a_list(pdf: pikepdf.Pdf) -> None:
    value = Dictionary(Contents=String("x"), ByteRange=Array([0, 1, 2, 3]))
    pdf.Root.Private = Array([1, Array([Dictionary(Deep=value)])])


def _time_stamp(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Private = pdf.make_indirect(
        Dictionary(Type=Name.DocTimeStamp, SubFilter=Name("/ETSI.RFC3161"), Contents=String("x"))
    )


def _rights(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Perms = Dictionary(UR3=Dictionary(Type=Name.Sig))


def _speaks_of_signatures(pdf: pikepdf.Pdf) -> None:
    """Words, and no signature."""
    pdf.Root.Private = Dictionary(Words=String("/ByteRange and /Sig"), Sig=Name.DocTimeStamp)


# --- forms that programs make --------------------------------------------------------------------

_CONFIG = b"<config><acrobat7><dynamicRender\n>%s</dynamicRender\n></acrobat7></config>"


def _xfa(*packets: bytes, field: bool = True) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        _listed(pdf, *([widget(pdf, FT=Name.Tx, T=String("name"))] if field else []))
        streams = [pdf.make_stream(packet) for packet in packets]
        named = [item for stream in streams for item in (String("packet"), stream)]
        pdf.Root.AcroForm.XFA = streams[0] if len(streams) == 1 else Array(named)

    return change


def _page_that_says(words: str) -> Change:
    def change(pdf: pikepdf.Pdf) -> None:
        _xfa(b"<xdp/>", field=False)(pdf)
        text = f"/P <</MCID 1>> BDC BT /F 12 Tf 72 700 Td ({words}) Tj ET EMC"
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + text.encode())

    return change


# --- damage --------------------------------------------------------------------------------------


def _no_resources(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    del page.Resources
    page.Contents = pdf.make_stream(
        b"/H1 <</MCID 0>> BDC 0 0 9 9 re f EMC /P <</MCID 1>> BDC 9 9 9 9 re f EMC"
    )


def _no_type(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.Type


def _wrong_size(data: bytes) -> bytes:
    return re.sub(rb"/Size (\d+)", lambda size: b"/Size %d" % (int(size[1]) + 7), data)


def _lost_object(data: bytes) -> bytes:
    """The table is wrong, and the page's content is not there any more."""
    data = re.sub(rb"stream\n/H1.*?endobj", b"", data, flags=re.DOTALL)
    return data.replace(b"startxref\n", b"startxref\n9")


def _second_version(data: bytes) -> bytes:
    """The table is wrong, and an object stands in the file twice: nobody knows which counts."""
    again = re.search(rb"\n\d+ 0 obj\n<< /Title.*?endobj", data, re.DOTALL)
    assert again
    return data.replace(b"xref\n0", again[0] + b"\nxref\n0", 1)


def _by_certificate(data: bytes) -> bytes:
    cipher = b"/Encrypt << /Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /R 4 >> "
    return data.replace(b"/Root", cipher + b"/Root")


# --- pages that are too heavy --------------------------------------------------------------------


def _packed(what: bytes, megabytes: int) -> bytes:
    """A million bytes, packed once, so many times over; without the end that nobody gets to."""
    packer = zlib.compressobj(9)
    million = what * (1_000_000 // len(what))
    first, second = (packer.compress(million) + packer.flush(zlib.Z_FULL_FLUSH) for _ in "ab")
    return first + second * (megabytes - 1)


def content(pdf: pikepdf.Pdf, data: bytes, *filters: str) -> Any:
    """A stream of packed bytes."""
    stream = Stream(pdf, data)
    stream.Filter = Array([Name(name) for name in filters])
    return pdf.make_indirect(stream)


def _untagged(change: Change) -> Maker:
    """A letter without tags, whose content nothing but its weight is a reason to read."""

    def make() -> bytes:
        pdf = letter()
        for key in ("/StructTreeRoot", "/MarkInfo"):
            del pdf.Root[key]
        change(pdf)
        return saved(pdf)

    return make


def _gigabyte(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = content(pdf, _packed(b"q Q ", 1000), "/FlateDecode")


def _in_many_streams(pdf: pikepdf.Pdf) -> None:
    stream = content(pdf, _packed(b"q Q ", 2), "/FlateDecode")
    pdf.pages[0].obj.Contents = Array([stream] * 40)


def _twice_packed(pdf: pikepdf.Pdf) -> None:
    data = zlib.compress(_packed(b"q Q ", 300))
    pdf.pages[0].obj.Contents = content(pdf, data, "/FlateDecode", "/FlateDecode")


def _in_base_85(pdf: pikepdf.Pdf) -> None:
    data = base64.a85encode(_packed(b"q Q ", 100)) + b"~>"
    pdf.pages[0].obj.Contents = content(pdf, data, "/ASCII85Decode", "/FlateDecode")


def _in_runs(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = content(pdf, b"\x81 " * 400_000, "/RunLengthDecode")


def _gigabyte_with_xfa(pdf: pikepdf.Pdf) -> None:
    _xfa(b"<xdp/>", field=False)(pdf)
    _gigabyte(pdf)


def _operators(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q Q " * 1_500_000)


def _packed_in_six(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = content(pdf, b"q Q", *["/ASCIIHexDecode"] * 6)


def form(pdf: pikepdf.Pdf, data: bytes, **resources: Any) -> Any:
    """A form that draws `data`, with XObjects by name."""
    stream = pdf.make_stream(data)
    stream.Type, stream.Subtype = Name.XObject, Name.Form
    stream.BBox = Array([0, 0, 9, 9])
    stream.Resources = Dictionary(XObject=Dictionary(**resources))
    return stream


def _uses_of_uses(pdf: pikepdf.Pdf) -> Any:
    """Eight forms, each drawn ten times by the next."""
    inner = form(pdf, b"0 0 9 9 re f")
    for _ in range(8):
        inner = form(pdf, b"/X Do " * 10, X=inner)
    return inner


def _drawn(make: Callable[[pikepdf.Pdf], Any], *, name: bytes = b"/X") -> Change:
    """What `make` returns, as a form that the page draws."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(X=make(pdf))
        more = b"\n" + name + b"%c\n Do"
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + more)

    return change


def _circle(pdf: pikepdf.Pdf) -> Any:
    own = form(pdf, b"/X Do " * 10)
    own.Resources.XObject.X = own
    return own


def _annotation(pdf: pikepdf.Pdf) -> None:
    widget(pdf, F=4, AP=Dictionary(N=Dictionary(On=_uses_of_uses(pdf))))


def _pattern(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.Resources.Pattern = Dictionary(P=_uses_of_uses(pdf))
    page.Contents = pdf.make_stream(b"/Pattern cs /P scn 0 0 9 9 re f")


def _soft_mask(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    mask = Dictionary(S=Name.Alpha, G=_uses_of_uses(pdf))
    page.Resources.ExtGState = Dictionary(G=Dictionary(SMask=mask))
    page.Contents = pdf.make_stream(b"/G gs 0 0 9 9 re f")


def _drawn_letters(pdf: pikepdf.Pdf) -> None:
    glyph = pdf.make_stream(b"0 0 9 9 re f " * 20_000)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary(a=glyph))
    page = pdf.pages[0].obj
    page.Resources.Font.G = pdf.make_indirect(font)
    page.Contents = pdf.make_stream(b"BT /G 9 Tf (" + b"a" * 4000 + b") Tj ET")


def picture(pdf: pikepdf.Pdf, width: int, height: int, data: bytes = b"x", **entries: Any) -> Any:
    """A picture that says that it is so large."""
    stream = Stream(pdf, data)
    stream.stream_dict = Dictionary(
        Type=Name.XObject,
        Subtype=Name.Image,
        Width=width,
        Height=height,
        BitsPerComponent=1,
        ColorSpace=Name.DeviceGray,
        **entries,
    )
    return pdf.make_indirect(stream)


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\xff\xf0\xff\xf0\x01\x01\x11\x00"
"""The head of a JPEG of 65,520 by 65,520 pixels."""


def _small_said_of_a_large_jpeg(pdf: pikepdf.Pdf) -> Any:
    return picture(pdf, 9, 9, JPEG, Filter=Name.DCTDecode)


def _drawn_often(pdf: pikepdf.Pdf) -> Any:
    return form(pdf, b"/Y Do " * 100, Y=picture(pdf, 10_000, 10_000))


def _in_place(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].obj.Contents = pdf.make_stream(
        b"BI /W 60000 /H 60000 /BPC 1 /CS /G /F /Fl ID x EI"
    )


def _font(pdf: pikepdf.Pdf) -> None:
    file = content(pdf, _packed(b"\0", 100), "/FlateDecode")
    pdf.pages[0].obj.Resources.Font.F.FontDescriptor = Dictionary(FontFile2=file)


REFUSED: dict[str, tuple[Maker, str]] = {
    "a value in the kid, its type above": (changed(_value_below_type), "E003"),
    "a type in the kid, its value above": (changed(_type_below_value), "E003"),
    "a bare value in the kid": (changed(_bare_value_below_type), "E003"),
    "a bare value on the page": (changed(_bare_on_the_page), "E003"),
    "a kid in place": (changed(_kid_in_place), "E003"),
    "a signature on the page only": (changed(_on_the_page_only), "E003"),
    "a signature without a form": (changed(_without_a_form), "E003"),
    "flags 3 alone": (changed(_flags(3)), "E003"),
    "flags 1 alone": (changed(_flags(1)), "E003"),
    "flags 2 alone": (changed(_flags(2)), "E003"),
    "flags 3 with an empty field": (changed(_flags(3, field=True)), "E003"),
    "a range of bytes anywhere": (changed(_anywhere), "E003"),
    "a range of bytes in a list": (changed(_in_a_list), "E003"),
    "a time stamp": (changed(_time_stamp), "E003"),
    "rights of use": (changed(_rights), "E003"),
    "dynamic by its packet": (changed(_xfa(_CONFIG % b"required")), "E004"),
    "dynamic by one of its packets": (
        changed(_xfa(b"<xdp>", _CONFIG % b" required ", b"</xdp>")),
        "E004",
    ),
    "dynamic, in UTF-16": (
        changed(_xfa((_CONFIG % b"required").decode().encode("utf-16"))),
        "E004",
    ),
    "dynamic by its page": (changed(_page_that_says("Please wait...")), "E004"),
    "dynamic in German": (changed(_page_that_says("Bitte warten...")), "E004"),
    "dynamic in any language": (
        changed(_page_that_says("http://www.adobe.com/go/reader_download")),
        "E004",
    ),
    "for a certificate": (with_bytes(_by_certificate), "E001"),
    "for a program": (
        with_bytes(lambda data: _by_certificate(data).replace(b"Adobe.PubSec", b"FOPN_foweb")),
        "E001",
    ),
    "an object lost": (with_bytes(_lost_object), "E006"),
    "an object twice": (with_bytes(_second_version), "E006"),
    "a gigabyte of nothing": (_untagged(_gigabyte), "E011"),
    "a gigabyte behind tags": (changed(_gigabyte), "E011"),
    "a gigabyte before a form": (_untagged(_gigabyte_with_xfa), "E011"),
    "many streams": (_untagged(_in_many_streams), "E011"),
    "packed twice": (_untagged(_twice_packed), "E011"),
    "packed as text": (_untagged(_in_base_85), "E011"),
    "runs": (_untagged(_in_runs), "E011"),
    "packed six times": (_untagged(_packed_in_six), "E011"),
    "millions of operators": (_untagged(_operators), "E011"),
    "uses of uses": (_untagged(_drawn(_uses_of_uses)), "E011"),
    "uses of uses, by another spelling": (
        _untagged(_drawn(_uses_of_uses, name=b"/#58")),
        "E011",
    ),
    "uses in an annotation": (_untagged(_annotation), "E011"),
    "uses in a pattern": (_untagged(_pattern), "E011"),
    "uses in a mask": (_untagged(_soft_mask), "E011"),
    "letters that are drawings": (_untagged(_drawn_letters), "E011"),
    "a huge picture": (_untagged(_drawn(lambda pdf: picture(pdf, 60_000, 60_000))), "E011"),
    "a huge JPEG": (_untagged(_drawn(_small_said_of_a_large_jpeg)), "E011"),
    "a picture drawn often": (_untagged(_drawn(_drawn_often)), "E011"),
    "a huge picture in place": (_untagged(_in_place), "E011"),
    "a huge font": (_untagged(_font), "E011"),
}

JOINED: dict[str, tuple[Maker, set[str]]] = {
    "flags 1 with an empty field": (changed(_flags(1, field=True)), set()),
    "words about signatures": (changed(_speaks_of_signatures), set()),
    "a static form": (changed(_xfa(_CONFIG % b"forbidden")), {"E016"}),
    "a static form by its words": (
        changed(_xfa(b"<template><?formServer defaultPDFRenderFormat acrobat9.0dynamic?>")),
        {"E016"},
    ),
    "a form that waits politely": (
        changed(_page_that_says("Please wait at the desk")),
        {"E013", "E015", "E016"},
    ),
    "a wrong size": (with_bytes(_wrong_size), {"E093"}),
    "no resources": (changed(_no_resources), {"E093"}),
    "blanks before the table": (
        with_bytes(lambda data: data.replace(b"\nxref\n", b"\n\n\nxref\n")),
        {"E093"},
    ),
    "noise before the head": (with_bytes(lambda data: b"HTTP/1.1 200 OK\r\n\r\n" + data), set()),
    "noise before the head, and counted": (
        lambda: b"\r\n" * 9 + saved(letter()).replace(b"startxref\n", b"startxref\n1"),
        {"E093"},
    ),
    "noise behind the end": (with_bytes(lambda data: data + b"\0" * 3000), {"E093"}),
    "a wrong startxref": (
        with_bytes(lambda data: data.replace(b"startxref\n", b"startxref\n9")),
        {"E093"},
    ),
    "a wrong table": (
        with_bytes(lambda data: data.replace(b"0000000015", b"0000000099")),
        {"E093"},
    ),
    "no startxref": (
        with_bytes(lambda data: data.replace(b"startxref", b"statrxref")),
        {"E093"},
    ),
    "a table that begins at 1": (
        with_bytes(lambda data: data.replace(b"xref\n0 ", b"xref\n1 ")),
        {"E093"},
    ),
    "a table of other generations": (
        with_bytes(lambda data: data.replace(b" 00000 n", b" 00001 n")),
        {"E093"},
    ),
    "a page of no type": (changed(_no_type), {"E093"}),
    "a catalogue of no type": (
        with_bytes(lambda data: data.replace(b"/Type /Catalog", b"/Tipe /Catalog")),
        {"E093"},
    ),
    "a logo on a page": (changed(_drawn(lambda pdf: form(pdf, b"0 0 9 9 re f"))), set()),
    "a form that draws itself": (_untagged(_drawn(_circle)), {"E012", "E015"}),
}
