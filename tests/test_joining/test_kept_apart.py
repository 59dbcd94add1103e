"""What must not mix: roles, classes, names, fields, layers, colours and versions of the parts."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from test_joining.small import XMP, letter, link, saved
from test_joining.top_down import read

from leafpress.joining.integrity import faults
from leafpress.joining.join import join, prepare


def _joined(first: pikepdf.Pdf, *others: pikepdf.Pdf) -> tuple[Any, pikepdf.Pdf]:
    leaflets = [prepare(saved(pdf), f"leaflet-{at}.pdf") for at, pdf in enumerate(others)]
    result = join(saved(first), "letter.pdf", leaflets)
    assert list(faults(result.data, result.pages)) == []
    return result, pikepdf.open(BytesIO(result.data))


def _mapped(language: str, **roles: str) -> pikepdf.Pdf:
    pdf = letter([["H1", "Own"]], language)
    mapped = {f"/{key}": Name(f"/{value}") for key, value in roles.items()}
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(mapped)
    return pdf


@pytest.mark.parametrize(
    ("roles", "meant"),
    [
        (({"Own": "P"}, {"Own": "P"}), ["P", "P"]),
        (({"Own": "P"}, {"Own": "H2"}), ["P", "H2"]),
        (({"Own": "Mine", "Mine": "P"}, {"Own": "Mine", "Mine": "H2"}), ["P", "H2"]),
        (({"Own": "P", "H1": "P"}, {"Own": "H2"}), ["P", "H2"]),
        (({"Own": "H2"}, {"Own": "P", "H1": "Sect"}), ["H2", "P"]),
    ],
)
def test_roles_keep_their_meaning(roles: tuple[dict, dict], meant: list[str]) -> None:  # type: ignore[type-arg]
    result, _ = _joined(*(_mapped("en-GB", **each) for each in roles))
    heard = read(result.data).heard
    assert [each.types[-1] for each in heard if each.mcid == 1] == meant


def test_a_standard_role_stays_its_own_where_another_part_maps_it() -> None:
    """The letter says that its H1 are paragraphs: the leaflet's stay headings."""
    result, _ = _joined(_mapped("en-GB", H1="P", Own="P"), letter([["H1"]], "pl"))
    assert [each.types[-1] for each in read(result.data).heard] == ["P", "P", "H1"]


def test_classes() -> None:
    files = []
    for align in ("Start", "Start", "End"):
        pdf = letter([["P"]])
        look = Dictionary(O=Name.Layout, TextAlign=Name(f"/{align}"))
        pdf.Root.StructTreeRoot.ClassMap = Dictionary(Look=look)
        pdf.Root.StructTreeRoot.K.K[0].C = Name.Look
        files.append(pdf)
    _, pdf = _joined(*files)
    tree: Any = pdf.Root.StructTreeRoot
    classes = [str(part.K[0].C[0]) for part in tree.K[0].K]
    assert [str(tree.ClassMap[each].TextAlign) for each in classes] == ["/Start", "/Start", "/End"]


def test_a_leaflet_without_language_is_not_in_the_letters() -> None:
    result, _ = _joined(letter(), letter([["P"]], ""), letter([["P"]], "cy"))
    assert [e.language for e in read(result.data).heard] == ["en-GB", "en-GB", "", "cy"]
    assert result.claims == ()


def test_table_headers_stay_in_their_part() -> None:
    files = []
    for _ in range(2):
        pdf = letter([["TH", "TD"]])
        head, cell = pdf.Root.StructTreeRoot.K.K
        head.ID = String("head")
        cell.A = Dictionary(O=Name.Table, Headers=Array([String("head")]))
        files.append(pdf)
    result, pdf = _joined(*files)
    assert read(result.data).cells == [
        ("head", ()),
        ("", ("head",)),
        ("leaflet-01/head", ()),
        ("", ("leaflet-01/head",)),
    ]
    names = pikepdf.NameTree(pdf.Root.StructTreeRoot.IDTree)
    assert set(names) == {"head", "leaflet-01/head"}


def test_old_and_new_destinations() -> None:
    old, new = letter([["P"], ["P"]]), letter([["P"], ["P"]])
    for pdf in (old, new):
        link(pdf, Dest=Name.there if pdf is old else String("there"))
    place = Array([old.pages[1].obj, Name.Fit])
    old.Root.Dests = Dictionary(there=Dictionary(D=place))
    place = Array([new.pages[1].obj, Name.Fit])
    new.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String("there"), place])))
    result, _ = _joined(old, new)
    assert read(result.data).links == [(0, "page 1"), (2, "page 3")]


def _with_field(name: str) -> pikepdf.Pdf:
    pdf = letter([["P"]])
    widget = link(pdf)
    widget.Subtype, widget.FT, widget.T = Name.Widget, Name.Tx, String(name)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([widget]),
        DA=String("/Helv 12 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(Helv=pdf.make_indirect(font))),
    )
    return pdf


def test_fields_of_one_name() -> None:
    result, pdf = _joined(_with_field("name"), _with_field("name"), _with_field("other"))
    assert read(result.data).fields == ["name", "name-2", "other"]
    assert [each.rule for each in result.findings] == ["E018"]
    form: Any = pdf.Root.AcroForm
    used = [str(field.DA).split()[0] for field in form.Fields]
    assert used == ["/Helv", "/Helv-1", "/Helv-2"]
    assert [str(form.DR.Font[each].BaseFont) for each in used] == ["/name", "/name", "/other"]


