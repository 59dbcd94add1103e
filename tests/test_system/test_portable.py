"""Names that Windows can hold: what is refused, and that nothing built is called otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import TODAY, MakeProject
from hypothesis import given
from hypothesis import strategies as st

from leafpress.cli import new_leaflet
from leafpress.content.project import Project
from leafpress.content.shelf import leaflet_ids
from leafpress.findings import Problem
from leafpress.mailing.selection.patient_reference import file_name
from leafpress.pages.formats import FORMATS
from leafpress.press.edition import Edition
from leafpress.press.issued import folder_of
from leafpress.press.proofs import _file as proof_of
from leafpress.system import portable
from leafpress.translation.language import LANGUAGES

ID = 60
"""The longest id (`content/base.py`)."""


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("en-GB/con-a4.pdf", ""),
        ("en-GB/back-pain-a4.pdf", ""),
        (".memory.json", ""),
        ("ur/کمر-درد.pdf", ""),
        ("con.pdf", "`con.pdf` means a device there"),
        ("en-GB/Nul.tar.gz", "`Nul.tar.gz` means a device there"),
        ("lpt1/page.html", "`lpt1` means a device there"),
        ("com¹.txt", "`com¹.txt` means a device there"),
        ("aux .txt", "`aux .txt` means a device there"),
        ("page./a.pdf", "`page.` ends with a dot or a blank"),
        ("page /a.pdf", "`page ` ends with a dot or a blank"),
        ("10:30.pdf", "`10:30.pdf` has a character that no name there may have"),
        ("a\tb.pdf", "`a\tb.pdf` has a character that no name there may have"),
        ("a\\b.pdf", "`a\\b.pdf` has a character that no name there may have"),
        ("x" * 150, ""),
        ("x" * 151, "its path has more than 150 characters"),
        ("😀" * 76, "its path has more than 150 characters"),
    ],
)
def test_names(path: str, reason: str) -> None:
    assert portable.why_not(path) == reason


def test_names_that_are_one() -> None:
    assert list(portable.twins(["a.pdf", "b.pdf", "A.pdf"])) == [("a.pdf", "A.pdf")]


def test_all_that_a_build_can_write() -> None:
    """Every format in every language, of the longest and the strangest ids."""
    ids = ["x" * ID, "con", "a", "a-web"]
    editions = [Edition(*each) for each in _products(ids, sorted(LANGUAGES))]
    outputs = [edition.output for edition in editions]
    proofs = [proof_of(Path(), output).as_posix() for output in outputs]
    paths = [*outputs, *proofs, f"{folder_of('x' * 20)}/index.html"]
    assert [path for path in paths if portable.why_not(path)] == []
    assert list(portable.twins(paths)) == []


def _products(ids: list[str], languages: list[str]) -> list[tuple[str, str, str]]:
    return [(id_, tag, format_) for id_ in ids for tag in languages for format_ in FORMATS]


@given(st.text(min_size=1, max_size=90))
def test_names_of_references(reference: str) -> None:
    """What stands in a list becomes a file that every system holds, alone and with leaflets."""
    name = file_name(reference)
    assert portable.why_not(f"{name}.pdf") == ""
    assert portable.why_not(f"{name}/{'x' * 40}-en-GB-large-print-28.pdf") == ""


@pytest.mark.parametrize("id_", ["con", "nul", "com1", "lpt9"])
def test_a_leaflet_called_like_a_device(id_: str, make_project: MakeProject) -> None:
    project = Project.at(make_project())
    with pytest.raises(Problem, match=f"B022: .*`{id_}` means a device there"):
        new_leaflet.start(project, id_, TODAY)
    source = project.root.shipped / "leaflets" / "case.yaml"
    text = source.read_text(encoding="utf-8").replace("id: case", f"id: {id_}", 1)
    (source.parent / f"{id_}.yaml").write_text(text, encoding="utf-8")
    assert id_ in leaflet_ids(project.root)
    found = {finding.rule for finding in project.leaflet(id_).findings}
    assert found == {"B022"}
