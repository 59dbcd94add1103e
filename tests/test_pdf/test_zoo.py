"""The zoo: every construct that a template may use, on a page of its own, as it is tagged.

`tests/zoo/<name>.html` is the inside of a page; the file of the same name with `.txt` holds its
tag tree in the default profile, read from the finished PDF, and what veraPDF says of both
profiles. `x-*.html` must not be used: their golden is what the linter says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Reference
from tag_tree import tree_of

from leafpress.findings import Problem, Span
from leafpress.pages import fonts
from leafpress.pages.formats import FORMATS
from leafpress.pages.lint import check
from leafpress.pages.render import Markup
from leafpress.pages.type_style import Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.proof.standards import verapdf
from leafpress.translation.language import LANGUAGES

ZOO = ROOT / "tests" / "zoo"
FRAGMENTS = sorted(path for path in ZOO.glob("[0-9]*.html"))
FORBIDDEN = sorted(path for path in ZOO.glob("x-*.html"))
JUDGED = {"ua1+a2a": ("ua1", "2a"), "ua2+a4": ("ua2", "wt1a", "4")}

KNOWN_WRONG = {
    "30-role-img": "a Figure of words has no BBox",
    "55-before-after": "a block before glues to the words",
    "72-empty": "items without LBody; a P of one blank",
    "96-absolute-in-line": "words placed elsewhere glue to the sentence",
    "97-tabs": "a tab is lost",
    "99-svg-and-role-img-words": "a Figure of words has no BBox",
    "100-heading-in-figure-and-th": "the caption comes before the heading of its figure",
}
"""Trees that validators pass and a listener would not: their goldens are not models."""

LINKS = {
    "tel": "Call {}",
    "mailto": "Write an e-mail to {}",
    "https": "Go to the web page {}",
    "inside": "Go to “{}”",
}
STYLE = Style(
    "tests/zoo/page.css",
    fonts.css(fonts.faces("arabic"))
    + f"""
    @page {{ size: A5; margin: 15mm }}
    html {{ font: 12pt/1.4 "{fonts.LATIN}", "Vazirmatn" }}
    body, p {{ margin: 0 }}
    ul {{ list-style-type: disc }}
    img {{ image-rendering: crisp-edges; width: 20mm }}
    """,
)


def page_of(path: Path) -> str:
    """A fragment as a page. One that begins with `<html` is a page already."""
    inside = path.read_text(encoding="utf-8")
    if not inside.startswith("<html"):
        inside = f'<html lang="en-GB"><head><title>Zoo</title></head><body>\n{inside}</body></html>'
    return "<!doctype html>" + inside


@cache
def _pdf(path: Path, profile: str) -> bytes:
    page = page_of(path)
    resources = {
        **{face.url: ROOT / fonts.FOLDER / face.file for face in fonts.faces("arabic")},
        **{f"figures/{name}": ZOO / name for name in ("picture.svg", "picture.png")},
    }
    language = LANGUAGES["ur" if 'dir="rtl"' in page[:60] else "en-GB"]
    markup = Markup(page, (STYLE,), resources, language, FORMATS["a4"], "Zoo", LINKS)
    return write_pdf(lay_out(markup, PROFILES[profile], Span(path.name)))


Verdicts = dict[Path, list[Future[str]]]


@pytest.fixture(scope="session")
def verdicts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Verdicts]:
    """What veraPDF says of each fragment: one process, which judges while others are laid out."""
    assert not verapdf.missing(), verapdf.missing()
    folder = tmp_path_factory.mktemp("zoo")
    with verapdf.VeraPDF() as running, ThreadPoolExecutor(max_workers=1) as pool:
        found: Verdicts = {}
        for path in _wanted(request.session.items):
            with suppress(Problem):  # its own test says what is wrong
                found[path] = [
                    pool.submit(_judged, running, _pdf(path, profile), flavour, folder)
                    for profile, flavours in JUDGED.items()
                    for flavour in flavours
                ]
        yield found


def _wanted(items: list[pytest.Item]) -> list[Path]:
    tests = [item for item in items if isinstance(item, pytest.Function)]
    return [item.callspec.params["path"] for item in tests if item.originalname == "test_allowed"]


def _judged(running: verapdf.VeraPDF, data: bytes, flavour: str, folder: Path) -> str:
    file = folder / "judged.pdf"
    file.write_bytes(data)
    said = running.judge(file, flavour)
    broken = "; ".join(f"{each.rule} ×{each.count} {each.message}" for each in said.broken)
    return f"{flavour}: {said.verdict}" + (f": {broken}" if broken else said.reason)


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_allowed(path: Path, verdicts: Verdicts, reference: Reference) -> None:
    reference.check(path.with_suffix(".txt"), _sound(path, verdicts))


def _sound(path: Path, verdicts: Verdicts) -> str:
    """The golden of a fragment whose tree is whole and whose verdicts are all a pass."""
    with pikepdf.open(io.BytesIO(_pdf(path, DEFAULT))) as pdf:
        tree = tree_of(pdf)
    said = [each.result() for each in verdicts[path]]
    assert "FAULT" not in tree, tree
    assert all(each.endswith(": pass") for each in said), said
    return tree + "\n" + "\n".join(said) + "\n"


@pytest.mark.parametrize("row", check.ROWS, ids=lambda row: row.id)
def test_forbidden(row: check.Construct, reference: Reference) -> None:
    path = ZOO / f"x-{row.id}.html"
    found = check.check_template(path.name, path.read_text(encoding="utf-8"))
    assert row.rule in {each.rule for each in found}
    reference.check(path.with_suffix(".txt"), "".join(f"{each}\n" for each in found))


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_the_linter_lets_the_allowed_pass(path: Path) -> None:
    assert check.check_template(path.name, path.read_text(encoding="utf-8")) == ()


def test_the_zoo_is_full() -> None:
    assert KNOWN_WRONG.keys() <= {path.stem for path in FRAGMENTS}
    assert len(FRAGMENTS) >= 90
    assert {path.stem.removeprefix("x-") for path in FORBIDDEN} == {r.id for r in check.ROWS}
