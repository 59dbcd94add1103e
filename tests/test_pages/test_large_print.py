"""Large print: sizes read from the finished file, lists, and a leaflet never seen before."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from conftest import REFERENCE, ROOT, MakeProject, Reference, order_for
from lxml import html
from pypdfium2 import raw

from leafpress.content.project import Project
from leafpress.findings import Severity, Verdict
from leafpress.pages import measure
from leafpress.pages.formats import FORMATS, Format
from leafpress.pages.render import Markup, render
from leafpress.pdf import boxes
from leafpress.pdf.layout import lay_out
from leafpress.pdf.metadata import PROFILES
from leafpress.pdf.split_words import lines, split_words
from leafpress.press.edition import BuildOptions, Edition, Status
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.answers import Case
from leafpress.proof.judge import judge
from leafpress.proof.tags import screen_reader_text, tagged
from leafpress.translation.language import LANGUAGES
from leafpress.translation.translate import translate

LARGE = [format_ for format_ in FORMATS.values() if format_.large]


def _built(order: BuildOptions, edition: Edition) -> Path:
    outcome = build(edition, order, None)
    assert outcome.status is Status.BUILT, outcome.findings
    worse = [each for each in outcome.findings if each.severity is not Severity.REVIEW]
    assert worse == []
    return order.out / edition.output


def _sizes(file: Path) -> list[float]:
    """The type size of each piece of text in a file, in points, pictures and page feet included."""
    sizes = []
    for page in pypdfium2.PdfDocument(file):
        for each in page.get_objects([raw.FPDF_PAGEOBJ_TEXT]):
            size = raw.c_float()
            raw.FPDFTextObj_GetFontSize(each, size)
            matrix = each.get_matrix()
            sizes.append(size.value * abs(matrix.d))
    return sizes


def test_the_rows() -> None:
    assert [each.id for each in LARGE] == [f"large-print-{n}" for n in (16, 18, 20, 24, 28)]
    for row in LARGE:
        assert row.smallest == row.table == row.body
        assert row.leading == 1.5
        in_running_text = measure.points(row) / (0.44 * row.body)
        assert 30 < in_running_text <= 70


@pytest.mark.parametrize(
    ("language", "format_"), [("en-XA", "large-print-28"), ("ur", "large-print-20")]
)
def test_everything_has_the_size(language: str, format_: str, tmp_path: Path) -> None:
    order = replace(order_for(ROOT), out=tmp_path)
    sizes = _sizes(_built(order, Edition("back-pain", language, format_)))
    assert len(sizes) > 200
    assert min(sizes) > FORMATS[format_].body - 0.1


@pytest.mark.parametrize("format_", LARGE, ids=lambda row: row.id)
def test_the_style_sheet_has_the_width_of_the_row(
    format_: Format, make_project: MakeProject
) -> None:
    order, edition = order_for(make_project()), Edition("case", "en-GB", format_.id)
    markup = markup_of(edition, order)
    page = boxes.pages(lay_out(markup, PROFILES[order.profile], edition.place))[0]
    assert (page.right - page.left) / 72 * 25.4 == pytest.approx(format_.width)


@pytest.mark.parametrize("profile", PROFILES)
def test_a_leaflet_never_seen_before(
    profile: str, make_project: MakeProject, reference: Reference
) -> None:
    order = order_for(make_project("large.yaml"), profile=profile)
    edition = Edition("case", "en-GB", "large-print-28")
    file = _built(order, edition)
    answers = judge(Case("case", file, PROFILES[profile], markup_of(edition, order)))
    assert {answer.verdict for answer in answers} == {Verdict.PASS}
    assert min(_sizes(file)) > 27.9
    with pikepdf.open(file) as pdf:
        said = "\n".join(screen_reader_text.listen(tagged.read(pdf))) + "\n"
    reference.check(REFERENCE / "tags" / f"large-en-GB-{profile}.txt", said)


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
def test_it_fits_in_longer_languages(language: str, make_project: MakeProject) -> None:
    order = order_for(make_project("large.yaml"))
    assert _built(order, Edition("case", language, "large-print-28")).exists()


def test_a_word_wider_than_its_line_is_told(make_project: MakeProject) -> None:
    root = make_project("large.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    long = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
    leaflet.write_text(leaflet.read_text().replace("Rindfleischetikettierungsgesetz", long))
    outcome = build(Edition("case", "en-GB", "large-print-28"), order_for(root), None)
    assert outcome.status is Status.BUILT
    assert [(each.rule, long[:9] in str(each)) for each in outcome.findings] == [("P050", True)]


def _markup(root: Path, format_: Format) -> Markup:
    project = Project.at(root)
    clinic, leaflet = project.clinic.model, project.leaflet("case")
    assert clinic
    language = LANGUAGES["en-GB"]
    translation = translate(leaflet, project.contacts, language, project.root)
    return render(project, clinic, translation, format_)


@pytest.mark.parametrize(
    ("format_", "tables"),
    [
        (FORMATS["a4"], 4),
        (FORMATS["booklet-pages"], 3),
        (replace(FORMATS["a4"], width=112, body=12, table=12), 2),
        (FORMATS["large-print-16"], 3),
        (FORMATS["large-print-28"], 1),
    ],
    ids=["a4", "a5", "narrower", "16", "28"],
)
def test_a_table_too_wide_is_a_list(
    format_: Format, tables: int, make_project: MakeProject
) -> None:
    page = html.fromstring(_markup(make_project("large.yaml"), format_).html)
    assert len(page.xpath("//table")) == tables
    assert len(page.xpath("//table | //*[contains(@class, 'as-list')]")) == 4
    for cell in ("Levothyroxine", "50 micrograms", "Evening", "Side effects", "Yellow Card"):
        assert cell in page.text_content()


@pytest.mark.parametrize(
    ("columns", "holds"),
    [
        ([["one"]] * 2, True),
        ([["one"]] * 3, False),  # 11 characters a column
        ([["Physiotherapists", "a"], ["otorhinolaryngologists"]], False),  # 38 of 34 characters
    ],
)
def test_what_28_point_holds(columns: measure.Columns, holds: bool) -> None:
    assert measure.holds(FORMATS["large-print-28"], columns) is holds


@pytest.mark.parametrize(
    ("format_", "longest", "holds"),
    [
        ("a4", "جمعرات", True),
        ("large-print-18", "جمعرات", True),
        ("large-print-20", "جمعرات", False),
        ("large-print-28", "Mon", True),
        ("large-print-28", "Mond", False),
    ],
)
def test_a_week_to_tick(format_: str, longest: str, holds: bool) -> None:
    """In Urdu Thursday was split, and stood out of its cell in a booklet."""
    columns = [["Mon"]] * 6 + [[longest]]
    assert measure.holds_ticks(FORMATS[format_], columns) is holds


@pytest.mark.parametrize(
    ("address", "pieces"),
    [
        ("clinic.example", ["clinic.example"]),
        ("a@b.example/" + "c" * 30, ["a@", "b", ".example/", "c" * 24, "c" * 6]),
        (
            "a.example/x?y=1&z=2/" + "c" * 9,
            ["a", ".example/", "x?", "y=", "1&", "z=", "2/", "c" * 9],
        ),
    ],
)
def test_long_addresses_break_at_their_joints(address: str, pieces: list[str]) -> None:
    printed = measure.address(address, FORMATS["large-print-28"])
    plain = str(printed).replace("&amp;", "&")
    plain = plain.removeprefix('<span class="jointed">').removesuffix("</span>")
    assert plain.split("<wbr>") == pieces


def test_a_box_that_starts_late_is_refused(make_project: MakeProject) -> None:
    root = make_project("large.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    long = "".join(f"          - Sign number {n} of very many.\n" for n in range(110))
    text = leaflet.read_text()
    leaflet.write_text(text.replace("          - You feel very ill.\n", long))
    outcome = build(Edition("case", "en-GB", "large-print-28"), order_for(root), None)
    assert "P010" in {each.rule for each in outcome.findings}


def test_steps_beside_a_picture_go_on_over_the_page(make_project: MakeProject) -> None:
    """They were kept whole with it, and longer ones left their heading alone (P013)."""
    root = make_project()
    leaflet = root / "leaflets" / "case.yaml"
    steps = "".join(f"          - {'Words that fill a line. ' * 4}({n})\n" for n in range(7))
    side = (
        "      - {kind: heading, text: How to take it}\n"
        "      - {kind: figure, id: p, file: picture.svg, alt: A, caption: B, width: side}\n"
        f"      - kind: steps\n        items:\n{steps}      - kind: sources"
    )
    leaflet.write_text(leaflet.read_text().replace("      - kind: sources", side, 1))
    outcome = build(Edition("case", "en-GB", "large-print-24"), order_for(root), None)
    assert "P013" not in {each.rule for each in outcome.findings}
    assert outcome.status is Status.BUILT, outcome.findings


def test_a_name_behind_a_full_line_stays_whole() -> None:
    """“NHS 111” was split inside a word where the blank before it hung over the line's end."""
    edition = Edition("neck-pain", "ru", "large-print-18")
    markup = markup_of(edition, order_for(ROOT))
    words = (
        "Он может притупить боль. Делайте, как сказано на упаковке. Слишком большая доза вредит "
        'печени. Немедленно звоните: <a class="call" href="tel:111">NHS\u00a0111</a>. Никогда.'
    )
    entry = f"<div><dt>Парацетамол (paracetamol)</dt><dd>{words}</dd></div>"
    longer = markup.html.replace('<dl class="words">', f'<dl class="words">{entry}', 1)
    rendering = lay_out(replace(markup, html=longer), PROFILES["ua1+a2a"], edition.place)
    assert longer != markup.html
    assert list(split_words(rendering, lines(rendering))) == []


def test_a_block_over_two_pages_is_read_as_one(make_project: MakeProject) -> None:
    """Readers meet the foot of the page in the middle of it."""
    root = make_project("large.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    long = "      - kind: paragraph\n        text: '" + "Some words and more. " * 24 + "'\n"
    start = "      - kind: table\n        id: narrow\n"
    leaflet.write_text(leaflet.read_text().replace(start, long + start))
    order, edition = order_for(root), Edition("case", "en-GB", "large-print-28")
    outcome = build(edition, order, None)
    file = order.out / edition.output
    answers = judge(Case("case", file, PROFILES[order.profile], markup_of(edition, order)))
    assert outcome.status is Status.BUILT
    assert {answer.verdict for answer in answers} == {Verdict.PASS}
    words = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file)]
    assert sum("Some words" in text for text in words) == 2