def test_layers() -> None:
    files = []
    for state in ("ON", "OFF"):
        pdf = letter([["P"]])
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(state)))
        hidden = Array([group]) if state == "OFF" else Array()
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=hidden))
        files.append(pdf)
    _, pdf = _joined(*files)
    layers: Any = pdf.Root.OCProperties
    assert [str(each.Name) for each in layers.OCGs] == ["ON", "OFF"]
    assert [str(each.Name) for each in layers.D.OFF] == ["OFF"]


@pytest.mark.parametrize(
    ("profiles", "kept"), [((b"a", b"a"), 1), ((b"a", b"b"), 0), ((b"a", None), 0)]
)
def test_output_intents_only_where_all_parts_share_them(
    profiles: tuple[bytes | None, ...], kept: int
) -> None:
    files = []
    for profile in profiles:
        pdf = letter([["P"]])
        if profile:
            intent = Dictionary(S=Name.GTS_PDFA1, OutputConditionIdentifier=String("sRGB"))
            intent.DestOutputProfile = pdf.make_stream(profile * 1000)
            pdf.Root.OutputIntents = Array([intent])
        files.append(pdf)
    _, pdf = _joined(*files)
    assert len(list(pdf.Root.get("/OutputIntents", []))) == kept


def test_streams_that_are_equal_stand_once() -> None:
    files = []
    for _ in range(3):
        pdf = letter([["P"]])
        stream = pdf.make_stream(Random(1).randbytes(20_000))  # noqa: S311  # no secret
        stream.Width = 5
        pdf.pages[0].obj.Resources.XObject = Dictionary(X=stream)
        files.append(pdf)
    result, pdf = _joined(*files)
    pictures = {page.obj.Resources.XObject.X.objgen for page in pdf.pages}
    assert len(pictures) == 1
    assert len(result.data) < 30_000


def test_preferences_for_printing_stay() -> None:
    pdf = letter()
    pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), HideMenubar=True)
    _, found = _joined(pdf, letter())
    assert dict(found.Root.ViewerPreferences.items()) == {
        "/PrintScaling": Name("/None"),
        "/DisplayDocTitle": True,
    }


def test_versions_that_differ_claim_nothing_and_keep_their_namespaces() -> None:
    newer = letter([["P"]], "pl")
    space = newer.make_indirect(
        Dictionary(Type=Name.Namespace, NS=String("http://iso.org/pdf2/ssn"))
    )
    newer.Root.StructTreeRoot.Namespaces = Array([space])
    newer.Root.StructTreeRoot.K.K[0].NS = space
    newer.Root.StructTreeRoot.K.K[0].S = Name.Em
    newer.Root.Metadata = newer.make_stream(XMP.replace('part="1"', 'part="2"').encode())
    leaflet = prepare(saved(newer, force_version="2.0"), "leaflet.pdf")
    result = join(saved(letter()), "letter.pdf", [leaflet])
    assert result.claims == ()
    assert {each.rule for each in result.findings} == {"E015"}
    with pikepdf.open(BytesIO(result.data)) as pdf:
        assert pdf.pdf_version == "2.0"
        assert "/Info" not in pdf.trailer
        element: Any = pdf.Root.StructTreeRoot.K[0].K[1].K[0]
        assert element.NS.objgen == pdf.Root.StructTreeRoot.Namespaces[0].objgen


@pytest.mark.parametrize("spaced", [True, False])
def test_the_document_of_pdf_2_says_so(spaced: bool) -> None:
    newer = letter([["P"]], "pl")
    newer.Root.Metadata = newer.make_stream(XMP.replace('part="1"', 'part="2"').encode())
    if spaced:
        name = String("http://iso.org/pdf2/ssn")
        newer.Root.StructTreeRoot.K.NS = newer.make_indirect(
            Dictionary(Type=Name.Namespace, NS=name)
        )
    data = saved(newer, force_version="2.0")
    result = join(data, "letter.pdf", [prepare(data, "leaflet.pdf")])
    assert result.claims == ("ua2",)
    assert list(faults(result.data, result.pages)) == []
    with pikepdf.open(BytesIO(result.data)) as pdf:
        tree: Any = pdf.Root.StructTreeRoot
        assert str(tree.K[0].NS.NS) == "http://iso.org/pdf2/ssn"
        assert tree.K[0].NS.objgen in {each.objgen for each in tree.Namespaces}
        assert len(tree.Namespaces) == (2 if spaced else 1)


def test_headings_with_and_without_level_claim_nothing() -> None:
    result, _ = _joined(letter([["H1", "P"]]), letter([["H", "P"]]))
    assert result.claims == ()
    assert "H1" in result.findings[0].sentence


def test_nothing_that_is_not_used_is_in_the_file() -> None:
    """Every object of a joined file can be reached from its catalogue."""
    _, pdf = _joined(_with_field("a"), _with_field("b"), letter([["H1"], ["P"]]))
    waiting, seen = [pdf.trailer], set()
    while waiting:
        thing = waiting.pop()
        if not isinstance(thing, pikepdf.Object) or (thing.is_indirect and thing.objgen in seen):
            continue
        seen.add(thing.objgen)
        if isinstance(thing, pikepdf.Array):
            waiting += list(thing)
        elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [thing[key] for key in thing]
    tables = {"/XRef", "/ObjStm"}
    others = {e.objgen for e in pdf.objects if isinstance(e, pikepdf.Object)} - seen
    lost = [pdf.get_object(*each) for each in others]
    assert [each for each in lost if str(each.get("/Type")) not in tables] == []
