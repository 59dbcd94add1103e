"""QR codes of an edition, as a camera reads them: they lead where the words beside them say."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
import segno
from conftest import order_for, project_in
from PIL import Image, ImageDraw

from leafpress.findings import Verdict
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.press.edition import Edition, Status
from leafpress.press.pipeline import build, markup_of
from leafpress.proof.answers import Answer, Case
from leafpress.proof.channels import code_checks, qr_codes
from leafpress.proof.judge import judge

ADDRESS = "https://a.example/en-GB/case"


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """An edition that prints a code."""
    root = project_in(tmp_path_factory.mktemp("codes") / "project", "leaflet.yaml")
    with (root / "clinic.yaml").open("a") as clinic:
        clinic.write("leaflet_address: https://a.example/{language}/{leaflet}\n")
    edition, options = Edition("case", "en-GB", "a4"), order_for(root)
    assert build(edition, options, None).status is Status.BUILT
    markup = markup_of(edition, options, options.project())
    return Case("case.pdf", root / "out" / edition.output, PROFILES[DEFAULT], markup)


def _answer(case: Case) -> Answer | None:
    return next((answer for answer in judge(case) if answer.rule == "P049"), None)


def test_it_leads_where_the_words_say(case: Case) -> None:
    assert case.markup is not None
    assert code_checks.addresses(case.markup.html) == [ADDRESS]
    answer = _answer(case)
    assert answer is not None
    assert (answer.verdict, answer.figure) == (Verdict.PASS, "1 read, 1 printed")


def test_one_that_leads_elsewhere_is_found(case: Case) -> None:
    """The words are changed, not the code: which of the two is wrong is the same to a reader."""
    assert case.markup is not None
    html = case.markup.html.replace(ADDRESS, "https://b.example/en-GB/case")
    answer = _answer(replace(case, markup=replace(case.markup, html=html)))
    assert answer is not None
    assert answer.verdict is Verdict.FAIL
    assert [finding.sentence for finding in answer.findings] == [
        "no code on the pages leads to https://b.example/en-GB/case, which stands beside one",
        f"a code leads to {ADDRESS}, and no words beside it say so",
    ]


def test_nothing_is_asked_where_no_code_is_printed(case: Case) -> None:
    assert case.markup is not None
    html = case.markup.html.replace(code_checks.ON_THE_WEB, "elsewhere")
    assert _answer(replace(case, markup=replace(case.markup, html=html))) is None


def _page(*texts: str) -> Image.Image:
    """Codes side by side on a page, at two pixels a module: half a millimetre in print."""
    page = Image.new("L", (827, 1169), 255)
    for index, text in enumerate(texts):
        picture = io.BytesIO()
        segno.make(text, error="m", micro=False).save(picture, "png", scale=2, border=4)
        page.paste(Image.open(picture).convert("L"), (50 + 200 * index, 100))
    return page


@pytest.mark.parametrize("texts", [(), (ADDRESS,), (ADDRESS, "https://b.example"), ("a",) * 3])
def test_codes_are_counted_and_read(texts: tuple[str, ...]) -> None:
    assert sorted(qr_codes.read(_page(*texts))) == sorted(texts)


def test_a_code_that_cannot_be_read_is_none() -> None:
    page = _page(ADDRESS)
    # The corner squares stay; half of what is between them goes.
    ImageDraw.Draw(page).rectangle((76, 124, 130, 150), fill=255)
    assert qr_codes.read(page) == ()


def test_what_is_told_of_codes() -> None:
    problems = list(code_checks.compare([ADDRESS], [ADDRESS, "tel:1"]))
    assert problems == ["a code leads to tel:1, and no words beside it say so"]
    assert list(code_checks.compare([ADDRESS], [ADDRESS])) == []


def test_a_file_is_read_in_its_order(tmp_path: Path) -> None:
    pages = [_page("https://one.example"), _page("https://two.example")]
    file = tmp_path / "codes.pdf"
    pages[0].save(file, "PDF", resolution=100, save_all=True, append_images=pages[1:])
    assert code_checks.read(file.read_bytes()) == ["https://one.example", "https://two.example"]
