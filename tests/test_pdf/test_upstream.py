"""Faults of WeasyPrint's that we work around, each as small as it can be sent (`tests/upstream/`).

A test that fails says that WeasyPrint has mended one: `docs/upgrading-weasyprint.md` says what may
go then. Stock WeasyPrint writes the files here, without anything of ours.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from conftest import ROOT, of_the_machine

FOLDER = ROOT / "tests" / "upstream"


_STOCK = """
import pathlib, re, sys, weasyprint
for name in sys.argv[2:]:
    case = pathlib.Path(name)
    html = re.search(r"```html\\n(.*?)```", case.read_text(encoding="utf-8"), re.DOTALL)[1]
    output = pathlib.Path(sys.argv[1], case.stem + ".pdf")
    weasyprint.HTML(string=html).write_pdf(output, pdf_variant="pdf/ua-1")
"""


@pytest.fixture(scope="session")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files, by a process that has the machine's fonts: ours points at its own."""
    folder = tmp_path_factory.mktemp("stock")
    cases = map(str, FOLDER.glob("*.md"))
    command = [sys.executable, "-c", _STOCK, str(folder), *cases]
    subprocess.run(command, check=True, env=of_the_machine())
    return folder


def _kids(holder: Any) -> list[Any]:
    kids = holder.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(holder: Any) -> Iterator[Any]:
    """Every element below a root or an element, in order."""
    for kid in _kids(holder):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _of(pdf: pikepdf.Pdf, type_: str) -> list[Any]:
    return [each for each in _elements(pdf.Root.StructTreeRoot) if str(each.S) == f"/{type_}"]


def _numbers(pdf: pikepdf.Pdf) -> list[int]:
    """The pieces that elements hold, in their order."""
    found: list[int] = []
    for element in _elements(pdf.Root.StructTreeRoot):
        found += [int(kid) for kid in _kids(element) if isinstance(kid, int)]
    return found


def _marked(pdf: pikepdf.Pdf) -> list[int]:
    """The pieces of the first page, in the order in which they are painted."""
    operands = (each.operands for each in pikepdf.parse_content_stream(pdf.pages[0], "BDC"))
    return [int(own[1]["/MCID"]) for own in operands if "/MCID" in own[1]]


def _no_part_has_a_language(pdf: pikepdf.Pdf) -> bool:
    return not any("/Lang" in each for each in _elements(pdf.Root.StructTreeRoot))


def _words_hang_nowhere(pdf: pikepdf.Pdf) -> bool:
    return set(_marked(pdf)) > set(_numbers(pdf))


def _link_says_its_target(pdf: pikepdf.Pdf) -> bool:
    return str(pdf.pages[0].obj.Annots[0].Contents) == "tel:999"


def _no_head_has_a_scope(pdf: pikepdf.Pdf) -> bool:
    return len(_of(pdf, "TH")) == 3 and all("/Scope" not in each.A for each in _of(pdf, "TH"))


def _painted_otherwise(pdf: pikepdf.Pdf) -> bool:
    return _marked(pdf) != _numbers(pdf)


FAULTS: dict[str, Callable[[pikepdf.Pdf], bool]] = {
    "language-of-parts": _no_part_has_a_language,
    "paragraph-cut-by-a-page": lambda pdf: len(_of(pdf, "P")) > 1,
    "margin-boxes-outside-the-tree": _words_hang_nowhere,
    "link-described-by-its-target": _link_says_its_target,
    "heads-of-tables-without-scope": _no_head_has_a_scope,
    "term-and-meaning-are-two-items": lambda pdf: len(_of(pdf, "LI")) == 2,
    "picture-that-only-decorates": lambda pdf: len(_of(pdf, "Figure")) == 1,
    "abbreviation-without-its-long-form": lambda pdf: (
        not any("/E" in each for each in _elements(pdf.Root.StructTreeRoot))
    ),
    "markers-painted-after-all-words": _painted_otherwise,
    "floats-painted-before-words": _painted_otherwise,
    "tables-without-a-room": lambda pdf: all("/A" not in each for each in _of(pdf, "Table")),
}
"""By case, whether a file shows the fault."""


def test_each_case_is_shown() -> None:
    assert {path.stem for path in FOLDER.glob("*.md")} == set(FAULTS)


@pytest.mark.parametrize("case", FAULTS)
def test_stock_weasyprint_still_does_so(case: str, stock: Path) -> None:
    with pikepdf.open(stock / f"{case}.pdf") as pdf:
        assert FAULTS[case](pdf), f"{case} is mended: which workaround of ours may go?"


@pytest.mark.parametrize("case", FAULTS)
def test_a_case_can_be_sent_as_it_stands(case: str) -> None:
    """It names the version, both sides and what stands in place of it here; files are there."""
    text = (FOLDER / f"{case}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "WeasyPrint 70.0" in text
    for part in ("**What comes out.**", "**What was expected.**", "**Ours.**"):
        assert part in text
    ours = text.partition("**Ours.**")[2]
    for name in re.findall(r"`(tests/[^`]+|pdf/[^`]+)`", ours):
        folder = ROOT if name.startswith("tests/") else ROOT / "leafpress"
        assert Path(folder, name).exists(), name
