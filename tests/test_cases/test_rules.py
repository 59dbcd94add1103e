"""Every rule: a folder of things that break it, and what is said about them, word for word.

A case is a file; its ending says what it takes the place of in a small sound project. Beside it
stands what `build.py` says (`--update-reference` writes that). Rules that no file alone can break
name, in `covered-by.txt`, the test that breaks them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CASES, ROOT, MakeProject, Reference, order_for

from leafpress.findings import Finding
from leafpress.press.edition import Edition
from leafpress.press.pipeline import build, check
from leafpress.rules import rules

Place = Callable[[Path, Path], Edition]


def _leaflet(root: Path, case: Path) -> Edition:
    shutil.copy(case, root / "leaflets" / "case.yaml")
    return Edition("case", "en-GB", "a4")


def _contacts(root: Path, case: Path) -> Edition:
    shutil.copy(case, root / "leaflets" / "contacts.yaml")
    leaflet = root / "leaflets" / "case.yaml"
    leaflet.write_text(leaflet.read_text().replace("Some words.", '"Call {111}."'))
    return Edition("case", "en-GB", "a4")


def _clinic(root: Path, case: Path) -> Edition:
    shutil.copy(case, root / "clinic.yaml")
    return Edition("case", "en-GB", "a4")


def _catalogue(root: Path, case: Path) -> Edition:
    shutil.copy(CASES / "base" / "leaflet-with-markup.yaml", root / "leaflets" / "case.yaml")
    folder = root / "locales" / "pl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    shutil.copy(case, folder / "case.po")
    shutil.copy(ROOT / "locales" / "pl" / "LC_MESSAGES" / "leafpress.po", folder)
    return Edition("case", "pl", "a4")


def _glossary(root: Path, case: Path) -> Edition:
    edition = _catalogue(root, CASES / "base" / "catalogue.po")
    shutil.copy(case, root / "locales" / "pl" / "glossary.csv")
    return edition


def _picture(root: Path, case: Path) -> Edition:
    shutil.copy(case, root / "leaflets" / "figures" / "picture.svg")
    leaflet = root / "leaflets" / "case.yaml"
    figure = "      - {kind: figure, file: picture.svg, alt: It shows., caption: A caption}\n"
    leaflet.write_text(leaflet.read_text() + figure)
    return Edition("case", "en-GB", "a4")


def _template(root: Path, case: Path) -> Edition:
    name = case.name.removesuffix(".html").split(".")[-1].replace("--", "/")
    shutil.copy(case, root / "templates" / f"{name}.html")
    return Edition("case", "en-GB", "a4")


def _style(root: Path, case: Path) -> Edition:
    with (root / "templates" / "styles" / "a4.css").open("a") as file:
        file.write(case.read_text())
    return Edition("case", "en-GB", "a4")


PLACES: dict[str, Place] = {
    ".leaflet.yaml": _leaflet,
    ".contacts.yaml": _contacts,
    ".clinic.yaml": _clinic,
    ".po": _catalogue,
    ".glossary.csv": _glossary,
    ".svg": _picture,
    ".html": _template,
    ".css": _style,
}

FILES = sorted(
    path for path in CASES.glob("*/*") if path.parent.name != "base" and path.suffix != ".txt"
)


def _found(root: Path, edition: Edition, rule: str) -> tuple[Finding, ...]:
    order = order_for(root)
    laid_out = rule[0] == "P" or rule == "H003"
    return build(edition, order, None).findings if laid_out else check(edition, order)


@pytest.mark.parametrize("case", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_is_said(case: Path, make_project: MakeProject, reference: Reference) -> None:
    root = make_project()
    place = next(place for ending, place in PLACES.items() if case.name.endswith(ending))
    found = _found(root, place(root, case), case.parent.name)
    said = "\n".join(map(str, found)) + "\n"
    assert case.parent.name in {finding.rule for finding in found}, said
    assert str(root) not in said
    reference.check(case.with_name(case.name + ".txt"), said)


def test_every_rule_has_a_case() -> None:
    assert [rule for rule in rules() if not _has_a_case(CASES / rule)] == []


def _has_a_case(folder: Path) -> bool:
    """Whether the folder holds a case, or names a test that there is."""
    covered = folder / "covered-by.txt"
    if not covered.exists():
        return any(path.parent == folder for path in FILES)
    path, name = covered.read_text().strip().split("::")
    return f"def {name}(" in (ROOT / path).read_text()


def test_the_base_has_no_fault(make_project: MakeProject) -> None:
    assert check(Edition("case", "en-GB", "a4"), order_for(make_project())) == ()


def test_there_are_cases() -> None:
    assert len(FILES) > 100
