"""The zoo: every construct that a template may use, on a page of its own, as it is tagged.

`tests/zoo/<name>.html` is the inside of a page; the file of the same name with `.txt` holds its
tag tree in the default profile, read from the finished PDF, and what veraPDF says of both
profiles. Somebody has read every tree as a listener would. `x-*.html` must not be used: their
golden is what the linter says.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from conftest import ROOT, Reference
from tag_tree import tree_of

from leafpress.findings import Span, Verdict
from leafpress.pages import constructs, fonts
from leafpress.pages.formats import FORMATS
from leafpress.pages.render import Markup, Style
from leafpress.pdf.layout import lay_out, write_pdf
from leafpress.pdf.metadata import DEFAULT, PROFILES
from leafpress.proof import verapdf
from leafpress.translation.language import LANGUAGES

ZOO = ROOT / "tests" / "zoo"
FRAGMENTS = sorted(path for path in ZOO.glob("[0-9]*.html"))
FORBIDDEN = sorted(path for path in ZOO.glob("x-*.html"))
JUDGED = {"ua1+a2a": ("ua1", "2a"), "ua2+a4": ("ua2", "wt1a", "4")}

KNOWN_FAILING: frozenset[str] = frozenset()
"""Allowed constructs that do not yet pass all five. Must be empty for a release."""

LINKS = {
    "tel": "Call {}",
    "mailto": "Write an e-mail to {}",
    "https": "Go to the web page {}",
    "inside": "Go to “{}”",
}
STYLE = Style(
    "tests/zoo/page.css",
    fonts.css("arabic")
    + f"""
    @page {{ size: A5; margin: 15mm }}
    html {{ font: 12pt/1.4 "{fonts.LATIN}", "{fonts.ARABIC}" }}
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


@pytest.fixture(scope="session")
def judge() -> Iterator[verapdf.VeraPDF]:
    assert not verapdf.missing(), verapdf.missing()
    with verapdf.VeraPDF() as running:
        yield running


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_allowed(path: Path, judge: verapdf.VeraPDF, reference: Reference, tmp_path: Path) -> None:
    verdicts = list(_verdicts(path, judge, tmp_path))
    with pikepdf.open(io.BytesIO(_pdf(path, DEFAULT))) as pdf:
        tree = tree_of(pdf)
    reference.check(path.with_suffix(".txt"), tree + "\n" + "\n".join(verdicts) + "\n")
    if path.stem not in KNOWN_FAILING:
        assert "FAULT" not in tree, tree
        assert all(each.endswith(" pass") for each in verdicts), verdicts


def _verdicts(path: Path, judge: verapdf.VeraPDF, folder: Path) -> Iterator[str]:
    for profile, flavours in JUDGED.items():
        file = folder / f"{profile}.pdf"
        file.write_bytes(_pdf(path, profile))
        for flavour in flavours:
            said = judge.judge(file, flavour)
            assert said.verdict is not Verdict.NOT_CHECKED, said.reason
            broken = "; ".join(f"{each.rule} ×{each.count} {each.message}" for each in said.broken)
            yield f"{flavour}: {said.verdict}" + (f": {broken}" if broken else "")


@pytest.mark.parametrize("path", FORBIDDEN, ids=lambda path: path.stem)
def test_forbidden(path: Path, reference: Reference) -> None:
    found = constructs.check_template(path.name, path.read_text(encoding="utf-8"))
    assert found, "the linter says nothing"
    reference.check(path.with_suffix(".txt"), "".join(f"{each}\n" for each in found))


@pytest.mark.parametrize("path", FRAGMENTS, ids=lambda path: path.stem)
def test_the_linter_lets_the_allowed_pass(path: Path) -> None:
    assert constructs.check_template(path.name, path.read_text(encoding="utf-8")) == ()


def test_the_zoo_is_full() -> None:
    assert len(FRAGMENTS) + len(FORBIDDEN) >= 90
