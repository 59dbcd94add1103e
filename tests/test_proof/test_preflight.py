"""Channels: a file just inside each limit is taken, one just outside is not; broken files too."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
import segno
from conftest import ROOT, run_build
from PIL import Image
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from leafpress.findings import Finding, Severity, Span
from leafpress.pages import fonts
from leafpress.proof.channels import preflight, preflight_case
from leafpress.proof.channels.channels import CHANNELS, limits
from leafpress.proof.channels.preflight import CHECKS, check

A4 = (210 * mm, 297 * mm)
PLACE = Span("letter.pdf")

Draw = Callable[[Canvas], None]
Change = Callable[[pikepdf.Pdf], None]

pdfmetrics.registerFont(
    TTFont("Embedded", str(ROOT / fonts.FOLDER / fonts.faces("latin")[0].file), subfontIndex=0)
)


def _text(canvas: Canvas, left: float, top: float, words: str = "Words.") -> None:
    """Words, their base line `top` mm below the page's upper edge."""
    canvas.drawString(left * mm, (297 - top) * mm, words)


def _body(canvas: Canvas) -> None:
    canvas.setFont("Embedded", 12)
    _text(canvas, 20, 120)


def _letter(canvas: Canvas) -> None:
    _body(canvas)
    _text(canvas, 26, 48, "An Address")


def _fill(left: float, top: float, wide: float, high: float, grey: object = 0) -> Draw:
    """A rectangle in mm from the upper left corner; `grey` is 0 for black, or a colour."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(grey) if isinstance(grey, str) else canvas.setFillGray(grey)
        canvas.rect(left * mm, (297 - top - high) * mm, wide * mm, high * mm, stroke=0, fill=1)

    return draw


def _qr(left: float, address: str = "") -> Draw:
    def draw(canvas: Canvas) -> None:
        picture = io.BytesIO()
        segno.make("https://clinic.example/back-pain", error="m").save(picture, "png", scale=8)
        code = ImageReader(Image.open(picture))
        canvas.drawImage(code, left * mm, 80 * mm, width=26 * mm, height=26 * mm)
        if address:
            _text(canvas, 20, 230, address)

    return draw


def _pale(canvas: Canvas, grey: float) -> None:
    canvas.setFont("Embedded", 14)
    canvas.setFillGray(grey)
    _text(canvas, 20, 150, "These words are pale")


def _pdf(*draws: Draw, first: Draw = _letter, pages: int = 1) -> bytes:
    """A letter with more on its first page, and blank pages behind it."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=1)
    for number in range(pages):
        for draw in (first, *draws) if number == 0 else (lambda c: c.setFont("Embedded", 12),):
            canvas.saveState()
            draw(canvas)
            canvas.restoreState()
        canvas.showPage()
    canvas.save()
    return _changed(file.getvalue(), _drop_unused_font)


def _drop_unused_font(pdf: pikepdf.Pdf) -> None:
    """Leave out Helvetica, which reportlab lists on every page, used or not."""
    for page in pdf.pages:
        page.obj.Resources.Font = pikepdf.Dictionary(
            {k: v for k, v in page.obj.Resources.Font.items() if v.get("/BaseFont") != "/Helvetica"}
        )


def _changed(data: bytes, change: Change, **options: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id="encryption" not in options, **options)  # type: ignore[arg-type]
    return out.getvalue()


def _size(width: float, height: float, unit: float = 1, turn: int = 0) -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = [0, 0, width * mm / unit, height * mm / unit]
        page.UserUnit, page.Rotate = unit, turn

    return _changed(_pdf(), change)


def _with(name: str, value: object) -> bytes:
    """A letter whose catalogue has one more entry."""
    return _changed(_pdf(), lambda pdf: pdf.Root.__setitem__(name, value))


def _tagged(data: bytes, language: str = "en-GB") -> bytes:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.Lang = language
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        document = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document)
        pdf.Root.StructTreeRoot = pdf.make_indirect(pikepdf.Dictionary(K=[document]))
        pdf.docinfo["/Title"] = "A letter"

    return _changed(data, change)


def _linked(address: str) -> bytes:
    return _tagged(_pdf(lambda c: c.linkURL(address, (90, 90, 190, 190))))


