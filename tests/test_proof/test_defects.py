"""Good files, broken in many ways: each is found by our own proof, and the table says by whom else.

What veraPDF does not find is what a proof by standards alone lets pass: `reference/defects.txt`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf
import pytest
from conftest import REFERENCE, ROOT, Reference, order_for
from defects import DEFECTS, Defect

from leafpress.findings import Span, Verdict
from leafpress.pages import fonts
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.press.edition import Edition
from leafpress.press.pipeline import markup_of
from leafpress.proof.answers import Answer, Case
from leafpress.proof.judge import judge
from leafpress.proof.standards import verapdf
from leafpress.translation.language import LANGUAGES

PROFILE = PROFILES[DEFAULT]
SHEET = Path(__file__).with_name("sheet.html")
EDITIONS = {"en-GB": "cannabis-medicines", "cy": "neck-pain", "ur": "neck-pain", "bn": "neck-pain"}
STYLE = Style(
    "tests/test_proof/sheet.css",
    fonts.css(fonts.faces("latin"))
    + f"""
    @page {{ size: A5; margin: 25mm 15mm; @top-center {{ content: element(head) }}
      @bottom-right {{ content: "Page " counter(page) }} }}
    html {{ font: 12pt/1.4 "{fonts.LATIN}" }}
    .running {{ position: running(head) }}
    ul {{ list-style-type: disc }}
    img {{ width: 20mm }}
    """,
)
LINKS = {
    "tel": "Call {}",
    "mailto": "Write an e-mail to {}",
    "https": "Go to the web page {}",
    "inside": "Go to “{}”",
}


@dataclass(slots=True)
class Bench:
    """Good files by name, veraPDF, and what was found of each defect so far.

    `vera` answers in a thread of its own, one file after another, while we judge the next file.
    """

    goods: dict[str, Case]
    vera: verapdf.VeraPDF
    thread: Executor
    folder: Path
    known: dict[str, tuple[list[str], Future[list[str]]]] = field(default_factory=dict)

    def found(self, defect: Defect) -> tuple[list[str], Future[list[str]]]:
        """The rules by which we find a defect, and the clauses by which veraPDF will."""
        if defect.name not in self.known:
            file = self.folder / f"{defect.name}.pdf"
            break_(self.goods[defect.of].file, defect, file)
            clauses = self.thread.submit(self.clauses, file)
            answers = judge(case(file, self.goods[defect.of].markup))
            self.known[defect.name] = failed(answers), clauses
        return self.known[defect.name]

    def clauses(self, file: Path) -> list[str]:
        """What veraPDF finds, by flavour."""
        said = {flavour: self.vera.judge(file, flavour) for flavour in PROFILE.flavours}
        assert all(each.verdict is not Verdict.NOT_CHECKED for each in said.values()), said
        return [f"{name} {each.rule}" for name, one in said.items() for each in one.broken]


def case(file: Path, markup: Markup | None) -> Case:
    """A file to judge by its markup."""
    return Case(file.name, file, PROFILE, markup)


def failed(answers: tuple[Answer, ...]) -> list[str]:
    """The rules that a file breaks."""
    return sorted({each.rule for each in answers if each.verdict is Verdict.FAIL})


def break_(good: Path, defect: Defect, file: Path) -> None:
    """Write `file`: the good one with one defect. A defect that changes nothing is none."""
    with pikepdf.open(good) as pdf:
        pdf.save(file, static_id=True)
        before = file.read_bytes()
        defect.apply(pdf)
        pdf.save(file, static_id=True)
    assert file.read_bytes() != before, "the defect changes nothing"


def _sheet(folder: Path) -> Case:
    resources = {
        **{face.url: ROOT / fonts.FOLDER / face.file for face in fonts.faces("latin")},
        "figures/picture.svg": ROOT / "tests" / "zoo" / "picture.svg",
    }
    page = SHEET.read_text(encoding="utf-8")
    title = "A sheet to break"
    language = LANGUAGES["en-GB"]
    markup = Markup(page, (STYLE,), resources, language, FORMATS["a4"], title, LINKS)
    file = folder / "sheet.pdf"
    file.write_bytes(write_pdf(lay_out(markup, PROFILE, Span("sheet"))))
    return case(file, markup)


@pytest.fixture(scope="session")
def bench(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    assert not verapdf.missing(), verapdf.missing()
    folder = tmp_path_factory.mktemp("defects")
    goods = {"sheet": _sheet(folder)}
    for tag, leaflet in EDITIONS.items():
        edition = Edition(leaflet, tag, "a4")
        goods[tag] = case(built / edition.output, markup_of(edition, order_for(ROOT)))
    with verapdf.VeraPDF() as running, ThreadPoolExecutor(1) as thread:
        yield Bench(goods, running, thread, folder)


@pytest.mark.parametrize("name", ["sheet", *EDITIONS])
def test_a_good_file_passes(name: str, bench: Bench) -> None:
    answers = judge(bench.goods[name])
    wrong = [str(found) for answer in answers for found in answer.findings]
    assert {answer.verdict for answer in answers} == {Verdict.PASS}, "\n".join(wrong)
    assert bench.thread.submit(bench.clauses, bench.goods[name].file).result() == []


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda each: each.name.replace(" ", "-"))
def test_a_defect_is_found(defect: Defect, bench: Bench) -> None:
    found, _ = bench.found(defect)
    assert defect.rules & set(found), f"found by {found or 'nothing'}"


def test_who_finds_what(bench: Bench, reference: Reference) -> None:
    """The table that shows why a proof by standards is not enough."""
    found = [(each, *bench.found(each)) for each in DEFECTS]
    rows = [_row(defect, rules, clauses.result()) for defect, rules, clauses in found]
    unseen = sum(row.endswith("| no") for row in rows)
    head = "defect | file | found by leafpress | found by veraPDF"
    count = f"{len(DEFECTS)} defects; leafpress finds all, veraPDF {len(DEFECTS) - unseen}"
    reference.check(REFERENCE / "defects.txt", "\n".join([head, *rows, "", count]) + "\n")


def _row(defect: Defect, rules: list[str], clauses: list[str]) -> str:
    by_vera = f"yes: {', '.join(clauses)}" if clauses else "no"
    return " | ".join([defect.name, defect.of, ", ".join(rules) or "-", by_vera])


def test_there_are_defects() -> None:
    assert len(DEFECTS) >= 50
    assert max(Counter(each.name for each in DEFECTS).values()) == 1


def test_without_the_markup_nothing_is_passed_by_it(bench: Bench) -> None:
    """When the sources have changed, what rests on them is not checked."""
    answers = judge(case(bench.goods["sheet"].file, None))
    verdicts = {answer.rule: answer.verdict for answer in answers}
    assert verdicts["P030"] is Verdict.PASS
    assert verdicts["P040"] is verdicts["P041"] is verdicts["P044"] is Verdict.NOT_CHECKED
