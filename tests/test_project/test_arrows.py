"""The shape of the code: arrows, style, types, and files that are generated."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from leafpress.content.clinic import Clinic
from leafpress.content.contacts import Contacts
from leafpress.content.model import Leaflet
from leafpress.content.pictograms import Pictograms
from leafpress.content.schema import as_json
from leafpress.rules import FAMILIES, rules

MODULES = sorted((ROOT / "leafpress").rglob("*.py"))


def _run(*command: str) -> None:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_run_one_way() -> None:
    _run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache")


def test_no_circle() -> None:
    """Between modules, not only between folders."""
    graph = {_name(path): _imports(path) for path in MODULES}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " -> ".join((*way, name))
        if name not in done:
            for other in graph.get(name, ()):
                visit(other, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())
    assert sum(map(len, graph.values())) > 100


def _name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def _imports(path: Path) -> set[str]:
    known = {_name(each) for each in MODULES}
    tree = ast.parse(path.read_text())
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    found -= {_name(path.parent / "__init__.py")}
    return {
        name for name in found if name in known and not (ROOT / name.replace(".", "/")).is_dir()
    }


def test_style() -> None:
    _run(sys.executable, "-m", "ruff", "check", "--no-cache")
    _run(sys.executable, "-m", "ruff", "format", "--check", "--no-cache")


def test_types() -> None:
    _run(sys.executable, "-m", "mypy")


TABLES = 0.5
"""A module that is mostly a table or one class may have 400 lines: what else is 300 at most."""


def test_sizes() -> None:
    """A module past 300 lines wants a second room; a function past 45, a second name."""
    long = [_name(path) for path in MODULES if _lines(path) > _most_lines(path)]
    assert long == []
    assert [f"{_name(path)}.{name}" for path in MODULES for name in _long_functions(path)] == []


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _most_lines(path: Path) -> int:
    """400 where one class or table fills half of the module; otherwise 300."""
    body = ast.parse(path.read_text()).body
    largest = max((_extent(node) for node in body if isinstance(node, _WHOLE)), default=0)
    return 400 if largest > TABLES * _lines(path) else 300


_WHOLE = (ast.ClassDef, ast.Assign, ast.AnnAssign)


def _extent(node: ast.stmt) -> int:
    return (node.end_lineno or 0) - node.lineno + 1


def _long_functions(path: Path) -> list[str]:
    functions = [
        node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)
    ]
    return [node.name for node in functions if _extent(node) > 45]


def test_no_two_classes_share_a_name() -> None:
    """One word, one thing: a public class is called so in one place only."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.parse(path.read_text()).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places.setdefault(node.name, []).append(_name(path))
    assert len(places) > 100
    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_packages_import_nothing() -> None:
    for path in (ROOT / "leafpress").rglob("__init__.py"):
        body = ast.parse(path.read_text()).body
        assert len(body) == 1, path
        assert isinstance(body[0], ast.Expr)


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("leaflet", Leaflet),
        ("clinic", Clinic),
        ("contacts", Contacts),
        ("pictograms/pictograms", Pictograms),
    ],
)
def test_schemas_are_current(name: str, model: type[Leaflet]) -> None:
    """`python tests/generate.py` writes them."""
    path = ROOT / "leaflets" / f"{name}.schema.json"
    assert path.read_text() == as_json(model)
    assert json.loads(path.read_text())["additionalProperties"] is False


@pytest.mark.parametrize(
    "path", sorted((ROOT / "leaflets").glob("*.yaml")), ids=lambda each: each.name
)
def test_the_first_line_points_editors_at_the_schema(path: Path) -> None:
    first = path.read_text().splitlines()[0]
    match = re.fullmatch(r"# yaml-language-server: \$schema=(.+)", first)
    assert match
    assert (path.parent / match[1]).exists()


def test_rules_are_in_families_and_order() -> None:
    ids = list(rules())
    assert {each[0] for each in ids} <= FAMILIES.keys()
    order = list(FAMILIES)
    assert ids == sorted(ids, key=lambda each: (order.index(each[0]), each))


def test_every_rule_is_used() -> None:
    tables = (ROOT / "leafpress" / "translation" / "checks" / "words").glob("*.toml")
    code = "".join(path.read_text() for path in (*MODULES, *tables))
    assert [each for each in rules() if f'"{each}"' not in code] == []


def test_private_names_stay_in_one_folder() -> None:
    """WeasyPrint's private names are used in `pdf/` only."""
    for path in MODULES:
        if "pdf" not in path.relative_to(ROOT / "leafpress").parts:
            assert "weasyprint." not in path.read_text().replace('"weasyprint', ""), path


def test_no_address_in_lock_files() -> None:
    for name in (
        "requirements.txt",
        "requirements-serve.txt",
        "requirements-dask.txt",
        "requirements-test.txt",
        "package-lock.json",
        ".npmrc",
    ):
        assert "://" not in (ROOT / name).read_text(), name
