"""A booklet has what its pages have: the same picture, tags, words, links and places, moved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from conftest import MakeProject, Reference, order_for, project_in, shared_verapdf
from tag_tree import tree_of

from leafpress.findings import Verdict
from leafpress.pages.render import Markup
from leafpress.pdf.booklet.booklet import SHEET, impose
from leafpress.pdf.metadata import PROFILES
from leafpress.press.edition import BuildOptions, Edition, Status
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.answers import Case
from leafpress.proof.judge import judge
from leafpress.proof.layout import space_checks
from leafpress.proof.tags import booklet_order, link_checks, screen_reader_text, tagged
from leafpress.proof.tags.booklet_order import ReaderPage

REFERENCE = Path(__file__).parents[1] / "reference" / "tags"
PIXELS = 2 / (72 / 25.4) * 0.999999
"""Two pixels a millimetre: the halves of a sheet begin on a pixel, as pages do. A trifle less,
since pdfium rounds widths up."""


@dataclass(frozen=True)
class Pair:
    """A leaflet as a booklet, and its pages in sequence."""

    booklet: Path
    pages: Path
    markup: Markup
    profile: str
    right_to_left: bool

    def parts(self) -> tuple[ReaderPage, ...]:
        """The halves of the booklet on which pages stand, in order."""
        with pikepdf.open(self.booklet) as pdf, pikepdf.open(self.pages) as pages:
            found = booklet_order.parts(pdf, right_to_left=self.right_to_left)
            return found[: len(pages.pages)]


SHADED = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200">
<defs><linearGradient id="shade"><stop offset="0" stop-color="#12344d"/>
<stop offset="1" stop-color="#ffffff"/></linearGradient></defs>
<rect width="320" height="200" fill="url(#shade)"/>
<circle cx="160" cy="100" r="60" fill="none" stroke="url(#shade)" stroke-width="20"/>
</svg>"""
"""A gradient is tied to the corner of its page, and has to move with it."""

CASES = [("en-GB", "ua1+a2a"), ("ar-XB", "ua2+a4")]


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Pair:
    language, profile = request.param
    root = project_in(tmp_path_factory.mktemp("booklet") / "project", "long.yaml")
    (root / "leaflets" / "figures" / "picture.svg").write_text(SHADED)
    order = order_for(root, profile=profile)
    booklet, pages = (_built(order, language, name) for name in ("booklet", "booklet-pages"))
    markup = markup_of(Edition("case", language, "booklet"), order)
    return Pair(booklet, pages, markup, profile, right_to_left=language == "ar-XB")


def _built(order: BuildOptions, language: str, name: str) -> Path:
    edition = Edition("case", language, name)
    outcome = build(edition, order, None)
    assert outcome.status is Status.BUILT, outcome.findings
    return order.out / edition.output


def test_it_passes_everything(pair: Pair) -> None:
    profile = PROFILES[pair.profile]
    answers = judge(Case("case", pair.booklet, profile, pair.markup))
    assert {answer.rule: answer.findings for answer in answers if answer.findings} == {}
    assert {answer.verdict for answer in answers} == {Verdict.PASS}
    with shared_verapdf() as verapdf:
        for flavour in profile.flavours:
            assert verapdf.judge(pair.booklet, flavour).verdict is Verdict.PASS, flavour


def test_it_is_heard_as_its_pages_are(pair: Pair) -> None:
    booklet, pages = _heard(pair.booklet), _heard(pair.pages)
    assert len(pages) > 50
    assert booklet[1:] == pages[1:]


