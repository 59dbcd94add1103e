"""What formats promise of their ink: measured on pages, and on every shipped leaflet."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from conftest import ROOT, MakeProject, order_for, run_build
from reportlab.pdfgen.canvas import Canvas

from leafpress.findings import Span
from leafpress.pages.colour import contrast
from leafpress.pages.formats import FORMATS
from leafpress.pages.recolour import recoloured
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build
from leafpress.proof.channels import ink_checks
from leafpress.proof.channels.rasterise import PdfiumDocument

NEW = ("a4-high-contrast", "a4-yellow-on-black", "a4-mono")
FIGURES = sorted((ROOT / "leaflets" / "figures").glob("*.svg"))


def _page(colour: str, part: float) -> bytes:
    """A page of which a part is filled."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842), invariant=1)
    canvas.setFillColor(colour)
    canvas.rect(0, 0, 595, 842 * part, stroke=0, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(
    ("format_", "colour", "part", "rules"),
    [
        ("a4-mono", "#000000", 0.14, set()),
        ("a4-mono", "#000000", 0.16, {"P028"}),
        ("a4-mono", "#999999", 0.1, set()),
        ("a4-mono", "#a6a6a6", 0.1, {"P027", "P029"}),
        ("a4-mono", "#f0f0f0", 0.1, {"P027", "P029"}),
        ("a4-high-contrast", "#ffff00", 1, set()),
        ("a4-high-contrast", "#ff8800", 1, {"P029"}),
        ("a4-yellow-on-black", "#000000", 1, set()),
        ("a4", "#f0f0f0", 1, set()),
    ],
)
def test_what_a_format_forbids(format_: str, colour: str, part: float, rules: set[str]) -> None:
    page = _page(colour, part)
    ground = {"a4-high-contrast": {"P029"}} if part < 1 else {}
    found = ink_checks.check(page, FORMATS[format_], Span("page.pdf"))
    assert {each.rule for each in found} == rules | ground.get(format_, set())


def test_a_tint_stops_the_edition(make_project: MakeProject) -> None:
    root = make_project()
    style = root / "templates" / "styles" / "mono.css"
    style.write_text(style.read_text() + "h1 { background: #dddddd; }\n")
    outcome = build(Edition("case", "en-GB", "a4-mono"), order_for(root), None)
    assert outcome.status is Status.FAILED
    assert {each.rule for each in outcome.findings} == {"P027", "P029"}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PdfiumDocument]:
    """A leaflet with pictures, boxes and tables, in each format."""
    out = tmp_path_factory.mktemp("formats")
    asked = ["-l", "neck-pain", "-L", "en-GB", "-f", ",".join(NEW)]
    done = run_build(ROOT, "--out", str(out), *asked)
    assert done.returncode == 0, done.stdout + done.stderr
    files = {format_: out / "en-GB" / f"neck-pain-{format_}.pdf" for format_ in NEW}
    return {format_: PdfiumDocument(file.read_bytes()) for format_, file in files.items()}


@pytest.mark.parametrize("format_", NEW)
def test_only_its_colours_on_the_page(format_: str, pages: dict[str, PdfiumDocument]) -> None:
    allowed = {colour for _, colour in FORMATS[format_].scale}
    numbers = range(1, pages[format_].pages + 1)
    drawn = [pages[format_].draw(number, words=False).fills() for number in numbers]
    wide = {colour for page in drawn for colour, count in page.items() if count > 20}
    assert {"#{:02x}{:02x}{:02x}".format(*colour) for colour in wide} == allowed


def test_a_copy_has_little_ink(pages: dict[str, PdfiumDocument]) -> None:
    paper = pages["a4-mono"]
    assert paper.pages > 3
    for number in range(1, paper.pages + 1):
        page = paper.draw(number, words=True)
        assert page.black.amount < 15
        assert page.faint(7.0) is None
        assert list(page.lookalikes()) == []


@pytest.mark.parametrize("format_", NEW[:2])
def test_the_ground_reaches_every_edge(format_: str, pages: dict[str, PdfiumDocument]) -> None:
    ground = {"a4-high-contrast": (255, 255, 0), "a4-yellow-on-black": (0, 0, 0)}[format_]
    image = pages[format_].draw(1, words=False).image
    right, bottom = image.width - 2, image.height - 2
    places = ((0, 0), (right, 0), (0, bottom), (right, bottom))
    assert {image.getpixel(place) for place in places} == {ground}


@pytest.mark.parametrize("format_", NEW[:2])
def test_its_two_colours_stand_apart(format_: str) -> None:
    one, other = (
        tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        for _, colour in FORMATS[format_].scale
    )
    assert contrast(one, other) > 7  # type: ignore[arg-type]  # three numbers each


@pytest.mark.parametrize("format_", NEW)
@pytest.mark.parametrize("figure", FIGURES, ids=lambda path: path.stem)
def test_figures_follow(figure: Path, format_: str) -> None:
    scale = FORMATS[format_].scale
    told = recoloured(figure.read_bytes(), scale).decode()
    for colour in ("#12344d", "#b8480f", "#b9c7d1", "#dce8ef", "#f6d9c6"):
        assert colour not in told
    assert any(colour in told for _, colour in scale)


def test_colours_of_every_spelling() -> None:
    scale = FORMATS["a4-yellow-on-black"].scale
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><path style="fill: #123; stroke:navy"/></svg>'
    told = recoloured(svg, scale).decode()
    assert 'style="fill: #ffff00; stroke: #ffff00"' in told
    assert 'fill="#ffff00"' in told.partition("<path")[0]
    none = b'<svg fill="none"><path fill="url(#a)" stroke="currentColor"/></svg>'
    assert recoloured(none, scale) == none.replace(b'"/>', b'" />')


def test_a_code_stays_dark_on_light(make_project: MakeProject) -> None:
    """With light around it, in every format, so that a camera reads it."""
    root = make_project()
    clinic = root / "clinic.yaml"
    clinic.write_text(
        clinic.read_text() + "leaflet_address: https://a.example/{language}/{leaflet}\n"
    )
    for format_ in NEW:
        edition = Edition("case", "en-GB", format_)
        assert build(edition, order_for(root), None).status is Status.BUILT
        paper = PdfiumDocument((root / "out" / edition.output).read_bytes())
        codes = [paper.draw(number, words=False).codes for number in range(1, paper.pages + 1)]
        assert sum(codes, start=()) == ("https://a.example/en-GB/case",)