def _padded(size: int) -> bytes:
    """A tagged letter of exactly `size` bytes: what follows a PDF's end may be blank."""
    data = _tagged(_pdf())
    return data[: data.rindex(b"%%EOF")] + b" " * (size - len(data)) + data[data.rindex(b"%%EOF") :]


def _lit(canvas: Canvas) -> None:
    _fill(30, 130, 60, 60, "#a81b11")(canvas)
    _fill(110, 130, 60, 60, "#14532d")(canvas)


def _forget_font(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        del font.FontDescriptor["/FontFile2"]


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
FORM = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(T="name", FT=pikepdf.Name.Tx)])

ROWS: dict[str, tuple[str, str, Callable[[], bytes], Callable[[], bytes]]] = {
    "pages": ("P062", "gov-notify", lambda: _pdf(pages=10), lambda: _pdf(pages=11)),
    "attached pages": (
        "P062",
        "gov-notify-attachment",
        lambda: _pdf(pages=9),
        lambda: _pdf(pages=10),
    ),
    "sheets": ("P062", "nhs-notify", lambda: _pdf(pages=8), lambda: _pdf(pages=9)),
    "bytes": ("P063", "email", lambda: _padded(1_999_999), lambda: _padded(2_000_000)),
    "message": ("P063", "itk3", lambda: _padded(3_599_999), lambda: _padded(3_600_000)),
    "width": ("P064", "gov-notify", lambda: _size(211.9, 297), lambda: _size(212.1, 297)),
    "height": ("P064", "office", lambda: _size(210, 295.1), lambda: _size(210, 294.9)),
    "turned": (
        "P064",
        "gov-notify-attachment",
        lambda: _size(297, 210, turn=90),
        lambda: _size(297, 210),
    ),
    "on its side": ("P064", "office", lambda: _size(297, 210), lambda: _size(210, 148)),
    "unit": ("P064", "office", lambda: _size(210, 297, unit=2), lambda: _size(420, 594, unit=2)),
    "left": (
        "P065",
        "gov-notify",
        lambda: _pdf(_fill(15, 150, 30, 9)),
        lambda: _pdf(_fill(14.4, 150, 30, 9)),
    ),
    "right": (
        "P065",
        "gov-notify",
        lambda: _pdf(_fill(165, 150, 30, 9)),
        lambda: _pdf(_fill(165, 150, 30.6, 9)),
    ),
    "lower": (
        "P065",
        "gov-notify-attachment",
        lambda: _pdf(_fill(50, 282, 30, 10)),
        lambda: _pdf(_fill(50, 282, 30, 10.6)),
    ),
    "ground": (
        "P065",
        "office",
        lambda: _pdf(_fill(0, 0, 210, 297, "#ffff00"), _letter),
        lambda: _pdf(_fill(0, 0, 100, 297, "#ffff00"), _letter),
    ),
    "around": (
        "P066",
        "gov-notify",
        lambda: _pdf(_fill(20, 20, 30, 9.9)),
        lambda: _pdf(_fill(20, 20, 30, 11)),
    ),
    "no address": ("P067", "gov-notify", _pdf, lambda: _pdf(first=_body)),
    "a font": (
        "P069",
        "office",
        _pdf,
        lambda: _changed(_pdf(), _forget_font),
    ),
    "codes": (
        "P070",
        "gov-notify",
        lambda: _pdf(_qr(30, "clinic.example")),
        lambda: _pdf(_qr(30, "clinic.example"), _qr(120)),
    ),
    "code alone": (
        "P071",
        "gov-notify",
        lambda: _pdf(_qr(30, "clinic.example")),
        lambda: _pdf(_qr(30)),
    ),
    "black": (
        "P072",
        "nhs-notify",
        lambda: _pdf(_fill(20, 130, 120, 100)),
        lambda: _pdf(_fill(20, 130, 126, 100)),
    ),
    "colour": (
        "P072",
        "nhs-notify-colour",
        lambda: _pdf(_fill(20, 130, 60, 100, "#00ffff")),
        lambda: _pdf(_fill(20, 130, 64, 100, "#00ffff")),
    ),
    "worst page": (
        "P073",
        "nhs-notify",
        lambda: _pdf(_fill(20, 130, 120, 100), pages=2),
        lambda: _pdf(_fill(20, 130, 126, 100), pages=2),
    ),
    "pale words": (
        "P074",
        "office",
        lambda: _pdf(lambda c: _pale(c, 0.44)),
        lambda: _pdf(lambda c: _pale(c, 0.5)),
    ),
    "alike in grey": (
        "P075",
        "office",
        lambda: _pdf(_fill(30, 130, 60, 60, "#a81b11"), _fill(110, 130, 60, 60, "#dce8ef")),
        lambda: _pdf(_lit),
    ),
    "form": ("P076", "office", _pdf, lambda: _with("/AcroForm", FORM)),
    "form on a screen": (
        "P076",
        "gov-notify",
        lambda: _tagged(_pdf()),
        lambda: _with("/AcroForm", FORM),
    ),
    "script": ("P077", "email", lambda: _tagged(_pdf()), lambda: _with("/OpenAction", SCRIPT)),
    "links": (
        "P061",
        "itk3",
        lambda: _linked("tel:111"),
        lambda: _linked("https://clinic.example/"),
    ),
    "tags": ("P079", "email", lambda: _tagged(_pdf()), _pdf),
    "language": ("P079", "email", lambda: _tagged(_pdf()), lambda: _tagged(_pdf(), language="")),
    "huge page": (
        "P078",
        "office",
        lambda: _size(210, 297),
        lambda: _size(2100, 2970),
    ),
    "password": (
        "P060",
        "email",
        lambda: _tagged(_pdf()),
        lambda: _changed(_pdf(), lambda _pdf: None, encryption=pikepdf.Encryption(user="secret")),
    ),
    "protected": (
        "P060",
        "office",
        _pdf,
        lambda: _changed(_pdf(), lambda _pdf: None, encryption=pikepdf.Encryption(owner="secret")),
    ),
}


