"""WeasyPrint's private names: they are as we read them, and kept in one folder."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from conftest import ROOT

from leafpress.pdf import engine
from leafpress.pdf.private import NAMES, Private, Replacements, replaced
from leafpress.pdf.quick.replacing import VERSION

PDF = sorted((ROOT / "leafpress" / "pdf").rglob("*.py"))
OTHERS = [path for path in sorted((ROOT / "leafpress").rglob("*.py")) if path not in PDF]

WORD = re.compile(r"[\w.]*(?:_|[a-z][A-Z])[\w.]*")
"""A word of code: `_page_box`, `box.link_annotation`, `ToUnicode`."""

CHANGED = (
    "{0.module}.{0.name} ({0.use}) is not the one that was read in WeasyPrint {1}: "
    "its digest is now {2}. Read docs/upgrading-weasyprint.md before you write that down"
)


@pytest.fixture(scope="module", autouse=True)
def weasyprint() -> ModuleType:
    return engine.weasyprint()


def _id(private: Private) -> str:
    return f"{private.module}.{private.name}"


def test_version(weasyprint: ModuleType) -> None:
    assert weasyprint.__version__ == VERSION, "read docs/upgrading-weasyprint.md"


@pytest.mark.parametrize("private", NAMES, ids=_id)
def test_digests_are_current(private: Private) -> None:
    found = private.source_digest()
    assert found == private.digest, CHANGED.format(private, VERSION, found)


def test_each_name_stands_once() -> None:
    names = [_id(each) for each in NAMES]
    assert sorted(names) == sorted(set(names))


def test_no_other_folder_imports_weasyprint() -> None:
    offenders = [
        path for path in OTHERS if "weasyprint" in {name.split(".")[0] for name in _imported(path)}
    ]
    assert OTHERS
    assert offenders == []


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


def _painters() -> tuple[Any, Any, Any]:
    from weasyprint import pdf
    from weasyprint.draw import text
    from weasyprint.pdf.stream import Stream

    return pdf.add_tags, text.draw_first_line, Stream.marked


def _never(*_arguments: Any) -> Any:
    raise NotImplementedError


def _fails_inside(check: Callable[[], None]) -> None:
    with replaced(Replacements(_never, _never, _never)):
        check()
        raise KeyError("while it painted")


def test_after_an_exception_weasyprint_is_its_own_again() -> None:
    before = _painters()

    def all_are_ours() -> None:
        inside = _painters()
        assert inside[:2] == (_never, _never)
        assert inside[2] is not before[2]

    with pytest.raises(KeyError, match="while it painted"):
        _fails_inside(all_are_ours)
    assert _painters() == before


@cache
def _written() -> set[str]:
    """Attributes and whole strings of the code in `pdf/`: no comment, no docstring, no `use`."""
    found = set()
    for path in PDF:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.ImportFrom):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    return found


@pytest.mark.parametrize("private", NAMES, ids=_id)
def test_what_it_is_for_is_still_so(private: Private) -> None:
    """Each file and each word of code in the use of a name is there: no row outlives its use."""
    files = re.findall(r"\S+\.py\b", private.use)
    assert [file for file in files if not (ROOT / "leafpress" / file).is_file()] == []
    words = [
        word.rpartition(".")[2] for word in WORD.findall(re.sub(r"\S+\.py\b", "", private.use))
    ]
    assert set(words) <= _written()