def _heard(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        return list(screen_reader_text.listen(tagged.read(pdf)))


def test_each_half_looks_like_its_page(pair: Pair) -> None:
    booklet, pages = _pictures(pair.booklet), _pictures(pair.pages)
    parts = pair.parts()
    assert len(parts) == len(pages) > 8
    for part, page in zip(parts, pages, strict=True):
        left = 1 if part.left == 0 else 297
        half = booklet[part.page].crop((left, 0, left + page.width, page.height))
        inside = (2, 0, page.width - 2, page.height)  # marks stand on the fold
        assert _differing(half.crop(inside), page.crop(inside)) < 0.001


def _pictures(file: Path) -> list[Any]:
    with pypdfium2.PdfDocument(file) as document:
        return [page.render(scale=PIXELS, grayscale=True).to_pil() for page in document]


def _differing(one: Any, other: Any) -> float:
    """Which part of the pixels is not nearly the same."""
    from PIL import ImageChops

    counts = ImageChops.difference(one, other).histogram()
    return float(sum(counts[32:]) / sum(counts))


def test_links_are_on_their_words(pair: Pair) -> None:
    booklet, pages = list(_linked(pair.booklet)), list(_linked(pair.pages))
    assert len(pages) > 5
    assert all(words for words, _ in pages)
    assert booklet == pages


def _linked(file: Path) -> Iterator[tuple[str, str]]:
    """What stands below each link, in the order of the tree, and what the link says."""
    with pikepdf.open(file) as pdf, pypdfium2.PdfDocument(file) as document:
        for element in tagged.read(pdf).elements():
            for kid in element.kids:
                if isinstance(kid, tagged.Annotation):
                    x1, y1, x2, y2 = (float(each) for each in kid.object.Rect)
                    text = document[kid.page].get_textpage()
                    box = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
                    yield text.get_text_bounded(*box).strip(), str(kid.object.Contents)


def test_bookmarks_lead_to_their_places(pair: Pair) -> None:
    parts = pair.parts()
    with pikepdf.open(pair.booklet) as pdf, pikepdf.open(pair.pages) as pages:
        numbers = {page.obj.objgen: number for number, page in enumerate(pages.pages)}
        sides = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        places = list(zip(_places(pdf), _places(pages), strict=True))
        assert len(places) > 12
        for (side, *there), (page, *small) in places:
            part = parts[numbers[page]]
            assert sides[side] == part.page
            corner = part.left + 0.5 * 72 / 25.4 if part.left == 0 else part.left
            moved = (small[0] + corner, small[1])
            assert there == pytest.approx(moved, abs=0.01)


def _places(pdf: Any) -> Iterator[tuple[Any, ...]]:
    """Page, left and top of every bookmark, in both ways that each gives, and of every name."""
    names = list(pdf.Root.Names.Dests.Names)[1::2]
    bookmarks = [mark.A for mark in _bookmarks(pdf.Root.Outlines)]
    for place in [*names, *(action.D for action in bookmarks)]:
        yield (place[0].objgen, float(place[2]), float(place[3]))
    for action in bookmarks:
        yield (action.D[0].objgen, float(action.SD[2]), float(action.SD[3]))


def _bookmarks(node: Any) -> Iterator[Any]:
    child = node.get("/First")
    while child is not None:
        yield child
        yield from _bookmarks(child)
        child = child.get("/Next")


def test_nothing_is_left_of_the_small_pages(pair: Pair) -> None:
    with pikepdf.open(pair.booklet) as pdf:
        pages = [each for each in pdf.objects if _is_page(each)]
        assert len(pages) == len(pdf.pages) == 2 * -(-len(pair.parts()) // 4)
        for page in pages:
            assert [float(each) for each in list(page.MediaBox)[2:]] == pytest.approx(
                SHEET, abs=0.001
            )
        links = link_checks.of_file(tagged.read(pdf))
        assert any(address.startswith("#") for _, address in links)


def _is_page(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Page"


def test_what_a_print_dialogue_is_told(pair: Pair) -> None:
    with pikepdf.open(pair.booklet) as pdf:
        told = pdf.Root.ViewerPreferences
        assert told.Duplex == "/DuplexFlipShortEdge"
        assert told.PrintScaling == "/None"
        assert told.PickTrayByPDFSize is True
        assert told.DisplayDocTitle is True
        assert "/NumCopies" not in told


def test_tags_of_a_small_booklet(make_project: MakeProject, reference: Reference) -> None:
    root = make_project()
    file = _built(order_for(root), "en-GB", "booklet")
    with pikepdf.open(file) as pdf:
        tree = tree_of(pdf)
        labels = [str(each.P) for each in list(pdf.Root.PageLabels.Nums)[1::2]]
    assert "FAULT" not in tree
    assert labels in (["1", ""], ["1", "2"])
    reference.check(REFERENCE / "booklet-en-GB.txt", tree)


def test_the_wrong_order_is_found(pair: Pair, tmp_path: Path) -> None:
    """A proof that takes a mirrored booklet for a good one would prove nothing."""
    file = tmp_path / "mirrored.pdf"
    file.write_bytes(impose(pair.pages.read_bytes(), right_to_left=not pair.right_to_left))
    answers = judge(Case("case", file, PROFILES[pair.profile], pair.markup))
    failed = {answer.rule for answer in answers if answer.verdict is Verdict.FAIL}
    assert {"P039", "P044"} <= failed


def test_the_same_bytes_every_time(pair: Pair) -> None:
    data = pair.pages.read_bytes()
    once, twice = (impose(data, right_to_left=pair.right_to_left) for _ in range(2))
    assert once == twice


def _found(root: Path, style: str) -> dict[str, str]:
    """The findings of a booklet by rule, when its style sheet says this as well."""
    with (root / "templates" / "styles" / "booklet.css").open("a") as file:
        file.write(style)
    outcome = build(Edition("case", "en-GB", "booklet"), order_for(root), None)
    return {finding.rule: finding.sentence for finding in outcome.findings}


def test_a_booklet_that_no_stapler_takes(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(space_checks, "MOST_SHEETS", 2)  # 65 pages take a minute to lay out
    found = _found(make_project("long.yaml"), "")
    assert (
        found["P025"] == "the booklet takes 3 sheets, and no more than 2 can be folded and stapled"
    )


def test_pages_too_large_for_half_a_sheet(make_project: MakeProject) -> None:
    found = _found(make_project(), "@page { size: 150mm 210mm }")
    assert found["P026"] == "a page is 150 by 210 mm, and half a sheet is 148.5 by 210 mm"


def test_what_is_wide_fits_small_pages(make_project: MakeProject) -> None:
    """Tables with a column that is too narrow become lists; long words stay inside."""
    root = make_project("narrow.yaml")
    booklet = Edition("case", "en-GB", "booklet")
    file = order_for(root).out / booklet.output
    assert build(booklet, order_for(root), None).findings == ()
    with pikepdf.open(file) as pdf:
        found = tagged.read(pdf)
        assert [each for each in found.elements() if each.type == "Table"] == []
        assert "Remember: Drink a glass of water" in (found.root.text() if found.root else "")


def test_what_is_too_wide_is_found(make_project: MakeProject) -> None:
    root = make_project("narrow.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    word = "Pneumonoultramicroscopicsilicovolcanoconiosis"
    leaflet.write_text(leaflet.read_text().replace(word, word + "and" + word.lower()))
    outcome = build(Edition("case", "en-GB", "booklet"), order_for(root), None)
    assert outcome.status is Status.FAILED
    said = [each.sentence for each in outcome.findings if each.rule in {"P014", "P016", "P050"}]
    assert len(said) >= 4, "in a paragraph, a list, a box and a table"