def _rules(data: bytes, channel: str) -> set[str]:
    return {each.rule for each in check(data, CHANNELS[channel], PLACE)}


@pytest.mark.parametrize("row", ROWS)
def test_just_inside(row: str) -> None:
    rule, channel, inside, _ = ROWS[row]
    assert rule not in _rules(inside(), channel)


@pytest.mark.parametrize("row", ROWS)
def test_just_outside(row: str) -> None:
    rule, channel, _, outside = ROWS[row]
    assert rule in _rules(outside(), channel)


def test_every_rule_has_a_row() -> None:
    rules = {f"P{number:03}" for number in range(60, 80)}
    assert {row[0] for row in ROWS.values()} | {"P068"} == rules


def test_a_good_letter_leaves_one_question() -> None:
    """Whether the words in the window are the address: no program can tell."""
    assert _rules(_pdf(pages=3), "gov-notify") == {"P068"}


def test_nothing_of_the_letter_is_told() -> None:
    found = check(_pdf(pages=11), CHANNELS["gov-notify"], PLACE)
    assert found
    assert "An Address" not in "".join(map(str, found))


def _loop(pdf: pikepdf.Pdf) -> None:
    """Objects that lead back to themselves."""
    page = pdf.pages[0].obj
    form = pdf.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=form))
    page.Resources.XObject = pikepdf.Dictionary(A=form)
    action = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://a.example"))
    action.Next = [action, SCRIPT]
    pdf.Root.OpenAction = action


def _wrong_kinds(pdf: pikepdf.Pdf) -> None:
    """Numbers and names where there should be dictionaries and arrays."""
    page = pdf.pages[0].obj
    page.Annots, page.UserUnit, page.Rotate = pikepdf.Name.No, pikepdf.Name.No, pikepdf.Name.No
    for key in ("/AcroForm", "/Names", "/MarkInfo", "/StructTreeRoot", "/OCProperties", "/AA"):
        pdf.Root[key] = 7


HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "words": lambda: b"Dear patient",
    "head alone": lambda: b"%PDF-1.7\n",
    "half": lambda: _pdf(pages=4)[:-900],
    "zeros within": lambda: (
        _pdf().replace(b"/Type /Page\n", b"/Type /Pxxx\n").replace(b"stream", b"s")
    ),
    "loop": lambda: _changed(_pdf(), _loop),
    "wrong kinds": lambda: _changed(_pdf(), _wrong_kinds),
    "no pages": lambda: _changed(_pdf(), lambda pdf: pdf.pages.__delitem__(0)),
    "a box of nothing": lambda: _size(0, 0),
}


@pytest.mark.parametrize("channel", ["gov-notify", "nhs-notify-colour", "itk3"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_file_is_a_finding(name: str, channel: str) -> None:
    found = check(HOSTILE[name](), CHANNELS[channel], PLACE)
    assert found
    assert all("0x" not in each.sentence for each in found)


def _any_wrong_kind(key: str, value: object) -> Change:
    """A value of another kind at `key`, wherever a page, its things or the catalogue have it."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        for holder in (pdf.Root, page, page.Resources, *page.Resources.Font.values()):
            if key in holder or holder in (pdf.Root, page):
                holder[key] = value

    return change


WRONG = (7, True, pikepdf.Name.No, pikepdf.String("x"), pikepdf.Array([]), pikepdf.Dictionary())
KEYS = (
    *("/Annots", "/Contents", "/CropBox", "/Resources", "/UserUnit", "/Font", "/BaseFont"),
    *("/DescendantFonts", "/ToUnicode", "/Encoding", "/Names", "/AcroForm", "/Lang"),
    *("/MarkInfo", "/StructTreeRoot", "/OpenAction", "/AA", "/OCProperties", "/PageLabels"),
)


@pytest.mark.parametrize("key", KEYS)
def test_a_wrong_kind_is_no_fault_of_ours(key: str) -> None:
    """Whatever stands in a place, an answer is given, and it is not our exception."""
    for value in WRONG:
        data = _changed(_tagged(_pdf()), _any_wrong_kind(key, value))
        assert check(data, CHANNELS["itk3"], PLACE) is not None


def test_a_fault_of_ours_surfaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not told to a clinic as a damaged file."""

    def wrong(_: preflight_case.PreflightCase) -> Iterator[Finding]:
        raise AttributeError("a fault of ours")

    monkeypatch.setattr(preflight, "CHECKS", (wrong,))
    with pytest.raises(AttributeError, match="a fault of ours"):
        check(_pdf(), CHANNELS["email"], PLACE)


def test_pages_that_are_not_drawn_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight_case, "MOST", 2)
    found = check(_pdf(pages=3), CHANNELS["office"], PLACE)
    assert [each.sentence for each in found if each.rule == "P078"] == [
        "page 3 was not drawn, and its ink was not checked: only the first 2 pages are drawn"
    ]


def test_channels_travel_to_workers() -> None:
    for channel in CHANNELS.values():
        assert pickle.loads(pickle.dumps(channel)) == channel  # noqa: S301  # our own bytes
        assert channel.source
        assert limits(channel)
    assert len(CHECKS) > 10


CLEAN = ["office", "gov-notify-attachment", "email", "nhs-notify"]


@pytest.mark.parametrize("channel", CLEAN)
def test_shipped_leaflets_are_taken(channel: str, built: Path) -> None:
    """By every channel but whole letters: a leaflet has no address."""
    languages = dict(zip(CLEAN, ("en-GB", "ur", "bn", "ur"), strict=True))
    files = list(built.glob(f"{languages[channel]}/*-a4.pdf"))
    assert len(files) == 3
    for file in files:
        found = check(file.read_bytes(), CHANNELS[channel], Span(file.name))
        assert [each for each in found if each.severity is Severity.ERROR] == []


def test_a_leaflet_is_no_letter(built: Path) -> None:
    assert "P066" in _rules((built / "en-GB" / "neck-pain-a4.pdf").read_bytes(), "gov-notify")


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "good.pdf").write_bytes(_tagged(_pdf()))
    (tmp_path / "bad.pdf").write_bytes(_pdf())
    listed = run_build(ROOT, "preflight")
    assert all(channel in listed.stdout for channel in CHANNELS)
    good = run_build(ROOT, "preflight", "--channel", "email", str(tmp_path / "good.pdf"))
    assert (good.returncode, good.stderr) == (0, "")
    bad = run_build(ROOT, "preflight", "--channel", "email", str(tmp_path / "bad.pdf"))
    assert bad.returncode == 1
    assert "error P079" in bad.stderr
    assert run_build(ROOT, "preflight", "--channel", "pigeon", "x.pdf").returncode == 2
    assert run_build(ROOT, "preflight", "--channel", "email", "none.pdf").returncode == 2
    assert run_build(ROOT, "preflight", "x.pdf").returncode == 2
